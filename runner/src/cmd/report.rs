//! `crossover report`: from results files to a format, without a browser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::export::{Format, export, html_with_trend};
use crossover_reports::history::{Filter, History, Trend};
use crossover_reports::profile;
use crossover_reports::report::{Report, profiles};
use crossover_reports::run::{JoinError, Run};

use super::{print, results};
use crate::cli::ReportArgs;
use crate::exit::Exit;
use crate::progress::{Voice, say};

/// Reads one run, or joins several, and writes or prints it in the wanted format.
///
/// # Errors
/// When a results file cannot be read, the runs are not of one plan or the output cannot be written.
pub fn report(args: &ReportArgs) -> anyhow::Result<Exit> {
    let files: Vec<_> = args.runs.iter().map(|run| results(run)).collect();
    let runs = files.iter().map(|file| Run::read(file)).collect::<Result<Vec<_>, _>>()?;
    let mut run = Run::join(runs).map_err(|error| unjoinable(error, &files))?;
    for kernel in &mut run.header.kernels {
        args.scenario.apply(&mut kernel.scenarios);
    }
    let report = with_profiles(Report::from_run(&run), &run, &files);
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
fn trend(file: &Path, run: &Run) -> anyhow::Result<Trend> {
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
