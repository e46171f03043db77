//! Memory of the page over sessions, a panel per contender: a thick line for sessions that are not released, a thin one
//! for those that are. All panels share one scale, so that contenders can be compared.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted, width_of};
use super::ink::Ink;
use super::picture::Picture;
use crate::report::memory::{MemorySeries, per_session};
use crate::report::wording::exact;
use crate::report::{Headline, Report, SessionMemory, memory, units};

/// Height of a line of text.
const LINE: i32 = 22;
/// Height of a panel.
const PANEL: i32 = 64;
/// Space below a panel.
const GAP: i32 = 12;
/// Height of the axis below the panels.
const AXIS: i32 = 30;
/// Line widths of kept sessions and of released sessions.
const KEPT: (Ink, u32) = (Ink::Kept, 4);
const RELEASED: (Ink, u32) = (Ink::Released, 2);

/// The scale of all panels.
struct Scale {
    sessions: f64,
    low: f64,
    high: f64,
}

/// Draws the chart; `None` when no session was watched.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let is_of = |one: &&SessionMemory| one.kernel == headline.kernel.name && one.stratum == headline.stratum.id;
    let shown: Vec<&SessionMemory> = report.session_memory.iter().filter(is_of).collect();
    let Some(first) = shown.first().filter(|_| all_series(&shown).any(|series| !series.added_bytes.is_empty())) else {
        return Ok(None);
    };
    let scale = Scale::of(&shown);
    let subject = format!("memory over sessions on {}, {}", headline.kernel.input(&first.input), headline.label);
    let description: Vec<String> =
        shown.iter().map(|one| format!("{}.", memory::finding(&headline.kernel.option(&one.contender), one))).collect();
    let has_released = shown.iter().any(|one| one.released.is_some());
    let top = HEADING + 4 + LINE;
    let panel = 2 * LINE + PANEL + GAP;
    let height = top + panel * i32::try_from(shown.len()).unwrap_or(1) + AXIS;
    chart(height, [headline.kernel.shown(), &subject], &description.join(" "), |canvas| {
        legend(canvas, has_released);
        let mut y = top;
        for one in &shown {
            self::panel(canvas, &headline.kernel.option(&one.contender), one, &scale, y);
            y += panel;
        }
        axis(canvas, &scale, y)
    })
    .map(Some)
}

fn all_series<'a>(shown: &'a [&SessionMemory]) -> impl Iterator<Item = &'a MemorySeries> {
    shown.iter().flat_map(|one| [&one.kept].into_iter().chain(&one.released))
}

impl Scale {
    /// From zero, or less if a page came to hold less, to the most that any page held.
    fn of(shown: &[&SessionMemory]) -> Self {
        let values = || all_series(shown).flat_map(|series| &series.added_bytes).map(|bytes| *bytes as f64);
        let sessions = all_series(shown).map(|series| series.sessions).max().unwrap_or(0);
        Self {
            sessions: f64::from(sessions.max(1)),
            low: values().fold(0.0, f64::min),
            high: values().fold(1.0, f64::max),
        }
    }

    fn x(&self, session: f64) -> i32 {
        MARGIN + (session / self.sessions * f64::from(WIDTH - 2 * MARGIN)).round() as i32
    }

    /// The distance from a panel's upper edge.
    fn y(&self, bytes: f64) -> i32 {
        ((self.high - bytes) / (self.high - self.low) * f64::from(PANEL)).round() as i32
    }
}

fn legend(canvas: &Canvas<'_>, has_released: bool) {
    let mut x = MARGIN;
    let entries = [(KEPT, "not released"), (RELEASED, "released")];
    for ((ink, width), name) in entries.into_iter().take(if has_released { 2 } else { 1 }) {
        let y = HEADING + 4 + LINE / 2;
        canvas.line((x, y), (x + 24, y), ink, width);
        canvas.text(name, (x + 30, y), Align::Start, Pen::REMARK);
        x += 30 + width_of(name, Pen::REMARK) + 16;
    }
}

/// The name, below it the finding of either line and the value of the panel's upper edge, and both lines.
fn panel(canvas: &Canvas<'_>, name: &str, one: &SessionMemory, scale: &Scale, y: i32) {
    let room = WIDTH - 2 * MARGIN;
    canvas.text(&fitted(name, Pen::NAME, room), (MARGIN, y + LINE / 2), Align::Start, Pen::NAME);
    let said = match &one.released {
        Some(released) => format!("{}; released: {}", short(&one.kept), short(released)),
        None => per_session(&one.kept),
    };
    let most = units::added_bytes(scale.high);
    let said = fitted(&said, Pen::REMARK, room - width_of(&most, Pen::REMARK) - MARGIN);
    canvas.text(&said, (MARGIN, y + LINE + LINE / 2), Align::Start, Pen::REMARK);
    canvas.text(&most, (WIDTH - MARGIN, y + LINE + LINE / 2), Align::End, Pen::REMARK);

    let top = y + 2 * LINE;
    for edge in [scale.high, scale.low] {
        let at = top + scale.y(edge);
        canvas.line((MARGIN, at), (WIDTH - MARGIN, at), Ink::Rule, 1);
    }
    canvas.tip((0, y), (WIDTH, top + PANEL), &exact::sessions(name, one));
    curve(canvas, &one.kept, KEPT, scale, top);
    if let Some(released) = &one.released {
        curve(canvas, released, RELEASED, scale, top);
    }
}

/// The outcome and its figure without the interval, which has no room.
fn short(series: &MemorySeries) -> String {
    let said = per_session(series);
    said.split(" (").next().unwrap_or_default().to_owned()
}

/// A line from session to session, starting from the page before the first of them.
fn curve(canvas: &Canvas<'_>, series: &MemorySeries, (ink, width): (Ink, u32), scale: &Scale, top: i32) {
    let after = series.added_bytes.iter().map(|bytes| *bytes as f64);
    let points: Vec<(i32, i32)> = std::iter::once(0.0)
        .chain(after)
        .zip(0..)
        .map(|(bytes, session)| (scale.x(f64::from(session)), top + scale.y(bytes)))
        .collect();
    canvas.path(&points, ink, width)
}

/// The first and the last session.
fn axis(canvas: &Canvas<'_>, scale: &Scale, y: i32) {
    canvas.text("0", (MARGIN, y + 8), Align::Start, Pen::REMARK);
    let last = format!("{} sessions", scale.sessions);
    canvas.text(&last, (WIDTH - MARGIN, y + 8), Align::End, Pen::REMARK)
}
