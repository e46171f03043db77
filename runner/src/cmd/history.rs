//! `crossover history`: runs into the file, and what follows from them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::chart;
use crossover_reports::export::trend;
use crossover_reports::history::{Added, Entry, Filter, History, HistoryError, Trend};
use crossover_reports::report::Report;
use crossover_reports::report::words::printable;
use crossover_reports::run::Run;

use super::{colour, print, results};
use crate::cli::{AddArgs, HistoryArgs, HistoryCommand, ImportArgs, TrendArgs};
use crate::exit::Exit;
use crate::progress::{Voice, say};

/// How many folders below each other runs are looked for in.
const DEPTH: usize = 8;

/// Does what is asked for with a history.
///
/// # Errors
/// When the history or a run cannot be read, or something cannot be written.
pub fn history(args: &HistoryArgs) -> anyhow::Result<Exit> {
    match &args.command {
        HistoryCommand::Add(args) => add(args),
        HistoryCommand::Import(args) => import(args),
        HistoryCommand::Trend(args) => trends(args),
    }
}

fn add(args: &AddArgs) -> anyhow::Result<Exit> {
    let mut history = create(&args.history.path)?;
    for run in &args.runs {
        let file = results(run);
        let line = add_one(&mut history, &file)?;
        print(&format!("{}\n", printable(&line)))?;
    }
    Ok(Exit::Done)
}

fn import(args: &ImportArgs) -> anyhow::Result<Exit> {
    let files = runs_below(&args.folder)?;
    anyhow::ensure!(
        !files.is_empty(),
        "{}: there is no run in this folder; name one with run.jsonl files in it, or in folders below",
        args.folder.display()
    );
    let mut history = create(&args.history.path)?;
    let mut exit = Exit::Done;
    for file in files {
        match add_one(&mut history, &file) {
            Ok(line) => print(&format!("{}\n", printable(&line)))?,
            // Of the history itself: no further run would do better.
            Err(error) if error.is::<HistoryError>() => return Err(error),
            Err(error) => {
                exit = Exit::SomeFailed;
                print(&format!("left out: {}\n", printable(&format!("{error:#}"))))?;
            }
        }
    }
    Ok(exit)
}

/// Opens the history, in a folder that is made if need be.
fn create(path: &Path) -> anyhow::Result<History> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).with_context(|| {
            format!("{}: the history's folder cannot be made; name another file with --history", folder.display())
        })?;
    }
    Ok(History::create(path)?)
}

/// Adds one run; what became of it, in a line. Once the line is there the run is in the file.
fn add_one(history: &mut History, file: &Path) -> anyhow::Result<String> {
    let run = Run::read(file)?;
    anyhow::ensure!(
        run.header.base_revision.is_none(),
        "{}: compares two revisions; a history is made of runs of `crossover run`",
        file.display()
    );
    let report = Report::from_run(&run);
    let entry =
        Entry::of(&report).with_context(|| format!("{}: the run cannot be kept in a history", file.display()))?;
    let (id, file) = (entry.id.escape_debug(), file.display());
    Ok(match history.add(&entry)? {
        Added::New => format!("added {id}: {} figures of {file}", entry.figures.len()),
        Added::Already => format!("already there {id}: {file}"),
    })
}

/// Results files below a folder, by name. Links are not followed: they may lead in circles.
fn runs_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let unreadable = || format!("{}: the folder cannot be read", folder.display());
        for entry in fs::read_dir(&folder).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let (path, kind) = (entry.path(), entry.file_type().with_context(unreadable)?);
            if kind.is_dir() && depth < DEPTH {
                folders.push((path, depth + 1));
            } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "jsonl") {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn trends(args: &TrendArgs) -> anyhow::Result<Exit> {
    let mut history = History::open(&args.history.path)?;
    let known = history.kernels()?;
    if let Some(kernel) = args.kernels.iter().find(|kernel| !known.contains(kernel)) {
        let known: Vec<String> = known.iter().map(|kernel| kernel.escape_debug().to_string()).collect();
        anyhow::bail!(
            "{}: has nothing of kernel `{}`; it has {}",
            args.history.path.display(),
            kernel.escape_debug(),
            if known.is_empty() { "no kernels yet".to_owned() } else { known.join(", ") }
        );
    }
    let filter = Filter {
        kernels: args.kernels.clone(),
        metrics: args.metric.clone(),
        runtimes: args.runtime.clone(),
        emulations: Vec::new(),
        machines: Vec::new(),
    };
    let found = Trend::of(&history.read(&filter)?);
    let page = args.out.join("trend.html");
    write(&page, &trend::html(&found)?)?;
    for (name, svg) in chart::trends(&found)? {
        write(&args.out.join("charts").join(name), &svg)?;
    }
    print(&if args.json { trend::json(&found)? } else { trend::terminal(&found, colour()) })?;
    say(Voice::Stderr, &format!("trend: {}", page.display()));
    Ok(Exit::Done)
}

/// Writes a file of the output folder.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .with_context(|| format!("{}: cannot be written; name another output folder with --out DIR", path.display()))
}
