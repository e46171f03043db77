//! A trend as a table of the terminal: series by kernel, and below each what changed.

use super::{Colour, Column, Lines, left, right};
use crate::history::{Change, SeriesTrend, Trend, words};
use crate::report::Outcome;
use crate::report::words::printable;

/// A row per series.
const SERIES: [Column; 6] = [
    left("contender", 18),
    left("input", 12),
    left("followed", 23),
    right("latest", 9),
    left("against the baseline", 22),
    right("runs", 4),
];

/// Most changes that are told of a series; the latest are.
const TOLD: usize = 5;

/// The trend, at most 100 columns wide.
#[must_use]
pub fn text(trend: &Trend, colour: Colour) -> String {
    let mut out = Lines { text: String::new(), colour };
    for place in trend.places() {
        out.bold(&place.first().map_or_else(String::new, |series| printable(&words::place(&series.key))));
        out.headings(&SERIES);
        for series in place {
            let row = [
                series.key.contender.clone(),
                words::input(series, place),
                words::followed(series),
                words::figure(series),
                words::against(series),
                series.runs.to_string(),
            ];
            out.row(&SERIES, &row, None);
            changes(&mut out, series);
        }
        out.line("");
    }
    out.wrapped("", &words::summary(trend));
    out.text
}

fn changes(out: &mut Lines, series: &SeriesTrend) {
    let earlier = series.changes.len().saturating_sub(TOLD);
    if earlier > 0 {
        out.line(&format!("    … {earlier} earlier"));
    }
    for change in &series.changes[earlier..] {
        out.painted_wrapped("    → ", &told(series, change), outcome(change));
    }
}

/// When, how much, from what to what, and between which commits.
fn told(series: &SeriesTrend, change: &Change) -> String {
    let [date, step, levels] = [words::date(&change.after), words::step(series, change), words::levels(series, change)];
    let software = words::software(change);
    let also = if software.is_empty() { software } else { format!("; also changed: {software}") };
    format!("{date}: {step} ({levels}), {}{also}", words::commits(change))
}

fn outcome(change: &Change) -> Outcome {
    if change.change > 0.0 { Outcome::Slower } else { Outcome::Faster }
}
