//! A chart as SVG: alone, within a page, or as a slide.

use super::drawing::{Align, Drawing, Look, Text, Tip};
use super::ink::Ink;
use crate::report::words::printable;

/// A chart that was drawn, with what it says to those who do not see it.
#[derive(Debug, Clone)]
pub struct Picture {
    pub size: (i32, i32),
    pub title: String,
    pub description: String,
    pub drawing: Drawing,
}

/// How a drawing is written down.
struct Medium<C: Fn(Ink) -> String> {
    colour: C,
    /// How far below its middle the baseline of a text is, parts of its size.
    baseline: f64,
    /// Whether a page's style sheet keeps lines from being filled, and HTML lets quotes out.
    is_page: bool,
}

/// Half the height of an x in most fonts.
const BASELINE: f64 = 0.27;

/// What a file of its own has around a drawing.
pub struct File<'a> {
    /// Attributes of the whole: its font, and its size where that is fixed.
    pub root: &'a str,
    /// An element that brings the font, or nothing.
    pub style: &'a str,
    /// How far below its middle the baseline of a text is, parts of its size.
    pub baseline: f64,
}

impl Picture {
    /// A file that stands alone, on light paper and as large as there is room. The id has to be unique within the document
    /// that it is put into.
    pub fn alone(&self, id: &str) -> String {
        let file = File { root: "font-family=\"system-ui, sans-serif\"", style: "", baseline: BASELINE };
        self.file(id, &file, |ink| ink.colours().1.to_owned())
    }

    /// A file with a font and colours of its own.
    pub fn file(&self, id: &str, file: &File<'_>, colour: impl Fn(Ink) -> String) -> String {
        let File { root, style, baseline } = *file;
        let medium = Medium { colour, baseline, is_page: false };
        let (width, height) = self.size;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {root} viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\">\n{style}<title id=\"{id}-title\">{}</title>\n\
             <desc id=\"{id}-desc\">{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n{}</svg>\n",
            escaped(&self.title),
            escaped(&self.description),
            (medium.colour)(Ink::Paper),
            medium.written(&self.drawing),
        )
    }

    /// A part of a page that defines a custom property for each ink, and so decides between light and dark. In as few bytes
    /// as will do: the font is the page's, and tips are the description.
    pub fn within_page(&self, id: &str) -> String {
        let property = |ink: Ink| format!("var({})", ink.colours().0);
        let medium = Medium { colour: property, baseline: BASELINE, is_page: true };
        let (width, height) = self.size;
        let description = match self.tips() {
            [] => format!(". {}", escaped(&self.description)),
            _ => String::new(),
        };
        format!(
            "<svg id={id} viewBox=\"0 0 {width} {height}\" role=img aria-label=\"{}{description}\">{}</svg>",
            escaped(&self.title),
            medium.written(&self.drawing)
        )
    }

    /// What areas of it say in full when they are pointed at.
    pub fn tips(&self) -> &[Tip] {
        &self.drawing.tips
    }
}

impl<C: Fn(Ink) -> String> Medium<C> {
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

    fn look(&self, look: Look) -> String {
        match look {
            Look::Fill(ink) => self.value("fill", &(self.colour)(ink)),
            Look::Line(ink, width) => {
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
