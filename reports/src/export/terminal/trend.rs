//! A trend as a table of the terminal: series by kernel, and below each its changes.

use super::{Colour, Lines, Table, left, right};
use crate::history::{Change, SeriesTrend, Trend, trend_text};
use crate::report::Outcome;
use crate::report::wording::printable;

/// Most changes that are shown of a series: the latest ones.
const MOST_CHANGES: usize = 5;

/// The trend, a row for each series, at most 80 columns wide.
#[must_use]
pub fn text(trend: &Trend, colour: Colour) -> String {
    let mut out = Lines::new(colour);
    for place in trend.places() {
        out.bold(&place.first().map_or_else(String::new, |series| printable(&trend_text::place(&series.key))));
        let words = ["option", "input", "followed"].map(left);
        let mut table =
            Table::new(words.into_iter().chain([right("latest"), left("against the baseline"), right("runs")]));
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
            table.row(row, None);
            changes(&mut table, series);
        }
        out.table(&table);
        out.line("");
    }
    out.wrapped("", &trend_text::summary(trend));
    out.into_text()
}

fn changes(table: &mut Table, series: &SeriesTrend) {
    let earlier = series.changes.len().saturating_sub(MOST_CHANGES);
    if earlier > 0 {
        table.text("    ", &format!("… {earlier} earlier"));
    }
    for change in &series.changes[earlier..] {
        table.coloured_text("    → ", &change_line(series, change), Some(outcome(change)));
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
