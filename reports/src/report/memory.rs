//! Memory: what a contender adds to its page, and what its sessions leave in it. Pure.

mod growth;
mod table;

pub use growth::{FEWEST_SESSIONS, Growth, Leak, NOTICEABLE_BYTES};
pub use table::{CAPTION, HEADINGS, MemoryRow, NOTE, finding, per_session};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::planned;
use crate::measurement::{Measurement, Measurements};
use crate::run::{self, BlockMemory, Cell, MemoryReadings, Run, Sessions, Stopped};
use crate::stats::median;

/// Memory that a contender adds to its page, bytes: medians over blocks, after the last round and a forced collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AddedMemory {
    /// Linear memory. It never shrinks, so that its size at the end is its peak; `null` for contenders without it.
    pub linear_peak: Option<u64>,
    /// JavaScript heap, against that of a page without a contender; can be negative. `null` if the runtime does not
    /// report it.
    pub js_heap: Option<i64>,
    /// Array buffers outside of the heap, without linear memory, against the same page; `null` if the runtime does not
    /// report them.
    pub buffers: Option<i64>,
}

impl AddedMemory {
    /// Of a cell; `None` if no block has it.
    #[must_use]
    pub fn of(measurement: &Measurement) -> Option<Self> {
        let blocks: Vec<&BlockMemory> = measurement.blocks.values().filter_map(|block| block.memory.as_ref()).collect();
        let middle = |figure: &dyn Fn(&BlockMemory) -> Option<f64>| {
            median(&blocks.iter().filter_map(|memory| figure(memory)).collect::<Vec<_>>()).map(f64::round)
        };
        let difference = |end: u64, empty: u64| end as f64 - empty as f64;
        (!blocks.is_empty()).then(|| Self {
            linear_peak: middle(&|memory| memory.end.linear.map(|bytes| bytes as f64)).map(|bytes| bytes as u64),
            js_heap: middle(&|memory| Some(difference(memory.end.js_heap?, memory.empty.js_heap?)))
                .map(|bytes| bytes as i64),
            buffers: middle(&|memory| Some(difference(memory.end.buffers?, memory.empty.buffers?)))
                .map(|bytes| bytes as i64),
        })
    }
}

/// What the sessions of one contender leave in its page. Each session sets the contender up and calls it once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionMemory {
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// Contender.
    pub contender: String,
    /// Id of its stratum.
    pub stratum: String,
    /// One after another in one instance, not released.
    pub kept: MemorySeries,
    /// The same, each released before the next; `null` where the contender exports no `release`.
    pub released: Option<MemorySeries>,
    /// Each in an instance of its own, all alive: every session is meant to add memory here, so there is no outcome.
    pub at_once: MemorySeries,
}

/// Memory over sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MemorySeries {
    /// Number of sessions.
    pub sessions: u32,
    /// What a session adds; `null` if there were too few sessions.
    pub growth: Option<Growth>,
    /// Whether sessions leave memory behind; `null` for sessions that are all alive.
    pub outcome: Option<Leak>,
    /// Memory of the page after each session, minus that before the contender was loaded, bytes: JavaScript heap, array
    /// buffers and linear memory together.
    pub added_bytes: Vec<i64>,
    /// Linear memory after the last session, its high-water mark; `null` if there is none.
    pub linear_peak: Option<u64>,
    /// Why there are fewer sessions than planned; `null` if there are all.
    pub stopped: Option<String>,
}

/// The sessions of every cell in which they were watched, in the order of the plan.
pub fn all(run: &Run, measurements: &Measurements) -> Vec<SessionMemory> {
    let planned = planned::cells(&run.header).into_iter();
    planned.filter_map(|planned| Some(sessions(&planned.cell, measurements.sessions(&planned.cell)?))).collect()
}

fn sessions(cell: &Cell, sessions: &Sessions) -> SessionMemory {
    let Cell { kernel, input, contender, stratum } = cell.clone();
    SessionMemory {
        kernel,
        input,
        contender,
        stratum,
        kept: one_by_one(&sessions.kept),
        released: sessions.released.as_ref().map(one_by_one),
        at_once: MemorySeries {
            growth: Growth::of_all(&totals(&sessions.at_once)),
            ..over_sessions(&sessions.at_once)
        },
    }
}

fn one_by_one(series: &MemoryReadings) -> MemorySeries {
    let growth = Growth::once_settled(&totals(series));
    let outcome = Leak::of(&totals(series), growth);
    MemorySeries { growth, outcome: Some(outcome), ..over_sessions(series) }
}

fn over_sessions(series: &MemoryReadings) -> MemorySeries {
    let first = series.memory.first().map_or(0, run::Memory::total);
    // Accepted sizes of memory are far below the limits of either type.
    let added = series.memory.iter().skip(1).map(|memory| memory.total() as i64 - first as i64).collect::<Vec<_>>();
    MemorySeries {
        sessions: super::count(added.len()),
        growth: None,
        outcome: None,
        added_bytes: added,
        linear_peak: series.memory.last().and_then(|memory| memory.linear),
        stopped: series.stopped.as_ref().map(|stopped| match stopped {
            Stopped::Time => "their time was over".to_owned(),
            Stopped::Failure(reason) => reason.clone(),
        }),
    }
}

/// Memory of the page after each session, bytes.
fn totals(series: &MemoryReadings) -> Vec<f64> {
    series.memory.iter().skip(1).map(|memory| memory.total() as f64).collect()
}
