//! Memory of a page, and over the sessions of a contender.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Memory that a page's engine holds after garbage collection, bytes. The parts do not overlap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Memory {
    /// JavaScript heap in use: objects, and the engine's own code and caches for them; absent if the runtime does not
    /// report it.
    pub js_heap: Option<u64>,
    /// Array buffers and long strings, which lie outside of that heap; absent if the runtime does not report them.
    pub buffers: Option<u64>,
    /// Linear memories of all instances; absent without any.
    pub linear: Option<u64>,
}

impl Memory {
    /// All parts together, bytes.
    #[must_use]
    pub fn total(&self) -> u64 {
        let parts = [self.js_heap, self.buffers, self.linear];
        parts.into_iter().flatten().fold(0, u64::saturating_add)
    }
}

/// Memory in one block of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlockMemory {
    /// Of a page that has fetched the input and loaded no contender.
    pub empty: Memory,
    /// Of the contender's page after the last round.
    pub end: Memory,
}

/// Memory over the sessions of a contender: each sets the contender up and calls it once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sessions {
    /// One after another in one instance, none of them released.
    pub kept: MemoryReadings,
    /// The same, each released before the next; absent where the contender exports no `release`.
    pub released: Option<MemoryReadings>,
    /// Each in an instance of its own, all of them alive in one page.
    pub at_once: MemoryReadings,
}

impl Sessions {
    /// Every series.
    pub fn series(&self) -> impl Iterator<Item = &MemoryReadings> {
        [&self.kept, &self.at_once].into_iter().chain(&self.released)
    }
}

/// Memory over the sessions in one page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MemoryReadings {
    /// First the memory of the page with its input and without the contender, then after each session.
    pub memory: Vec<Memory>,
    /// Why there are fewer sessions than planned; absent if there are all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stopped>,
}

/// Why sessions ended early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stopped {
    /// Their time was over.
    Time,
    /// A failure; the reason, for people.
    Failure(String),
}
