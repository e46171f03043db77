//! `crossover report`: from results files to a format, without a browser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::export::tool::{self, Output, ToolFormat};
use crossover_reports::export::{Format, Page, export, html, terminal};
use crossover_reports::history::{Filter, History, Trend};
use crossover_reports::profile;
use crossover_reports::report::{Report, profiles};
use crossover_reports::run::{JoinError, Run};

use super::{colour, print, results};
use crate::cli::{ReportArgs, ReportFormat};
use crate::exit::Exit;
use crate::measure;
use crate::progress::{Voice, say};

/// Reads one run, or joins several, and writes or prints it in the wanted format.
///
/// # Errors
/// When a results file cannot be read, the runs are not of one plan or the output cannot be written.
pub fn report(args: &ReportArgs) -> anyhow::Result<Exit> {
    let files: Vec<_> = args.runs.iter().map(|run| results(run)).collect();
    let mut run = joined(&files)?;
    for kernel in &mut run.header.kernels {
        args.scenario.apply(&mut kernel.scenarios);
    }
    let report = with_profiles(Report::from_run(&run), &run, &files);
    let text = match (&args.history, args.format) {
        (history, ReportFormat::Own(Format::Html)) => {
            let trend = history.as_ref().map(|file| trend(file, &run)).transpose()?;
            html(&Page { report: &report, run: Some(&run), trend: trend.as_ref() })?
        }
        (Some(_), _) => anyhow::bail!(
            "--history shows a trend in --format html only; `crossover history trend --json` has it for programs"
        ),
        (None, ReportFormat::Own(format)) => export(&report, format)?,
        (None, ReportFormat::Tool(format)) => return for_a_tool(&report, format, &files[0], args),
    };
    deliver(&text, target(&files[0], args).as_deref())?;
    Ok(Exit::Done)
}

/// Writes what another program reads, and says what it leaves out.
fn for_a_tool(report: &Report, format: ToolFormat, file: &Path, args: &ReportArgs) -> anyhow::Result<Exit> {
    let exported = tool::export(report, format)?;
    if let Some(left_out) = exported.left_out.sentence() {
        say(Voice::Stderr, &format!("{}: {left_out}", format.name()));
    }
    let files = match exported.output {
        Output::Text(text) => {
            deliver(&text, target(file, args).as_deref())?;
            return Ok(Exit::Done);
        }
        Output::Files(files) => files,
    };
    let folder = match &args.out {
        Some(path) if path.as_os_str() == "-" => {
            anyhow::bail!("--format {} is a folder, which stdout cannot hold; name one with --out DIR", format.name())
        }
        Some(path) => path.clone(),
        None => file.with_file_name(format.name()),
    };
    if files.is_empty() {
        say(Voice::Stderr, &format!("{}: there is nothing to write, so no file is written", format.name()));
        return Ok(Exit::Done);
    }
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, text))
            .with_context(|| format!("{}: cannot be written; name another folder with --out DIR", path.display()))?;
    }
    print(&format!("{}\n", folder.display()))?;
    Ok(Exit::Done)
}

/// One run of one results file or several.
pub fn joined(files: &[PathBuf]) -> anyhow::Result<Run> {
    let runs = files.iter().map(|file| Run::read(file)).collect::<Result<Vec<_>, _>>()?;
    Run::join(runs).map_err(|error| unjoinable(error, files))
}

/// A report with the profiles that lie beside its results files. Those that cannot be read or are of another build are told
/// on stderr, and nothing else is lost by them.
pub fn with_profiles(report: Report, run: &Run, files: &[PathBuf]) -> Report {
    let mut found = Vec::new();
    for (profiles, errors) in files.iter().map(|file| profile::beside(file)) {
        found.extend(profiles);
        errors.iter().for_each(|error| say(Voice::Stderr, &format!("{error:#}")));
    }
    let (kept, reasons) = profiles::of_run(run, found);
    reasons.iter().for_each(|reason| say(Voice::Stderr, reason));
    report.with_profiles(kept)
}

/// How the kernels of a run went over time, on its classes of machines and in its browsers.
pub fn trend(file: &Path, run: &Run) -> anyhow::Result<Trend> {
    Ok(Trend::of(&History::open(file)?.read(&Filter::of_run(&run.header))?))
}

/// The same error with the names of the files.
pub fn unjoinable(error: JoinError, files: &[PathBuf]) -> anyhow::Error {
    match error {
        JoinError::Nothing => error.into(),
        JoinError::Twice { first, second, id } => anyhow::anyhow!(
            "{} and {} are the same run `{}`, and would count twice; leave one out",
            files[first].display(),
            files[second].display(),
            id.escape_debug()
        ),
        JoinError::OtherPlan { other, difference } => anyhow::anyhow!(
            "{} and {} cannot be joined, because they differ in {difference}; report on them one by one, or put shards \
             and machines side by side with `crossover merge`",
            files[0].display(),
            files[other].display()
        ),
    }
}

/// Where a text goes: a page next to the first run, if nowhere else; `None` is stdout.
fn target(file: &Path, args: &ReportArgs) -> Option<PathBuf> {
    match (&args.out, args.format) {
        (Some(path), _) if path.as_os_str() == "-" => None,
        (Some(path), _) => Some(path.clone()),
        (None, ReportFormat::Own(Format::Html)) => Some(file.with_file_name("report.html")),
        (None, _) => None,
    }
}

/// Writes a text to a file, and tells which; or prints it.
fn deliver(text: &str, path: Option<&Path>) -> anyhow::Result<()> {
    match path {
        Some(path) => {
            fs::write(path, text).with_context(|| format!("{}: the report cannot be written", path.display()))?;
            print(&format!("{}\n", path.display()))?;
        }
        None => print(text)?,
    }
    Ok(())
}

/// Writes report and charts from the results file of an output folder, and prints the summary.
///
/// # Errors
/// When the results file cannot be read back or a file cannot be written.
pub fn print_report(output: &measure::Output, as_json: bool, voice: Voice) -> anyhow::Result<()> {
    let run = Run::read(&output.results())?;
    let report = with_profiles(Report::from_run(&run), &run, &[output.results()]);
    output.write_page(&html(&Page { run: Some(&run), ..Page::of(&report) })?, &report)?;
    if as_json {
        print(&export(&report, Format::Json)?)?;
    } else {
        print(&terminal(&report, colour()))?;
    }
    say(voice, &format!("report: {}", output.page().display()));
    Ok(())
}
