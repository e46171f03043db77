//! A trend as a table of the terminal: series by kernel, and below each its changes.

use super::{Colour, Lines, TerminalColumn, left, right};
use crate::history::{Change, SeriesTrend, Trend, trend_text};
use crate::report::Outcome;
use crate::report::wording::printable;

/// A row per series.
const SERIES: [TerminalColumn; 6] = [
    left("contender", 18),
    left("input", 12),
    left("followed", 23),
    right("latest", 9),
    left("against the baseline", 22),
    right("runs", 4),
];

/// Most changes that are shown of a series: the latest ones.
const MOST_CHANGES: usize = 5;

/// The trend, at most 100 columns wide.
#[must_use]
pub fn text(trend: &Trend, colour: Colour) -> String {
    let mut out = Lines::new(colour);
    for place in trend.places() {
        out.bold(&place.first().map_or_else(String::new, |series| printable(&trend_text::place(&series.key))));
        out.headings(&SERIES);
        for series in place {
            let row = [
                series.key.contender.clone(),
                trend_text::input(series, place),
                trend_text::followed(series),
                trend_text::figure(series),
                // Without its interval, which does not fit.
                trend_text::against(series).split(" (").next().unwrap_or_default().to_owned(),
                series.runs.to_string(),
            ];
            out.row(&SERIES, &row, None);
            changes(&mut out, series);
        }
        out.line("");
    }
    out.wrapped("", &trend_text::summary(trend));
    out.text
}

fn changes(out: &mut Lines, series: &SeriesTrend) {
    let earlier = series.changes.len().saturating_sub(MOST_CHANGES);
    if earlier > 0 {
        out.line(&format!("    … {earlier} earlier"));
    }
    for change in &series.changes[earlier..] {
        out.painted_wrapped("    → ", &change_line(series, change), outcome(change));
    }
}

/// Date, amount, levels and commits of a change.
fn change_line(series: &SeriesTrend, change: &Change) -> String {
    let [date, step, levels] =
        [trend_text::date(&change.after), trend_text::step(series, change), trend_text::levels(series, change)];
    let software = trend_text::software(change);
    let also = if software.is_empty() { software } else { format!("; also changed: {software}") };
    format!("{date}: {step} ({levels}), {}{also}", trend_text::commits(change))
}

fn outcome(change: &Change) -> Outcome {
    if change.change > 0.0 { Outcome::Slower } else { Outcome::Faster }
}
