//! Writes a report in one of its formats, to a file, a folder or stdout.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::export::tool::{self, Output, ToolFormat};
use crossover_reports::export::{Format, brief, export, terminal};
use crossover_reports::report::Report;

use super::runs::report_and_page;
use crate::cli::{Printed, ReportArgs, ReportFormat};
use crate::complaint;
use crate::measure;
use crate::progress::{Verbosity, say};
use crate::stdout::{colour, print};

/// Writes a format of another program, and says what it leaves out.
///
/// # Errors
/// When the report cannot be brought into that format, or a file cannot be written.
pub fn write_for_tool(report: &Report, format: ToolFormat, file: &Path, args: &ReportArgs) -> anyhow::Result<()> {
    let exported = tool::export(report, format)?;
    if let Some(left_out) = exported.left_out.sentence() {
        say(Verbosity::Normal, &complaint::warning(&format!("{}: {left_out}", format.name())));
    }
    let files = match exported.output {
        Output::Text(text) => {
            return write_text(&text, file, args);
        }
        Output::Files(files) => files,
    };
    let folder = match &args.out {
        Some(path) if path.as_os_str() == "-" => {
            anyhow::bail!(
                "--format {} is a folder, which stdout cannot hold; help: name one with --out DIR",
                format.name()
            )
        }
        Some(path) => path.clone(),
        None => file.with_file_name(format.name()),
    };
    if files.is_empty() {
        let nothing = format!("{}: there is nothing to write, so no file is written", format.name());
        say(Verbosity::Normal, &complaint::warning(&nothing));
        return Ok(());
    }
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).with_context(|| {
            format!("{}: cannot be written; help: name another folder with --out DIR", path.display())
        })?;
    }
    print(&format!("{}\n", folder.display()))
}

/// Writes a text to the file that the arguments name and prints its path, or prints the text.
///
/// # Errors
/// When it cannot be written.
pub fn write_text(text: &str, file: &Path, args: &ReportArgs) -> anyhow::Result<()> {
    let Some(path) = target(file, args) else { return print(text) };
    fs::write(&path, text).with_context(|| format!("{}: the report cannot be written", path.display()))?;
    print(&format!("{}\n", path.display()))
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

/// Writes report and charts from the results file of an output folder, and prints the summary.
///
/// # Errors
/// When the results file cannot be read back or a file cannot be written.
pub fn print_report(output: &measure::RunFolder, printed: Printed, verbosity: Verbosity) -> anyhow::Result<()> {
    let (report, page) = report_and_page(&output.results())?;
    output.write_page(&page, &report)?;
    print(&match printed {
        Printed::Json => export(&report, Format::Json)?,
        Printed::Full => terminal(&report, colour()),
        Printed::Brief => brief(&report, colour()),
    })?;
    say(verbosity, &format!("report: {}", output.page().display()));
    Ok(())
}
