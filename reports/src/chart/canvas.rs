//! Drawing with inks: the few shapes that the charts are made of, in pixels of a canvas. That of the report is 400 wide.
//!
//! A narrow canvas keeps the text readable when the chart is scaled to the width of a phone.

use std::cell::RefCell;

use anyhow::anyhow;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::compact::compact;
use super::ink::{Ink, Theme};
use crate::report::words::printable;

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

/// Where a text is anchored.
#[derive(Clone, Copy)]
pub enum Align {
    /// It begins here.
    Start,
    /// Its middle is here.
    Middle,
    /// It ends here.
    End,
}

/// What is written: how large, in which ink and weight.
#[derive(Clone, Copy)]
pub struct Pen {
    pub ink: Ink,
    pub size: i32,
    pub bold: bool,
}

impl Pen {
    pub const NAME: Self = Self { ink: Ink::Text, size: TEXT, bold: true };
    pub const FIGURE: Self = Self { ink: Ink::Text, size: TEXT, bold: false };
    pub const REMARK: Self = Self { ink: Ink::Muted, size: SMALL, bold: false };

    /// About how wide one column of text is, pixels: that of a wide font.
    fn column(self) -> i32 {
        (self.size * if self.bold { 71 } else { 60 } + 50) / 100
    }
}

/// A drawing in the making.
pub struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    /// The areas that tell something in full, as markup.
    tips: RefCell<String>,
}

/// What a chart says to those who do not see it, and what makes its ids unique.
pub struct Label<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub description: &'a str,
}

/// Draws a chart of the given height and finishes it: text alternative, theme, no fixed size.
pub fn svg(
    height: i32,
    label: &Label<'_>,
    theme: Theme,
    draw: impl FnOnce(&Canvas<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<String> {
    let text = match theme {
        Theme::Light => {
            let text = unpainted((WIDTH, height), label, draw)?;
            text.replace(FONT, "font-family=\"system-ui, sans-serif\"")
        }
        Theme::Page => {
            let (shapes, tips) = drawn((WIDTH, height), draw)?;
            within_a_page(height, label, &shapes, &tips)
        }
    };
    Ok(theme.paint(&text))
}

/// What names the font in an unpainted drawing.
pub const FONT: &str = "font-family=\"sans-serif\"";

/// A drawing that stands alone, where nothing points at it: on its paper and with its text alternative, still in markers and
/// without a font of its own.
pub fn unpainted(
    (width, height): (i32, i32),
    label: &Label<'_>,
    draw: impl FnOnce(&Canvas<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<String> {
    let (shapes, _) = drawn((width, height), |canvas| {
        canvas.rect((0, 0), (width, height), Ink::Paper)?;
        draw(canvas)
    })?;
    let Label { id, title, description } = label;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\">\n<title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n\
         {shapes}</svg>\n",
        escaped(title),
        escaped(description),
    ))
}

/// The shapes of a drawing, and its tips.
fn drawn(
    (width, height): (i32, i32),
    draw: impl FnOnce(&Canvas<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<(String, String)> {
    let mut text = String::new();
    let size = (width.unsigned_abs(), height.unsigned_abs());
    let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
    let canvas = Canvas { area, tips: RefCell::default() };
    draw(&canvas)?;
    canvas.area.present().map_err(|error| anyhow!("finishing a chart: {error}"))?;
    let tips = canvas.tips.take();
    drop(canvas);

    let shapes = text.split_once('>').map_or("", |(_, shapes)| shapes).trim();
    Ok((shapes.trim_end_matches("</svg>").to_owned(), tips))
}

/// In as few bytes as will do. The font is the page's, and tips are the description.
fn within_a_page(height: i32, label: &Label<'_>, shapes: &str, tips: &str) -> String {
    let Label { id, title, description } = label;
    let (title, shapes) = (escaped(title), compact(shapes));
    let opening = format!("<svg id=\"{id}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{title}");
    match tips {
        "" => format!("{opening}. {}\">{shapes}</svg>", escaped(description)),
        tips => format!(
            "{opening}\">{shapes}<g class=\"tips\" data-of=\"{id}\" fill=\"none\" pointer-events=\"all\">{tips}</g></svg>"
        ),
    }
}

impl Canvas<'_> {
    /// The kernel's name, and below it what the chart shows; together [`HEADING`] high.
    pub fn heading(&self, name: &str, subject: &str) -> anyhow::Result<()> {
        let room = WIDTH - 2 * MARGIN;
        self.text(&fitted(name, Pen::NAME, room), (MARGIN, 16), Align::Start, Pen::NAME)?;
        self.text(&fitted(subject, Pen::REMARK, room), (MARGIN, 36), Align::Start, Pen::REMARK)
    }

    /// A filled rectangle.
    pub fn rect(&self, from: (i32, i32), to: (i32, i32), ink: Ink) -> anyhow::Result<()> {
        self.draw(&Rectangle::new([from, to], ink.marker().filled()))
    }

    /// A straight line.
    pub fn line(&self, from: (i32, i32), to: (i32, i32), ink: Ink, width: u32) -> anyhow::Result<()> {
        self.path(&[from, to], ink, width)
    }

    /// A line from point to point.
    pub fn path(&self, points: &[(i32, i32)], ink: Ink, width: u32) -> anyhow::Result<()> {
        self.draw(&PathElement::new(points.to_vec(), ink.marker().stroke_width(width)))
    }

    /// A filled polygon.
    pub fn polygon(&self, points: &[(i32, i32)], ink: Ink) -> anyhow::Result<()> {
        self.draw(&Polygon::new(points.to_vec(), ink.marker()))
    }

    /// A filled circle.
    pub fn disc(&self, centre: (i32, i32), radius: i32, ink: Ink) -> anyhow::Result<()> {
        self.draw(&Circle::new(centre, radius, ink.marker().filled()))
    }

    /// A ring: a circle that shows the paper.
    pub fn ring(&self, centre: (i32, i32), radius: i32, ink: Ink) -> anyhow::Result<()> {
        self.draw(&Circle::new(centre, radius, Ink::Paper.marker().filled()))?;
        self.draw(&Circle::new(centre, radius, ink.marker().stroke_width(2)))
    }

    /// One line of text, its middle at the height of `at`.
    pub fn text(&self, text: &str, at: (i32, i32), align: Align, pen: Pen) -> anyhow::Result<()> {
        let horizontal = match align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        // The SVG backend divides sizes by 1.24 and rounds; this undoes it.
        let font = FontDesc::new(FontFamily::SansSerif, f64::from(pen.size) * 1.24, weight(pen));
        let colour = pen.ink.marker();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(horizontal, VPos::Center));
        self.draw(&Text::new(printable(text), at, style))
    }

    /// An area that tells a figure in full to whoever points at it, where the chart is part of a page. It shows nothing.
    /// Of two that overlap, the later answers. There, all tips together are the chart's description.
    pub fn tip(&self, from: (i32, i32), to: (i32, i32), text: &str) {
        let ((x, y), width, height) = (from, (to.0 - from.0).max(1), (to.1 - from.1).max(1));
        let text = escaped(text);
        self.tips
            .borrow_mut()
            .push_str(&format!("<rect x={x} y={y} width={width} height={height}><title>{text}</title></rect>"));
    }

    fn draw<'e, E>(&self, element: &'e E) -> anyhow::Result<()>
    where
        for<'b> &'b E: plotters::element::PointCollection<'b, (i32, i32)>,
        E: for<'b> plotters::element::Drawable<SVGBackend<'b>>,
    {
        self.area.draw(element).map_err(|error| anyhow!("drawing a chart: {error}"))
    }
}

fn weight(pen: Pen) -> FontStyle {
    if pen.bold { FontStyle::Bold } else { FontStyle::Normal }
}

/// About how wide a text is, pixels; rather too wide, since the font is the viewer's.
pub fn width_of(text: &str, pen: Pen) -> i32 {
    let columns = i32::try_from(text.width()).unwrap_or(i32::MAX / 1000);
    columns.saturating_mul(pen.column())
}

/// The text, with an ellipsis in place of its middle where it is wider than the room.
pub fn fitted(text: &str, pen: Pen, room: i32) -> String {
    let width = |c: char| i32::try_from(c.width().unwrap_or(0)).unwrap_or(0) * pen.column();
    match width_of(text, pen) <= room {
        true => text.to_owned(),
        false => shortened(text, f64::from(room), f64::from(pen.column()), |c| f64::from(width(c))),
    }
}

/// The text with an ellipsis, which is so wide, in place of its middle.
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

fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
