//! What only some runtimes can be asked for beside running contenders.

use crossover_reports::run::Memory;

use crate::sampling::cpuprofile::CpuProfile;

/// What a page's engine holds, bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heap {
    /// JavaScript heap in use.
    pub used: u64,
    /// Array buffers and long strings, which lie outside of it; `None` where the runtime does not report them. Linear memories are
    /// not among them.
    pub buffers: Option<u64>,
}

impl Heap {
    /// Together with the linear memories, which the page reports itself; `None` where the engine does not report it.
    #[must_use]
    pub fn beside(heap: Option<Self>, linear: Option<u64>) -> Memory {
        Memory { js_heap: heap.map(|heap| heap.used), buffers: heap.and_then(|heap| heap.buffers), linear }
    }
}

/// What was sampled of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The profile, of the page's own thread.
    pub profile: CpuProfile,
    /// When the page's own clock began, in microseconds of the profile's clock; `None` where it is unknown.
    pub clock_us: Option<f64>,
}
