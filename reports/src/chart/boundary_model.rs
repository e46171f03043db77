//! What one payload costs to cross by its size, on logarithmic scales: a line per contender and direction.

use super::canvas::{Canvas, HEADING, WIDTH, chart};
use super::ink::Ink;
use super::picture::Picture;
use super::place::Area;
use super::plot::{End, Plot};
use crate::report::boundary::Direction;
use crate::report::words::exact;
use crate::report::{BoundaryModel, units};

/// Height of the plot.
const PLOT: i32 = 200;
/// Below the plot: its scale.
const AXIS: i32 = 44;
/// Left of the plot: times.
const SIDE: i32 = 60;
/// Right of the plot: names.
const NAMES: i32 = 104;
/// More lines than this cannot be followed.
const MOST_LINES: usize = 8;

/// Draws the chart of models of one kernel, stratum and payload, the stratum by what it is called; `None` where none has two sizes.
pub(crate) fn draw(models: &[&BoundaryModel], label: &str) -> anyhow::Result<Option<Picture>> {
    let lines: Vec<&BoundaryModel> =
        models.iter().copied().filter(|model| points(model).len() > 1).take(MOST_LINES).collect();
    let all = || lines.iter().flat_map(|model| points(model));
    let area = Area { left: SIDE, top: HEADING + 6, right: WIDTH - NAMES, bottom: HEADING + 6 + PLOT };
    let plot = Plot::around(all().map(|point| point.0), all().map(|point| point.1), area, &units::round_time);
    let (Some(first), Some(plot)) = (lines.first(), plot) else { return Ok(None) };
    let subject = format!("crossing by size, {label}");
    let name = format!("{}: {}", first.kernel, first.payload);
    let description: Vec<String> = lines.iter().map(|model| described(model)).collect();
    chart(plot.bottom + AXIS, [&name, &subject], &description.join(" "), |canvas| {
        plot.grid(canvas, &units::round_bytes, &units::round_time, "bytes that cross");
        for model in &lines {
            line(canvas, &plot, model);
        }
        let names: Vec<String> = lines.iter().map(|model| called(model)).collect();
        let end = |(model, name): (&&BoundaryModel, _)| {
            points(model).last().map(|(_, y)| End { name, y: *y, ink: ink(model.direction) })
        };
        let ends: Vec<End<'_>> = lines.iter().zip(names.iter().map(String::as_str)).filter_map(end).collect();
        plot.names(canvas, &ends)
    })
    .map(Some)
}

/// Bytes and nanoseconds, ascending. Nothing has no place on the scale.
fn points(model: &BoundaryModel) -> Vec<(f64, f64)> {
    model.sizes.iter().filter(|size| size.bytes > 0).map(|size| (size.bytes as f64, size.ns)).collect()
}

fn called(model: &BoundaryModel) -> String {
    format!("{} {}", model.contender, model.direction.name())
}

fn ink(direction: Direction) -> Ink {
    match direction {
        Direction::In => Ink::Kept,
        Direction::Out => Ink::Released,
    }
}

fn described(model: &BoundaryModel) -> String {
    let points: Vec<String> = points(model)
        .into_iter()
        .map(|(bytes, ns)| format!("{} at {}", units::time(ns), units::bytes(bytes as u64)))
        .collect();
    format!("{}: {}.", called(model), points.join(", "))
}

fn line(canvas: &Canvas<'_>, plot: &Plot, model: &BoundaryModel) {
    let ink = ink(model.direction);
    plot.line(canvas, &points(model), ink);
    for size in model.sizes.iter().filter(|size| size.bytes > 0) {
        let (x, y) = plot.place((size.bytes as f64, size.ns));
        match model.direction {
            Direction::In => canvas.disc((x, y), 3, ink),
            Direction::Out => canvas.rect((x - 3, y - 3), (x + 3, y + 3), ink),
        }
        let what = format!("{}, {}", called(model), units::bytes(size.bytes));
        canvas.tip((x - 7, y - 7), (x + 7, y + 7), &exact::time(&what, size.ns, size.ci, model.blocks));
    }
}
