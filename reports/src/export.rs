//! The finished report in every format. One file per format; each takes only the report.

mod csv;
pub mod gate;
mod html;
mod json;
mod markdown;
pub mod profile;
mod terminal;
pub mod tool;
pub mod trend;

pub use terminal::{Colour, brief, text as terminal};

use std::collections::BTreeSet;
use std::str::FromStr;

use anyhow::bail;

use crate::history::Trend;
use crate::report::{Report, machine_text};
use crate::run::{Run, Stratum};

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// Tables for a pull request or a wiki.
    Markdown,
    /// `crossover/report/2`, for programs.
    Json,
    /// A line per cell, for spreadsheets.
    Csv,
    /// Everything that a terminal shows, without colours.
    Text,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Html, Self::Markdown, Self::Json, Self::Csv, Self::Text];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Text => "text",
        }
    }

    /// The extension of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Text => "txt",
        }
    }
}

impl FromStr for Format {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> anyhow::Result<Self> {
        match Self::ALL.into_iter().find(|format| format.name() == name || format.extension() == name) {
            Some(format) => Ok(format),
            None => bail!("`{name}` is not a format; help: choose from {}", Self::ALL.map(Self::name).join(", ")),
        }
    }
}

/// The report in a format, as the text of one file.
///
/// # Errors
/// When a chart cannot be drawn or the report cannot be serialised; neither depends on the figures.
pub fn export(report: &Report, format: Format) -> anyhow::Result<String> {
    match format {
        Format::Html => html(&Page::of(report)),
        Format::Markdown => Ok(markdown::text(report)),
        Format::Json => json::text(report),
        Format::Csv => csv::text(report),
        Format::Text => Ok(terminal(report, Colour::Never)),
    }
}

/// The contents of a page.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The report.
    pub report: &'a Report,
    /// The run behind the report: its samples go into the page if there are not too many.
    pub run: Option<&'a Run>,
    /// The history of the kernels.
    pub trend: Option<&'a Trend>,
    /// Whether nothing more is measured; else the page says that it is not final.
    pub is_final: bool,
}

impl<'a> Page<'a> {
    /// A report alone.
    #[must_use]
    pub fn of(report: &'a Report) -> Self {
        Self { report, run: None, trend: None, is_final: true }
    }
}

/// The report as a page, with everything that `page` has.
///
/// # Errors
/// When a chart cannot be drawn or something cannot be packed; neither depends on the figures.
pub fn html(page: &Page<'_>) -> anyhow::Result<String> {
    html::text(page)
}

/// Where the figures come from, in one sentence: the last line of every format.
fn about(report: &Report) -> String {
    let run = &report.run;
    let is_one_place = run.strata.iter().all(|stratum| stratum.machine.is_none());
    let stratum = |stratum: &Stratum| {
        let mut words = format!("{} {}", report.name(&stratum.id), stratum.runtime.version);
        if !stratum.emulation.is_none() {
            words.push_str(&format!(" (emulated: {})", stratum.emulation));
        }
        if !is_one_place {
            words
                .push_str(&format!(" on {}", machine_text::in_brief(stratum.machine.as_ref().unwrap_or(&run.machine))));
        }
        words
    };
    let strata: Vec<String> = run.strata.iter().map(stratum).collect();
    let revision = run.git_revision.as_deref().map(|revision| format!(" at revision {revision}")).unwrap_or_default();
    let cut = if run.truncated { " It was stopped before its end, so its results are less certain." } else { "" };
    let part = run.shards.as_ref().map(|shards| format!(" {}.", machine_text::of_a_part(shards))).unwrap_or_default();
    let through: BTreeSet<String> =
        run.strata.iter().filter_map(|one| one.through.as_ref()).map(machine_text::through).collect();
    let through: String = through.into_iter().map(|words| format!(" {words}")).collect();
    let noise =
        run.noise.map(|noise| format!(" The machine during the run: {}.", noise.sentence())).unwrap_or_default();
    format!(
        "Run {} of {}{revision}: crossover {} measured in {}{}, preset {} with at most {} blocks, seed {}.{part}{through}{noise}{cut}",
        run.id,
        run.started_at,
        run.tool_version,
        if strata.is_empty() { "no browser".to_owned() } else { strata.join(", ") },
        if is_one_place { format!(" on {}", machine_text::in_brief(&run.machine)) } else { String::new() },
        run.schedule.preset,
        run.schedule.most_blocks(),
        run.seed,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_name_and_by_extension() {
        for format in Format::ALL {
            assert_eq!(format.name().parse::<Format>().unwrap(), format);
            assert_eq!(format.extension().parse::<Format>().unwrap(), format);
        }
        let error = "pdf".parse::<Format>().unwrap_err().to_string();
        assert_eq!(error, "`pdf` is not a format; help: choose from html, markdown, json, csv, text");
    }
}
