//! `crossover report`: from results files to a format, without a browser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::export::{Format, export, html_with_trend};
use crossover_reports::history::{Filter, History, Trend};
use crossover_reports::report::Report;
use crossover_reports::run::{JoinError, Run};

use super::{print, results};
use crate::cli::ReportArgs;
use crate::exit::Exit;

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
    let report = Report::from_run(&run);
    let text = match (&args.history, args.format) {
        (Some(file), Format::Html) => html_with_trend(&report, &trend(file, &run)?)?,
        (Some(_), _) => anyhow::bail!(
            "--history shows a trend in --format html only; `crossover history trend --json` has it for programs"
        ),
        (None, format) => export(&report, format)?,
    };
    match target(&files[0], args) {
        Some(path) => {
            fs::write(&path, text).with_context(|| format!("{}: the report cannot be written", path.display()))?;
            print(&format!("{}\n", path.display()));
        }
        None => print(&text),
    }
    Ok(Exit::Done)
}

/// One run of one results file or several.
pub fn joined(files: &[PathBuf]) -> anyhow::Result<Run> {
    let runs = files.iter().map(|file| Run::read(file)).collect::<Result<Vec<_>, _>>()?;
    Run::join(runs).map_err(|error| unjoinable(error, files))
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

/// Where the report goes: next to the first run, if nowhere else; `None` is stdout.
fn target(file: &Path, args: &ReportArgs) -> Option<PathBuf> {
    match (&args.out, args.format) {
        (Some(path), _) if path.as_os_str() == "-" => None,
        (Some(path), _) => Some(path.clone()),
        (None, Format::Html) => Some(file.with_file_name("report.html")),
        (None, _) => None,
    }
}
