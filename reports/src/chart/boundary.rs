//! What a call of each contender is made of on the headline input: copying in, the job itself, copying out.

use super::canvas::{Align, HEADING, MARGIN, Pen, WIDTH, chart, fitted, width_of};
use super::ink::Ink;
use super::picture::Picture;
use super::stacked::{Bars, Segment, draw_legend, legend, legend_height};
use crate::metric::Phase;
use crate::report::{Boundary, Cell, Headline, Report, units, words};

const LINE: i32 = 22;
const BAR: i32 = 20;
const AXIS: i32 = 30;

/// Draws the chart; `None` where no boundary was measured.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, &headline.stratum.id);
    // Parts that miss the whole are no split of it.
    let split = |cell: &Cell| cell.boundary_ns.filter(|boundary| words::adds_up(*boundary));
    let cells: Vec<(&Cell, Boundary)> = cells.filter_map(|cell| Some((cell, split(cell)?))).collect();
    let all = || cells.iter().map(|(cell, boundary)| segments(cell, *boundary));
    let longest = all().map(|segments| segments.iter().map(|segment| segment.ns).sum()).fold(0.0, f64::max);
    if longest <= 0.0 {
        return Ok(None);
    }
    let bars = Bars { left: MARGIN, right: WIDTH - MARGIN, longest };
    let subject = format!("what a call is made of on {input}, {}", headline.label);
    let description: Vec<String> = cells.iter().map(|(cell, boundary)| described(cell, *boundary)).collect();
    let legend = legend(all().flatten());
    let top = HEADING + 4 + legend_height(&legend);
    let row = LINE + BAR + 8;
    let bottom = top + row * cells.len() as i32;
    chart(bottom + AXIS, [&headline.kernel.name, &subject], &description.join(" "), |canvas| {
        draw_legend(canvas, &legend, HEADING + 5);
        bars.draw_scale(canvas, bottom + 12);
        for ((cell, boundary), y) in cells.iter().zip((top..).step_by(row.unsigned_abs() as usize)) {
            let share = format!("boundary {}", words::boundary_share(*boundary));
            let room = WIDTH - 3 * MARGIN - width_of(&share, Pen::REMARK);
            canvas.text(&fitted(&cell.contender, Pen::NAME, room), (MARGIN, y + LINE / 2), Align::Start, Pen::NAME);
            canvas.text(&share, (WIDTH - MARGIN, y + LINE / 2), Align::End, Pen::REMARK);
            bars.draw(canvas, &segments(cell, *boundary), y + LINE + 1, BAR);
            canvas.tip((MARGIN, y), (WIDTH - MARGIN, y + LINE + BAR), &described(cell, *boundary));
        }
    })
    .map(Some)
}

/// In the order in which they happen, then what they leave of the call.
fn segments(cell: &Cell, boundary: Boundary) -> Vec<Segment> {
    let part = |mark: &str, ink, name, ns: f64| Segment { ink, name, mark: mark.to_owned(), ns };
    let Boundary { copy_in, out, compute, .. } = boundary;
    let call = cell.call_ns.map_or(0.0, |call| call.median);
    let rest = call - copy_in - compute.unwrap_or(0.0) - out;
    let compute = compute.map(|ns| part("2", Ink::Phase(Phase::FirstCall), "compute", ns));
    std::iter::once(part("1", Ink::Phase(Phase::Compile), "input in", copy_in))
        .chain(compute)
        .chain([part("3", Ink::Phase(Phase::Evaluate), "answer out", out), part("", Ink::Rest, "rest", rest.max(0.0))])
        .collect()
}

fn described(cell: &Cell, boundary: Boundary) -> String {
    let parts: Vec<String> = segments(cell, boundary)
        .iter()
        .filter(|segment| segment.ns > 0.0)
        .map(|segment| format!("{} {}", segment.name, units::time(segment.ns)))
        .collect();
    format!("{}: {}; the boundary is {}.", cell.contender, parts.join(", "), words::boundary_share(boundary))
}
