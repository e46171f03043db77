//! Starts of every contender on the headline input: one bar for each state, stacked from its phases in the order in which
//! they happen.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted};
use super::ink::Ink;
use super::picture::Picture;
use super::stacked::{Bars, Segment, draw_legend, legend, legend_height};
use crate::metric::Phase;
use crate::report::words::exact;
use crate::report::{Cell, Headline, Report, Start, units};
use crate::run::State;

/// Height of a contender's name, of a row, and of the bar in it.
const LINE: i32 = 22;
const ROW: i32 = 20;
const BAR: i32 = 16;
/// Between two contenders.
const GAP: i32 = 8;
const AXIS: i32 = 26;
/// Where bars begin and end; states are left of them, and totals right.
const SIDES: [i32; 2] = [132, WIDTH - 76];

/// Draws the chart; `None` when no start was measured.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, &headline.stratum.id).filter(|cell| cell.ships());
    let cells: Vec<&Cell> = cells.collect();
    let all = || cells.iter().flat_map(|cell| starts(cell)).map(|(_, start)| start);
    let longest = end(&cells);
    if longest <= 0.0 {
        return Ok(None);
    }
    let [left, right] = SIDES;
    let bars = Bars { left, right, longest };
    let subject = format!("cold start on {input}, {}", headline.label);
    let description: Vec<String> = cells.iter().map(|cell| described(cell)).collect();
    let legend = legend(all().flat_map(segments));
    let top = HEADING + 4 + legend_height(&legend);
    let rows: i32 = cells.iter().map(|cell| height(cell)).sum();
    chart(top + rows + AXIS, [&headline.kernel.name, &subject], &description.join(" "), |canvas| {
        draw_legend(canvas, &legend, HEADING + 5);
        bars.draw_scale(canvas, top + rows + 8);
        let mut y = top;
        for cell in &cells {
            contender(canvas, cell, &bars, y);
            y += height(cell);
        }
    })
    .map(Some)
}

/// Every state that was measured.
fn starts(cell: &Cell) -> Vec<(State, &Start)> {
    State::ALL.into_iter().filter_map(|state| Some((state, cell.start(state)?))).collect()
}

fn described(cell: &Cell) -> String {
    let starts = starts(cell);
    if starts.is_empty() {
        return format!("{}: not measured.", cell.contender);
    }
    let told = starts.into_iter().map(|(state, start)| told(state, start));
    format!("{}: {}.", cell.contender, told.collect::<Vec<_>>().join("; "))
}

fn told(state: State, start: &Start) -> String {
    let parts: Vec<String> =
        segments(start).iter().map(|segment| format!("{} {}", segment.name, units::time(segment.ns))).collect();
    format!("{} {} ({})", state.words(), units::time(start.median), parts.join(", "))
}

/// What is told of a bar where it is pointed at: the total, and each part of it.
fn in_full(cell: &Cell, state: State, start: &Start) -> String {
    let total = exact::time(&format!("{}, {}", cell.contender, state.words()), start.median, start.ci, cell.blocks);
    let parts = segments(start);
    let parts = parts.iter().map(|segment| format!("; {} {}", segment.name, units::exact_time(segment.ns)));
    format!("{total}{}", parts.collect::<String>())
}

/// The phases that a contender has, then what they leave of the total.
fn segments(start: &Start) -> Vec<Segment> {
    let phases = Phase::ALL.into_iter().zip(start.phases.in_order()).enumerate();
    let rest = Segment { ink: Ink::Rest, name: "rest", mark: String::new(), ns: start.residual.max(0.0) };
    phases
        .filter_map(|(i, (phase, ns))| {
            Some(Segment { ink: Ink::Phase(phase), name: phase.words(), mark: (i + 1).to_string(), ns: ns? })
        })
        .chain(std::iter::once(rest))
        .collect()
}

fn length(start: &Start) -> f64 {
    segments(start).iter().map(|segment| segment.ns).sum::<f64>().max(start.median)
}

/// How far the scale goes beyond the longest bar for the sake of an interval. One that is longer is cut at its end.
const BEYOND: f64 = 1.3;

/// Where the scale ends.
fn end(cells: &[&Cell]) -> f64 {
    let all = || cells.iter().flat_map(|cell| starts(cell)).map(|(_, start)| start);
    let longest = all().map(length).fold(0.0, f64::max);
    let interval = all().filter_map(|start| Some(start.ci?[1])).fold(longest, f64::max);
    interval.min(BEYOND * longest)
}

fn height(cell: &Cell) -> i32 {
    LINE + starts(cell).len() as i32 * ROW + GAP
}

/// The name, and a row for each state: what it is, its bar with the interval of its end, and the total.
fn contender(canvas: &Canvas<'_>, cell: &Cell, bars: &Bars, y: i32) {
    let name = fitted(&cell.contender, Pen::NAME, WIDTH - 2 * MARGIN);
    canvas.text(&name, (MARGIN, y + LINE / 2), Align::Start, Pen::NAME);
    let starts = starts(cell);
    if starts.is_empty() {
        return canvas.text("not measured", (WIDTH - MARGIN, y + LINE / 2), Align::End, Pen::REMARK);
    }
    for ((state, start), top) in starts.into_iter().zip((y + LINE..).step_by(ROW as usize)) {
        let middle = top + ROW / 2;
        canvas.text(state.words(), (bars.left - 6, middle), Align::End, Pen::REMARK);
        bars.draw(canvas, &segments(start), top + (ROW - BAR) / 2, BAR);
        if let Some([low, high]) = start.ci {
            let [low, high] = [low, high].map(|ns| bars.x(ns.min(bars.longest)));
            canvas.line((low, middle), (high, middle), Ink::Text, 2);
        }
        canvas.text(&units::time(start.median), (WIDTH - MARGIN, middle), Align::End, Pen::REMARK);
        canvas.tip((0, top), (WIDTH, top + ROW), &in_full(cell, state, start));
    }
}
