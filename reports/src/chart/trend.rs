//! One series over its runs: points, levels, and where they change. Changes are numbered and told below the plot, so that
//! colour is not needed.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted};
use super::ink::Ink;
use super::picture::Picture;
use crate::history::{Change, SeriesTrend, words};
use crate::report::Outcome;
use crate::stats::median;

/// Height of the plot.
const PLOT: i32 = 130;
/// Left of the plot: the scale.
const SIDE: i32 = 76;
/// Above the plot: the numbers of the changes.
const NUMBERS: i32 = 20;
/// Below the plot: dates.
const AXIS: i32 = 30;
/// Height of a line of text.
const LINE: i32 = 20;
/// Most changes that are told; the latest are.
const TOLD: usize = 5;
/// Most points that are drawn one by one; of more, so many medians of neighbours are joined by a line.
const POINTS: usize = 150;

/// The plot's scales: runs evenly from left to right.
struct Scales {
    last: f64,
    low: f64,
    high: f64,
    /// The least value, the greatest, and what is between them.
    ticks: [f64; 3],
    top: i32,
}

impl Scales {
    fn of(values: &[f64], top: i32) -> Self {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Of equal values, the line is in the middle.
        let margin = if greatest > least { (greatest - least) * 0.08 } else { least * 0.05 };
        let last = values.len().saturating_sub(1).max(1) as f64;
        let ticks = [least, least.midpoint(greatest), greatest];
        Self { last, low: least - margin, high: greatest + margin, ticks, top }
    }

    fn x(&self, run: f64) -> i32 {
        SIDE + (run / self.last * f64::from(WIDTH - MARGIN - SIDE)).round() as i32
    }

    fn y(&self, value: f64) -> i32 {
        self.top + ((self.high - value) / (self.high - self.low) * f64::from(PLOT)).round() as i32
    }
}

/// Draws the chart of a series.
pub fn draw(series: &SeriesTrend) -> anyhow::Result<Picture> {
    let key = &series.key;
    let name = key.input.iter().fold(key.contender.clone(), |name, input| format!("{name} · {input}"));
    let subject = key.baseline.iter().fold(words::followed(series), |what, baseline| format!("{what} ÷ {baseline}"));
    let subject = key.runtime_label().iter().fold(subject, |what, runtime| format!("{what}, {runtime}"));
    let title = format!("{}: {name}: {subject}", key.kernel);
    let told = told(series);
    let lines: Vec<String> = told.iter().map(|(number, change)| line(series, *number, change)).collect();
    let description =
        if lines.is_empty() { "No change of level.".to_owned() } else { format!("{}.", lines.join(". ")) };
    let scales = Scales::of(&series.values, HEADING + NUMBERS);
    let below = i32::try_from(2 * lines.len()).unwrap_or(0) * LINE;
    let chart = chart(scales.top + PLOT + AXIS + below, [&name, &subject], &description, |canvas| {
        axes(canvas, &scales, series);
        points(canvas, &scales, &series.values);
        levels(canvas, &scales, series);
        let mut y = scales.top + PLOT + AXIS + LINE / 2;
        for (number, change) in told {
            marker(canvas, &scales, series, (number, change));
            let what = format!("{number}: {}: {}", words::date(&change.after), words::step(series, change));
            canvas.text(&fitted(&what, Pen::FIGURE, WIDTH - 2 * MARGIN), (MARGIN, y), Align::Start, Pen::FIGURE);
            let cause = [words::commits(change), words::software(change)].join(" · ");
            let indent = MARGIN + 18;
            let cause = fitted(cause.trim_end_matches(" · "), Pen::REMARK, WIDTH - MARGIN - indent);
            canvas.text(&cause, (indent, y + LINE - 2), Align::Start, Pen::REMARK);
            y += 2 * LINE;
        }
    })?;
    Ok(Picture { title, ..chart })
}

/// The latest changes with their numbers in the series.
fn told(series: &SeriesTrend) -> Vec<(usize, &Change)> {
    let earlier = series.changes.len().saturating_sub(TOLD);
    (1..).zip(&series.changes).skip(earlier).collect()
}

fn line(series: &SeriesTrend, number: usize, change: &Change) -> String {
    let [date, step, commits] = [words::date(&change.after), words::step(series, change), words::commits(change)];
    format!("Change {number}, {date}: {step}, {commits}")
}

fn ink(change: &Change) -> Ink {
    Ink::Outcome(if change.change > 0.0 { Outcome::Slower } else { Outcome::Faster })
}

fn axes(canvas: &Canvas<'_>, scales: &Scales, series: &SeriesTrend) {
    let bottom = scales.top + PLOT;
    for value in scales.ticks {
        let y = scales.y(value);
        canvas.line((SIDE, y), (WIDTH - MARGIN, y), Ink::Rule, 1);
        let text = fitted(&words::level_text(series, value), Pen::REMARK, SIDE - MARGIN);
        canvas.text(&text, (SIDE - 6, y), Align::End, Pen::REMARK);
    }
    canvas.line((SIDE, bottom), (WIDTH - MARGIN, bottom), Ink::Muted, 1);
    canvas.text(&words::day(&series.since), (SIDE, bottom + 14), Align::Start, Pen::REMARK);
    let runs = format!("{} runs", series.runs);
    canvas.text(&runs, ((SIDE + WIDTH - MARGIN) / 2, bottom + 14), Align::Middle, Pen::REMARK);
    canvas.text(&words::date(&series.latest), (WIDTH - MARGIN, bottom + 14), Align::End, Pen::REMARK)
}

fn points(canvas: &Canvas<'_>, scales: &Scales, values: &[f64]) {
    let place = |run: f64, value| (scales.x(run), scales.y(value));
    if values.len() <= POINTS {
        return (0_u32..).zip(values).for_each(|(run, value)| canvas.disc(place(f64::from(run), *value), 2, Ink::Rest));
    }
    let neighbours = values.len().div_ceil(POINTS);
    let middles = values.chunks(neighbours).enumerate().filter_map(|(i, chunk)| {
        let middle = (i * neighbours) as f64 + (chunk.len() - 1) as f64 / 2.0;
        Some(place(middle, median(chunk)?))
    });
    canvas.path(&middles.collect::<Vec<_>>(), Ink::Rest, 1)
}

/// The median between changes, from the first to the last run of each level.
fn levels(canvas: &Canvas<'_>, scales: &Scales, series: &SeriesTrend) {
    let ends: Vec<usize> = series.changes.iter().map(|change| change.at).chain([series.values.len()]).collect();
    let mut start = 0;
    for end in ends {
        if let Some(level) = median(&series.values[start..end]) {
            let [from, to] = [start, end - 1].map(|run| scales.x(run as f64));
            let (y, to) = (scales.y(level), to.max(from + 2));
            canvas.line((from, y), (to, y), Ink::Text, 2);
            let what = words::level_text(series, level);
            let told =
                format!("{what}: the median of {} runs, {} to {} of {}", end - start, start + 1, end, series.runs);
            canvas.tip((from, scales.top), (to, scales.top + PLOT), &told);
        }
        start = end;
    }
}

/// Between the last run before and the first run after.
fn marker(canvas: &Canvas<'_>, scales: &Scales, series: &SeriesTrend, (number, change): (usize, &Change)) {
    let x = scales.x(change.at as f64 - 0.5);
    canvas.line((x, scales.top), (x, scales.top + PLOT), ink(change), 1);
    let told = format!("{}. {}", line(series, number, change), words::levels(series, change));
    canvas.tip((x - 6, scales.top - NUMBERS), (x + 6, scales.top + PLOT), &told);
    canvas.text(&number.to_string(), (x, scales.top - 9), Align::Middle, Pen { ink: ink(change), ..Pen::NAME })
}
