//! The figures of a report in formats of other programs. One file per format; each takes only the report.
//!
//! These formats have no place for reasons: a missing figure is left out, and the omissions are counted.

mod bmf;
mod criterion;
mod figures;
mod github_action_benchmark;
mod left_out;
mod names;
mod tachometer;

pub use left_out::LeftOut;

use std::path::PathBuf;

use crate::report::Report;

/// A format of another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolFormat {
    /// Bencher Metric Format, version 0.
    Bmf,
    /// `customSmallerIsBetter` and `customBiggerIsBetter` of github-action-benchmark.
    GithubActionBenchmark,
    /// The JSON that tachometer writes.
    Tachometer,
    /// A baseline as criterion keeps it.
    Criterion,
}

/// The output of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The figures.
    pub output: Output,
    /// What the format cannot hold.
    pub left_out: LeftOut,
}

/// The files to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// One text.
    Text(String),
    /// Files of a folder, by their unique paths in it; none of them leads out of it.
    Files(Vec<(PathBuf, String)>),
}

impl ToolFormat {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Bmf, Self::GithubActionBenchmark, Self::Tachometer, Self::Criterion];

    /// The name on the command line, and the default name of its folder.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bmf => "bmf",
            Self::GithubActionBenchmark => "github-action-benchmark",
            Self::Tachometer => "tachometer",
            Self::Criterion => "criterion",
        }
    }
}

/// The report in a format.
///
/// # Errors
/// When it cannot be serialised, which does not depend on the figures.
pub fn export(report: &Report, format: ToolFormat) -> anyhow::Result<Exported> {
    let mut left_out = LeftOut::default();
    let output = match format {
        ToolFormat::Bmf => Output::Text(bmf::text(report, &mut left_out)?),
        ToolFormat::GithubActionBenchmark => Output::Files(github_action_benchmark::files(report, &mut left_out)?),
        ToolFormat::Tachometer => Output::Files(tachometer::files(report, &mut left_out)?),
        ToolFormat::Criterion => Output::Files(criterion::files(report, &mut left_out)?),
    };
    Ok(Exported { output, left_out })
}

/// A value as JSON, with a last newline.
fn json(value: &impl serde::Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
