//! Builds of one contender: size against time per call, with the front of the builds that no other one beats in both.
//! Points are numbered and listed below the plot. Their shape says what they are; colour only repeats it.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted, width_of};
use super::ink::Ink;
use super::label_layout::{Area, MARK, free_place};
use super::picture::Picture;
use super::scale::round_step;
use crate::report::wording::exact;
use crate::report::{BuildMatrix, Estimate, Outcome, units};
use crate::run::Size;

/// The plot, pixels from the left and the top of the canvas.
const LEFT: i32 = 64;
const RIGHT: i32 = WIDTH - MARGIN - 6;
const TOP: i32 = HEADING + 22;
const BOTTOM: i32 = TOP + 250;
/// Height of the scale below the plot, with its name.
const SCALE: i32 = 44;
/// Height of a line of the list.
const LINE: i32 = 20;
/// Area for the numbers of points.
const PLOT: Area = Area { left: LEFT, top: TOP - MARK, right: WIDTH, bottom: BOTTOM };
const POINTED_AT: i32 = 10;

/// A build.
struct BuildPoint<'a> {
    number: String,
    name: &'a str,
    shape: Shape,
    /// Bytes that ship and the time per call, if both are known.
    at: Option<(u64, Estimate)>,
    /// Its comparison with the manifest's build, in full; empty for that build itself.
    compared: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// The manifest's build.
    Square,
    /// On the front.
    Disc,
    /// Not on the front.
    Ring,
}

/// Draws the chart; `None` when no build was measured.
pub(crate) fn draw(matrix: &BuildMatrix, label: &str) -> anyhow::Result<Option<Picture>> {
    let points = points(matrix);
    let Some(axes) = Axes::of(&points) else { return Ok(None) };
    let subject = format!("builds of {} on {}, {}", matrix.baseline, matrix.input, label);
    let description: Vec<String> = points.iter().map(described).collect();
    let list = BOTTOM + SCALE;
    let height = list + points.len() as i32 * LINE + MARGIN;
    chart(height, [&matrix.kernel, &subject], &description.join(" "), |canvas| {
        axes.draw(canvas);
        plot(canvas, &axes, &points);
        points.iter().zip(0..).for_each(|(point, line)| entry(canvas, point, list + line * LINE))
    })
    .map(Some)
}

/// The manifest's build, then every variant.
fn points(matrix: &BuildMatrix) -> Vec<BuildPoint<'_>> {
    let at = |size: Option<Size>, call: Option<Estimate>| Some((size?.brotli, call?));
    let manifest = BuildPoint {
        number: "M".to_owned(),
        name: &matrix.baseline,
        shape: Shape::Square,
        at: at(matrix.baseline_size_bytes, matrix.baseline_call_ns),
        compared: String::new(),
    };
    let variants = matrix.variants.iter().zip(1..).map(|(row, number): (_, u32)| BuildPoint {
        number: number.to_string(),
        name: &row.contender,
        shape: if row.on_front { Shape::Disc } else { Shape::Ring },
        at: at(row.size_bytes, row.call_ns),
        compared: format!(". {}", exact::comparison(&row.contender, &matrix.baseline, &row.comparison)),
    });
    std::iter::once(manifest).chain(variants).collect()
}

fn described(point: &BuildPoint<'_>) -> String {
    let Some((size, call)) = point.at else { return format!("{}: not measured.", point.name) };
    let interval = call.ci.map_or_else(|| "no interval".to_owned(), units::time_interval);
    let what = match point.shape {
        Shape::Square => ", as the manifest builds it",
        Shape::Disc => ", on the front",
        Shape::Ring => "",
    };
    format!("{}: {}, {} ({interval}){what}.", point.name, units::bytes(size), units::time(call.median))
}

/// Size and time in full.
fn description(point: &BuildPoint<'_>, (size, call): (u64, Estimate)) -> String {
    exact::build(point.name, size, call.median, call.ci) + &point.compared
}

/// The range of both axes.
struct Axes {
    sizes: [f64; 2],
    times: [f64; 2],
}

impl Axes {
    /// Spans every point and interval, with a margin; `None` without a point.
    fn of(points: &[BuildPoint<'_>]) -> Option<Self> {
        let known = || points.iter().filter_map(|point| point.at);
        let sizes = range(known().map(|(size, _)| [size as f64; 2]), 50.0)?;
        let times = range(known().map(|(_, call)| call.ci.unwrap_or([call.median; 2])), 0.01)?;
        Some(Self { sizes, times })
    }

    fn place(&self, size: f64, ns: f64) -> (i32, i32) {
        let share = |[low, high]: [f64; 2], value: f64| ((value - low) / (high - low)).clamp(0.0, 1.0);
        let x = f64::from(LEFT) + share(self.sizes, size) * f64::from(RIGHT - LEFT);
        let y = f64::from(BOTTOM) - share(self.times, ns) * f64::from(BOTTOM - TOP);
        (x.round() as i32, y.round() as i32)
    }

    fn draw(&self, canvas: &Canvas<'_>) {
        for ns in ticks(self.times) {
            let (_, y) = self.place(self.sizes[0], ns);
            canvas.line((LEFT, y), (RIGHT, y), Ink::Rule, 1);
            canvas.text(&units::round_time(ns), (LEFT - 6, y), Align::End, Pen::REMARK);
        }
        for size in ticks(self.sizes) {
            let (x, _) = self.place(size, self.times[0]);
            canvas.line((x, TOP), (x, BOTTOM), Ink::Rule, 1);
            canvas.text(&units::bytes(size as u64), (x, BOTTOM + 12), Align::Middle, Pen::REMARK);
        }
        canvas.text("time per call", (MARGIN, TOP - 14), Align::Start, Pen::REMARK);
        canvas.text("what ships, brotli", (RIGHT, BOTTOM + 30), Align::End, Pen::REMARK)
    }
}

/// From the lowest to the highest with a margin, at least `least` apart.
fn range(ends: impl Iterator<Item = [f64; 2]>, least: f64) -> Option<[f64; 2]> {
    let [low, high] = ends.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])])?;
    let air = (0.08 * (high - low)).max(0.02 * high).max(least / 2.0);
    Some([(low - air).max(0.0), high + air])
}

/// At most five round values within a range.
fn ticks([low, high]: [f64; 2]) -> impl Iterator<Item = f64> {
    let step = round_step(high - low, 5.0);
    let first = (low / step).ceil();
    (0..=5).map(move |n| (first + f64::from(n)) * step).filter(move |tick| *tick <= high)
}

fn plot(canvas: &Canvas<'_>, axes: &Axes, points: &[BuildPoint<'_>]) {
    let placed = || points.iter().filter_map(|point| Some((point, point.at?)));
    let place = |(size, call): (u64, Estimate)| axes.place(size as f64, call.median);
    let mut front: Vec<(i32, i32)> =
        placed().filter(|(point, _)| point.shape == Shape::Disc).map(|(_, at)| place(at)).collect();
    front.sort_unstable();
    for pair in front.windows(2) {
        canvas.line(pair[0], pair[1], ink(Shape::Disc), 1);
    }
    for (point, (size, call)) in placed() {
        let [from, to] = call.ci.unwrap_or([call.median; 2]).map(|ns| axes.place(size as f64, ns));
        canvas.line(from, to, ink(point.shape), 2);
    }
    for (point, at) in placed() {
        mark(canvas, point.shape, place(at));
        let ((x, y), description) = (place(at), description(point, at));
        canvas.tip((x - POINTED_AT, y - POINTED_AT), (x + POINTED_AT, y + POINTED_AT), &description);
    }
    let mut taken: Vec<Area> = placed().map(|(_, at)| Area::around(place(at), (MARK + 1, MARK + 1))).collect();
    for (point, at) in placed() {
        let half = (width_of(&point.number, NUMBER) / 2, 6);
        let (x, y) = free_place(place(at), half, &PLOT, &mut taken);
        canvas.text(&point.number, (x, y), Align::Middle, NUMBER);
    }
}

/// Labels of a scale.
const NUMBER: Pen = Pen { ink: Ink::Text, size: 11, bold: true };

fn mark(canvas: &Canvas<'_>, shape: Shape, (x, y): (i32, i32)) {
    match shape {
        Shape::Square => canvas.rect((x - MARK, y - MARK), (x + MARK, y + MARK), ink(shape)),
        Shape::Disc => canvas.disc((x, y), MARK, ink(shape)),
        Shape::Ring => canvas.ring((x, y), MARK, ink(shape)),
    }
}

fn ink(shape: Shape) -> Ink {
    match shape {
        Shape::Square => Ink::Outcome(Outcome::Same),
        Shape::Disc => Ink::Outcome(Outcome::Faster),
        Shape::Ring => Ink::Outcome(Outcome::Unsure),
    }
}

/// A line of the list: mark, number, name and figures.
fn entry(canvas: &Canvas<'_>, point: &BuildPoint<'_>, y: i32) {
    let middle = y + LINE / 2;
    mark(canvas, point.shape, (MARGIN + MARK, middle));
    canvas.text(&point.number, (MARGIN + 28, middle), Align::Middle, NUMBER);
    let name = fitted(point.name, Pen::REMARK, 190);
    canvas.text(&name, (MARGIN + 42, middle), Align::Start, Pen::REMARK);
    match point.at {
        Some((size, call)) => {
            canvas.tip((0, y), (WIDTH, y + LINE), &description(point, (size, call)));
            canvas.text(&units::bytes(size), (RIGHT - 76, middle), Align::End, Pen::REMARK);
            canvas.text(&units::time(call.median), (RIGHT, middle), Align::End, Pen::REMARK)
        }
        None => canvas.text("not measured", (RIGHT, middle), Align::End, Pen::REMARK),
    }
}
