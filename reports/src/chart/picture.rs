//! A chart as SVG: alone, within a page, or as a slide.

use super::drawing::{Align, Drawing, ShapeLook, Text, Tip};
use super::ink::Ink;
use crate::report::wording::printable;

/// A drawn chart, with its text for screen readers.
#[derive(Debug, Clone)]
pub struct Picture {
    pub size: (i32, i32),
    pub title: String,
    pub description: String,
    pub drawing: Drawing,
}

/// How a drawing is written.
struct SvgWriter<C: Fn(Ink) -> String> {
    colour: C,
    /// Distance from the middle of a text down to its baseline, parts of its size.
    baseline: f64,
    /// Whether a page's style sheet keeps lines unfilled, and HTML allows quotes to be left out.
    is_page: bool,
}

/// Half the x-height of most fonts.
const BASELINE: f64 = 0.27;

/// What surrounds a drawing in its own file.
pub struct File<'a> {
    /// Attributes of the root: its font, and its size if that is fixed.
    pub root: &'a str,
    /// An element that brings the font, or nothing.
    pub style: &'a str,
    /// Distance from the middle of a text down to its baseline, parts of its size.
    pub baseline: f64,
}

impl Picture {
    /// A standalone file, on light paper and as large as its container. The id has to be unique within the document
    /// that embeds it.
    pub fn alone(&self, id: &str) -> String {
        let file = File { root: "font-family=\"system-ui, sans-serif\"", style: "", baseline: BASELINE };
        self.file(id, &file, |ink| ink.colours().1.to_owned())
    }

    /// A file with its own font and colours.
    pub fn file(&self, id: &str, file: &File<'_>, colour: impl Fn(Ink) -> String) -> String {
        let File { root, style, baseline } = *file;
        let writer = SvgWriter { colour, baseline, is_page: false };
        let (width, height) = self.size;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {root} viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\">\n{style}<title id=\"{id}-title\">{}</title>\n\
             <desc id=\"{id}-desc\">{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n{}</svg>\n",
            escaped(&self.title),
            escaped(&self.description),
            (writer.colour)(Ink::Paper),
            writer.written(&self.drawing),
        )
    }

    /// A part of a page that defines a custom property for each ink, and so chooses between light and dark. It is as
    /// short as possible: the font is the page's, and the tips are the description.
    pub fn within_page(&self, id: &str) -> String {
        let property = |ink: Ink| format!("var({})", ink.colours().0);
        let writer = SvgWriter { colour: property, baseline: BASELINE, is_page: true };
        let (width, height) = self.size;
        let description = match self.tips() {
            [] => format!(". {}", escaped(&self.description)),
            _ => String::new(),
        };
        format!(
            "<svg id={id} viewBox=\"0 0 {width} {height}\" role=img aria-label=\"{}{description}\">{}</svg>",
            escaped(&self.title),
            writer.written(&self.drawing)
        )
    }

    /// The tips: areas that show figures in full when they are pointed at.
    pub fn tips(&self) -> &[Tip] {
        &self.drawing.tips
    }
}

impl<C: Fn(Ink) -> String> SvgWriter<C> {
    fn written(&self, drawing: &Drawing) -> String {
        let end = if self.is_page { "" } else { "\n" };
        let paths = drawing.paths().map(|(look, path)| format!("<path{} d=\"{path}\"/>{end}", self.look(look)));
        let texts = drawing.texts().map(|(pen, align, texts)| {
            let mut look =
                self.value("fill", &(self.colour)(pen.ink)) + &self.value("font-size", &pen.size.to_string());
            match align {
                Align::Start => {}
                Align::Middle => look += &self.value("text-anchor", "middle"),
                Align::End => look += &self.value("text-anchor", "end"),
            }
            if pen.bold {
                look += &self.value("font-weight", "bold");
            }
            let below = (f64::from(pen.size) * self.baseline).round() as i32;
            let one = |text: &Text| {
                let (x, y) = (text.at.0.to_string(), (text.at.1 + below).to_string());
                format!("<text{}{}>{}</text>{end}", self.value("x", &x), self.value("y", &y), escaped(&text.text))
            };
            format!("<g{look}>{end}{}</g>{end}", texts.iter().map(one).collect::<String>())
        });
        paths.chain(texts).collect()
    }

    fn look(&self, look: ShapeLook) -> String {
        match look {
            ShapeLook::Fill(ink) => self.value("fill", &(self.colour)(ink)),
            ShapeLook::Line(ink, width) => {
                let fill = if self.is_page { "" } else { " fill=\"none\"" };
                let width = if width == 1 { String::new() } else { self.value("stroke-width", &width.to_string()) };
                format!("{fill}{}{width}", self.value("stroke", &(self.colour)(ink)))
            }
        }
    }

    /// An attribute whose value is a word.
    fn value(&self, name: &str, value: &str) -> String {
        if self.is_page { format!(" {name}={value}") } else { format!(" {name}=\"{value}\"") }
    }
}

fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
