//! The distribution of samples: for every contender, each block as a line from its shortest to its longest sample, with
//! its quartiles and its median. Each contender has a scale around its own time, so that a slow one can be compared
//! with a fast one.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted, width_of};
use super::ink::Ink;
use super::picture::Picture;
use crate::report::{BlockCalls, CellReport, Estimate, Headline, Report, units};

/// Height of a contender's name.
const LINE: i32 = 22;
/// Height of all blocks of a contender, if they fit into it.
const BLOCKS: i32 = 60;
/// Least and greatest height of one block.
const BLOCK: [i32; 2] = [3, 10];
const AXIS: i32 = 26;
/// How far from the contender's median the scale may extend.
const REACH: [f64; 7] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0];
/// The scale covers this share of all blocks' quartiles.
const SHOWN: f64 = 0.95;

/// Draws the chart; `None` if nothing was measured.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, &headline.stratum.id);
    let cells: Vec<(&CellReport, Estimate)> = cells.filter_map(|cell| Some((cell, cell.call_ns?))).collect();
    if cells.is_empty() {
        return Ok(None);
    }
    let reach = reach(&cells);
    let subject = format!("samples by block on {}, {}", headline.kernel.input(input), headline.label);
    let description: Vec<String> = cells.iter().map(|(cell, call)| described(cell, *call)).collect();
    let top = HEADING + 4;
    let rows: i32 = cells.iter().map(|(cell, _)| height(cell)).sum();
    chart(top + rows + AXIS, [headline.kernel.shown(), &subject], &description.join(" "), |canvas| {
        let mut y = top;
        for (cell, call) in &cells {
            contender(canvas, cell, *call, reach, y);
            y += height(cell);
        }
        axis(canvas, reach, y + 8)
    })
    .map(Some)
}

fn described(cell: &CellReport, call: Estimate) -> String {
    let medians = cell.calls_by_block.iter().map(|block| block.median);
    let [low, high] = medians.fold([f64::INFINITY, 0.0], |[low, high], ns| [low.min(ns), high.max(ns)]);
    format!(
        "{}: {} in all; the medians of {} blocks are {}.",
        cell.shown(),
        units::time(call.median),
        cell.calls_by_block.len(),
        units::time_interval([low, high])
    )
}

/// The smallest extent that covers nearly all quartiles.
fn reach(cells: &[(&CellReport, Estimate)]) -> f64 {
    let off = |(cell, call): &(&CellReport, Estimate)| {
        let of =
            |block: &BlockCalls| [block.lower_quartile, block.upper_quartile].map(|ns| (ns / call.median - 1.0).abs());
        cell.calls_by_block.iter().flat_map(of).collect::<Vec<_>>()
    };
    let mut all: Vec<f64> = cells.iter().flat_map(off).collect();
    all.sort_unstable_by(f64::total_cmp);
    let shown = all.get((all.len() as f64 * SHOWN) as usize).or(all.last()).copied().unwrap_or(0.0);
    REACH.into_iter().find(|reach| *reach >= shown).unwrap_or(1.0)
}

/// Height of one block of a contender.
fn pitch(cell: &CellReport) -> i32 {
    let [least, most] = BLOCK;
    (BLOCKS / cell.calls_by_block.len().max(1) as i32).clamp(least, most)
}

fn height(cell: &CellReport) -> i32 {
    LINE + pitch(cell) * cell.calls_by_block.len() as i32 + 8
}

/// Where a deviation lies; one beyond the scale is placed at its end.
fn x(deviation: f64, reach: f64) -> i32 {
    let half = f64::from(WIDTH - 2 * MARGIN) / 2.0;
    WIDTH / 2 + ((deviation / reach).clamp(-1.0, 1.0) * half).round() as i32
}

fn contender(canvas: &Canvas<'_>, cell: &CellReport, call: Estimate, reach: f64, y: i32) {
    let figures = format!("{}, {} blocks", units::time(call.median), cell.calls_by_block.len());
    let room = WIDTH - 2 * MARGIN - width_of(&figures, Pen::REMARK) - MARGIN;
    canvas.text(&fitted(cell.shown(), Pen::NAME, room), (MARGIN, y + LINE / 2), Align::Start, Pen::NAME);
    canvas.text(&figures, (WIDTH - MARGIN, y + LINE / 2), Align::End, Pen::REMARK);

    let (top, pitch) = (y + LINE, pitch(cell));
    let bottom = top + pitch * cell.calls_by_block.len() as i32;
    for deviation in [-reach, 0.0, reach] {
        canvas.line((x(deviation, reach), top), (x(deviation, reach), bottom), Ink::Rule, 1);
    }
    let at = |ns: f64| x(ns / call.median - 1.0, reach);
    let row = |row: usize| top + row as i32 * pitch + pitch / 2;
    let blocks = || cell.calls_by_block.iter().enumerate();
    // All of one look in a row: within a page they are one path.
    for (n, block) in blocks() {
        canvas.line((at(block.least), row(n)), (at(block.most), row(n)), Ink::Rest, 1);
    }
    let thick = (pitch - 1).unsigned_abs();
    for (n, block) in blocks() {
        let [from, to] = [block.lower_quartile, block.upper_quartile].map(at);
        canvas.line((from, row(n)), (to.max(from + 1), row(n)), Ink::Kind(cell.kind), thick);
    }
    for (n, block) in blocks() {
        canvas.line((at(block.median) - 1, row(n)), (at(block.median) + 1, row(n)), Ink::Text, thick);
    }
    canvas.tip((MARGIN, y), (WIDTH - MARGIN, bottom), &described(cell, call));
}

fn axis(canvas: &Canvas<'_>, reach: f64, y: i32) {
    let by = units::round_percent(reach);
    canvas.text(&format!("−{by}"), (MARGIN, y), Align::Start, Pen::REMARK);
    canvas.text("the contender's median", (WIDTH / 2, y), Align::Middle, Pen::REMARK);
    canvas.text(&format!("+{by}"), (WIDTH - MARGIN, y), Align::End, Pen::REMARK)
}
