//! A slide before it is drawn: its words, and how its plot is drawn.

use super::frame::{HEIGHT, SlideFrame, WIDTH};
use super::selection::Scope;
use super::{Slide, SlideKind};
use crate::chart::canvas::{Canvas, picture};
use crate::chart::label_layout::Area;
use crate::report::Headline;

/// Draws a plot.
pub type DrawPlot<'a> = Box<dyn Fn(&Canvas<'_>, Area) + 'a>;

/// A slide before it is drawn.
pub struct Sketch<'a> {
    /// Its subject.
    pub kind: SlideKind,
    /// What distinguishes it from others of its kind.
    pub of: String,
    /// Its title.
    pub finding: String,
    /// What is shown.
    pub subject: String,
    /// All that is shown, for screen readers.
    pub description: String,
    /// Where and when it was measured.
    pub source: String,
    /// How the plot is drawn.
    pub plot: DrawPlot<'a>,
}

/// The slides of one kind, and why others are missing.
#[derive(Default)]
pub struct Found<'a> {
    pub sketches: Vec<Sketch<'a>>,
    pub missing: Vec<String>,
}

impl<'a> Found<'a> {
    /// Adds a slide, or its name and why it is missing.
    pub fn add(&mut self, found: Result<Sketch<'a>, String>) {
        match found {
            Ok(sketch) => self.sketches.push(sketch),
            Err(why) => self.missing.push(why),
        }
    }

    /// Adds a slide of each kernel in each stratum, or why it has none.
    pub fn add_each(&mut self, scope: &Scope<'a>, sketch: impl Fn(&Headline<'a>) -> Result<Sketch<'a>, String>) {
        for headline in &scope.headlines {
            let place = format!("{} in {}", headline.kernel.shown(), headline.label);
            self.add(sketch(headline).map_err(|why| format!("{place}: {why}")));
        }
    }
}

impl Sketch<'_> {
    /// Draws the slide.
    pub fn draw(&self, name: String) -> anyhow::Result<Slide> {
        let Self { finding, subject, description, source, .. } = self;
        let frame = SlideFrame { title: finding, subject, source };
        let description = format!("{subject}. {description} {source}.");
        let picture =
            picture((WIDTH, HEIGHT), finding, &description, |canvas| (self.plot)(canvas, frame.draw(canvas)))?;
        Ok(Slide { name, kind: self.kind, title: finding.clone(), picture })
    }
}
