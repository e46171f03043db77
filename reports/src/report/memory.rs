//! Memory: what a contender adds to its page, and what its sessions do to it. Pure.

mod growth;
mod table;

pub use growth::{FEWEST_SESSIONS, Growth, Leak, NOTICEABLE_BYTES};
pub use table::{CAPTION, HEADINGS, NOTE, Row, finding, per_session};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::planned;
use crate::measurement::{Measurement, Measurements};
use crate::run::{self, BlockMemory, Cell, Run, Series, Sessions, Stopped};
use crate::stats::median;

/// What a contender adds to its page, bytes: medians over blocks, after the last round and a forced collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Memory {
    /// Linear memory, which never shrinks, so that what there is at the end is its peak; `null` for contenders without it.
    pub linear_peak: Option<u64>,
    /// JavaScript heap, against that of a page without a contender, and perhaps less; `null` where the runtime does
    /// not tell.
    pub js_heap: Option<i64>,
    /// Array buffers outside of the heap, without linear memory, against the same page; `null` where the runtime does not
    /// tell.
    pub buffers: Option<i64>,
}

impl Memory {
    /// Of a cell; `None` where no block tells.
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

/// What the sessions of one contender do to its page. Each sets the contender up and calls it once.
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
    pub kept: Course,
    /// The same, each released before the next; `null` where the contender exports no `release`.
    pub released: Option<Course>,
    /// Each in an instance of its own, all alive: here every session is to add something, and there is no outcome.
    pub at_once: Course,
}

/// Memory over sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Course {
    /// Sessions that were done.
    pub sessions: u32,
    /// What a session adds; `null` where there were too few to tell.
    pub growth: Option<Growth>,
    /// Whether sessions leave something behind; `null` of sessions that are all alive.
    pub outcome: Option<Leak>,
    /// After each session, what the page holds on top of what it held before the contender was loaded, bytes: JavaScript
    /// heap, array buffers and linear memory together.
    pub added_bytes: Vec<i64>,
    /// Linear memory after the last session, its high-water mark; `null` where there is none.
    pub linear_peak: Option<u64>,
    /// Why there are fewer sessions than were planned; `null` where there are all.
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
        at_once: Course { growth: Growth::of_all(&totals(&sessions.at_once)), ..course(&sessions.at_once) },
    }
}

fn one_by_one(series: &Series) -> Course {
    let growth = Growth::once_settled(&totals(series));
    let outcome = Leak::of(&totals(series), growth);
    Course { growth, outcome: Some(outcome), ..course(series) }
}

fn course(series: &Series) -> Course {
    let first = series.memory.first().map_or(0, run::Memory::total);
    // What is believed of a page's memory is far below the end of either type.
    let added = series.memory.iter().skip(1).map(|memory| memory.total() as i64 - first as i64).collect::<Vec<_>>();
    Course {
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

/// What the page held after each session, bytes.
fn totals(series: &Series) -> Vec<f64> {
    series.memory.iter().skip(1).map(|memory| memory.total() as f64).collect()
}
