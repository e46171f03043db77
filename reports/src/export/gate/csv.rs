//! A table for spreadsheets: a line per row, figures as they are.

use anyhow::Context as _;

use crate::gate::Gate;
use crate::report::words;

const HEADINGS: [&str; 14] = [
    "kernel",
    "contender",
    "input",
    "browser",
    "cost",
    "base",
    "head",
    "ratio",
    "ci_low",
    "ci_high",
    "blocks",
    "limit_percent",
    "finding",
    "reason",
];

/// The rows as CSV (RFC 4180).
pub(super) fn text(gate: &Gate) -> anyhow::Result<String> {
    let mut out = ::csv::Writer::from_writer(Vec::new());
    out.write_record(HEADINGS)?;
    for row in &gate.rows {
        let figure = |figure: Option<f64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
        out.write_record([
            plain(&row.kernel),
            plain(&row.contender),
            text(&row.input),
            text(&row.browser),
            row.cost.name().to_owned(),
            figure(row.base),
            figure(row.head),
            figure(row.ratio),
            figure(row.ci.map(|ci| ci[0])),
            figure(row.ci.map(|ci| ci[1])),
            row.blocks.to_string(),
            row.limit_percent.to_string(),
            row.finding.name().to_owned(),
            text(&row.reason),
        ])?;
    }
    let bytes = out.into_inner().context("the table could not be written")?;
    String::from_utf8(bytes).context("the table is no text")
}

/// A spreadsheet takes what begins so for a formula (OWASP, CSV injection).
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

fn plain(text: &str) -> String {
    let text = words::printable(text);
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}
