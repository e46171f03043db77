//! Throughput against size of input, on logarithmic scales, with the size marked from which on the candidate is faster.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted};
use super::ink::Ink;
use super::picture::Picture;
use super::place::Area;
use super::plot::{End, Plot};
use crate::report::{At, Cell, CrossoverSize, Headline, Report, Verdict, units, words};

/// Height of the plot.
const PLOT: i32 = 200;
/// Below the plot: its scale, and where the lines cross.
const AXIS: i32 = 62;
/// Left of the plot: throughput.
const SIDE: i32 = 70;
/// Right of the plot: names.
const NAMES: i32 = 104;
/// More lines than this cannot be followed; the fastest are drawn, and the baseline.
const MOST_LINES: usize = 8;

/// A contender's throughput at each size.
struct Line<'a> {
    cell: &'a Cell,
    /// Bytes, and bytes per second; ascending.
    points: Vec<(f64, f64)>,
}

/// Draws the chart; `None` where fewer than two sizes were measured.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let lines = lines(report, headline);
    let points = || lines.iter().flat_map(|line| &line.points);
    let area = Area { left: SIDE, top: HEADING + 6, right: WIDTH - NAMES, bottom: HEADING + 6 + PLOT };
    let plot =
        Plot::around(points().map(|point| point.0), points().map(|point| point.1), area, &units::round_throughput);
    let Some(plot) = plot else { return Ok(None) };
    let verdict =
        headline.candidate.and_then(|cell| report.verdicts_on(cell).max_by_key(|verdict| verdict.scenario.calls));
    let subject = format!("throughput by size of input, {}", headline.label);
    let description: Vec<String> = lines.iter().map(described).chain(verdict.map(crossing)).collect();
    chart(plot.bottom + AXIS, [&headline.kernel.name, &subject], &description.join(" "), |canvas| {
        plot.grid(canvas, &units::round_bytes, &units::round_throughput, "size of input");
        for line in &lines {
            draw_line(canvas, &plot, line);
        }
        let ends = lines.iter().filter_map(|line| {
            let (_, y) = *line.points.last()?;
            Some(End { name: &line.cell.contender, y, ink: Ink::Kind(line.cell.kind) })
        });
        plot.names(canvas, &ends.collect::<Vec<_>>());
        let Some(verdict) = verdict else { return };
        mark(canvas, &plot, verdict);
        let words = fitted(&crossing(verdict), Pen::REMARK, WIDTH - 2 * MARGIN);
        canvas.text(&words, (MARGIN, plot.bottom + 50), Align::Start, Pen::REMARK)
    })
    .map(Some)
}

/// The baseline and the fastest, each with two sizes at least, in the order of the run.
fn lines<'a>(report: &'a Report, headline: &Headline<'a>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (point, cell) in report.cells_by_size(&headline.kernel.name, &headline.stratum.id) {
        match lines.iter_mut().find(|line| line.cell.contender == cell.contender) {
            Some(line) => line.points.push(point),
            None => lines.push(Line { cell, points: vec![point] }),
        }
    }
    lines.retain(|line| line.points.len() > 1);
    let mut by_speed: Vec<f64> = lines.iter().map(fastest).collect();
    by_speed.sort_unstable_by(|a, b| b.total_cmp(a));
    if let Some(&least) = by_speed.get(MOST_LINES - 1) {
        lines.retain(|line| line.cell.contender == headline.kernel.baseline || fastest(line) >= least);
    }
    lines
}

fn fastest(line: &Line<'_>) -> f64 {
    line.points.last().map_or(0.0, |point| point.1)
}

fn described(line: &Line<'_>) -> String {
    let points: Vec<String> = line.points.iter().map(|point| told(*point)).collect();
    format!("{}: {}.", line.cell.contender, points.join(", "))
}

fn told((bytes, throughput): (f64, f64)) -> String {
    format!("{} at {}", units::throughput(throughput), units::bytes(bytes as u64))
}

fn draw_line(canvas: &Canvas<'_>, plot: &Plot, line: &Line<'_>) {
    let ink = Ink::Kind(line.cell.kind);
    plot.line(canvas, &line.points, ink);
    for point in &line.points {
        let (x, y) = plot.place(*point);
        canvas.disc((x, y), 3, ink);
        canvas.tip((x - 7, y - 7), (x + 7, y + 7), &format!("{}: {}", line.cell.contender, told(*point)));
    }
}

fn crossing(verdict: &Verdict) -> String {
    let (candidate, rival) = (&verdict.candidate, verdict.rival.as_deref().unwrap_or("the others"));
    match verdict.crossover_bytes {
        CrossoverSize::Undetermined => format!("{candidate}: not known where it crosses {rival}."),
        size => format!("{candidate}: faster than {rival} {}.", words::crossover_size(size)),
    }
}

/// The sizes between which the lines cross.
fn mark(canvas: &Canvas<'_>, plot: &Plot, verdict: &Verdict) {
    let (CrossoverSize::From(At { value, ci }) | CrossoverSize::UpTo(At { value, ci })) = verdict.crossover_bytes
    else {
        return;
    };
    for bytes in ci {
        let x = plot.place_x(bytes as f64);
        canvas.line((x, plot.top), (x, plot.bottom), Ink::Muted, 1);
    }
    let [from, to] = ci.map(|bytes| plot.place_x(bytes as f64));
    canvas.tip((from, plot.top), (to, plot.bottom), &crossing(verdict));
    let x = plot.place_x(value);
    canvas.polygon(&[(x, plot.bottom), (x - 6, plot.bottom + 9), (x + 6, plot.bottom + 9)], Ink::Text)
}
