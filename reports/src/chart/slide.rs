//! Slides: 16:9 charts for a talk. Each has one finding, which its title states with its interval, and nothing on it is
//! too small for the back row.

mod across;
mod break_even;
mod factors;
pub(super) mod font;
pub(super) mod frame;
pub(super) mod kind;
pub(super) mod lines;
mod one_job;
mod palette;
mod png;
pub(super) mod rows;
pub(super) mod scope;
pub(super) mod selection;
pub(super) mod sketch;
mod speed_up;
mod summary;

pub use font::SMALLEST;
pub use frame::{HEIGHT, WIDTH};
pub use kind::SlideKind;
pub use palette::Palette;
pub use png::WIDTHS;
pub use selection::{Extent, Only, Order, Selection, UnknownName};
pub use sketch::LeftOut;

use anyhow::ensure;

use super::picture::{File, Picture};
use super::{boundary, by_size, cold_start, size, trend, unique};
use crate::history::Trend;
use crate::report::Report;
use scope::Scope;
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
    /// How many more [`Extent::Every`] would have.
    pub more: usize,
    /// Slides that cannot be drawn. Those beside the most telling ones are not missed, if there are any of these.
    pub left_out: Vec<LeftOut>,
}

/// Most slides that a message names.
const NAMED: usize = 6;

/// How many slides tell most.
const TELLING: usize = 2;

/// Draws every slide that is selected.
///
/// # Errors
/// When a title is given for more than one slide, or the drawing library fails; no figure causes that.
pub fn deck(report: &Report, trend: Option<&Trend>, selection: &Selection) -> anyhow::Result<Deck> {
    let scope = Scope::of(report, trend, selection);
    let (sketches, mut left_out) = sketches(&scope, selection);
    let names = unique(sketches.iter().map(|sketch| format!("{} {}", sketch.kind, sketch.of)));
    let all = sketches.len();
    let mut chosen: Vec<(String, Sketch<'_>)> = names.into_iter().zip(sketches).collect();
    if selection.extent == Extent::Telling {
        let kinds: Vec<SlideKind> = chosen.iter().map(|(_, sketch)| sketch.kind).collect();
        let telling = telling(&kinds, scope.has_several_jobs());
        let mut places = 0..;
        chosen.retain(|_| places.next().is_some_and(|place| telling.contains(&place)));
        left_out.retain(|one| chosen.is_empty() || one.kind == SlideKind::Trend);
    }
    if let Some(title) = &selection.title {
        ensure!(
            chosen.len() <= 1,
            "a title is for one slide, and there are {}: {}{}; help: name one kind and kernel, as `--only speed-up,hashing-blake3`",
            chosen.len(),
            chosen.iter().take(NAMED).map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", "),
            if chosen.len() > NAMED { ", …" } else { "" }
        );
        chosen.iter_mut().for_each(|(_, sketch)| sketch.finding.clone_from(title));
    }
    let more = all - chosen.len();
    let slides = chosen.into_iter().map(|(name, sketch)| sketch.draw(name)).collect::<Result<_, _>>()?;
    Ok(Deck { slides, more, left_out })
}

/// Every slide that is selected, before it is drawn, and why others are missing.
fn sketches<'a>(scope: &Scope<'a>, selection: &Selection) -> (Vec<Sketch<'a>>, Vec<LeftOut>) {
    let (mut sketches, mut left_out) = (Vec::new(), Vec::new());
    // Without a history, a missing trend is not worth a line; nor is what needs several browsers, with one.
    let is_meant = |kind: &SlideKind| {
        selection.only.has_kind(*kind)
            && (*kind != SlideKind::Trend || scope.has_history() || selection.only.names_kind(*kind))
            && (*kind != SlideKind::Across || scope.has_several_strata() || selection.only.names_kind(*kind))
    };
    for kind in SlideKind::ALL.into_iter().filter(is_meant) {
        let found = match kind {
            SlideKind::Summary => summary::sketches(scope),
            SlideKind::SpeedUp => speed_up::sketches(scope),
            SlideKind::Across => across::sketches(scope),
            SlideKind::BreakEven => break_even::sketches(scope),
            SlideKind::Crossover => by_size::sketches(scope),
            SlideKind::ColdStart => cold_start::sketches(scope),
            SlideKind::Boundary => boundary::sketches(scope),
            SlideKind::Size => size::sketches(scope),
            SlideKind::Trend => trend::sketches(scope),
        };
        let missing = |of, why| LeftOut { kind, of, why, others: 0 };
        if found.sketches.is_empty() && found.missing.is_empty() {
            left_out.push(missing(String::new(), "no selected job has any".to_owned()));
        }
        sketches.extend(found.sketches);
        left_out.extend(found.missing.into_iter().map(|(of, why)| missing(of, why)));
    }
    (sketches, left_out)
}

/// The places of the two slides that tell most, by their kinds and never by their figures: the summary, and browsers side by
/// side where there are several, or the speed-up of all jobs, or the break-even of a single one. Where a run has none of these,
/// its first slides. Trends are there only if a history is, and are all wanted.
fn telling(kinds: &[SlideKind], has_several_jobs: bool) -> Vec<usize> {
    let place = |wanted: SlideKind| kinds.iter().position(|kind| *kind == wanted);
    let second = match has_several_jobs {
        true => [SlideKind::Across, SlideKind::SpeedUp, SlideKind::BreakEven],
        false => [SlideKind::Across, SlideKind::BreakEven, SlideKind::SpeedUp],
    };
    let mut telling: Vec<usize> =
        place(SlideKind::Summary).into_iter().chain(second.into_iter().find_map(place)).collect();
    for (at, kind) in kinds.iter().enumerate() {
        let is_wanted = *kind == SlideKind::Trend || telling.len() < TELLING;
        if is_wanted && !telling.contains(&at) {
            telling.push(at);
        }
    }
    telling
}
