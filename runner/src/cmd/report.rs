//! `crossover report`: from a results file to a format, without a browser.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::export::{Format, export};
use crossover_reports::report::Report;
use crossover_reports::run::Run;

use super::print;
use crate::cli::ReportArgs;
use crate::exit::Exit;

/// Reads a run and writes or prints it in the wanted format.
///
/// # Errors
/// When the results file cannot be read or the output cannot be written.
pub fn report(args: &ReportArgs) -> anyhow::Result<Exit> {
    let file = if args.run.is_dir() { args.run.join("run.jsonl") } else { args.run.clone() };
    let report = Report::from_run(&Run::read(&file)?);
    let text = export(&report, args.format)?;
    match target(&file, args) {
        Some(path) => {
            fs::write(&path, text).with_context(|| format!("{}: the report cannot be written", path.display()))?;
            print(&format!("{}\n", path.display()));
        }
        None => print(&text),
    }
    Ok(Exit::Done)
}

/// Where the report goes; `None` is stdout.
fn target(file: &Path, args: &ReportArgs) -> Option<PathBuf> {
    match (&args.out, args.format) {
        (Some(path), _) if path.as_os_str() == "-" => None,
        (Some(path), _) => Some(path.clone()),
        (None, Format::Html) => Some(file.with_file_name("report.html")),
        (None, _) => None,
    }
}
