//! A plot on logarithmic scales: where values lie, its grid, its lines and the names at their ends.

use super::canvas::{Align, Canvas, Pen, WIDTH, fitted, width_of};
use super::ink::Ink;
use super::label_layout::{Area, keep_apart};
use super::scale::Log;

/// Least distance between the marks of the lower scale, and of the upright one.
const APART: [i32; 2] = [46, 22];
/// Least distance between the names at the ends of lines.
const NAME_LINE: i32 = 15;
/// Between the end of a line and its name.
const GAP: i32 = 6;

/// Two axes, and the part of the canvas that they span.
#[derive(Debug, Clone, Copy)]
pub struct Plot {
    pub x: Log,
    pub y: Log,
}

/// Labels of a scale.
pub type Words<'a> = &'a dyn Fn(f64) -> String;

impl Plot {
    /// Around all positive figures, with as much room on the left as the labels of the upright axis need; `None` if no
    /// figure is positive.
    pub fn around(
        x: impl Iterator<Item = f64>,
        y: impl Iterator<Item = f64>,
        area: Area,
        words_y: Words<'_>,
    ) -> Option<Self> {
        let Area { left, top, right, bottom } = area;
        Some(Self::of(Log::around(x, [left, right])?, Log::around(y, [bottom, top])?, words_y))
    }

    /// Between two axes; the lower one leaves room for the labels of the upright one.
    pub fn of(x: Log, y: Log, words_y: Words<'_>) -> Self {
        let [left, right] = x.pixels;
        let widest = y.marks(APART[1]).into_iter().map(|mark| width_of(&words_y(mark), Pen::REMARK)).max().unwrap_or(0);
        let left = left.max(widest + GAP + 2);
        Self { x: Log { pixels: [left, right], ..x }, y }
    }

    pub fn left(&self) -> i32 {
        self.x.pixels[0]
    }

    pub fn right(&self) -> i32 {
        self.x.pixels[1]
    }

    pub fn top(&self) -> i32 {
        self.y.pixels[1]
    }

    pub fn bottom(&self) -> i32 {
        self.y.pixels[0]
    }

    pub fn place_x(&self, x: f64) -> i32 {
        self.x.at(x)
    }

    pub fn place_y(&self, y: f64) -> i32 {
        self.y.at(y)
    }

    pub fn place(&self, (x, y): (f64, f64)) -> (i32, i32) {
        (self.place_x(x), self.place_y(y))
    }

    /// The labels of both scales, a line across the plot for each of the upright one, and the name of the lower one.
    pub fn grid(&self, canvas: &Canvas<'_>, words_x: Words<'_>, words_y: Words<'_>, lower: &str) {
        let [across, upright] = APART;
        for mark in self.y.marks(upright) {
            let y = self.place_y(mark);
            canvas.line((self.left(), y), (self.right(), y), Ink::Rule, 1);
            canvas.text(&words_y(mark), (self.left() - GAP, y), Align::End, Pen::REMARK);
        }
        for mark in self.x.marks(across) {
            let x = self.place_x(mark);
            canvas.line((x, self.bottom()), (x, self.bottom() + 4), Ink::Muted, 1);
            // The last label may not leave the canvas.
            let align = if x + 24 > WIDTH { Align::End } else { Align::Middle };
            canvas.text(&words_x(mark), (x, self.bottom() + 14), align, Pen::REMARK);
        }
        canvas.text(lower, (self.right(), self.bottom() + 32), Align::End, Pen::REMARK)
    }

    /// A line through points of the plot.
    pub fn line(&self, canvas: &Canvas<'_>, points: &[(f64, f64)], ink: Ink) {
        let points: Vec<(i32, i32)> = points.iter().map(|point| self.place(*point)).collect();
        canvas.path(&points, ink, 2)
    }

    /// The names of lines at their right ends. Names that would overlap are moved apart, each with a thin line to its
    /// own line.
    pub fn names(&self, canvas: &Canvas<'_>, ends: &[End<'_>]) {
        let mut ends: Vec<(i32, &End<'_>)> = ends.iter().map(|end| (self.place_y(end.y), end)).collect();
        ends.sort_by_key(|(y, _)| *y);
        let mut places: Vec<i32> = ends.iter().map(|(y, _)| *y).collect();
        keep_apart(&mut places, [self.top(), self.bottom()], NAME_LINE);
        for ((y, end), place) in ends.into_iter().zip(places) {
            let from = self.right() + GAP;
            if (place - y).abs() > 2 {
                canvas.line((self.right() + 1, y), (from - 1, place), end.ink, 1);
            }
            let name = fitted(end.name, Pen::REMARK, WIDTH - from);
            canvas.text(&name, (from, place), Align::Start, Pen { ink: end.ink, bold: true, ..Pen::REMARK });
        }
    }
}

/// Where a line ends, and its name.
pub struct End<'a> {
    pub name: &'a str,
    pub y: f64,
    pub ink: Ink,
}
