//! Finds, reads and joins results files, and adds the profiles and the history that belong to them.

use std::path::{Path, PathBuf};

use crossover_reports::export::{Page, html};
use crossover_reports::history::{Filter, History, Trend};
use crossover_reports::profile;
use crossover_reports::report::{Report, profiles};
use crossover_reports::run::{JoinError, Run};

use crate::complaint;
use crate::progress::{Verbosity, say};

/// The results file that a path means: itself, or the one in a folder.
#[must_use]
pub fn results_file(run: &Path) -> PathBuf {
    if run.is_dir() { run.join("run.jsonl") } else { run.to_owned() }
}

/// One run of one results file or several.
///
/// # Errors
/// When a file cannot be read, or the runs are not of one plan.
pub fn joined(files: &[PathBuf]) -> anyhow::Result<Run> {
    let runs = files.iter().map(|file| Run::read(file)).collect::<Result<Vec<_>, _>>()?;
    Run::join(runs).map_err(|error| unjoinable(error, files))
}

/// A report with the profiles that lie beside its results files. A profile that cannot be read, or is of another build, is
/// left out with a line on stderr.
#[must_use]
pub fn with_profiles(report: Report, run: &Run, files: &[PathBuf]) -> Report {
    let mut found = Vec::new();
    for (profiles, errors) in files.iter().map(|file| profile::beside(file)) {
        found.extend(profiles);
        errors.iter().for_each(|error| say(Verbosity::Normal, &complaint::warning(&format!("{error:#}"))));
    }
    let (kept, reasons) = profiles::of_run(run, found);
    reasons.iter().for_each(|reason| say(Verbosity::Normal, &complaint::warning(reason)));
    report.with_profiles(kept)
}

/// The report on one results file, with its profiles, and its page.
///
/// # Errors
/// When the file cannot be read, or the page cannot be made.
pub fn report_and_page(file: &Path) -> anyhow::Result<(Report, String)> {
    let run = Run::read(file)?;
    let report = with_profiles(Report::from_run(&run), &run, &[file.to_owned()]);
    let page = html(&Page { run: Some(&run), ..Page::of(&report) })?;
    Ok((report, page))
}

/// How the kernels of a run developed over time, on its classes of machines and in its runtimes.
///
/// # Errors
/// When the history cannot be read.
pub fn trend_of(file: &Path, run: &Run) -> anyhow::Result<Trend> {
    Ok(Trend::of(&History::open(file)?.read(&Filter::of_run(&run.header))?))
}

/// The same error with the names of the files.
#[must_use]
pub fn unjoinable(error: JoinError, files: &[PathBuf]) -> anyhow::Error {
    match error {
        JoinError::Nothing => error.into(),
        JoinError::Twice { first, second, id } => anyhow::anyhow!(
            "{} and {} are the same run `{}`, and would count twice; help: leave one out",
            files[first].display(),
            files[second].display(),
            id.escape_debug()
        ),
        JoinError::OtherPlan { other, difference } => anyhow::anyhow!(
            "{} and {} cannot be joined, because they differ in {difference}; help: report on them one by one, or put shards \
             and machines side by side with `crossover merge`",
            files[0].display(),
            files[other].display()
        ),
    }
}

/// The same error with the names of the files.
#[must_use]
pub fn unmergeable(error: JoinError, files: &[PathBuf]) -> anyhow::Error {
    match error {
        JoinError::OtherPlan { other, difference } => anyhow::anyhow!(
            "{} and {} cannot be merged, because they are not of one plan: they differ in {difference}",
            files[0].display(),
            files[other].display()
        ),
        error => unjoinable(error, files),
    }
}
