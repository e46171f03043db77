//! How slides draw lines on two log axes: each line is named at its end and has its own marks, so that colour is not
//! needed.

use super::font::{fitted, shrunk, width_of};
use super::frame::{NAME, REMARK};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::label_layout::{Area, keep_apart};
use crate::chart::lines::{Line, LinePoint};
use crate::chart::scale::{LEAST_AIR, Log};

/// Most lines on a slide; more could not be distinguished.
pub const MOST: usize = 5;

/// Width of the scale on the left, and of the names on the right.
const SCALE: i32 = 190;
const NAMES: i32 = 480;
/// Room for the scale below, with its name.
const BELOW: i32 = 84;
/// Least distance between names.
const APART: i32 = 40;
/// Half the size of a mark.
const MARK: i32 = 11;

/// How far neighbouring lines are shifted sideways.
const DODGE: i32 = 10;

const LABEL: Pen = Pen { size: 28, ..NAME };

/// Names and units of the scales.
pub struct AxisWords<'a> {
    /// Below: what it is, and its round figures.
    pub along: (&'a str, fn(f64) -> String),
    /// On the left.
    pub up: (&'a str, fn(f64) -> String),
    /// One of how many points has a mark.
    pub every: usize,
    /// A range on the lower scale that is marked, and its name.
    pub crossing: Option<(f64, [f64; 2], String)>,
    /// How many lines are not drawn.
    pub hidden: usize,
}

/// Draws lines; those without a point that an axis can show are skipped.
pub fn draw(canvas: &Canvas<'_>, area: Area, lines: &[Line], axes: &AxisWords<'_>) {
    let inner =
        Area { left: area.left + SCALE, top: area.top + 44, right: area.right - NAMES, bottom: area.bottom - BELOW };
    let points = || lines.iter().flat_map(|line| &line.points);
    let ends = |point: &LinePoint| point.ci.unwrap_or([point.y; 2]).into_iter().chain([point.y]);
    let x = Log::spanning(points().map(|point| point.along), [0.03, LEAST_AIR], [inner.left, inner.right]);
    let y = Log::spanning(points().flat_map(ends), [0.06, LEAST_AIR], [inner.bottom, inner.top]);
    let (Some(x), Some(y)) = (x, y) else { return };
    scales(canvas, area, inner, [&x, &y], axes);
    for (at, line) in lines.iter().enumerate() {
        // Side by side, intervals at the same size can be distinguished.
        let aside = DODGE * (2 * i32::try_from(at).unwrap_or(0) - i32::try_from(lines.len()).unwrap_or(0) + 1) / 2;
        let aside = if line.points.iter().any(|point| point.ci.is_some()) { aside } else { 0 };
        let places: Vec<_> = line.points.iter().map(|point| (x.at(point.along) + aside, y.at(point.y))).collect();
        canvas.path(&places, line.ink, 5);
        for (point, place) in line.points.iter().zip(&places).step_by(axes.every) {
            if let Some([low, high]) = point.ci {
                canvas.line((place.0, y.at(low)), (place.0, y.at(high)), line.ink, 3);
            }
            mark(canvas, at, *place, line.ink);
        }
    }
    names(canvas, inner, lines, &y)
}

fn scales(canvas: &Canvas<'_>, area: Area, inner: Area, [x, y]: [&Log; 2], axes: &AxisWords<'_>) {
    for tick in y.ticks() {
        canvas.line((inner.left, y.at(tick)), (inner.right, y.at(tick)), Ink::Rule, 2);
        let label = fitted(&(axes.up.1)(tick), REMARK, SCALE - 16);
        canvas.text(&label, (inner.left - 16, y.at(tick)), Align::End, REMARK);
    }
    canvas.line((inner.left, inner.bottom), (inner.right, inner.bottom), Ink::Muted, 2);
    for tick in x.ticks() {
        canvas.line((x.at(tick), inner.bottom), (x.at(tick), inner.bottom + 8), Ink::Muted, 2);
        canvas.text(&(axes.along.1)(tick), (x.at(tick), inner.bottom + 28), Align::Middle, REMARK);
    }
    canvas.text(axes.up.0, (area.left, area.top + 12), Align::Start, REMARK);
    canvas.text(axes.along.0, (inner.right, inner.bottom + 66), Align::End, REMARK);
    if axes.hidden > 0 {
        let more = format!("+ {} more", axes.hidden);
        canvas.text(&more, (inner.right + 68, inner.bottom + 28), Align::Start, REMARK);
    }
    let Some((at, range, words)) = &axes.crossing else { return };
    for bound in range {
        dashes(canvas, x.at(*bound), inner);
    }
    let middle = x.at(*at);
    canvas.line((middle, inner.top), (middle, inner.bottom), Ink::Text, 4);
    let half = width_of(words, LABEL) / 2;
    // The name of the left scale.
    let left = inner.left + 60;
    let place = middle.clamp(left + half, (area.right - half).max(left + half));
    canvas.text(&fitted(words, LABEL, area.right - left), (place, inner.top - 22), Align::Middle, LABEL)
}

/// A dashed line from top to bottom.
fn dashes(canvas: &Canvas<'_>, x: i32, inner: Area) {
    let from = (inner.top..inner.bottom).step_by(20);
    from.into_iter().for_each(|y| canvas.line((x, y), (x, (y + 10).min(inner.bottom)), Ink::Muted, 2))
}

/// Beside the ends of the lines, or as near as they fit.
fn names(canvas: &Canvas<'_>, inner: Area, lines: &[Line], y: &Log) {
    let end = |line: &Line| line.points.last().map(|point| y.at(point.y));
    let mut ends: Vec<(i32, usize)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((end(line)?, at))).collect();
    ends.sort_unstable();
    let mut places: Vec<i32> = ends.iter().map(|(y, _)| *y).collect();
    keep_apart(&mut places, [inner.top, inner.bottom], APART);
    for (y, (_, at)) in places.into_iter().zip(ends) {
        let x = inner.right + 40;
        mark(canvas, at, (x, y), lines[at].ink);
        let (name, pen) = shrunk(&lines[at].name, LABEL, NAMES - 70);
        canvas.text(&name, (x + 28, y), Align::Start, pen);
    }
}

/// The mark of the line that is so many-th.
fn mark(canvas: &Canvas<'_>, line: usize, (x, y): (i32, i32), ink: Ink) {
    let m = MARK;
    match line % MOST {
        0 => canvas.disc((x, y), m, ink),
        1 => canvas.rect((x - m, y - m), (x + m, y + m), ink),
        2 => canvas.polygon(&[(x, y - m - 3), (x + m + 3, y + m), (x - m - 3, y + m)], ink),
        3 => canvas.polygon(&[(x, y - m - 4), (x + m + 4, y), (x, y + m + 4), (x - m - 4, y)], ink),
        _ => canvas.ring((x, y), m, ink),
    }
}
