//! Rows of factors on a log axis with a line at 1×: right of it is faster. Shape and words give the outcome; colour only
//! repeats it.

use super::frame::REMARK;
use super::rows::{Rows, SlideRow, more, most, whisker};
use crate::chart::canvas::{Align, Canvas};
use crate::chart::ink::Ink;
use crate::chart::label_layout::Area;
use crate::chart::mark;
use crate::chart::scale::{LEAST_AIR, Log};
use crate::report::Outcome;

/// One thing against another.
pub struct FactorRow {
    pub words: SlideRow,
    /// How many times as fast; `None` leaves the row without a bar.
    pub speed_up: Option<f64>,
    pub ci: Option<[f64; 2]>,
    /// The two factors around which the browser starts cluster, if there are two.
    pub modes: Option<[f64; 2]>,
    /// The factor in each browser start.
    pub starts: Vec<f64>,
    pub outcome: Outcome,
}

impl FactorRow {
    /// A row of words alone.
    pub fn without(words: SlideRow) -> Self {
        Self { words, speed_up: None, ci: None, modes: None, starts: Vec::new(), outcome: Outcome::Unsure }
    }
}

/// Distance between labels of the scale, pixels.
const APART: i32 = 84;
/// From an end of the scale to the word beside it.
const BESIDE: i32 = 44;
/// Rows of at least this height show every browser start below the bar.
const WITH_STARTS: i32 = 110;
/// Distance between browser starts, pixels: less is none. From the last one on, each has its number.
const APART_STARTS: [i32; 2] = [9, 60];
const NUMBERED_STARTS: i32 = 34;
/// Half the height of the ends of an interval, in rows of one line and of two.
const END: [i32; 2] = [7, 12];

/// Draws as many rows as fit, the first ones first.
pub fn draw(canvas: &Canvas<'_>, area: Area, rows: &[FactorRow]) {
    let shown = &rows[..rows.len().min(most(area))];
    let words: Vec<&SlideRow> = shown.iter().map(|row| &row.words).collect();
    let has_starts = Rows::height(area, shown.len()) >= WITH_STARTS && shown.iter().any(|row| row.starts.len() > 1);
    let placed = match has_starts {
        true => Rows::filling(canvas, area, &words, "○ one browser start"),
        false => Rows::draw(canvas, area, &words, &more(rows.len() - shown.len())),
    };
    let pixels = [placed.middle.left + 20, placed.middle.right - 20];
    let figures = shown.iter().flat_map(|row| figures(row, has_starts)).chain([0.9, 1.1]);
    let Some(axis) = Log::spanning(figures, [0.06, LEAST_AIR], pixels) else { return };
    scale(canvas, &placed, &axis);
    for (at, row) in shown.iter().enumerate() {
        bar(canvas, &placed, &axis, (at, row), has_starts);
    }
}

/// All figures that the axis has to show.
fn figures(row: &FactorRow, has_starts: bool) -> impl Iterator<Item = f64> {
    let starts = if has_starts { &row.starts[..] } else { &[] };
    let ends = row.ci.into_iter().chain(row.modes).flatten();
    row.speed_up.into_iter().chain(ends).chain(starts.iter().copied())
}

fn scale(canvas: &Canvas<'_>, placed: &Rows, axis: &Log) {
    let factors = axis.factors();
    let is_legible = factors.windows(2).all(|pair| axis.at(pair[1]) - axis.at(pair[0]) >= APART);
    let mut ticks = if is_legible { factors } else { axis.marks(APART) };
    if !ticks.iter().any(|tick| is_one(*tick)) {
        ticks = vec![1.0];
    }
    let ink = |tick: f64| if is_one(tick) { Ink::Muted } else { Ink::Rule };
    placed.scale(canvas, ticks.into_iter().map(|tick| (axis.at(tick), label(tick), ink(tick))));
    let y = placed.middle.bottom + 28;
    canvas.text("← slower", (placed.middle.left - BESIDE, y), Align::End, REMARK);
    canvas.text("faster →", (placed.middle.right + BESIDE, y), Align::Start, REMARK);
}

fn is_one(tick: f64) -> bool {
    (tick - 1.0).abs() < 1e-9
}

/// A factor as it is said on either side of the line at 1×, if it is round there: `10×` for a tenth of the speed.
fn label(tick: f64) -> String {
    let slower = tick.recip();
    let is_round = tick < 1.0 && (slower - slower.round()).abs() < 1e-6 * slower;
    let factor = if is_round { slower.round() } else { tick };
    if (1e-3..1e5).contains(&factor) {
        format!("{}×", (factor * 1e3).round() / 1e3)
    } else {
        format!("{factor:.0e}×")
    }
}

fn bar(canvas: &Canvas<'_>, placed: &Rows, axis: &Log, (at, row): (usize, &FactorRow), has_starts: bool) {
    let Some(speed_up) = row.speed_up else { return };
    let (half, one, ink) = (placed.half(), axis.at(1.0), Ink::Outcome(row.outcome));
    // Browser starts are below the bar.
    let y = if has_starts { placed.y(at) - half / 2 } else { placed.y(at) };
    let end_half = END[usize::from(placed.has_two_lines())];
    match row.modes {
        // No single factor is true of both clusters.
        Some(modes) => {
            let [from, to] = modes.map(|factor| axis.at(factor));
            canvas.line((from, y), (to, y), ink, 4);
            for x in [from, to] {
                canvas.disc((x, y), end_half, ink);
            }
        }
        None => {
            let end = axis.at(speed_up);
            canvas.rect((one.min(end), y - half), (one.max(end), y + half), ink);
            // In rows of one line, the side of a bar says as much as a triangle.
            if placed.has_two_lines() || !matches!(row.outcome, Outcome::Faster | Outcome::Slower) {
                let size = if placed.has_two_lines() { &mark::ON_SLIDE } else { &mark::SMALL };
                mark::draw(canvas, (end, y), row.outcome, size);
            }
            if let Some(ci) = row.ci {
                whisker(canvas, ci.map(|factor| axis.at(factor)), (y, end_half));
            }
        }
    }
    if has_starts {
        starts(canvas, axis, &row.starts, [y + half + 26, placed.end(at) - 10], placed.middle.left - BESIDE);
    }
}

/// Every browser start, from the first to the last; one below the other where there is room.
fn starts(canvas: &Canvas<'_>, axis: &Log, starts: &[f64], [top, bottom]: [i32; 2], beside: i32) {
    let count = i32::try_from(starts.len()).unwrap_or(i32::MAX).max(1);
    let step = ((bottom - top) / count).min(APART_STARTS[1]);
    let step = if step < APART_STARTS[0] { 0 } else { step };
    for (start, at) in starts.iter().zip(0..) {
        let y = top + at * step;
        canvas.ring((axis.at(*start), y), 7, Ink::Muted);
        if step >= NUMBERED_STARTS {
            canvas.text(&format!("browser start {}", at + 1), (beside, y), Align::End, REMARK);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn both_sides_of_the_scale_are_said_as_factors() {
        for (tick, said) in
            [(0.1, "10×"), (0.5, "2×"), (0.8, "0.8×"), (1.0, "1×"), (1.5, "1.5×"), (20.0, "20×"), (1e-4, "10000×")]
        {
            assert_eq!(label(tick), said);
        }
    }
}
