//! Lines by size on two log axes, each named at its end: their data, and how the page draws them.

use super::canvas::{Canvas, HEADING, WIDTH};
use super::ink::Ink;
use super::label_layout::Area;
use super::plot::{End, Plot, Words};

/// Height of the plot, and room for names on its right.
const PLOT: i32 = 200;
const NAMES: i32 = 104;

/// A point's place: along, up, and the interval of the latter.
#[derive(Debug, Clone)]
pub struct LinePoint {
    pub along: f64,
    pub y: f64,
    pub ci: Option<[f64; 2]>,
    /// Its tip.
    pub tip: String,
}

/// The mark at every point of a line.
#[derive(Debug, Clone, Copy)]
pub enum Mark {
    Disc,
    Square,
}

/// A line.
pub struct Line {
    pub name: String,
    pub ink: Ink,
    pub mark: Mark,
    /// By size, the smallest first.
    pub points: Vec<LinePoint>,
}

impl Line {
    /// All points in words.
    pub fn described(&self, one: impl Fn(&LinePoint) -> String) -> String {
        format!("{}: {}.", self.name, self.points.iter().map(one).collect::<Vec<_>>().join(", "))
    }
}

/// The page's plot around lines, with at least this much room on its left; `None` if no figure is positive.
pub fn plot(lines: &[Line], side: i32, words_y: Words<'_>) -> Option<Plot> {
    let points = || lines.iter().flat_map(|line| &line.points);
    let area = Area { left: side, top: HEADING + 6, right: WIDTH - NAMES, bottom: HEADING + 6 + PLOT };
    Plot::around(points().map(|point| point.along), points().map(|point| point.y), area, words_y)
}

/// Draws lines on the page.
pub fn draw(canvas: &Canvas<'_>, plot: &Plot, lines: &[Line]) {
    for Line { ink, mark, points, .. } in lines {
        plot.line(canvas, &points.iter().map(|point| (point.along, point.y)).collect::<Vec<_>>(), *ink);
        for point in points {
            let (x, y) = plot.place((point.along, point.y));
            match mark {
                Mark::Disc => canvas.disc((x, y), 3, *ink),
                Mark::Square => canvas.rect((x - 3, y - 3), (x + 3, y + 3), *ink),
            }
            canvas.tip((x - 7, y - 7), (x + 7, y + 7), &point.tip);
        }
    }
    let end = |line: &'_ Line| line.points.last().map(|last| last.y);
    let ends = lines.iter().filter_map(|line| Some(End { name: &line.name, y: end(line)?, ink: line.ink }));
    plot.names(canvas, &ends.collect::<Vec<_>>());
}
