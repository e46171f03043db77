//! One series over its runs: points, levels, and changes of level. Changes are numbered and listed below the plot, so
//! that colour is not needed.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted};
use super::ink::Ink;
use super::label_layout::Area;
use super::medium::{Medium, PAGE, SLIDE};
use super::picture::Picture;
use super::slide::kind::SlideKind;
use super::slide::scope::Scope;
use super::slide::sketch::{Found, Sketch};
use crate::history::{Change, Key, SeriesTrend, trend_text};
use crate::report::{Outcome, Report};
use crate::stats::median;

/// Layout of a series in a medium, pixels.
struct SeriesLayout {
    medium: Medium,
    /// Most changes that are listed: the latest ones.
    listed: usize,
    /// Most points that are drawn one by one. With more, the line joins so many medians of neighbours.
    points: usize,
    /// Radius of a point, and width of lines of levels and changes.
    dot: i32,
    level: u32,
    change: u32,
    /// Distance from the plot up to the middle of a change's number, and the pen of the number in an ink.
    above: i32,
    number: fn(Ink) -> Pen,
    /// Width of the scale's labels.
    scale: i32,
}

/// Page: left of the plot its scale, above it the numbers of changes, below it dates, and two lines for each change.
const SIDE: i32 = 76;
const NUMBERS: i32 = 20;
const PLOT: i32 = 130;
const AXIS: i32 = 30;
const LINE: i32 = 20;

const ON_PAGE: SeriesLayout = SeriesLayout {
    medium: PAGE,
    listed: 5,
    points: 150,
    dot: 2,
    level: 2,
    change: 1,
    above: 9,
    number: |ink| Pen { ink, ..Pen::NAME },
    scale: SIDE - MARGIN,
};

/// Slide: the same, with one line for each change.
const SLIDE_SIDE: i32 = 190;
const SLIDE_NUMBERS: i32 = 40;
const SLIDE_AXIS: i32 = 56;
const SLIDE_LINE: i32 = 42;

const ON_SLIDE: SeriesLayout = SeriesLayout {
    medium: SLIDE,
    listed: 3,
    points: 1000,
    dot: 6,
    level: 5,
    change: 4,
    above: 22,
    number: |_| LISTED,
    scale: SLIDE_SIDE - 20,
};
const LISTED: Pen = Pen { size: 28, ..SLIDE.name };

/// Draws the chart of a series.
pub fn draw(series: &SeriesTrend) -> anyhow::Result<Picture> {
    let key = &series.key;
    let name = key.input.iter().fold(key.contender.clone(), |name, input| format!("{name} · {input}"));
    let subject = key.runtime_label().iter().fold(followed(series), |what, runtime| format!("{what}, {runtime}"));
    let listed = listed(series, ON_PAGE.listed);
    let lines: Vec<String> = listed.iter().map(|(number, change)| line(series, *number, change)).collect();
    let description =
        if lines.is_empty() { "No change of level.".to_owned() } else { format!("{}.", lines.join(". ")) };
    let top = HEADING + NUMBERS;
    let area = Area { left: SIDE, top, right: WIDTH - MARGIN, bottom: top + PLOT };
    let below = i32::try_from(2 * lines.len()).unwrap_or(0) * LINE;
    let chart = chart(area.bottom + AXIS + below, [&name, &subject], &description, |canvas| {
        TrendPlot::of(series, area, &ON_PAGE).draw(canvas, &listed);
        let runs = format!("{} runs", series.runs);
        canvas.text(&runs, (i32::midpoint(area.left, area.right), area.bottom + 14), Align::Middle, Pen::REMARK);
        let mut y = area.bottom + AXIS + LINE / 2;
        for (number, change) in &listed {
            let what = format!("{number}: {}: {}", trend_text::date(&change.after), trend_text::step(series, change));
            canvas.text(&fitted(&what, Pen::FIGURE, WIDTH - 2 * MARGIN), (MARGIN, y), Align::Start, Pen::FIGURE);
            let cause = [trend_text::commits(change), trend_text::software(change)].join(" · ");
            let indent = MARGIN + 18;
            let cause = fitted(cause.trim_end_matches(" · "), Pen::REMARK, WIDTH - MARGIN - indent);
            canvas.text(&cause, (indent, y + LINE - 2), Align::Start, Pen::REMARK);
            y += 2 * LINE;
        }
    })?;
    Ok(Picture { title: format!("{}: {}", key.kernel, chart.title), ..chart })
}

/// A slide of each series that deserves a chart.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    match scope.series() {
        None => found.add("", Err("a trend needs a history; name its file with --history FILE".to_owned())),
        Some(series) if series.is_empty() => {
            found.add("", Err("the history has fewer than two runs of the selection".to_owned()));
        }
        Some(series) => series.into_iter().for_each(|one| found.add("", Ok(sketch(scope.report, one)))),
    }
    found
}

fn sketch<'a>(report: &Report, series: &SeriesTrend) -> Sketch<'a> {
    let key = &series.key;
    let place =
        |key: &Key| key.input.iter().chain(&key.runtime_label()).map(|text| format!(", {text}")).collect::<String>();
    let of = format!("{} {} {}{}", key.kernel, key.contender, key.metric.name(), place(key));
    let series = named(report, series);
    let change =
        |change: &Change| format!("{}: {}.", trend_text::date(&change.after), trend_text::step(&series, change));
    Sketch {
        kind: SlideKind::Trend,
        of,
        finding: trend_text::finding(&series),
        subject: format!("{}{}, run by run; lower is better, lines are levels", followed(&series), place(&series.key)),
        description: series.changes.iter().map(change).collect::<Vec<_>>().join(" "),
        source: format!(
            "{} · {} runs from {} to {}",
            series.key.machine,
            series.runs,
            trend_text::day(&series.since),
            trend_text::date(&series.latest)
        ),
        plot: Box::new(move |canvas, area| draw_slide(canvas, area, &series)),
    }
}

/// The same series with the names that people read. A history has the names of files; the run that slides are made of has
/// both.
fn named(report: &Report, series: &SeriesTrend) -> SeriesTrend {
    let key = &series.key;
    let option = |contender: &str| report.option(&key.kernel, contender);
    let key = Key {
        kernel: report.title(&key.kernel).to_owned(),
        contender: option(&key.contender),
        baseline: key.baseline.as_deref().map(option),
        input: key.input.as_deref().map(|input| report.input(&key.kernel, input).to_owned()),
        ..key.clone()
    };
    SeriesTrend { key, ..series.clone() }
}

fn draw_slide(canvas: &Canvas<'_>, area: Area, series: &SeriesTrend) {
    let listed = listed(series, ON_SLIDE.listed);
    let below = SLIDE_AXIS + i32::try_from(listed.len()).unwrap_or(0) * SLIDE_LINE;
    let inner =
        Area { left: area.left + SLIDE_SIDE, top: area.top + SLIDE_NUMBERS, bottom: area.bottom - below, ..area };
    TrendPlot::of(series, inner, &ON_SLIDE).draw(canvas, &listed);
    let mut y = inner.bottom + SLIDE_AXIS + SLIDE_LINE / 2;
    for (number, change) in listed {
        let parts = [
            trend_text::date(&change.after),
            trend_text::step(series, change),
            trend_text::levels(series, change),
            trend_text::commits(change),
        ];
        let text = format!("{number}: {}", parts.join(" · "));
        canvas.text(&(SLIDE.fitted)(&text, LISTED, area.right - area.left), (area.left, y), Align::Start, LISTED);
        y += SLIDE_LINE;
    }
}

/// What is followed, and its baseline.
fn followed(series: &SeriesTrend) -> String {
    series.key.baseline.iter().fold(trend_text::followed(series), |what, baseline| format!("{what} ÷ {baseline}"))
}

/// The latest changes with their numbers in the series.
fn listed(series: &SeriesTrend, most: usize) -> Vec<(usize, &Change)> {
    let earlier = series.changes.len().saturating_sub(most);
    (1..).zip(&series.changes).skip(earlier).collect()
}

fn line(series: &SeriesTrend, number: usize, change: &Change) -> String {
    let [date, step, commits] =
        [trend_text::date(&change.after), trend_text::step(series, change), trend_text::commits(change)];
    format!("Change {number}, {date}: {step}, {commits}")
}

/// A series on its scales: runs evenly from left to right.
struct TrendPlot<'a> {
    series: &'a SeriesTrend,
    area: Area,
    look: &'a SeriesLayout,
    last: f64,
    low: f64,
    high: f64,
    /// The smallest value, the greatest, and the range between them.
    ticks: [f64; 3],
}

impl<'a> TrendPlot<'a> {
    fn of(series: &'a SeriesTrend, area: Area, look: &'a SeriesLayout) -> Self {
        let values = || series.values.iter().copied();
        let (least, greatest) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        // If all values are equal, the line is in the middle.
        let air = if greatest > least { (greatest - least) * 0.08 } else { least * 0.05 };
        let last = series.values.len().saturating_sub(1).max(1) as f64;
        let ticks = [least, least.midpoint(greatest), greatest];
        Self { series, area, look, last, low: least - air, high: greatest + air, ticks }
    }

    fn x(&self, run: f64) -> i32 {
        self.area.left + (run / self.last * f64::from(self.area.right - self.area.left)).round() as i32
    }

    fn y(&self, value: f64) -> i32 {
        let Area { top, bottom, .. } = self.area;
        top + ((self.high - value) / (self.high - self.low) * f64::from(bottom - top)).round() as i32
    }

    fn draw(&self, canvas: &Canvas<'_>, listed: &[(usize, &Change)]) {
        self.axes(canvas);
        self.points(canvas);
        self.levels(canvas);
        listed.iter().for_each(|(number, change)| self.change(canvas, *number, change));
    }

    fn axes(&self, canvas: &Canvas<'_>) {
        let (Area { left, right, bottom, .. }, Medium { remark, rule, gap, below, fitted, .. }) =
            (self.area, self.look.medium);
        for value in self.ticks {
            let y = self.y(value);
            canvas.line((left, y), (right, y), Ink::Rule, rule);
            let text = fitted(&trend_text::level_text(self.series, value), remark, self.look.scale);
            canvas.text(&text, (left - gap, y), Align::End, remark);
        }
        canvas.line((left, bottom), (right, bottom), Ink::Muted, rule);
        canvas.text(&trend_text::day(&self.series.since), (left, bottom + below), Align::Start, remark);
        canvas.text(&trend_text::date(&self.series.latest), (right, bottom + below), Align::End, remark);
    }

    fn points(&self, canvas: &Canvas<'_>) {
        let values = &self.series.values;
        let place = |run: f64, value| (self.x(run), self.y(value));
        if values.len() <= self.look.points {
            let points = (0_u32..).zip(values).map(|(run, value)| place(f64::from(run), *value));
            return points.for_each(|point| canvas.disc(point, self.look.dot, Ink::Rest));
        }
        let neighbours = values.len().div_ceil(self.look.points);
        let middles = values.chunks(neighbours).enumerate().filter_map(|(i, chunk)| {
            let middle = (i * neighbours) as f64 + (chunk.len() - 1) as f64 / 2.0;
            Some(place(middle, median(chunk)?))
        });
        canvas.path(&middles.collect::<Vec<_>>(), Ink::Rest, self.look.medium.rule);
    }

    /// The median between changes, from the first to the last run of each level.
    fn levels(&self, canvas: &Canvas<'_>) {
        let SeriesTrend { changes, values, runs, .. } = self.series;
        let mut start = 0;
        for end in changes.iter().map(|change| change.at).chain([values.len()]) {
            if let Some(level) = values.get(start..end).and_then(median) {
                let [from, to] = [start, end - 1].map(|run| self.x(run as f64));
                let (y, to) = (self.y(level), to.max(from + self.look.dot));
                canvas.line((from, y), (to, y), Ink::Text, self.look.level);
                let what = trend_text::level_text(self.series, level);
                let text = format!("{what}: the median of {} runs, {} to {end} of {runs}", end - start, start + 1);
                canvas.tip((from, self.area.top), (to, self.area.bottom), &text);
            }
            start = end;
        }
    }

    /// Between the last run before and the first run after.
    fn change(&self, canvas: &Canvas<'_>, number: usize, change: &Change) {
        let Area { top, bottom, .. } = self.area;
        let ink = Ink::Outcome(if change.change > 0.0 { Outcome::Slower } else { Outcome::Faster });
        let x = self.x(change.at as f64 - 0.5);
        canvas.line((x, top), (x, bottom), ink, self.look.change);
        let text = format!("{}. {}", line(self.series, number, change), trend_text::levels(self.series, change));
        canvas.tip((x - 6, top - NUMBERS), (x + 6, bottom), &text);
        canvas.text(&number.to_string(), (x, top - self.look.above), Align::Middle, (self.look.number)(ink));
    }
}
