//! Throughput against the size of the input on log axes, with the size from which on one contender is faster.

use super::SlideKind;
use super::lines::{self, Axes, Line, MOST, Point};
use super::selection::Scope;
use super::sketch::{Found, Sketch};
use crate::chart::ink::Ink;
use crate::report::{At, Cell, CrossoverSize, Headline, Verdict, finding, units};

/// One of each kernel of which several sizes were measured.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    for headline in &scope.headlines {
        let place = format!("{} in {}", headline.kernel.name, headline.label);
        found.add(sketch(scope, headline).map_err(|why| format!("{place}: {why}")));
    }
    found
}

fn sketch<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Result<Sketch<'a>, String> {
    let report = scope.report;
    let (kernel, stratum, label) = (&headline.kernel.name, &*headline.stratum.id, headline.label);
    let candidate = headline.candidate.ok_or("there is no candidate")?;
    let (verdict, rival) = report.crossover_on(candidate).ok_or("there is no verdict on its candidate")?;
    let mut others: Vec<&Cell> = report.cells_of(kernel, &candidate.input, stratum).collect();
    others.retain(|cell| cell.contender != candidate.contender && cell.contender != rival);
    others.sort_by(|a, b| calls(a).total_cmp(&calls(b)));
    let names = [rival, &candidate.contender].into_iter().chain(others.iter().map(|cell| cell.contender.as_str()));
    let measured = report.cells_by_size(kernel, stratum);
    let mut lines: Vec<Line> = names.filter_map(|name| line(&measured, name)).collect();
    let hidden = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let sizes = lines.iter().map(|line| line.points.len()).max().unwrap_or(0);
    if sizes < 2 {
        return Err("of less than two sizes of input the throughput is known; measure with --all-inputs".to_owned());
    }
    let crossing = crossing(verdict);
    let one = |line: &Line| {
        let points =
            line.points.iter().map(|one| format!("{} at {}", units::throughput(one.y), units::bytes(one.x as u64)));
        format!("{}: {}.", line.name, points.collect::<Vec<_>>().join(", "))
    };
    let dashed = if crossing.is_some() { ", crossing between dashed lines" } else { "" };
    Ok(Sketch {
        kind: SlideKind::Crossover,
        of: format!("{kernel} {label}"),
        finding: finding::crossover(verdict, rival),
        subject: format!("Input per second by size, in {label}, 95 % intervals; higher is faster{dashed}"),
        description: lines.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(report, &[stratum]),
        plot: Box::new(move |canvas, area| {
            let crossing = crossing.clone();
            let axes =
                Axes { along: "size of input", up: "input per second", unit: units::throughput, crossing, hidden };
            lines::draw(canvas, area, &lines, &axes)
        }),
    })
}

/// The time per call; of what was not measured, longer than any other.
fn calls(cell: &Cell) -> f64 {
    cell.call_ns.map_or(f64::INFINITY, |call| call.median)
}

/// What a contender gets done, by size; `None` where nothing is known.
fn line(measured: &[((f64, f64), &Cell)], contender: &str) -> Option<Line> {
    let own = || measured.iter().filter(|(_, cell)| cell.contender == contender);
    let ink = Ink::Kind(own().next()?.1.kind);
    let point = |&((bytes, throughput), cell): &((f64, f64), &Cell)| {
        let rate = |ns: f64| bytes / ns * 1e9;
        let ci = cell.call_ns?.ci.map(|[low, high]| [rate(high), rate(low)]);
        Some(Point { x: bytes, y: throughput, ci }).filter(|point| point.y > 0.0)
    };
    let points: Vec<Point> = own().filter_map(point).collect();
    (!points.is_empty()).then(|| Line { name: contender.to_owned(), ink, points })
}

/// Where the two cross, between the sizes beside it.
fn crossing(verdict: &Verdict) -> Option<(f64, [f64; 2], String)> {
    let (CrossoverSize::From(At { value, ci }) | CrossoverSize::UpTo(At { value, ci })) = verdict.crossover_bytes
    else {
        return None;
    };
    Some((value, ci.map(|bytes| bytes as f64), format!("crossing at {}", units::bytes(value as u64))))
}
