//! Drawing with inks: the few shapes that charts are made of, in pixels of a canvas. The report's canvas is 400 wide.
//!
//! A narrow canvas keeps the text readable when the chart is scaled to the width of a phone.

use std::cell::RefCell;

use anyhow::anyhow;
use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::{
    Circle, Color as _, DrawingArea, FontDesc, FontFamily, FontStyle, IntoDrawingArea as _, PathElement, Polygon,
    Rectangle, Text, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::backend::Backend;
pub use super::drawing::{Align, Pen};
use super::drawing::{Drawing, Tip};
use super::ink::Ink;
use super::picture::Picture;
use crate::report::wording::printable;

/// Width of every chart of the report.
pub const WIDTH: i32 = 400;
/// Space left free at both sides.
pub const MARGIN: i32 = 10;
/// Size of names and figures, pixels.
pub const TEXT: i32 = 14;
/// Size of scales and remarks, pixels.
pub const SMALL: i32 = 12;

/// Height of a chart's heading.
pub const HEADING: i32 = 48;

impl Pen {
    pub const NAME: Self = Self { ink: Ink::Text, size: TEXT, bold: true };
    pub const FIGURE: Self = Self { ink: Ink::Text, size: TEXT, bold: false };
    pub const REMARK: Self = Self { ink: Ink::Muted, size: SMALL, bold: false };

    /// Approximate width of one column of text, pixels, in a wide font.
    fn column(self) -> i32 {
        (self.size * if self.bold { 71 } else { 60 } + 50) / 100
    }
}

/// A drawing in progress.
pub struct Canvas<'a> {
    area: DrawingArea<Backend<'a>, Shift>,
    tips: RefCell<Vec<Tip>>,
    /// The first error of the drawing library.
    failed: RefCell<Option<anyhow::Error>>,
}

/// Draws a chart of the report: its heading, which names the subject and what is shown, and below it the rest.
///
/// # Errors
/// When the drawing library fails; no figure causes that.
pub fn chart(
    height: i32,
    [name, subject]: [&str; 2],
    description: &str,
    draw: impl FnOnce(&Canvas<'_>),
) -> anyhow::Result<Picture> {
    picture((WIDTH, height), &format!("{name}: {subject}"), description, |canvas| {
        let room = WIDTH - 2 * MARGIN;
        canvas.text(&fitted(name, Pen::NAME, room), (MARGIN, 16), Align::Start, Pen::NAME);
        canvas.text(&fitted(subject, Pen::REMARK, room), (MARGIN, 36), Align::Start, Pen::REMARK);
        draw(canvas);
    })
}

/// Draws a picture of so many pixels, with a title and description for screen readers.
///
/// # Errors
/// When the drawing library fails; no figure causes that.
pub fn picture(
    size: (i32, i32),
    title: &str,
    description: &str,
    draw: impl FnOnce(&Canvas<'_>),
) -> anyhow::Result<Picture> {
    let mut drawing = Drawing::default();
    let area = Backend { drawing: &mut drawing, size }.into_drawing_area();
    let canvas = Canvas { area, tips: RefCell::default(), failed: RefCell::default() };
    draw(&canvas);
    let Canvas { area, tips, failed } = canvas;
    drop(area);
    if let Some(error) = failed.into_inner() {
        return Err(error);
    }
    drawing.tips = tips.into_inner();
    Ok(Picture { size, title: title.to_owned(), description: description.to_owned(), drawing })
}

impl<'a> Canvas<'a> {
    /// A filled rectangle.
    pub fn rect(&self, from: (i32, i32), to: (i32, i32), ink: Ink) {
        self.draw(&Rectangle::new([from, to], ink.marker().filled()));
    }

    /// A straight line.
    pub fn line(&self, from: (i32, i32), to: (i32, i32), ink: Ink, width: u32) {
        self.path(&[from, to], ink, width);
    }

    /// A line from point to point.
    pub fn path(&self, points: &[(i32, i32)], ink: Ink, width: u32) {
        self.draw(&PathElement::new(points.to_vec(), ink.marker().stroke_width(width)));
    }

    /// A filled polygon.
    pub fn polygon(&self, points: &[(i32, i32)], ink: Ink) {
        self.draw(&Polygon::new(points.to_vec(), ink.marker()));
    }

    /// A filled circle.
    pub fn disc(&self, centre: (i32, i32), radius: i32, ink: Ink) {
        self.draw(&Circle::new(centre, radius, ink.marker().filled()));
    }

    /// A ring: a circle filled with the background.
    pub fn ring(&self, centre: (i32, i32), radius: i32, ink: Ink) {
        self.draw(&Circle::new(centre, radius, Ink::Paper.marker().filled()));
        self.draw(&Circle::new(centre, radius, ink.marker().stroke_width(2)));
    }

    /// One line of text, its middle at the height of `at`.
    pub fn text(&self, text: &str, at: (i32, i32), align: Align, pen: Pen) {
        let horizontal = match align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let weight = if pen.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::SansSerif, f64::from(pen.size), weight);
        let colour = pen.ink.marker();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(horizontal, VPos::Center));
        self.draw(&Text::new(printable(text), at, style));
    }

    /// A tip: an area that shows a figure in full when it is pointed at, if the chart is part of a page. It draws
    /// nothing. Where two overlap, the later one is shown. All tips together are the chart's description.
    pub fn tip(&self, from: (i32, i32), to: (i32, i32), text: &str) {
        let size = ((to.0 - from.0).max(1), (to.1 - from.1).max(1));
        self.tips.borrow_mut().push(Tip { at: from, size, text: printable(text) });
    }

    fn draw<'e, E>(&self, element: &'e E)
    where
        &'e E: PointCollection<'e, (i32, i32)>,
        E: Drawable<Backend<'a>>,
    {
        if let Err(error) = self.area.draw(element) {
            self.failed.borrow_mut().get_or_insert_with(|| anyhow!("drawing a chart: {error}"));
        }
    }
}

/// Approximate width of a text, pixels; an upper bound, because the viewer chooses the font.
pub fn width_of(text: &str, pen: Pen) -> i32 {
    let columns = i32::try_from(text.width()).unwrap_or(i32::MAX / 1000);
    columns.saturating_mul(pen.column())
}

/// The text, with an ellipsis in place of its middle if it is wider than the room.
pub fn fitted(text: &str, pen: Pen, room: i32) -> String {
    let width = |c: char| i32::try_from(c.width().unwrap_or(0)).unwrap_or(0) * pen.column();
    match width_of(text, pen) <= room {
        true => text.to_owned(),
        false => shortened(text, f64::from(room), f64::from(pen.column()), |c| f64::from(width(c))),
    }
}

/// The text with an ellipsis of this width in place of its middle.
pub fn shortened(text: &str, room: f64, ellipsis: f64, width: impl Fn(char) -> f64) -> String {
    let half = (room - ellipsis) / 2.0;
    let take = |chars: &mut dyn Iterator<Item = char>| {
        let mut used = 0.0;
        chars
            .take_while(|c| {
                used += width(*c);
                used <= half
            })
            .collect::<String>()
    };
    let start = take(&mut text.chars());
    let end: String = take(&mut text.chars().rev()).chars().rev().collect();
    format!("{start}…{end}")
}
