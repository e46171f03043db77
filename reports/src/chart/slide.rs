//! Slides: 16:9 charts for a talk. Each has one finding, which its title states with its interval, and nothing on it is
//! too small for the back row.

pub(super) mod font;
pub(super) mod frame;
pub(super) mod kind;
pub(super) mod lines;
mod palette;
mod png;
pub(super) mod rows;
pub(super) mod selection;
pub(super) mod sketch;
mod summary;

pub use frame::{HEIGHT, SMALLEST, WIDTH};
pub use kind::SlideKind;
pub use palette::Palette;
pub use png::WIDTHS;
pub use selection::{Only, Order, Selection, UnknownName};

use anyhow::ensure;

use super::picture::{File, Picture};
use super::{boundary, by_size, cold_start, ratio, size, trend, unique};
use crate::history::Trend;
use crate::report::Report;
use selection::Scope;
use sketch::Sketch;

/// A slide before a theme is chosen.
#[derive(Debug, Clone)]
pub struct Slide {
    /// Safe as a file name, and unique among slides.
    pub name: String,
    /// Its subject.
    pub kind: SlideKind,
    /// Its title.
    pub title: String,
    picture: Picture,
}

impl Slide {
    /// The slide as a standalone file, with its font.
    #[must_use]
    pub fn svg(&self, palette: &Palette) -> String {
        self.file(palette, font::style())
    }

    /// The slide as a PNG of so many pixels across.
    ///
    /// # Errors
    /// When it cannot be rendered, for example for lack of memory.
    pub fn png(&self, palette: &Palette, width: u32) -> anyhow::Result<Vec<u8>> {
        png::render(&self.file(palette, ""), width)
    }

    fn file(&self, palette: &Palette, style: &str) -> String {
        let root = format!("width=\"{WIDTH}\" height=\"{HEIGHT}\" {}", font::FAMILY);
        let file = File { root: &root, style, baseline: font::BASELINE };
        self.picture.file(&self.name, &file, |ink| palette.colour(ink))
    }
}

/// Slides, and why others are missing.
#[derive(Debug, Clone)]
pub struct Deck {
    /// In the order of [`SlideKind::ALL`].
    pub slides: Vec<Slide>,
    /// Slides that cannot be drawn, with the reason; each a sentence without its full stop.
    pub left_out: Vec<String>,
}

/// Most slides that a message names.
const NAMED: usize = 6;

/// Draws every slide that is selected.
///
/// # Errors
/// When a title is given for more than one slide, or the drawing library fails; no figure causes that.
pub fn deck(report: &Report, trend: Option<&Trend>, selection: &Selection) -> anyhow::Result<Deck> {
    let scope = Scope::of(report, trend, selection);
    let mut sketches: Vec<Sketch<'_>> = Vec::new();
    let mut left_out = Vec::new();
    for kind in SlideKind::ALL.into_iter().filter(|kind| selection.only.has_kind(*kind)) {
        let found = match kind {
            SlideKind::Summary => summary::sketches(&scope),
            SlideKind::SpeedUp => ratio::sketches(&scope),
            SlideKind::Crossover => by_size::sketches(&scope),
            SlideKind::ColdStart => cold_start::sketches(&scope),
            SlideKind::Boundary => boundary::sketches(&scope),
            SlideKind::Size => size::sketches(&scope),
            SlideKind::Trend => trend::sketches(&scope),
        };
        if found.sketches.is_empty() && found.missing.is_empty() {
            left_out.push(format!("{kind}: no kernel that is selected has any"));
        }
        sketches.extend(found.sketches);
        left_out.extend(found.missing.into_iter().map(|why| format!("{kind}: {why}")));
    }
    let names = unique(sketches.iter().map(|sketch| format!("{} {}", sketch.kind, sketch.of)));
    if let Some(title) = &selection.title {
        ensure!(
            sketches.len() <= 1,
            "a title is for one slide, and there are {}: {}{}; help: name one kind and kernel, as `speed-up,hashing-blake3`",
            sketches.len(),
            names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", "),
            if names.len() > NAMED { ", …" } else { "" }
        );
        sketches.iter_mut().for_each(|sketch| sketch.finding.clone_from(title));
    }
    let slides = sketches.into_iter().zip(names).map(|(sketch, name)| sketch.draw(name)).collect::<Result<_, _>>()?;
    Ok(Deck { slides, left_out })
}
