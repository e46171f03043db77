//! Time per call as factors on a log axis with a line at ×1: every candidate against the baseline and the best other
//! JavaScript. Shape and words give the outcome; colour only repeats it. Slides have their own (`slide/speed_up.rs`): they
//! show the factors that the decisions rest on.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, TEXT, WIDTH, chart, fitted, width_of};
use super::ink::Ink;
use super::mark;
use super::picture::Picture;
use super::scale::{Log, factor_label};
use crate::metric::Metric;
use crate::report::wording::{self, exact};
use crate::report::{Comparison, Headline, Report};

/// A comparison and its name.
#[derive(Clone)]
struct NamedComparison<'a> {
    name: String,
    /// `against js (ecosystem)`.
    against: String,
    baseline: String,
    comparison: &'a Comparison,
}

/// Every candidate against each contender that the headline compares with, grouped by the latter.
fn groups<'a>(report: &'a Report, headline: &Headline<'a>) -> Vec<Vec<NamedComparison<'a>>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let is_of = |one: &&Comparison, baseline: &str| {
        let place = [&one.kernel, &one.stratum, &one.input].map(String::as_str);
        one.metric == Metric::CALL
            && place == [&*headline.kernel.name, &*headline.stratum.id, input]
            && one.baseline == baseline
    };
    let group = |against: String, baseline: &str| {
        let factor = |comparison: &'a Comparison| NamedComparison {
            name: headline.kernel.option(&comparison.candidate),
            against: against.clone(),
            baseline: headline.kernel.option(&comparison.baseline),
            comparison,
        };
        report.comparisons.iter().filter(|one| is_of(one, baseline)).map(factor).collect()
    };
    let of = |factor: &crate::report::Factor<'_>| {
        let baseline = &factor.comparison.baseline;
        group(format!("against {}", headline.kernel.option_with_track(baseline)), baseline)
    };
    headline.factors.iter().map(of).collect()
}

fn is_any_known(factors: &[NamedComparison<'_>]) -> bool {
    factors.iter().any(|factor| factor.comparison.ratio.is_some())
}

/// The axis of the speed-up: it spans every interval and the line at ×1.
fn axis<'a>(factors: impl Iterator<Item = &'a Comparison>, pixels: [i32; 2]) -> Option<Log> {
    let ends = factors.filter_map(|one| Some(one.ci.unwrap_or([one.ratio?; 2]).into_iter().chain(one.ratio)));
    Log::spanning(ends.flatten().map(f64::recip).chain([0.9, 1.1]), [0.06, 1.0], pixels)
}

/// Grid lines of the axis, and the pens of the line at ×1 and of the others.
fn grid(axis: &Log) -> impl Iterator<Item = (f64, Ink)> {
    axis.factors().into_iter().map(|tick| (tick, if (tick - 1.0).abs() < 1e-9 { Ink::Muted } else { Ink::Rule }))
}

/// Page: height of a line of text, of the part of a row that holds the interval, of the axis below, and air below a group.
const LINE: i32 = 22;
const BAND: i32 = 24;
const AXIS: i32 = 44;
const GAP: i32 = 6;

/// Draws the chart; `None` when nothing was compared.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let groups = groups(report, headline);
    let all: Vec<NamedComparison<'_>> = groups.concat();
    let axis = axis(all.iter().map(|factor| factor.comparison), [MARGIN + 6, WIDTH - MARGIN - 6]);
    let Some(axis) = axis.filter(|_| is_any_known(&all)) else { return Ok(None) };
    let input = headline.input.map_or("", |input| input.name.as_str());
    let subject = format!("time per call on {}, {}", headline.kernel.input(input), headline.label);
    let one = |NamedComparison { name, against, comparison, .. }: &_| {
        format!("{name} {against}: {}.", wording::comparison(comparison))
    };
    let description: Vec<String> = all.iter().map(one).collect();
    let rows: i32 = all.iter().map(height).sum();
    let bottom = HEADING + 4 + rows + i32::try_from(groups.len()).unwrap_or(0) * (LINE + GAP);
    chart(bottom + AXIS, [headline.kernel.shown(), &subject], &description.join(" "), |canvas| {
        labels(canvas, &axis, bottom);
        let mut y = HEADING + 4;
        for group in &groups {
            let heading = group.first().map_or("", |factor| &factor.against);
            let heading = fitted(heading, Pen::REMARK, WIDTH - 2 * MARGIN);
            canvas.text(&heading, (MARGIN, y + LINE / 2), Align::Start, Pen::REMARK);
            y += LINE;
            for factor in group {
                row(canvas, &axis, factor, y);
                y += height(factor);
            }
            y += GAP;
        }
    })
    .map(Some)
}

/// Name and words share a line if they fit; otherwise each has its own line.
fn lines(factor: &NamedComparison<'_>) -> i32 {
    let both =
        width_of(&factor.name, Pen::NAME) + width_of(&wording::comparison(factor.comparison), Pen::FIGURE) + TEXT;
    if both <= WIDTH - 2 * MARGIN { 1 } else { 2 }
}

fn height(factor: &NamedComparison<'_>) -> i32 {
    lines(factor) * LINE + BAND
}

fn row(canvas: &Canvas<'_>, axis: &Log, factor: &NamedComparison<'_>, y: i32) {
    let (lines, comparison) = (lines(factor), factor.comparison);
    let name = fitted(&factor.name, Pen::NAME, WIDTH - 2 * MARGIN);
    canvas.text(&name, (MARGIN, y + LINE / 2), Align::Start, Pen::NAME);
    let words_at = (WIDTH - MARGIN, y + (lines - 1) * LINE + LINE / 2);
    canvas.text(&wording::comparison(comparison), words_at, Align::End, Pen::FIGURE);

    let band = y + lines * LINE;
    canvas.tip((0, y), (WIDTH, band + BAND), &exact::comparison(&factor.name, &factor.baseline, comparison));
    // The grid is behind the interval only, clear of name and words.
    for (tick, ink) in grid(axis) {
        let x = axis.at(tick);
        canvas.line((x, band), (x, band + BAND - 4), ink, if ink == Ink::Muted { 2 } else { 1 });
    }
    let Some(ratio) = comparison.ratio else { return };
    let middle = band + BAND / 2 - 2;
    let ink = Ink::Outcome(comparison.outcome);
    canvas.line((axis.at(1.0), middle), (axis.at(1.0 / ratio), middle), ink, 1);
    if let Some([low, high]) = comparison.ci {
        let (from, to) = (axis.at(1.0 / high), axis.at(1.0 / low));
        canvas.line((from, middle), (to, middle), ink, 3);
        for end in [from, to] {
            canvas.line((end, middle - 6), (end, middle + 6), ink, 2);
        }
    }
    mark::draw(canvas, (axis.at(1.0 / ratio), middle), comparison.outcome, &mark::ON_PAGE);
}

fn labels(canvas: &Canvas<'_>, axis: &Log, bottom: i32) {
    for tick in axis.factors() {
        canvas.text(&factor_label(tick), (axis.at(tick), bottom + 9), Align::Middle, Pen::REMARK);
    }
    let below = bottom + 30;
    canvas.text("← slower", (MARGIN, below), Align::Start, Pen::REMARK);
    canvas.text("log scale", (WIDTH / 2, below), Align::Middle, Pen::REMARK);
    canvas.text("faster →", (WIDTH - MARGIN, below), Align::End, Pen::REMARK);
}
