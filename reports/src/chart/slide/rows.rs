//! Rows of a slide: names on the left, figures on the right, and a drawing between them. A few rows have two lines each,
//! many rows have one.

use super::font::{fitted, shrunk, width_of};
use super::frame::{NAME, REMARK, SMALL};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::label_layout::Area;

/// Gap between columns.
const GAP: i32 = 30;
/// Room for a scale below the rows.
const SCALE: i32 = 56;
/// Height of a row, and of the part with its words and its bar.
const ROW: [i32; 2] = [34, 260];
const WORDS: i32 = 200;
/// From this height on, rows have two lines.
const TWO_LINES: i32 = 84;
/// The name in a row of one line.
const ONE_LINE: Pen = Pen { size: 26, ..NAME };

/// Widths of the columns, pixels. In rows of two lines the remark is below the name.
struct Columns {
    names: i32,
    remarks: i32,
    figures: i32,
}

const IN_TWO_LINES: Columns = Columns { names: 560, remarks: 0, figures: 430 };
const IN_ONE_LINE: Columns = Columns { names: 420, remarks: REMARKS, figures: 360 };
/// Room for the remark in a row of one line, pixels.
pub const REMARKS: i32 = 500;
/// The part of the figures that is for the detail.
const DETAIL: i32 = 160;

/// Words of a row.
pub struct SlideRow {
    pub name: String,
    pub remark: String,
    /// With what the remark's subject is compared.
    pub versus: Option<String>,
    pub figure: String,
    pub detail: String,
}

/// Where rows are.
pub struct Rows {
    /// Between names and figures.
    pub middle: Area,
    height: i32,
}

/// How many rows are not shown, if any.
pub fn more(hidden: usize) -> String {
    if hidden > 0 { format!("+ {hidden} more") } else { String::new() }
}

/// How many rows fit into a plot.
pub fn most(area: Area) -> usize {
    usize::try_from((area.bottom - area.top - SCALE) / ROW[0]).unwrap_or(0)
}

impl Rows {
    /// Writes the words of rows, and a remark below them.
    pub fn draw(canvas: &Canvas<'_>, area: Area, rows: &[&SlideRow], remark_below: &str) -> Self {
        Self::of_height(canvas, area, rows, remark_below, Self::height(area, rows.len()))
    }

    /// The same, with rows as high as there is room.
    pub fn filling(canvas: &Canvas<'_>, area: Area, rows: &[&SlideRow], remark_below: &str) -> Self {
        Self::of_height(canvas, area, rows, remark_below, Self::room(area, rows.len()).max(ROW[0]))
    }

    fn of_height(canvas: &Canvas<'_>, area: Area, rows: &[&SlideRow], remark_below: &str, height: i32) -> Self {
        let count = i32::try_from(rows.len()).unwrap_or(i32::MAX).max(1);
        let columns = if height < TWO_LINES { IN_ONE_LINE } else { IN_TWO_LINES };
        let remarks = if columns.remarks > 0 { columns.remarks + GAP } else { 0 };
        let (left, right) = (area.left + columns.names + remarks + GAP, area.right - columns.figures - GAP);
        let placed = Self { middle: Area { left, right, top: area.top, bottom: area.top + count * height }, height };
        for (at, row) in rows.iter().enumerate() {
            let y = placed.y(at);
            if placed.has_two_lines() {
                let remark = remark(row, REMARK, columns.names);
                pair(canvas, (area.left, y), Align::Start, [&row.name, &remark], columns.names);
                pair(canvas, (area.right, y), Align::End, [&row.figure, &row.detail], columns.figures);
            } else {
                line(canvas, area, y, row, &columns);
            }
        }
        if !remark_below.is_empty() {
            canvas.text(remark_below, (area.left, placed.middle.bottom + 28), Align::Start, REMARK);
        }
        placed
    }

    /// The height of each of so many rows.
    pub fn height(area: Area, count: usize) -> i32 {
        Self::room(area, count).clamp(ROW[0], ROW[1])
    }

    fn room(area: Area, count: usize) -> i32 {
        (area.bottom - area.top - SCALE) / i32::try_from(count).unwrap_or(i32::MAX).max(1)
    }

    /// The end of a row.
    pub fn end(&self, row: usize) -> i32 {
        self.middle.top + i32::try_from(row + 1).unwrap_or(0) * self.height
    }

    /// Whether the remark is below the name.
    pub fn has_two_lines(&self) -> bool {
        self.height >= TWO_LINES
    }

    /// The middle of a row's words and bar.
    pub fn y(&self, row: usize) -> i32 {
        self.middle.top + i32::try_from(row).unwrap_or(0) * self.height + self.height.min(WORDS) / 2
    }

    /// Half the height of a bar.
    pub fn half(&self) -> i32 {
        if self.has_two_lines() { (self.height / 5).min(WORDS / 6) } else { self.height / 4 }
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

/// The remark, and with what its subject is compared; the longer of the two is shortened if both have no room.
fn remark(row: &SlideRow, pen: Pen, room: i32) -> String {
    let Some(versus) = &row.versus else { return fitted(&row.remark, pen, room) };
    let parts = [&*row.remark, versus];
    let widths = parts.map(|part| width_of(part, pen));
    let left = room - width_of(VERSUS, pen);
    let share = |at: usize| (left - widths[1 - at].min(left / 2)).max(left / 2);
    let [subject, other] = [0, 1].map(|at| fitted(parts[at], pen, share(at)));
    format!("{subject}{VERSUS}{other}")
}

const VERSUS: &str = " vs. ";

/// A name with a remark below it; without a remark, the name is in the middle.
pub fn pair(canvas: &Canvas<'_>, (x, y): (i32, i32), align: Align, [name, remark]: [&str; 2], room: i32) {
    let write = |text: &str, y: i32, pen: Pen| {
        let (text, pen) = shrunk(text, pen, room);
        canvas.text(&text, (x, y), align, pen);
    };
    if remark.is_empty() {
        return write(name, y, NAME);
    }
    write(name, y - 20, NAME);
    write(remark, y + 22, REMARK);
}

/// Everything on one line. The detail is left out where it has no room behind the figure.
fn line(canvas: &Canvas<'_>, area: Area, y: i32, row: &SlideRow, columns: &Columns) {
    let (name, pen) = shrunk(&row.name, ONE_LINE, columns.names);
    canvas.text(&name, (area.left, y), Align::Start, pen);
    let remark = remark(row, SMALL, columns.remarks);
    canvas.text(&remark, (area.left + columns.names + GAP, y), Align::Start, SMALL);
    let has_detail = !row.detail.is_empty() && width_of(&row.detail, SMALL) <= DETAIL;
    let room = columns.figures - DETAIL - GAP / 2;
    let has_room = width_of(&row.figure, ONE_LINE) <= room;
    if has_detail && has_room {
        canvas.text(&row.detail, (area.right, y), Align::End, SMALL);
    }
    let right = if has_room { area.right - DETAIL - GAP / 2 } else { area.right };
    canvas.text(&fitted(&row.figure, ONE_LINE, columns.figures), (right, y), Align::End, ONE_LINE);
}

/// An interval over a bar.
pub fn whisker(canvas: &Canvas<'_>, [from, to]: [i32; 2], (y, half): (i32, i32)) {
    canvas.line((from, y), (to, y), Ink::Text, 4);
    for end in [from, to] {
        canvas.line((end, y - half), (end, y + half), Ink::Text, 4);
    }
}
