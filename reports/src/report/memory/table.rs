//! Memory in words: the rows and sentences that every format shows.

use super::{FEWEST_SESSIONS, Growth, Leak, MemorySeries, SessionMemory};
use crate::report::units::{self, MISSING};
use crate::report::{CellReport, Report};

/// Caption of the table.
pub const CAPTION: &str = "Memory: what each contender adds to the page, and what sessions leave in it";

/// How to read the table.
pub const NOTE: &str = "Read after garbage collection. A session sets the contender up and calls it once, on the smallest \
                        input. Linear memory never shrinks: memory that release() gives back is reused by the next \
                        session.";

/// The headings of [`MemoryRow::cells`].
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
pub struct MemoryRow {
    /// Peak of linear memory; it never shrinks.
    pub linear_peak: String,
    /// JavaScript heap.
    pub js_heap: String,
    /// Array buffers.
    pub buffers: String,
    /// What each session leaves that is not released.
    pub kept: String,
    /// What each released session leaves.
    pub released: String,
    /// The high-water mark of linear memory after all sessions.
    pub linear_after: String,
    /// What each of several live sessions adds.
    pub at_once: String,
}

impl MemoryRow {
    /// The row of a cell; `None` if nothing is known about its memory.
    #[must_use]
    pub fn of(report: &Report, cell: &CellReport) -> Option<Self> {
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
            linear_after: linear(last.and_then(|series| series.linear_peak)),
            at_once: sessions.map_or_else(missing, |sessions| per_session(&sessions.at_once)),
        })
    }

    /// All columns, under [`HEADINGS`].
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

/// What a session adds, and the outcome: `leaks +65.5 kB (+65.5 kB to +65.6 kB)`, `clean (−12.0 B to +31.0 B)`.
#[must_use]
pub fn per_session(series: &MemorySeries) -> String {
    let said = match (series.outcome, series.growth) {
        (None, Some(growth)) => format!("{} {}", units::added_bytes(growth.bytes_per_session), interval(growth)),
        (Some(Leak::Leaks), Some(growth)) => {
            format!("leaks {} {}", units::added_bytes(growth.bytes_per_session), interval(growth))
        }
        (Some(outcome), Some(growth)) => format!("{} {}", outcome.name(), interval(growth)),
        (Some(outcome), None) => outcome.name().to_owned(),
        (None, None) => MISSING.to_owned(),
    };
    match (&series.stopped, series.sessions) {
        (None, _) => said,
        (Some(_), 1) => format!("{said}, 1 session"),
        (Some(_), sessions) => format!("{said}, {sessions} sessions"),
    }
}

/// The finding of a contender's sessions, as a sentence without its full stop.
#[must_use]
pub fn finding(name: &str, sessions: &SessionMemory) -> String {
    let SessionMemory { kept, released, .. } = sessions;
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
    format!("{name}: {said}")
}

fn why_unsure(series: &MemorySeries) -> String {
    let done = match series.sessions {
        1 => "1 session".to_owned(),
        sessions => format!("{sessions} sessions"),
    };
    match (&series.stopped, series.growth) {
        (Some(reason), _) if series.sessions < FEWEST_SESSIONS => {
            format!("{done}, and fewer than {FEWEST_SESSIONS} are too few ({reason})")
        }
        (_, Some(growth)) => {
            format!("memory changes by {} per session over {done}; more sessions would help", bare(growth))
        }
        (_, None) => format!("{done} are too few"),
    }
}

fn size(series: &MemorySeries) -> String {
    let bytes = series.growth.map_or(0.0, |growth| growth.bytes_per_session);
    units::bytes(bytes.round().max(0.0) as u64)
}

fn interval(growth: Growth) -> String {
    format!("({})", bare(growth))
}

fn bare(growth: Growth) -> String {
    let [low, high] = growth.ci.map(units::added_bytes);
    if low == high { low } else { format!("{low} to {high}") }
}
