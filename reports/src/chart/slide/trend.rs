//! One series of a history over its runs: points, levels, and where they change.

use super::SlideKind;
use super::font::fitted;
use super::frame::{Area, NAME, REMARK};
use super::selection::Scope;
use super::sketch::{Found, Sketch};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::history::{Change, SeriesTrend, words};
use crate::report::Outcome;
use crate::stats::median;

/// Width of the scale, and room below for dates.
const SCALE: i32 = 190;
const DATES: i32 = 56;
/// Most changes that are told; the latest are.
const TOLD: usize = 3;
/// Height of what is told of a change.
const LINE: i32 = 42;

const TOLD_PEN: Pen = Pen { size: 28, bold: false, ..NAME };

/// One of each series that is worth a chart.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    match scope.series() {
        None => found.add(Err("a trend takes a history; name its file with --history FILE".to_owned())),
        Some(series) if series.is_empty() => {
            found.add(Err("the history has no two runs of what is selected".to_owned()));
        }
        Some(series) => series.into_iter().for_each(|one| found.add(Ok(sketch(one)))),
    }
    found
}

fn sketch(series: &SeriesTrend) -> Sketch<'_> {
    let key = &series.key;
    let place = key.input.iter().chain(&key.runtime_label()).map(|text| format!(", {text}")).collect::<String>();
    let metric = words::followed(series);
    let subject = key.baseline.iter().fold(metric, |what, baseline| format!("{what} ÷ {baseline}"));
    let told = |change: &Change| format!("{}: {}.", words::date(&change.after), words::step(series, change));
    Sketch {
        kind: SlideKind::Trend,
        of: format!("{} {} {}{place}", key.kernel, key.contender, key.metric.name()),
        finding: words::finding(series),
        subject: format!("{subject}{place}, run by run; lower is better, lines are levels"),
        description: series.changes.iter().map(told).collect::<Vec<_>>().join(" "),
        source: format!(
            "{} · {} runs from {} to {}",
            key.machine,
            series.runs,
            words::day(&series.since),
            words::date(&series.latest)
        ),
        plot: Box::new(move |canvas, area| draw(canvas, area, series)),
    }
}

fn draw(canvas: &Canvas<'_>, area: Area, series: &SeriesTrend) {
    let earlier = series.changes.len().saturating_sub(TOLD);
    let told: Vec<(usize, &Change)> = (1..).zip(&series.changes).skip(earlier).collect();
    let below = i32::try_from(told.len()).unwrap_or(0) * LINE;
    let inner =
        Area { left: area.left + SCALE, top: area.top + 40, right: area.right, bottom: area.bottom - DATES - below };
    let least = series.values.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = series.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Of equal values, the line is in the middle.
    let air = if greatest > least { (greatest - least) * 0.08 } else { least * 0.05 };
    let last = series.values.len().saturating_sub(1).max(1) as f64;
    let x = |run: f64| inner.left + (run / last * f64::from(inner.right - inner.left)).round() as i32;
    let span = greatest - least + 2.0 * air;
    let y =
        |value: f64| inner.top + ((greatest + air - value) / span * f64::from(inner.bottom - inner.top)).round() as i32;

    for value in [least, least.midpoint(greatest), greatest] {
        canvas.line((inner.left, y(value)), (inner.right, y(value)), Ink::Rule, 2);
        let text = fitted(&words::level_text(series, value), REMARK, SCALE - 20);
        canvas.text(&text, (inner.left - 16, y(value)), Align::End, REMARK);
    }
    canvas.line((inner.left, inner.bottom), (inner.right, inner.bottom), Ink::Muted, 2);
    canvas.text(&words::day(&series.since), (inner.left, inner.bottom + 28), Align::Start, REMARK);
    canvas.text(&words::date(&series.latest), (inner.right, inner.bottom + 28), Align::End, REMARK);
    for (run, value) in series.values.iter().enumerate() {
        canvas.disc((x(run as f64), y(*value)), 6, Ink::Rest);
    }
    levels(canvas, series, x, y);
    for (line, (number, change)) in (0..).zip(told) {
        let ink = Ink::Outcome(if change.change > 0.0 { Outcome::Slower } else { Outcome::Faster });
        let at = x(change.at as f64 - 0.5);
        canvas.line((at, inner.top), (at, inner.bottom), ink, 4);
        canvas.text(&number.to_string(), (at, inner.top - 22), Align::Middle, Pen { size: 28, ..NAME });
        let parts = [
            words::date(&change.after),
            words::step(series, change),
            words::levels(series, change),
            words::commits(change),
        ];
        let text = format!("{number}: {}", parts.join(" · "));
        let middle = inner.bottom + DATES + line * LINE + LINE / 2;
        canvas.text(&fitted(&text, TOLD_PEN, area.right - area.left), (area.left, middle), Align::Start, TOLD_PEN);
    }
}

/// The median between changes, from the first to the last run of each level.
fn levels(canvas: &Canvas<'_>, series: &SeriesTrend, x: impl Fn(f64) -> i32, y: impl Fn(f64) -> i32) {
    let ends = series.changes.iter().map(|change| change.at).chain([series.values.len()]);
    let mut start = 0;
    for end in ends {
        if let Some(level) = series.values.get(start..end).and_then(median) {
            let [from, to] = [start, end - 1].map(|run| x(run as f64));
            canvas.line((from, y(level)), (to.max(from + 6), y(level)), Ink::Text, 5);
        }
        start = end;
    }
}
