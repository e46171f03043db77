//! A plot on logarithmic scales: where values lie, its grid, its lines and the names at their ends.

use super::canvas::{Align, Canvas, Pen, WIDTH, fitted, width_of};
use super::ink::Ink;
use super::place::keep_apart;
use super::scale::log_share;

/// Least distance between the marks of the lower scale, and of the upright one.
const APART: [i32; 2] = [46, 22];
/// Least distance between the names at the ends of lines.
const NAME_LINE: i32 = 15;
/// Between the end of a line and its name.
const GAP: i32 = 6;

/// Positive values from the lowest to the highest that are shown, on a logarithmic scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
}

impl Scale {
    /// Around all values that are positive, from a round value to a round value; `None` where none is.
    pub fn around(values: impl Iterator<Item = f64>) -> Option<Self> {
        let ends = |[low, high]: [f64; 2], value: f64| [low.min(value), high.max(value)];
        let positive = values.filter(|value| *value > 0.0 && value.is_finite());
        let [low, high] = positive.map(|value| [value; 2]).reduce(|a, b| ends(a, b[0]))?;
        let (low, high) = (round_down(low), round_up(high));
        Some(if high > low { Self { low, high } } else { Self { low: low / 2.0, high: high * 2.0 } })
    }

    /// How far up the scale a value is, 0 to 1.
    fn share(self, value: f64) -> f64 {
        log_share([self.low, self.high], value)
    }

    /// 1, 2 and 5 times powers of ten, or these powers alone, or every other one of them: the most that are so far apart on
    /// a scale of `length` pixels.
    fn marks(self, length: i32, apart: i32) -> Vec<f64> {
        let decades = |step: usize| {
            let (from, to) = (self.low.log10().round() as i32 - 1, self.high.log10().round() as i32 + 1);
            (from..=to).step_by(step).map(|power| 10_f64.powi(power))
        };
        let is_shown = |mark: &f64| (self.low * 0.999..=self.high * 1.001).contains(mark);
        let fine: Vec<f64> = decades(1).flat_map(|ten| [ten, 2.0 * ten, 5.0 * ten]).filter(is_shown).collect();
        let powers = (1..).map(|step| decades(step).filter(is_shown).collect::<Vec<_>>());
        let place = |mark: f64| self.share(mark) * f64::from(length);
        let is_legible =
            |marks: &Vec<f64>| marks.windows(2).all(|pair| place(pair[1]) - place(pair[0]) >= f64::from(apart));
        std::iter::once(fine).chain(powers).find(is_legible).unwrap_or_default()
    }
}

fn round_down(value: f64) -> f64 {
    let ten = 10_f64.powf(value.log10().floor());
    [5.0, 2.0].map(|m| m * ten).into_iter().find(|round| *round <= value * 1.000_001).unwrap_or(ten)
}

fn round_up(value: f64) -> f64 {
    let ten = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0].map(|m| m * ten).into_iter().find(|round| *round >= value * 0.999_999).unwrap_or(10.0 * ten)
}

/// Two scales, and the part of the canvas that they span.
#[derive(Debug, Clone, Copy)]
pub struct Plot {
    pub x: Scale,
    pub y: Scale,
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
}

/// How the marks of a scale are written.
type Words<'a> = &'a dyn Fn(f64) -> String;

impl Plot {
    /// The same with as much room on its left as the marks of its upright scale need.
    pub fn with_room_for(self, words_y: Words<'_>) -> Self {
        let [_, upright] = APART;
        let marks = self.y.marks(self.bottom - self.top, upright);
        let widest = marks.into_iter().map(|mark| width_of(&words_y(mark), Pen::REMARK)).max().unwrap_or(0);
        Self { left: self.left.max(widest + GAP + 2), ..self }
    }

    pub fn place_x(&self, x: f64) -> i32 {
        self.left + (self.x.share(x) * f64::from(self.right - self.left)).round() as i32
    }

    pub fn place_y(&self, y: f64) -> i32 {
        self.bottom - (self.y.share(y) * f64::from(self.bottom - self.top)).round() as i32
    }

    pub fn place(&self, (x, y): (f64, f64)) -> (i32, i32) {
        (self.place_x(x), self.place_y(y))
    }

    /// The marks of both scales, with a line across the plot for each of the upright one, and what the lower one shows.
    pub fn grid(&self, canvas: &Canvas<'_>, words_x: Words<'_>, words_y: Words<'_>, lower: &str) {
        let [across, upright] = APART;
        for mark in self.y.marks(self.bottom - self.top, upright) {
            let y = self.place_y(mark);
            canvas.line((self.left, y), (self.right, y), Ink::Rule, 1);
            canvas.text(&words_y(mark), (self.left - GAP, y), Align::End, Pen::REMARK);
        }
        for mark in self.x.marks(self.right - self.left, across) {
            let x = self.place_x(mark);
            canvas.line((x, self.bottom), (x, self.bottom + 4), Ink::Muted, 1);
            // The last may not leave the canvas.
            let align = if x + 24 > WIDTH { Align::End } else { Align::Middle };
            canvas.text(&words_x(mark), (x, self.bottom + 14), align, Pen::REMARK);
        }
        canvas.text(lower, (self.right, self.bottom + 32), Align::End, Pen::REMARK)
    }

    /// A line through points of the plot.
    pub fn line(&self, canvas: &Canvas<'_>, points: &[(f64, f64)], ink: Ink) {
        let points: Vec<(i32, i32)> = points.iter().map(|point| self.place(*point)).collect();
        canvas.path(&points, ink, 2)
    }

    /// The names of lines at their right ends, moved apart where they would lie on each other, with a thin line to its own
    /// where one was moved.
    pub fn names(&self, canvas: &Canvas<'_>, ends: &[End<'_>]) {
        let mut ends: Vec<(i32, &End<'_>)> = ends.iter().map(|end| (self.place_y(end.y), end)).collect();
        ends.sort_by_key(|(y, _)| *y);
        let mut places: Vec<i32> = ends.iter().map(|(y, _)| *y).collect();
        keep_apart(&mut places, [self.top, self.bottom], NAME_LINE);
        for ((y, end), place) in ends.into_iter().zip(places) {
            let from = self.right + GAP;
            if (place - y).abs() > 2 {
                canvas.line((self.right + 1, y), (from - 1, place), end.ink, 1);
            }
            let name = fitted(end.name, Pen::REMARK, WIDTH - from);
            canvas.text(&name, (from, place), Align::Start, Pen { ink: end.ink, bold: true, ..Pen::REMARK });
        }
    }
}

/// Where a line ends, and what it is called.
pub struct End<'a> {
    pub name: &'a str,
    pub y: f64,
    pub ink: Ink,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round_and_hold_all_values() {
        for (values, low, high) in [
            (vec![3.0, 70.0], 2.0, 100.0),
            (vec![1.0, 1000.0], 1.0, 1000.0),
            (vec![5.0], 2.5, 10.0),
            (vec![0.0, f64::NAN, 4e-9, 6e9], 2e-9, 1e10),
        ] {
            let scale = Scale::around(values.into_iter()).unwrap();
            assert!((scale.low / low - 1.0).abs() < 1e-9 && (scale.high / high - 1.0).abs() < 1e-9, "{scale:?}");
        }
        assert_eq!(Scale::around([0.0, -1.0, f64::INFINITY].into_iter()), None);
    }

    #[test]
    fn there_are_a_few_marks_whatever_the_range() {
        for (low, high) in [(1.0, 2.0), (2.0, 50.0), (1.0, 1e3), (1e-9, 1e15), (1.0, 1e300), (2.5, 10.0)] {
            let marks = Scale { low, high }.marks(300, 40);
            assert!((1..=7).contains(&marks.len()), "{low} to {high}: {marks:?}");
        }
    }
}
