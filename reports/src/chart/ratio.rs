//! Time per call of every candidate on the headline input, against the baseline and against the best other JavaScript
//! contender: a log axis of the speed-up with a line at ×1. Shape and words tell the outcome, colour only repeats it.

use plotters::coord::ranged1d::Ranged;
use plotters::prelude::{IntoLogRange, LogCoord};

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, TEXT, WIDTH, chart, fitted, width_of};
use super::ink::Ink;
use super::picture::Picture;
use super::scale::{factor_label, factor_ticks};
use crate::metric::Metric;
use crate::report::words::{self, exact};
use crate::report::{Comparison, Headline, Outcome, Report};

/// Height of a line of text.
const LINE: i32 = 22;
/// Height of the part of a row that holds the interval.
const BAND: i32 = 24;
/// Height of the axis below the rows.
const AXIS: i32 = 44;

/// The comparisons with one contender.
struct Group<'a> {
    heading: String,
    rows: Vec<&'a Comparison>,
}

/// Draws the chart; `None` when nothing was compared.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let groups = groups(report, headline);
    if groups.iter().all(|group| group.rows.iter().all(|row| row.ratio.is_none())) {
        return Ok(None);
    }
    let input = headline.input.map_or("", |input| input.name.as_str());
    let subject = format!("time per call on {input}, {}", headline.label);
    let description = groups
        .iter()
        .flat_map(|group| group.rows.iter().map(move |row| (group, row)))
        .map(|(group, row)| format!("{} {}: {}.", row.candidate, group.heading, words::comparison(row)))
        .collect::<Vec<_>>()
        .join(" ");
    let rows = groups.iter().map(|group| LINE + group.rows.iter().map(|row| height(row)).sum::<i32>() + 6).sum::<i32>();
    let top = HEADING + 4;
    let axis = Axis::of(&groups);
    chart(top + rows + AXIS, [&headline.kernel.name, &subject], &description, |canvas| {
        axis.labels(canvas, top + rows);
        let mut y = top;
        for group in &groups {
            let heading = fitted(&group.heading, Pen::REMARK, WIDTH - 2 * MARGIN);
            canvas.text(&heading, (MARGIN, y + LINE / 2), Align::Start, Pen::REMARK);
            y += LINE;
            for comparison in &group.rows {
                row(canvas, &axis, comparison, y);
                y += height(comparison);
            }
            y += 6;
        }
    })
    .map(Some)
}

fn groups<'a>(report: &'a Report, headline: &Headline<'a>) -> Vec<Group<'a>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let rows = |baseline: &'a str| {
        report.comparisons.iter().filter(move |c| {
            c.metric == Metric::CALL
                && c.kernel == headline.kernel.name
                && c.stratum == headline.stratum.id
                && c.input == input
                && c.baseline == baseline
        })
    };
    headline
        .factors
        .iter()
        .map(|factor| Group {
            heading: format!("against {}", factor.against()),
            rows: rows(&factor.comparison.baseline).collect(),
        })
        .collect()
}

/// Name and words share a line where they fit, and have one each where they do not.
fn lines(comparison: &Comparison) -> i32 {
    let both =
        width_of(&comparison.candidate, Pen::NAME) + width_of(&words::comparison(comparison), Pen::FIGURE) + TEXT;
    if both <= WIDTH - 2 * MARGIN { 1 } else { 2 }
}

fn height(comparison: &Comparison) -> i32 {
    lines(comparison) * LINE + BAND
}

fn row(canvas: &Canvas<'_>, axis: &Axis, comparison: &Comparison, y: i32) {
    let lines = lines(comparison);
    let name = fitted(&comparison.candidate, Pen::NAME, WIDTH - 2 * MARGIN);
    canvas.text(&name, (MARGIN, y + LINE / 2), Align::Start, Pen::NAME);
    let words_at = (WIDTH - MARGIN, y + (lines - 1) * LINE + LINE / 2);
    canvas.text(&words::comparison(comparison), words_at, Align::End, Pen::FIGURE);

    let band = y + lines * LINE;
    canvas.tip((0, y), (WIDTH, band + BAND), &exact::comparison(comparison));
    axis.lines(canvas, band, band + BAND - 4);
    let Some(ratio) = comparison.ratio else { return };
    let middle = band + BAND / 2 - 2;
    let ink = Ink::Outcome(comparison.outcome);
    canvas.line((axis.x(1.0), middle), (axis.x(1.0 / ratio), middle), ink, 1);
    if let Some([low, high]) = comparison.ci {
        let (from, to) = (axis.x(1.0 / high), axis.x(1.0 / low));
        canvas.line((from, middle), (to, middle), ink, 3);
        for end in [from, to] {
            canvas.line((end, middle - 6), (end, middle + 6), ink, 2);
        }
    }
    mark(canvas, (axis.x(1.0 / ratio), middle), comparison.outcome)
}

/// Points right when faster, left when slower; a square when the same, a ring when unsure.
fn mark(canvas: &Canvas<'_>, (x, y): (i32, i32), outcome: Outcome) {
    let ink = Ink::Outcome(outcome);
    match outcome {
        Outcome::Faster => canvas.polygon(&[(x - 5, y - 7), (x + 7, y), (x - 5, y + 7)], ink),
        Outcome::Slower => canvas.polygon(&[(x + 5, y - 7), (x - 7, y), (x + 5, y + 7)], ink),
        Outcome::Same => canvas.rect((x - 5, y - 5), (x + 6, y + 6), ink),
        Outcome::Unsure => canvas.ring((x, y), 6, ink),
    }
}

/// The log axis of the speed-up.
struct Axis {
    low: f64,
    high: f64,
    scale: LogCoord<f64>,
}

impl Axis {
    /// Spans every interval, the line at ×1, and some air.
    fn of(groups: &[Group<'_>]) -> Self {
        let ends = groups.iter().flat_map(|group| &group.rows).filter_map(|row| {
            let ratio = row.ratio?;
            let [low, high] = row.ci.unwrap_or([ratio; 2]);
            Some([1.0 / high, 1.0 / low])
        });
        let (low, high) = ends.fold((0.9, 1.1), |(low, high): (f64, f64), ends| (low.min(ends[0]), high.max(ends[1])));
        let air = (high / low).powf(0.06);
        let (low, high) = (low / air, high * air);
        Self { low, high, scale: (low..high).log_scale().into() }
    }

    fn x(&self, speed_up: f64) -> i32 {
        self.scale.map(&speed_up.clamp(self.low, self.high), (MARGIN + 6, WIDTH - MARGIN - 6))
    }

    /// The grid behind one interval; names and words stay free of it.
    fn lines(&self, canvas: &Canvas<'_>, top: i32, bottom: i32) {
        for tick in factor_ticks(self.low, self.high) {
            let x = self.x(tick);
            let (ink, width) = if (tick - 1.0).abs() < 1e-9 { (Ink::Muted, 2) } else { (Ink::Rule, 1) };
            canvas.line((x, top), (x, bottom), ink, width);
        }
    }

    fn labels(&self, canvas: &Canvas<'_>, bottom: i32) {
        for tick in factor_ticks(self.low, self.high) {
            canvas.text(&factor_label(tick), (self.x(tick), bottom + 9), Align::Middle, Pen::REMARK);
        }
        let below = bottom + 30;
        canvas.text("← slower", (MARGIN, below), Align::Start, Pen::REMARK);
        canvas.text("log scale", (WIDTH / 2, below), Align::Middle, Pen::REMARK);
        canvas.text("faster →", (WIDTH - MARGIN, below), Align::End, Pen::REMARK)
    }
}
