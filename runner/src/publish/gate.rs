//! Writes the outcome of a comparison in all formats, and where GitHub looks for it.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use crossover_reports::export::gate::{GateFormat, annotations, export, html, terminal};
use crossover_reports::gate::Gate;
use crossover_reports::report::Report;

use crate::measure::RunFolder;
use crate::progress::{Verbosity, say};
use crate::stdout::{colour, print};

/// Writes the gate in all formats, and prints its summary or its JSON. On GitHub, annotations and the step's summary are
/// written, too.
///
/// # Errors
/// When a file cannot be written.
pub fn write_gate(
    output: &RunFolder,
    gate: &Gate,
    report: &Report,
    as_json: bool,
    verbosity: Verbosity,
) -> anyhow::Result<()> {
    output.write_page(&html(gate, report)?, report)?;
    let folder = output.folder();
    for format in GateFormat::ALL {
        let file = folder.join(format.file());
        fs::write(&file, export(gate, format)?).with_context(|| format!("{}: cannot be written", file.display()))?;
    }
    if std::env::var_os("GITHUB_ACTIONS").is_some() {
        // GitHub reads both streams, and stdout is for results.
        say(Verbosity::Normal, annotations(gate).trim_end());
    }
    if let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) {
        let text = export(gate, GateFormat::Markdown)?;
        let opened = OpenOptions::new().create(true).append(true).open(&file);
        let written = opened.and_then(|mut summary| summary.write_all(text.as_bytes()));
        written.with_context(|| format!("{}: the step summary cannot be written", Path::new(&file).display()))?;
    }
    if as_json {
        print(&export(gate, GateFormat::Json)?)?;
    } else {
        print(&terminal(gate, colour()))?;
    }
    say(verbosity, &format!("results: {}", folder.display()));
    Ok(())
}
