//! The parts of a call of each contender on the headline input: copying in, the job itself, copying out.

use super::boundary_model;
use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted, width_of};
use super::ink::Ink;
use super::label_layout::Area;
use super::picture::Picture;
use super::slide::frame::NAME;
use super::slide::kind::SlideKind;
use super::slide::rows::{Rows, SlideRow, more, most};
use super::slide::scope::Scope;
use super::slide::sketch::{Found, Sketch};
use super::stacked::{Bars, Segment, draw_legend, legend, legend_height};
use crate::metric::Phase;
use crate::report::{Boundary, CellReport, Headline, Report, finding, units, wording};

/// A part of a call that was measured alone.
struct Part {
    number: &'static str,
    /// Its name on the page and on slides, and the inks of either.
    names: [&'static str; 2],
    inks: [Ink; 2],
    ns: f64,
}

/// The parts that are known, in the order in which they happen.
fn parts(Boundary { copy_in, out, compute, .. }: Boundary) -> impl Iterator<Item = Part> {
    let part = |number, names, inks, ns| Some(Part { number, names, inks, ns: ns? });
    let [into, job, back] = [Phase::Compile, Phase::FirstCall, Phase::Evaluate].map(Ink::Phase);
    [
        part("1", ["input in", "in"], [into; 2], Some(copy_in)),
        part("2", ["compute", "job"], [job, Ink::Rest], compute),
        part("3", ["answer out", "out"], [back; 2], Some(out)),
    ]
    .into_iter()
    .flatten()
}

/// The parts, and what they leave of the call.
fn whole(cell: &CellReport, boundary: Boundary) -> Vec<Part> {
    let known: f64 = parts(boundary).map(|part| part.ns).sum();
    let left = cell.call_ns.map_or(0.0, |call| call.median) - known;
    let rest = Part { number: "", names: ["rest"; 2], inks: [Ink::Rest; 2], ns: left.max(0.0) };
    parts(boundary).chain([rest]).collect()
}

/// Contenders with a measured crossing.
fn split<'a>(report: &'a Report, headline: &Headline<'a>) -> Vec<(&'a CellReport, Boundary)> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, &headline.stratum.id);
    cells.filter_map(|cell| Some((cell, cell.boundary_ns?))).collect()
}

/// Page: height of a line of text, of a bar, and of the axis.
const LINE: i32 = 22;
const BAR: i32 = 20;
const AXIS: i32 = 30;

/// Draws the chart; `None` where no boundary was measured.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let mut cells = split(report, headline);
    // Parts that do not add up to the call are not shown.
    cells.retain(|(_, boundary)| wording::adds_up(*boundary));
    let all = || cells.iter().map(|(cell, boundary)| segments(cell, *boundary));
    let longest = all().map(|segments| segments.iter().map(|segment| segment.ns).sum()).fold(0.0, f64::max);
    if longest <= 0.0 {
        return Ok(None);
    }
    let bars = Bars { left: MARGIN, right: WIDTH - MARGIN, longest };
    let subject = format!("what a call is made of on {}, {}", headline.kernel.input(input), headline.label);
    let description: Vec<String> = cells.iter().map(|(cell, boundary)| described(cell, *boundary)).collect();
    let legend = legend(all().flatten());
    let top = HEADING + 4 + legend_height(&legend);
    let row = LINE + BAR + 8;
    let bottom = top + row * cells.len() as i32;
    chart(bottom + AXIS, [headline.kernel.shown(), &subject], &description.join(" "), |canvas| {
        draw_legend(canvas, &legend, HEADING + 5);
        bars.draw_scale(canvas, bottom + 12);
        for ((cell, boundary), y) in cells.iter().zip((top..).step_by(row.unsigned_abs() as usize)) {
            let share = format!("boundary {}", wording::boundary_share(*boundary));
            let room = WIDTH - 3 * MARGIN - width_of(&share, Pen::REMARK);
            canvas.text(&fitted(cell.shown(), Pen::NAME, room), (MARGIN, y + LINE / 2), Align::Start, Pen::NAME);
            canvas.text(&share, (WIDTH - MARGIN, y + LINE / 2), Align::End, Pen::REMARK);
            bars.draw(canvas, &segments(cell, *boundary), y + LINE + 1, BAR);
            canvas.tip((MARGIN, y), (WIDTH - MARGIN, y + LINE + BAR), &described(cell, *boundary));
        }
    })
    .map(Some)
}

/// The parts, then the rest of the call.
fn segments(cell: &CellReport, boundary: Boundary) -> Vec<Segment> {
    let segment = |Part { number, names: [name, _], inks: [ink, _], ns }: Part| Segment {
        ink,
        name,
        mark: number.to_owned(),
        ns,
    };
    whole(cell, boundary).into_iter().map(segment).collect()
}

fn described(cell: &CellReport, boundary: Boundary) -> String {
    let parts: Vec<String> = segments(cell, boundary)
        .iter()
        .filter(|segment| segment.ns > 0.0)
        .map(|segment| format!("{} {}", segment.name, units::time(segment.ns)))
        .collect();
    format!("{}: {}; the boundary is {}.", cell.shown(), parts.join(", "), wording::boundary_share(boundary))
}

/// Slide: a part narrower than this has no room for its number; and the pen of numbers.
const NUMBERED_FROM: i32 = 30;
const NUMBER: Pen = Pen { ink: Ink::Paper, ..NAME };

/// A slide of each payload whose crossing was measured in several sizes, and one of each kernel with measured parts of
/// a call.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    boundary_model::sketches(scope, &mut found);
    found.add_each(scope, |headline| {
        sketch(scope.report, headline).ok_or_else(|| "crossing was not measured".to_owned())
    });
    found
}

fn sketch<'a>(report: &'a Report, headline: &Headline<'a>) -> Option<Sketch<'a>> {
    let (kernel, stratum, label) = (headline.kernel, &*headline.stratum.id, headline.label);
    let input = headline.input?;
    let split = split(report, headline);
    let candidate = headline.candidate.filter(|cell| cell.boundary_ns.is_some());
    let finding = finding::boundary_share(kernel, candidate.or(split.first().map(|(cell, _)| *cell))?)?;
    let one = |(cell, boundary): &(&CellReport, Boundary)| {
        let parts = whole(cell, *boundary).into_iter().filter(|part| part.ns > 0.0);
        let parts: Vec<String> = parts.map(|part| format!("{} {}", part.names[1], units::time(part.ns))).collect();
        format!("{}: {}.", cell.shown(), parts.join(", "))
    };
    Some(Sketch {
        kind: SlideKind::Boundary,
        of: format!("{} {label}", kernel.name),
        finding,
        subject: format!(
            "A call on {}, in {}: 1 copying in · 2 the job · 3 copying out, each measured alone, and the rest",
            input.shown(),
            headline.name
        ),
        description: split.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(report, &[stratum]),
        plot: Box::new(move |canvas, area| draw_slide(canvas, area, &split)),
    })
}

fn draw_slide(canvas: &Canvas<'_>, area: Area, split: &[(&CellReport, Boundary)]) {
    let shown = &split[..split.len().min(most(area))];
    let row = |(cell, boundary): &(&CellReport, Boundary)| SlideRow {
        name: cell.shown().to_owned(),
        remark: cell.call_ns.as_ref().map(|call| format!("call {}", finding::estimate(call))).unwrap_or_default(),
        versus: None,
        figure: wording::boundary_share(*boundary),
        detail: format!("in {} · out {}", units::time(boundary.copy_in), units::time(boundary.out)),
    };
    let words: Vec<SlideRow> = shown.iter().map(row).collect();
    let rows = Rows::draw(canvas, area, &words.iter().collect::<Vec<_>>(), &more(split.len() - shown.len()));
    let total =
        |(cell, boundary): &(&CellReport, Boundary)| -> f64 { whole(cell, *boundary).iter().map(|part| part.ns).sum() };
    let longest = shown.iter().map(total).fold(0.0, f64::max);
    if longest <= 0.0 {
        return;
    }
    let Area { left, right, .. } = rows.middle;
    for (at, (cell, boundary)) in shown.iter().enumerate() {
        let (y, half, mut from) = (rows.y(at), rows.half(), left);
        for Part { number, inks: [_, ink], ns, .. } in whole(cell, *boundary).into_iter().filter(|part| part.ns > 0.0) {
            let to = from + (ns / longest * f64::from(right - left)).round() as i32;
            // A gap between neighbours separates them without colour.
            canvas.rect((from, y - half), ((to - 3).max(from + 2), y + half), ink);
            if to - from >= NUMBERED_FROM {
                canvas.text(number, (i32::midpoint(from, to - 3), y), Align::Middle, NUMBER);
            }
            from = to;
        }
    }
}
