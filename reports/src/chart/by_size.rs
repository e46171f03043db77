//! Throughput against size of input, on log axes, with the size marked from which the candidate is faster.

use super::canvas::{Align, Canvas, MARGIN, Pen, WIDTH, chart, fitted};
use super::ink::Ink;
use super::lines::{self, Line, LinePoint, Mark};
use super::picture::Picture;
use super::plot::Plot;
use super::slide::kind::SlideKind;
use super::slide::lines::{AxisWords, MOST, draw as draw_slide};
use super::slide::scope::Scope;
use super::slide::sketch::{Found, Sketch};
use crate::report::{At, CellReport, CrossoverSize, Headline, KernelInfo, Report, Verdict, finding, units, wording};

/// Page: below the plot its scale, and where the lines cross; left of it throughput.
const AXIS: i32 = 62;
const SIDE: i32 = 70;
/// The page shows at most this many lines: the fastest, and the baseline.
const MOST_LINES: usize = 8;

/// A contender's throughput by size; `None` if it is not known.
fn line(measured: &[((f64, f64), &CellReport)], contender: &str) -> Option<Line> {
    let own = || measured.iter().filter(|(_, cell)| cell.contender == contender);
    let cell = own().next()?.1;
    let (name, ink) = (cell.shown(), Ink::Kind(cell.kind));
    let point = |&((bytes, throughput), cell): &((f64, f64), &CellReport)| {
        let rate = |ns: f64| bytes / ns * 1e9;
        let ci = cell.call_ns?.ci.map(|[low, high]| [rate(high), rate(low)]);
        let tip = format!("{name}: {}", in_words(bytes, throughput));
        Some(LinePoint { along: bytes, y: throughput, ci, tip }).filter(|point| point.y > 0.0)
    };
    let points: Vec<LinePoint> = own().filter_map(point).collect();
    (!points.is_empty()).then(|| Line { name: name.to_owned(), ink, mark: Mark::Disc, points })
}

fn in_words(bytes: f64, throughput: f64) -> String {
    format!("{} at {}", units::throughput(throughput), units::bytes(bytes as u64))
}

fn described(line: &Line) -> String {
    line.described(|point| in_words(point.along, point.y))
}

/// Where two lines cross, with the sizes on either side.
fn crossing(verdict: &Verdict) -> Option<At<u64>> {
    match verdict.crossover_bytes {
        CrossoverSize::From(at) | CrossoverSize::UpTo(at) => Some(at),
        CrossoverSize::AlwaysFaster | CrossoverSize::NeverFaster | CrossoverSize::Undetermined => None,
    }
}

/// Draws the chart; `None` if fewer than two sizes were measured.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let lines = fastest_lines(report, headline);
    let Some(plot) = lines::plot(&lines, SIDE, &units::round_throughput) else { return Ok(None) };
    let verdict =
        headline.candidate.and_then(|cell| report.verdicts_on(cell).max_by_key(|verdict| verdict.scenario.calls));
    let subject = format!("throughput by size of input, {}", headline.label);
    let said = || verdict.map(|verdict| sentence(headline.kernel, verdict));
    let description: Vec<String> = lines.iter().map(described).chain(said()).collect();
    chart(plot.bottom() + AXIS, [headline.kernel.shown(), &subject], &description.join(" "), |canvas| {
        plot.grid(canvas, &units::round_bytes, &units::round_throughput, "size of input");
        lines::draw(canvas, &plot, &lines);
        let Some((verdict, said)) = verdict.zip(said()) else { return };
        mark(canvas, &plot, verdict, &said);
        let words = fitted(&said, Pen::REMARK, WIDTH - 2 * MARGIN);
        canvas.text(&words, (MARGIN, plot.bottom() + 50), Align::Start, Pen::REMARK);
    })
    .map(Some)
}

/// The baseline and the fastest contenders, each with at least two sizes, in the order of the run.
fn fastest_lines(report: &Report, headline: &Headline<'_>) -> Vec<Line> {
    let measured = report.cells_by_size(&headline.kernel.name, &headline.stratum.id);
    let mut names: Vec<&str> = Vec::new();
    for (_, cell) in &measured {
        if !names.contains(&&*cell.contender) {
            names.push(&cell.contender);
        }
    }
    let mut lines: Vec<Line> = names.into_iter().filter_map(|name| line(&measured, name)).collect();
    lines.retain(|line| line.points.len() > 1);
    let fastest = |line: &Line| line.points.last().map_or(0.0, |point| point.y);
    let mut by_speed: Vec<f64> = lines.iter().map(fastest).collect();
    by_speed.sort_unstable_by(|a, b| b.total_cmp(a));
    if let Some(&least) = by_speed.get(MOST_LINES - 1) {
        let baseline = headline.kernel.option(&headline.kernel.baseline);
        lines.retain(|line| line.name == baseline || fastest(line) >= least);
    }
    lines
}

fn sentence(kernel: &KernelInfo, verdict: &Verdict) -> String {
    let candidate = kernel.option(&verdict.candidate);
    let rival = verdict.rival.as_ref().map_or_else(|| "the others".to_owned(), |rival| kernel.option(rival));
    match verdict.crossover_bytes {
        CrossoverSize::Undetermined => format!("{candidate}: not known where it crosses {rival}."),
        size => format!("{candidate}: faster than {rival} {}.", wording::crossover_size(size)),
    }
}

/// The sizes between which the lines cross.
fn mark(canvas: &Canvas<'_>, plot: &Plot, verdict: &Verdict, said: &str) {
    let Some(At { value, ci }) = crossing(verdict) else { return };
    let [from, to] = ci.map(|bytes| plot.place_x(bytes as f64));
    for x in [from, to] {
        canvas.line((x, plot.top()), (x, plot.bottom()), Ink::Muted, 1);
    }
    canvas.tip((from, plot.top()), (to, plot.bottom()), said);
    let x = plot.place_x(value);
    canvas.polygon(&[(x, plot.bottom()), (x - 6, plot.bottom() + 9), (x + 6, plot.bottom() + 9)], Ink::Text);
}

/// A slide of each kernel with several measured sizes.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    found.add_each(scope, |headline| sketch(scope, headline));
    found
}

fn sketch<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Result<Sketch<'a>, String> {
    let report = scope.report;
    let (kernel, stratum, label) = (&headline.kernel.name, &*headline.stratum.id, headline.label);
    let measured = report.cells_by_size(kernel, stratum);
    if measured.iter().all(|((bytes, _), _)| *bytes == measured[0].0.0) {
        return Err("a crossover needs two input sizes; measure with --all-inputs".to_owned());
    }
    let candidate = headline.candidate.ok_or("there is nothing to compare")?;
    if headline.is_stand_in() {
        return Err("its Wasm is not written yet".to_owned());
    }
    let (verdict, rival) =
        report.crossover_on(candidate).ok_or("nothing was compared with JavaScript or the browser")?;
    let mut others: Vec<&CellReport> = report.cells_of(kernel, &candidate.input, stratum).collect();
    others.retain(|cell| cell.contender != candidate.contender && cell.contender != rival);
    others.sort_by(|a, b| calls(a).total_cmp(&calls(b)));
    let names = [rival, &candidate.contender].into_iter().chain(others.iter().map(|cell| cell.contender.as_str()));
    let mut lines: Vec<Line> = names.filter_map(|name| line(&measured, name)).collect();
    let hidden = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let sizes = lines.iter().map(|line| line.points.len()).max().unwrap_or(0);
    if sizes < 2 {
        return Err("no option was measured on two input sizes".to_owned());
    }
    let crossing = crossing(verdict).map(|At { value, ci }| {
        (value, ci.map(|bytes| bytes as f64), format!("crossing at {}", units::bytes(value as u64)))
    });
    let dashed = if crossing.is_some() { ", crossing between dashed lines" } else { "" };
    Ok(Sketch {
        kind: SlideKind::Crossover,
        of: format!("{kernel} {label}"),
        finding: finding::crossover(headline.kernel, verdict, rival),
        subject: format!("Input per second by size, in {}, 95 % intervals; higher is faster{dashed}", headline.name),
        description: lines.iter().map(described).collect::<Vec<_>>().join(" "),
        source: finding::source(report, &[stratum]),
        plot: Box::new(move |canvas, area| {
            let crossing = crossing.clone();
            let axes = AxisWords {
                along: ("size of input", units::round_bytes),
                up: ("input per second", units::round_throughput),
                every: 1,
                crossing,
                hidden,
            };
            draw_slide(canvas, area, &lines, &axes)
        }),
    })
}

/// The time per call; infinite if it was not measured.
fn calls(cell: &CellReport) -> f64 {
    cell.call_ns.map_or(f64::INFINITY, |call| call.median)
}
