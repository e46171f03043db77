//! A slide before it is drawn: its words, and how its plot is drawn.

use std::fmt;

use super::frame::{HEIGHT, SlideFrame, WIDTH};
use super::scope::Scope;
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

/// Why a slide is missing. In words: `crossover of gzip in chromium: a crossover needs two input sizes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The kind of the slide.
    pub kind: SlideKind,
    /// Whose slide it would have been; empty if its kind has only one.
    pub of: String,
    /// The reason, a sentence without its full stop.
    pub why: String,
    /// How many more are missing for the same reason.
    pub others: usize,
}

impl LeftOut {
    /// The same, with one for all slides of a kind that are missing for one reason.
    #[must_use]
    pub fn grouped(all: &[Self]) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for one in all {
            match groups.iter_mut().find(|group| (group.kind, &group.why) == (one.kind, &one.why)) {
                Some(group) => group.others += 1 + one.others,
                None => groups.push(one.clone()),
            }
        }
        groups
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, of, why, others } = self;
        write!(f, "{kind}")?;
        if !of.is_empty() {
            write!(f, " of {of}")?;
        }
        match others {
            0 => {}
            1 => f.write_str(" and 1 other")?,
            _ => write!(f, " and {others} others")?,
        }
        write!(f, ": {why}")
    }
}

/// The slides of one kind, and why others are missing.
#[derive(Default)]
pub struct Found<'a> {
    pub sketches: Vec<Sketch<'a>>,
    /// Whose slides are missing, and why.
    pub missing: Vec<(String, String)>,
}

impl<'a> Found<'a> {
    /// Adds a slide of something, or why it has none.
    pub fn add(&mut self, of: &str, found: Result<Sketch<'a>, String>) {
        match found {
            Ok(sketch) => self.sketches.push(sketch),
            Err(why) => self.missing.push((of.to_owned(), why)),
        }
    }

    /// Adds a slide of each kernel in each stratum, or why it has none.
    pub fn add_each(&mut self, scope: &Scope<'a>, sketch: impl Fn(&Headline<'a>) -> Result<Sketch<'a>, String>) {
        for headline in &scope.headlines {
            self.add(&format!("{} in {}", headline.kernel.shown(), headline.name), sketch(headline));
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
