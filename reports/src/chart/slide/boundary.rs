//! What crossing costs: by size, for payloads that were measured in several, and as a part of a call, for other kernels.

use super::SlideKind;
use super::frame::NAME;
use super::lines::{self, Axes, Line, MOST, Point};
use super::rows::{Row, Rows, most};
use super::selection::Scope;
use super::sketch::{Found, Sketch};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::place::Area;
use crate::metric::Phase;
use crate::report::boundary::Direction;
use crate::report::{Boundary, BoundaryModel, Cell, Headline, Report, finding, units, words};
use crate::run::Kind;

/// A part narrower than this has no room for its number.
const NUMBERED_FROM: i32 = 30;
/// Numbers on bars.
const NUMBER: Pen = Pen { ink: Ink::Paper, ..NAME };

/// One of each payload, and one of each kernel of which the parts of a call were measured.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    for (kernel, stratum) in scope.places() {
        let is_here = |model: &&BoundaryModel| model.kernel == kernel && model.stratum == stratum;
        let models: Vec<&BoundaryModel> = scope.report.boundary_models.iter().filter(is_here).collect();
        let mut payloads: Vec<&str> = models.iter().map(|model| model.payload.as_str()).collect();
        payloads.dedup();
        for payload in payloads {
            let of: Vec<_> = models.iter().filter(|model| model.payload == payload).copied().collect();
            found.add(by_size(scope.report, &of).ok_or_else(|| {
                format!(
                    "{kernel} in {}: {payload} was measured in one size, and a line takes two",
                    scope.report.label(stratum)
                )
            }));
        }
    }
    for headline in &scope.headlines {
        let place = format!("{} in {}", headline.kernel.name, headline.label);
        found.add(of_call(scope.report, headline).ok_or_else(|| format!("{place}: crossing was not measured")));
    }
    found
}

fn by_size<'a>(report: &'a Report, models: &[&'a BoundaryModel]) -> Option<Sketch<'a>> {
    let first = models.first()?;
    let finding = finding::boundary(models)?;
    let mut lines: Vec<Line> = models.iter().map(|model| line(model)).filter(|line| line.points.len() > 1).collect();
    let hidden = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if lines.is_empty() {
        return None;
    }
    let one = |line: &Line| {
        let points = line.points.iter().map(|one| format!("{} for {}", units::time(one.y), units::bytes(one.x as u64)));
        format!("{}: {}.", line.name, points.collect::<Vec<_>>().join(", "))
    };
    let BoundaryModel { kernel, stratum, payload, .. } = first;
    let label = report.label(stratum);
    Some(Sketch {
        kind: SlideKind::Boundary,
        of: format!("{kernel} {payload} {label}"),
        finding,
        subject: format!("{kernel}: time to cross by size, in {label}; lower is better, with 95 % intervals"),
        description: lines.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(report, &[stratum]),
        plot: Box::new(move |canvas, area| {
            let axes =
                Axes { along: "size of what crosses", up: "time to cross", unit: units::time, crossing: None, hidden };
            lines::draw(canvas, area, &lines, &axes)
        }),
    })
}

fn line(model: &BoundaryModel) -> Line {
    let (ink, way) = match model.direction {
        Direction::In => (Ink::Kind(Kind::Wasm), "into"),
        Direction::Out => (Ink::Kind(Kind::Js), "out of"),
    };
    let points = model.sizes.iter().filter(|size| size.bytes > 0 && size.ns > 0.0);
    let points = points.map(|size| Point { x: size.bytes as f64, y: size.ns, ci: size.ci }).collect();
    Line { name: format!("{way} {}", model.contender), ink, points }
}

fn of_call<'a>(report: &'a Report, headline: &Headline<'a>) -> Option<Sketch<'a>> {
    let (kernel, stratum, label) = (headline.kernel, &*headline.stratum.id, headline.label);
    let input = headline.input?;
    let cells = report.cells_of(&kernel.name, &input.name, stratum);
    let split: Vec<(&Cell, Boundary)> = cells.filter_map(|cell| Some((cell, cell.boundary_ns?))).collect();
    let candidate = headline.candidate.filter(|cell| cell.boundary_ns.is_some());
    let finding = finding::boundary_share(candidate.or(split.first().map(|(cell, _)| *cell))?)?;
    let one = |(cell, boundary): &(&Cell, Boundary)| {
        let parts: Vec<String> =
            parts(*boundary).map(|part| format!("{} {}", part.name, units::time(part.ns))).collect();
        format!("{}: {}.", cell.contender, parts.join(", "))
    };
    Some(Sketch {
        kind: SlideKind::Boundary,
        of: format!("{} {label}", kernel.name),
        finding,
        subject: format!(
            "A call on {}, in {label}: 1 copying in · 2 the job · 3 copying out, medians, each measured alone",
            input.name
        ),
        description: split.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(report, &[stratum]),
        plot: Box::new(move |canvas, area| draw(canvas, area, &split)),
    })
}

/// A part of a call.
struct Part {
    number: &'static str,
    name: &'static str,
    ink: Ink,
    ns: f64,
}

/// The parts of a call that are known.
fn parts(boundary: Boundary) -> impl Iterator<Item = Part> {
    let Boundary { copy_in, out, compute, .. } = boundary;
    let parts = [
        ("1", "in", Ink::Phase(Phase::Compile), Some(copy_in)),
        ("2", "job", Ink::Rest, compute),
        ("3", "out", Ink::Phase(Phase::Evaluate), Some(out)),
    ];
    parts.into_iter().filter_map(|(number, name, ink, ns)| Some(Part { number, name, ink, ns: ns? }))
}

fn draw(canvas: &Canvas<'_>, area: Area, split: &[(&Cell, Boundary)]) {
    let shown = &split[..split.len().min(most(area))];
    let row = |(cell, boundary): &(&Cell, Boundary)| Row {
        name: cell.contender.clone(),
        remark: cell.call_ns.as_ref().map(|call| format!("call {}", finding::estimate(call))).unwrap_or_default(),
        figure: words::boundary_share(*boundary),
        detail: format!("in {} · out {}", units::time(boundary.copy_in), units::time(boundary.out)),
    };
    let rows = Rows::draw(canvas, area, &shown.iter().map(row).collect::<Vec<_>>(), split.len() - shown.len());
    let total = |boundary: &Boundary| parts(*boundary).map(|part| part.ns).sum::<f64>();
    let longest = shown.iter().map(|(_, boundary)| total(boundary)).fold(0.0, f64::max);
    if longest <= 0.0 {
        return;
    }
    let Area { left, right, .. } = rows.middle;
    for (at, (_, boundary)) in shown.iter().enumerate() {
        let (y, half, mut from) = (rows.y(at), rows.half(), left);
        for Part { number, ink, ns, .. } in parts(*boundary) {
            let to = from + (ns / longest * f64::from(right - left)).round() as i32;
            // Some paper between neighbours keeps them apart without colour.
            canvas.rect((from, y - half), ((to - 3).max(from + 2), y + half), ink);
            if to - from >= NUMBERED_FROM {
                canvas.text(number, (i32::midpoint(from, to - 3), y), Align::Middle, NUMBER);
            }
            from = to;
        }
    }
}
