//! Rows of a slide: names on the left, figures on the right, and a drawing between them.

use super::font::fitted;
use super::frame::{NAME, REMARK};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::label_layout::Area;

/// Width of the names and of the figures.
const NAMES: i32 = 560;
const FIGURES: i32 = 430;
/// Gap between columns.
const GAP: i32 = 30;
/// Room for a scale below the rows.
const SCALE: i32 = 56;
/// Height of a row.
const ROW: [i32; 2] = [84, 170];

/// Words of a row.
pub struct SlideRow {
    pub name: String,
    pub remark: String,
    pub figure: String,
    pub detail: String,
}

/// Where rows are.
pub struct Rows {
    /// Between names and figures.
    pub middle: Area,
    height: i32,
}

/// How many rows fit into a plot.
pub fn most(area: Area) -> usize {
    usize::try_from((area.bottom - area.top - SCALE) / ROW[0]).unwrap_or(0)
}

impl Rows {
    /// Writes the words of so many rows, and says how many rows have no room.
    pub fn draw(canvas: &Canvas<'_>, area: Area, rows: &[SlideRow], hidden: usize) -> Self {
        let count = i32::try_from(rows.len()).unwrap_or(i32::MAX).max(1);
        let height = ((area.bottom - area.top - SCALE) / count).clamp(ROW[0], ROW[1]);
        let (left, right) = (area.left + NAMES + GAP, area.right - FIGURES - GAP);
        let placed = Self { middle: Area { left, right, top: area.top, bottom: area.top + count * height }, height };
        for (at, row) in rows.iter().enumerate() {
            let y = placed.y(at);
            pair(canvas, (area.left, y), Align::Start, [&row.name, &row.remark], NAMES);
            pair(canvas, (area.right, y), Align::End, [&row.figure, &row.detail], FIGURES);
        }
        if hidden > 0 {
            let more = format!("+ {hidden} more");
            canvas.text(&more, (area.left, placed.middle.bottom + 28), Align::Start, REMARK);
        }
        placed
    }

    /// The middle of a row.
    pub fn y(&self, row: usize) -> i32 {
        self.middle.top + i32::try_from(row).unwrap_or(0) * self.height + self.height / 2
    }

    /// Half the height of a bar.
    pub fn half(&self) -> i32 {
        self.height / 5
    }

    /// Lines from top to bottom, each with its label below.
    pub fn scale(&self, canvas: &Canvas<'_>, ticks: impl IntoIterator<Item = (i32, String, Ink)>) {
        let Area { top, bottom, .. } = self.middle;
        for (x, label, ink) in ticks {
            canvas.line((x, top), (x, bottom), ink, 2);
            canvas.text(&label, (x, bottom + 28), Align::Middle, REMARK);
        }
    }
}

/// A name with a remark below it; without a remark, the name is in the middle.
fn pair(canvas: &Canvas<'_>, (x, y): (i32, i32), align: Align, [name, remark]: [&str; 2], room: i32) {
    let write = |text: &str, y: i32, pen: Pen| canvas.text(&fitted(text, pen, room), (x, y), align, pen);
    if remark.is_empty() {
        return write(name, y, NAME);
    }
    write(name, y - 20, NAME);
    write(remark, y + 22, REMARK);
}

/// An interval over a bar.
pub fn whisker(canvas: &Canvas<'_>, [from, to]: [i32; 2], y: i32) {
    canvas.line((from, y), (to, y), Ink::Text, 4);
    for end in [from, to] {
        canvas.line((end, y - 12), (end, y + 12), Ink::Text, 4);
    }
}
