//! Time per call from a page's first call to its steady state: a line per contender, on log scales.

use super::canvas::{Canvas, HEADING, WIDTH, chart};
use super::ink::Ink;
use super::label_layout::Area;
use super::picture::Picture;
use super::plot::{End, Plot};
use crate::report::{CellReport, Headline, Report, units};

/// Height of the plot.
const PLOT: i32 = 190;
/// Below the plot: its scale.
const AXIS: i32 = 44;
/// Left of the plot: times.
const SIDE: i32 = 60;
/// Right of the plot: names.
const NAMES: i32 = 104;

/// Draws the chart; `None` if no warm-up was recorded.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, &headline.stratum.id);
    let cells: Vec<&CellReport> = cells.filter(|cell| cell.warm_up.len() > 1).collect();
    let steps = || cells.iter().flat_map(|cell| &cell.warm_up);
    let times = steps().flat_map(|step| [step.least, step.most]);
    let area = Area { left: SIDE, top: HEADING + 6, right: WIDTH - NAMES, bottom: HEADING + 6 + PLOT };
    let calls = steps().map(|step| step.call as f64);
    let Some(plot) = Plot::around(calls, times, area, &units::round_time) else { return Ok(None) };
    let subject = format!("warm-up on {}, {}", headline.kernel.input(input), headline.label);
    let description: Vec<String> = cells.iter().map(|cell| described(cell)).collect();
    chart(plot.bottom() + AXIS, [headline.kernel.shown(), &subject], &description.join(" "), |canvas| {
        plot.grid(canvas, &units::round_count, &units::round_time, "calls of the page so far");
        cells.iter().for_each(|cell| course(canvas, &plot, cell));
        let ends = cells.iter().filter_map(|cell| {
            let last = cell.warm_up.last()?;
            Some(End { name: cell.shown(), y: last.ns, ink: Ink::Kind(cell.kind) })
        });
        plot.names(canvas, &ends.collect::<Vec<_>>())
    })
    .map(Some)
}

fn described(cell: &CellReport) -> String {
    let (Some(first), Some(last)) = (cell.warm_up.first(), cell.warm_up.last()) else { return String::new() };
    format!(
        "{}: {} in call {}, {} from call {} on; {} of {} blocks reached a steady state.",
        cell.shown(),
        units::time(first.ns),
        first.call,
        units::time(last.ns),
        last.call,
        cell.steady_blocks,
        cell.blocks
    )
}

/// The medians as a line, and at each step the range of the blocks.
fn course(canvas: &Canvas<'_>, plot: &Plot, cell: &CellReport) {
    let ink = Ink::Kind(cell.kind);
    let points: Vec<(f64, f64)> = cell.warm_up.iter().map(|step| (step.call as f64, step.ns)).collect();
    for step in &cell.warm_up {
        let [least, most] = [step.least, step.most].map(|ns| plot.place((step.call as f64, ns)));
        canvas.line(least, most, ink, 1);
    }
    // Where the line continues to the right of its last step: the measured rounds.
    let on = cell.warm_up.last().map(|last| (plot.x.range[1], last.ns));
    plot.line(canvas, &points.iter().copied().chain(on).collect::<Vec<_>>(), ink);
    // Where it begins and where it ends.
    for point in points.first().into_iter().chain(points.last()) {
        let (x, y) = plot.place(*point);
        canvas.tip((x - 8, y - 8), (x + 8, y + 8), &described(cell));
    }
}
