//! Memory in words: the rows and sentences that every format shows.

use super::{Course, FEWEST_SESSIONS, Growth, Leak, SessionMemory};
use crate::report::units::{self, MISSING};
use crate::report::{Cell, Report};

/// What the table shows.
pub const CAPTION: &str = "Memory: what a contender adds to its page, and what sessions leave there";

/// How the table is to be read.
pub const NOTE: &str = "Read after garbage was collected. A session sets the contender up and calls it once, on the \
                        smallest input. Linear memory never shrinks: what release() gives back stays there for the next \
                        session.";

/// The headings of [`Row::cells`].
pub const HEADINGS: [&str; 7] = [
    "Linear memory, peak",
    "JS heap",
    "Array buffers",
    "Per session, kept",
    "Per session, released",
    "Linear memory after them",
    "Per session alive at once",
];

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Peak of linear memory; it never shrinks.
    pub linear_peak: String,
    /// JavaScript heap.
    pub js_heap: String,
    /// Array buffers.
    pub buffers: String,
    /// What each session leaves that is not released.
    pub kept: String,
    /// What each session leaves that is.
    pub released: String,
    /// The high-water mark of linear memory after all sessions.
    pub linear_after: String,
    /// What each of several sessions adds.
    pub at_once: String,
}

impl Row {
    /// The row of a cell; `None` where nothing is known of its memory.
    #[must_use]
    pub fn of(report: &Report, cell: &Cell) -> Option<Self> {
        let (memory, sessions) = (cell.memory_bytes, report.sessions_of(cell));
        if memory.is_none() && sessions.is_none() {
            return None;
        }
        let missing = || MISSING.to_owned();
        let added = |bytes: Option<i64>| bytes.map_or_else(missing, |bytes| units::added_bytes(bytes as f64));
        let linear = |bytes: Option<u64>| bytes.map_or_else(missing, units::bytes);
        let last = sessions.map(|sessions| sessions.released.as_ref().unwrap_or(&sessions.kept));
        Some(Self {
            linear_peak: linear(memory.and_then(|memory| memory.linear_peak)),
            js_heap: added(memory.and_then(|memory| memory.js_heap)),
            buffers: added(memory.and_then(|memory| memory.buffers)),
            kept: sessions.map_or_else(missing, |sessions| per_session(&sessions.kept)),
            released: sessions.and_then(|sessions| sessions.released.as_ref()).map_or_else(missing, per_session),
            linear_after: linear(last.and_then(|course| course.linear_peak)),
            at_once: sessions.map_or_else(missing, |sessions| per_session(&sessions.at_once)),
        })
    }

    /// All of it, under [`HEADINGS`].
    #[must_use]
    pub fn cells(self) -> [String; 7] {
        let Self { linear_peak, js_heap, buffers, kept, released, linear_after, at_once } = self;
        [linear_peak, js_heap, buffers, kept, released, linear_after, at_once]
    }
}

impl Leak {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Leaks => "leaks",
            Self::Clean => "clean",
            Self::Unsure => "unsure",
        }
    }
}

/// What a session adds, and what follows: `leaks +65.5 kB (+65.5 kB to +65.6 kB)`, `clean (−12.0 B to +31.0 B)`.
#[must_use]
pub fn per_session(course: &Course) -> String {
    let said = match (course.outcome, course.growth) {
        (None, Some(growth)) => format!("{} {}", units::added_bytes(growth.bytes_per_session), interval(growth)),
        (Some(Leak::Leaks), Some(growth)) => {
            format!("leaks {} {}", units::added_bytes(growth.bytes_per_session), interval(growth))
        }
        (Some(outcome), Some(growth)) => format!("{} {}", outcome.name(), interval(growth)),
        (Some(outcome), None) => outcome.name().to_owned(),
        (None, None) => MISSING.to_owned(),
    };
    match (&course.stopped, course.sessions) {
        (None, _) => said,
        (Some(_), 1) => format!("{said}, 1 session"),
        (Some(_), sessions) => format!("{said}, {sessions} sessions"),
    }
}

/// What came of a contender's sessions, as a sentence without its full stop.
#[must_use]
pub fn finding(sessions: &SessionMemory) -> String {
    let SessionMemory { contender, kept, released, .. } = sessions;
    let keeps = format!("each session keeps {}", size(kept));
    let said = match (kept.outcome, released.as_ref().map(|released| (released, released.outcome))) {
        (Some(Leak::Leaks), Some((_, Some(Leak::Clean)))) => format!("{keeps} until it is released"),
        (Some(Leak::Leaks), Some((released, Some(Leak::Leaks)))) => {
            format!("{keeps}, and {} once it is released", size(released))
        }
        (Some(Leak::Leaks), Some((released, _))) => format!("{keeps}; once released, unsure: {}", why_unsure(released)),
        (Some(Leak::Leaks), None) => format!("{keeps}, and there is no release() to give it back"),
        (Some(Leak::Clean), Some((_, Some(Leak::Clean)))) => {
            "sessions leave nothing behind, released or not".to_owned()
        }
        (Some(Leak::Clean), Some((released, Some(Leak::Leaks)))) => {
            format!("sessions leave nothing behind but when they are released: {} each", size(released))
        }
        (Some(Leak::Clean), Some((released, _))) => {
            format!("sessions leave nothing behind; once released, unsure: {}", why_unsure(released))
        }
        (Some(Leak::Clean), None) => "sessions leave nothing behind".to_owned(),
        (_, Some((_, Some(Leak::Clean)))) => {
            format!("released sessions leave nothing behind; not released, unsure: {}", why_unsure(kept))
        }
        _ => format!("unsure: {}", why_unsure(kept)),
    };
    format!("{contender}: {said}")
}

fn why_unsure(course: &Course) -> String {
    let done = match course.sessions {
        1 => "1 session".to_owned(),
        sessions => format!("{sessions} sessions"),
    };
    match (&course.stopped, course.growth) {
        (Some(reason), _) if course.sessions < FEWEST_SESSIONS => {
            format!("{done}, fewer than {FEWEST_SESSIONS} tell nothing ({reason})")
        }
        (_, Some(growth)) => {
            format!("memory moves by {} per session over {done}; more of them would tell", bare(growth))
        }
        (_, None) => format!("{done} are too few to tell"),
    }
}

fn size(course: &Course) -> String {
    let bytes = course.growth.map_or(0.0, |growth| growth.bytes_per_session);
    units::bytes(bytes.round().max(0.0) as u64)
}

fn interval(growth: Growth) -> String {
    format!("({})", bare(growth))
}

fn bare(growth: Growth) -> String {
    let [low, high] = growth.ci.map(units::added_bytes);
    if low == high { low } else { format!("{low} to {high}") }
}
