//! `crossover report`: which runs, and what is made of them.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use crossover_reports::export::Format;
use crossover_reports::export::tool::ToolFormat;

use super::{OUTPUT, ScenarioArgs};

/// `crossover report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// A run.jsonl or its folder; several runs of one plan and machine become one report
    #[arg(value_name = "RUN", required = true)]
    pub runs: Vec<PathBuf>,
    /// For what.
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    /// Write html, markdown, json or csv; or a format of another tool
    ///
    /// Other tools: bmf, github-action-benchmark, tachometer, criterion.
    /// html is written to a file, the last three to a folder, the others to stdout.
    #[arg(long, default_value = "html", help_heading = OUTPUT)]
    pub format: ReportFormat,
    /// Add the kernels' trends from this history (html only)
    #[arg(long, value_name = "FILE", help_heading = OUTPUT)]
    pub history: Option<PathBuf>,
    /// Write to this file or folder; - is stdout
    #[arg(long, value_name = "PATH", help_heading = OUTPUT)]
    pub out: Option<PathBuf>,
}

/// A format of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// One of crossover's own, with everything.
    Own(Format),
    /// One of another program, with what that program reads.
    Tool(ToolFormat),
}

impl FromStr for ReportFormat {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if let Some(format) = ToolFormat::ALL.into_iter().find(|format| format.name() == name) {
            return Ok(Self::Tool(format));
        }
        let tools = ToolFormat::ALL.map(ToolFormat::name).join(", ");
        name.parse().map(Self::Own).map_err(|error| format!("{error}, {tools}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_either_sort_are_known_by_name() {
        assert_eq!("md".parse(), Ok(ReportFormat::Own(Format::Markdown)));
        for format in ToolFormat::ALL {
            assert_eq!(format.name().parse(), Ok(ReportFormat::Tool(format)));
        }
        let error = "pdf".parse::<ReportFormat>().unwrap_err();
        assert_eq!(
            error,
            "`pdf` is not a format; help: choose from html, markdown, json, csv, text, bmf, github-action-benchmark, tachometer, criterion"
        );
    }
}
