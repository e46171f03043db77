//! The regression gate in every format. One file per format; each takes only the gate.

mod annotations;
mod csv;
mod junit;
mod markdown;
mod terminal;

pub use annotations::text as annotations;
pub use terminal::text as terminal;

pub use super::html::gate::page as html;

use crate::gate::Gate;

/// A file format of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateFormat {
    /// A comment on a pull request, or a job's summary.
    Markdown,
    /// JUnit's XML, which CI systems show as tests.
    Junit,
    /// `crossover/compare/2`, for programs.
    Json,
    /// A table for spreadsheets.
    Csv,
}

impl GateFormat {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Junit, Self::Json, Self::Csv];

    /// The name of the file.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Markdown => "compare.md",
            Self::Junit => "junit.xml",
            Self::Json => "compare.json",
            Self::Csv => "compare.csv",
        }
    }
}

/// The gate in a format, as the text of one file.
///
/// # Errors
/// When it cannot be serialised, which does not depend on the figures.
pub fn export(gate: &Gate, format: GateFormat) -> anyhow::Result<String> {
    match format {
        GateFormat::Markdown => Ok(markdown::text(gate)),
        GateFormat::Junit => junit::text(gate),
        GateFormat::Json => Ok(serde_json::to_string_pretty(gate)? + "\n"),
        GateFormat::Csv => csv::text(gate),
    }
}
