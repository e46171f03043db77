//! `crossover/report/2`: the report, serialised.

use anyhow::Context;

use crate::report::Report;

/// The report as JSON, with a last newline.
pub fn text(report: &Report) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(report).context("writing the report as JSON")?;
    text.push('\n');
    Ok(text)
}
