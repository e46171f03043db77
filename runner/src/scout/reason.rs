//! Why a function is not worth a look, in words.

use std::fmt;

use crossover_reports::report::units;

use crate::sampling::{FrameOrigin, ScriptHost};

/// The smallest share of the busy time that is worth a port.
pub const LEAST_SHARE: f64 = 0.01;
/// The shortest total time that is worth a port, in microseconds.
pub const LEAST_US: f64 = 5e3;
/// The shortest visit that is worth crossing the boundary for, in microseconds. A rule of thumb from people who have ported: from
/// 5 ms on it pays, below 2 ms it does not.
pub const SHORTEST_VISIT_US: f64 = 2e3;
/// The largest share of DOM and layout in a function that can be ported: Wasm reaches them through JavaScript only.
pub const MOST_DOM: f64 = 0.1;
/// The share of waiting from which a function counts as waiting.
pub const MOSTLY: f64 = 0.5;
/// The share of work in callees from which it counts as theirs.
pub const NEARLY_ALL: f64 = 0.8;

/// Why not.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// It is not the page's JavaScript, nor that of a program in such a host.
    Is(FrameOrigin, ScriptHost),
    /// Code without an address.
    NoSource,
    /// Waiting, with its share of the total.
    Waits(f64),
    /// DOM and layout, or what Node.js does natively, with their share of the total.
    CallsTheHost(f64, ScriptHost),
    /// Too small a share of the busy time.
    SmallShare(f64),
    /// Too little in all, in microseconds.
    Little(f64),
    /// Visits too short: how long at most, in microseconds, and how many.
    ShortVisits(f64, u64),
    /// Most of its work is below, in a function that is looked at on its own.
    MostlyBelow(String),
    /// Most of its work is done for a function that is worth a look.
    PartOf(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |us: f64| units::time(us * 1e3);
        match self {
            Self::Is(FrameOrigin::Dom, ScriptHost::Node) => {
                f.write_str("is Node.js' own native code: files, network, modules or timers")
            }
            Self::Is(kind, _) => f.write_str(is(*kind)),
            Self::NoSource => f.write_str("has no name and no source, as code from eval has: give it a //# sourceURL"),
            Self::Waits(share) => write!(f, "is mostly waiting: {} of its time", units::percent(*share)),
            Self::CallsTheHost(share, ScriptHost::Browser) => {
                write!(f, "touches the DOM: {} of its time is DOM, layout or timers", units::percent(*share))
            }
            Self::CallsTheHost(share, ScriptHost::Node) => {
                write!(
                    f,
                    "calls Node.js: {} of its time is native code for files, network or modules",
                    units::percent(*share)
                )
            }
            Self::SmallShare(share) => write!(f, "only {} of the busy time", units::percent(*share)),
            Self::Little(us) => write!(f, "only {} in all", time(*us)),
            Self::ShortVisits(us, visits) => {
                write!(f, "too short per visit: {} on average, seen {} times", time(*us), units::count(*visits as f64))
            }
            Self::MostlyBelow(name) => write!(f, "most of its work is in {name}, which it calls"),
            Self::PartOf(name) => write!(f, "is a part of {name}, and would be ported with it"),
        }
    }
}

fn is(kind: FrameOrigin) -> &'static str {
    match kind {
        FrameOrigin::Js => "is JavaScript",
        FrameOrigin::Wasm => "is Wasm already",
        FrameOrigin::Dom => "is the browser's own: DOM, style, layout, paint or timers",
        FrameOrigin::Builtin => "is the engine's own function, native already",
        FrameOrigin::Gc => "is garbage collection: allocate less, or look at what allocates",
        FrameOrigin::Program => "is native code outside any script, or a worker that waits",
        FrameOrigin::Idle => "is waiting",
        FrameOrigin::Foreign => "belongs to an extension, the browser or Node.js",
    }
}
