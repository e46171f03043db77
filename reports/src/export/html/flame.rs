//! A flame graph as a picture within the page: callers above what they call, each as wide as its time is long.
//!
//! It takes its colours from the page and needs no script, so that the page's policy holds. Frames have their figures
//! as titles, which browsers show.

use maud::{Markup, PreEscaped, html};

use super::slim::unquoted;
use crate::profile::{Category, Frame, StateProfile};
use crate::report::{profiles, units, wording};

/// Units of the picture's width, and of the height of each row.
const WIDTH: f64 = 720.0;
const ROW: f64 = 19.0;
/// The widest that a character of a label is.
const CHARACTER: f64 = 6.9;
/// The narrowest frame that is drawn.
const NARROWEST: f64 = 1.2;
/// Most frames of a picture, to begin with, and the most bytes of its markup.
const MOST_FRAMES: usize = 240;
const MOST_BYTES: usize = 60_000;
/// Most characters of a name in its title.
const LONGEST_NAME: usize = 100;

/// The picture; with fewer frames if it would be too large.
pub fn svg(state: &StateProfile, title: &str, id: &str) -> Markup {
    let mut most = MOST_FRAMES;
    loop {
        let svg = drawn(&state.with_at_most(most), title, id);
        if svg.0.len() <= MOST_BYTES || most <= 1 {
            // The page's markup is shortened, pictures are not.
            return PreEscaped(unquoted(&svg.0));
        }
        most /= 2;
    }
}

/// A patch in a category's colour, for a table that explains it.
pub fn key(category: Category) -> Markup {
    html! { svg.key viewBox="0 0 10 10" aria-hidden="true" { rect width="10" height="10" fill=(colour(category)) {} } }
}

/// A frame with its place.
struct Placed<'a> {
    frame: &'a Frame,
    ns: f64,
    x: f64,
    row: usize,
}

fn drawn(state: &StateProfile, title: &str, id: &str) -> Markup {
    let placed = placed(state);
    let rows = placed.iter().map(|one| one.row + 1).max().unwrap_or(0);
    let height = rows as f64 * ROW;
    html! {
        svg id=(id) viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label=(title) {
            desc { "Flame graph of " (profiles::about(state)) ". " (profiles::shares(state)) "." }
            // The style goes with the picture when it is copied out of the page.
            g fill="var(--on-phase)" font-size="11.5" { @for one in &placed { (drawn_frame(state, one)) } }
        }
    }
}

fn drawn_frame(state: &StateProfile, Placed { frame, ns, x, row }: &Placed<'_>) -> Markup {
    let name = wording::printable(&frame.name);
    let width = state.share(*ns) * WIDTH;
    let y = *row as f64 * ROW;
    let each = state.per_call(*ns).map(units::time).unwrap_or_default();
    let of = profiles::one(state.state);
    let label = fitted(&name, width - 6.0);
    html! {
        g {
            title {
                (fitted(&name, LONGEST_NAME as f64 * CHARACTER)) " (" (profiles::category(frame.category)) "): "
                (units::percent(state.share(*ns))) ", " (each) " per " (of)
            }
            rect x=(short(*x)) y=(short(y)) width=(short((width - 0.8).max(0.2))) height=(short(ROW - 1.0)) fill=(colour(frame.category)) {}
            @if !label.is_empty() { text x=(short(x + 3.0)) y=(short(y + 13.0)) { (label) } }
        }
    }
}

/// Frames that are wide enough to be seen, from the left, each below its caller.
fn placed(state: &StateProfile) -> Vec<Placed<'_>> {
    let totals = state.totals();
    // How far the callees of a frame have filled it; the last entry is that of the picture.
    let mut filled: Vec<f64> = vec![0.0; totals.len() + 1];
    let mut placed: Vec<Placed<'_>> = Vec::with_capacity(totals.len());
    for (at, frame) in state.frames.iter().enumerate() {
        let row = frame.parent.map_or(0, |parent| placed[parent].row + 1);
        let above = frame.parent.unwrap_or(totals.len());
        let x = filled[above];
        filled[above] += state.share(totals[at]) * WIDTH;
        filled[at] = x;
        placed.push(Placed { frame, ns: totals[at], x, row });
    }
    placed.retain(|one| state.share(one.ns) * WIDTH >= NARROWEST);
    placed
}

/// As much of a name as fits; empty if too little would be left.
fn fitted(name: &str, width: f64) -> String {
    let room = (width / CHARACTER).max(0.0) as usize;
    match name.chars().count() {
        length if length <= room => name.to_owned(),
        _ if room < 3 => String::new(),
        _ => name.chars().take(room - 1).chain(['…']).collect(),
    }
}

/// A coordinate to visible precision.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// The page's custom properties of a category: its colour, and that of text on it.
fn colour(category: Category) -> &'static str {
    match category {
        Category::Kernel => "var(--first-call)",
        Category::Glue => "var(--evaluate)",
        Category::Copying => "var(--instantiate)",
        Category::Gc => "var(--setup)",
        Category::Runtime => "var(--kept)",
        Category::Compile => "var(--compile)",
        Category::Fetch | Category::Evaluate | Category::Instantiate => "var(--fetch)",
        Category::Harness | Category::Native | Category::Idle => "var(--unsure)",
    }
}
