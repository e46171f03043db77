//! Adds runs to a history, and writes its trends to files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::chart;
use crossover_reports::export::trend;
use crossover_reports::history::{Added, Entry, Filter, History, Trend};
use crossover_reports::report::Report;
use crossover_reports::run::Run;

use crate::cli::TrendArgs;

/// How many levels of folders are searched for runs.
const DEPTH: usize = 8;

/// Opens the history; makes its folder if needed.
///
/// # Errors
/// When the folder cannot be made, or the file is not a history.
pub fn create_history(path: &Path) -> anyhow::Result<History> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).with_context(|| {
            format!("{}: the history's folder cannot be made; help: name another file with --history", folder.display())
        })?;
    }
    Ok(History::create(path)?)
}

/// Adds one run and describes that in a line. Once the line is there, the run is in the file.
///
/// # Errors
/// When the run cannot be read or kept, or the history cannot be written.
pub fn add_run(history: &mut History, file: &Path) -> anyhow::Result<String> {
    let run = Run::read(file)?;
    anyhow::ensure!(
        run.header.base_revision.is_none(),
        "{}: compares two revisions, which no history takes; help: add runs of `crossover run`",
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
///
/// # Errors
/// When a folder cannot be read, or there is none.
pub fn runs_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
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
    anyhow::ensure!(
        !found.is_empty(),
        "{}: there is no run in this folder; help: name one with run.jsonl files in it, or in folders below",
        folder.display()
    );
    found.sort_unstable();
    Ok(found)
}

/// The trends that the arguments select.
///
/// # Errors
/// When the history cannot be read, or has nothing of a kernel that is named.
pub fn read_trend(args: &TrendArgs) -> anyhow::Result<Trend> {
    let mut history = History::open(&args.history.path)?;
    let known = history.kernels()?;
    if let Some(kernel) = args.kernels.iter().find(|kernel| !known.contains(kernel)) {
        let known: Vec<String> = known.iter().map(|kernel| kernel.escape_debug().to_string()).collect();
        anyhow::bail!(
            "{}: has nothing of kernel `{}`; help: it has {}",
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
    Ok(Trend::of(&history.read(&filter)?))
}

/// Writes the page and the charts of a trend into a folder, and returns the page's path.
///
/// # Errors
/// When one cannot be drawn or written.
pub fn write_trend(found: &Trend, out: &Path) -> anyhow::Result<PathBuf> {
    let page = out.join("trend.html");
    write(&page, &trend::html(found)?)?;
    for (name, svg) in chart::trends(found)? {
        write(&out.join("charts").join(name), &svg)?;
    }
    Ok(page)
}

/// Writes a file of the output folder.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).and_then(|()| fs::write(path, text)).with_context(|| {
        format!("{}: cannot be written; help: name another output folder with --out DIR", path.display())
    })
}
