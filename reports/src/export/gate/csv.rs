//! A table for spreadsheets: a line per row, figures unrounded.

use crate::export::csv::{figure, plain, table};
use crate::gate::Gate;

const HEADINGS: [&str; 14] = [
    "kernel",
    "contender",
    "input",
    "stratum",
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
    let rows = gate.rows.iter().map(|row| {
        let text = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
        [
            plain(&row.kernel),
            plain(&row.contender),
            text(&row.input),
            text(&row.stratum),
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
        ]
    });
    table(HEADINGS, rows)
}
