//! Bars that are stacked from numbered parts, with a legend: numbers distinguish the parts without colour.

use super::canvas::{Align, Canvas, MARGIN, Pen, SMALL, WIDTH, width_of};
use super::ink::Ink;
use super::scale::round_step;
use crate::report::units;

/// Height of a line of the legend.
pub const LEGEND_LINE: i32 = 22;
/// A segment narrower than this has no room for its number.
const NUMBERED_FROM: i32 = 14;

/// One part of a bar.
pub struct Segment {
    pub ink: Ink,
    pub name: &'static str,
    /// Its number; none for the rest that the numbered parts leave.
    pub mark: String,
    pub ns: f64,
}

/// Every segment that occurs, with its place: distance from the left, and line.
pub fn legend(segments: impl Iterator<Item = Segment>) -> Vec<(Segment, (i32, i32))> {
    let mut found: Vec<Segment> = Vec::new();
    for segment in segments {
        if !found.iter().any(|other| other.name == segment.name) {
            found.push(segment);
        }
    }
    found.sort_by_key(|segment| segment.mark.parse().unwrap_or(usize::MAX));
    let (mut x, mut line) = (MARGIN, 0);
    found
        .into_iter()
        .map(|segment| {
            let width = 24 + width_of(segment.name, Pen::REMARK) + 10;
            if x + width > WIDTH - MARGIN {
                (x, line) = (MARGIN, line + 1);
            }
            let place = (x, line);
            x += width;
            (segment, place)
        })
        .collect()
}

/// The height of a legend.
pub fn legend_height(legend: &[(Segment, (i32, i32))]) -> i32 {
    legend.last().map_or(0, |(_, (_, line))| (line + 1) * LEGEND_LINE)
}

/// Draws a legend from a height on.
pub fn draw_legend(canvas: &Canvas<'_>, legend: &[(Segment, (i32, i32))], top: i32) {
    legend.iter().for_each(|(segment, (x, line))| {
        let (x, y) = (*x, top + line * LEGEND_LINE);
        canvas.rect((x, y), (x + 18, y + 16), segment.ink);
        number(canvas, segment, (x + 9, y + 8));
        canvas.text(segment.name, (x + 24, y + 8), Align::Start, Pen::REMARK)
    })
}

fn number(canvas: &Canvas<'_>, segment: &Segment, at: (i32, i32)) {
    if segment.mark.is_empty() {
        return;
    }
    canvas.text(&segment.mark, at, Align::Middle, Pen { ink: Ink::OnPhase, size: SMALL, bold: true })
}

/// Where bars lie, and the time that their scale ends with.
#[derive(Clone, Copy)]
pub struct Bars {
    pub left: i32,
    pub right: i32,
    pub longest: f64,
}

impl Bars {
    pub fn x(&self, ns: f64) -> i32 {
        self.left + (ns / self.longest * f64::from(self.right - self.left)).round() as i32
    }

    /// Draws a bar of this height.
    pub fn draw(&self, canvas: &Canvas<'_>, segments: &[Segment], y: i32, height: i32) {
        for tick in self.ticks() {
            canvas.line((self.x(tick), y - 2), (self.x(tick), y + height + 2), Ink::Rule, 1);
        }
        let mut before = 0.0;
        for segment in segments {
            let (from, to) = (self.x(before), self.x(before + segment.ns));
            before += segment.ns;
            if to <= from {
                continue;
            }
            // A one-pixel gap between neighbours separates them without colour.
            let end = if to - from > 2 { to - 1 } else { to };
            canvas.rect((from, y), (end, y + height), segment.ink);
            if to - from >= NUMBERED_FROM {
                number(canvas, segment, (i32::midpoint(from, end), y + height / 2));
            }
        }
    }

    /// Writes the scale below the bars.
    pub fn draw_scale(&self, canvas: &Canvas<'_>, y: i32) {
        self.ticks().for_each(|tick| {
            let at = self.x(tick);
            let align = match () {
                () if at < MARGIN + 20 => Align::Start,
                () if at > WIDTH - MARGIN - 20 => Align::End,
                () => Align::Middle,
            };
            canvas.text(&units::round_time(tick), (at, y), align, Pen::REMARK)
        })
    }

    /// From 0 in steps of 1, 2 or 5 times a power of ten, as many as fit.
    fn ticks(&self) -> impl Iterator<Item = f64> {
        let (longest, most) = (self.longest, (self.right - self.left) / 50);
        let step = round_step(longest, f64::from(most));
        (0..=most).map(move |n| step * f64::from(n)).filter(move |tick| *tick <= longest * 1.001)
    }
}
