//! The results file `run.jsonl`: one header line, then one line per block of one cell, and one for the sessions of some
//! cells. It is the border between the crates.

mod build;
mod contender;
mod difference;
mod emulation;
mod file;
mod header;
mod join;
mod memory;
mod merge;
mod package;
mod progress;
mod revisions;
mod scenario;
mod shard;
mod state;
mod stranger;
mod stratum;
mod writer;

pub use build::{BuildStep, SizeStep, Variant};
pub use contender::{Contender, Kind, Track, is_link};
pub use emulation::{Emulation, Network};
pub use file::{Run, RunError};
pub use header::{
    CalibrationQuote, Check, Goal, Header, Input, InputKind, Kernel, Machine, Purpose, Schedule, Size, Toolchain,
};
pub use join::JoinError;
pub use memory::{BlockMemory, Memory, MemoryReadings, Sessions, Stopped};
pub use package::Package;
pub use progress::Progress;
pub use revisions::{Revision, RevisionsOf};
pub use scenario::{ADVICE_MARGIN, BANDWIDTHS, MARGINS, MOST_CALLS, Scenario};
pub use shard::{Group, PlannedKernel, Shards};
pub use state::State;
pub use stratum::{Family, Runtime, Stratum, Through, ids as stratum_ids, native_beside, proper};
pub use writer::Writer;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The schema that this version reads and writes.
pub const SCHEMA: &str = "crossover/run/2";

/// The cell of a row: kernel × input × contender × stratum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Kernel, e.g. `hashing-blake3`.
    pub kernel: String,
    /// Input of the kernel, e.g. `1MB`.
    pub input: String,
    /// Contender, e.g. `wasm-simd`.
    pub contender: String,
    /// Id of a stratum of the header, e.g. `chromium`.
    pub stratum: String,
}

/// One line after the header: one block of one cell, or the sessions of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The cell measured.
    #[serde(flatten)]
    pub cell: Cell,
    /// Number of the block within the run; cells of one stratum with the same number shared a process of the runtime.
    pub block: u32,
    /// Conditions of the machine during the block; the same for all cells that were measured together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Conditions>,
    /// Samples, or why there are none.
    #[serde(flatten)]
    pub outcome: RowOutcome,
}

/// The runtime that measured a block of a group, and the load of the machine meanwhile. Values that the machine does
/// not report are absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Conditions {
    /// Load average over the last minute, at the end.
    pub load: Option<f64>,
    /// Part of all cores' time that the hypervisor gave to others, 0 to 1.
    pub steal: Option<f64>,
    /// Mean clock of the cores at the end, MHz.
    pub mhz: Option<f64>,
    /// Version of the runtime that measured it; that of the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_version: Option<String>,
}

/// Samples, or the reason why there are none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// Everything that was sampled.
    Samples(Box<Samples>),
    /// Samples of a block that was too disturbed to use. It was measured again, and these samples are in no figure.
    Disturbed(Box<Samples>),
    /// Why the cell has no samples in this block.
    Failure(Failure),
    /// Memory over sessions. Such a row belongs to no block, whatever its number, and a cell has at most one.
    Sessions(Box<Sessions>),
}

/// The raw samples of one block of one cell. Empty lists mean "not measured".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Samples {
    /// Steady state, one sample per round; the same `round` of other cells in this block is its pair.
    pub call: Vec<Sample>,
    /// The sentinel: a fixed piece of work in the same page, just before and after the call sample of the round; the
    /// mean of both.
    pub sentinel: Vec<Sample>,
    /// How long pages waited for a core that something else was using, by the system's account, if it keeps one. For
    /// the call sample of the round and the sentinels beside it.
    pub waited: Vec<Sample>,
    /// Every batch of the warm-up, in order; the first is the first call of the page.
    pub warm_up: Vec<Batch>,
    /// Starts in the state [`State::Cold`].
    pub cold_start: Vec<Start>,
    /// Starts in the state [`State::Buffered`].
    pub buffered_start: Vec<Start>,
    /// Starts in the state [`State::Warm`].
    pub warm_start: Vec<Start>,
    /// Starts in the state [`State::Hot`].
    pub hot_start: Vec<Start>,
    /// First paints that wait for the contender.
    pub first_paint: Vec<FirstPaint>,
    /// Copying the input in, alone.
    pub boundary_in: Vec<Sample>,
    /// Copying the answer out, alone.
    pub boundary_out: Vec<Sample>,
    /// The job on memory that is already inside.
    pub resident: Vec<Sample>,
    /// Step of the page's clock, nanoseconds.
    pub timer_quantum_ns: Option<f64>,
    /// Memory, read after all timing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<BlockMemory>,
}

impl Samples {
    /// The starts in one state.
    #[must_use]
    pub fn starts(&self, state: State) -> &[Start] {
        match state {
            State::Cold => &self.cold_start,
            State::Buffered => &self.buffered_start,
            State::Warm => &self.warm_start,
            State::Hot => &self.hot_start,
        }
    }

    /// The list that starts in one state are added to.
    pub fn starts_mut(&mut self, state: State) -> &mut Vec<Start> {
        match state {
            State::Cold => &mut self.cold_start,
            State::Buffered => &mut self.buffered_start,
            State::Warm => &mut self.warm_start,
            State::Hot => &mut self.hot_start,
        }
    }
}

/// One timed interval: `calls` calls that took `ns` nanoseconds together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sample {
    /// Round within the block.
    pub round: u32,
    /// Calls in the batch, at least 1.
    pub calls: u32,
    /// The whole batch, nanoseconds.
    #[serde(deserialize_with = "null_as_nan")]
    #[schemars(with = "Option<f64>")]
    pub ns: f64,
}

/// One batch of the warm-up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Batch {
    /// Calls in the batch, at least 1.
    pub calls: u32,
    /// The whole batch, nanoseconds.
    #[serde(deserialize_with = "null_as_nan")]
    #[schemars(with = "Option<f64>")]
    pub ns: f64,
}

impl Sample {
    /// Nanoseconds per call.
    #[must_use]
    pub fn ns_per_call(&self) -> f64 {
        self.ns / f64::from(self.calls)
    }
}

/// One start and its phases, nanoseconds. A phase that a contender does not have is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Start {
    /// From asking for the contender to its first answer.
    #[serde(deserialize_with = "null_as_nan")]
    #[schemars(with = "Option<f64>")]
    pub total_ns: f64,
    /// Bytes on the wire.
    pub fetch: Option<f64>,
    /// Compiling Wasm after its last byte arrived.
    pub compile: Option<f64>,
    /// Instantiating Wasm.
    pub instantiate: Option<f64>,
    /// Parsing and running the JavaScript module.
    pub evaluate: Option<f64>,
    /// The contender's `setup`, without the fetch of its assets, which counts as `fetch`.
    pub setup: Option<f64>,
    /// The first call.
    pub first_call: Option<f64>,
    /// Whether every file came from the HTTP cache, by the runtime's own account; absent if it was not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cached: Option<bool>,
    /// How many workers the contender started; absent if they were not watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers: Option<u32>,
}

/// The first contentful paint of a page that shows nothing before its contender's first answer, started in the state
/// [`State::Cold`]. Nanoseconds from asking for the contender.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FirstPaint {
    /// With the contender.
    #[serde(deserialize_with = "null_as_nan")]
    #[schemars(with = "Option<f64>")]
    pub ns: f64,
    /// In a page that waits for nothing.
    #[serde(deserialize_with = "null_as_nan")]
    #[schemars(with = "Option<f64>")]
    pub empty_ns: f64,
}

/// Why a measurement is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// The stage that failed.
    pub stage: Stage,
    /// The reason, for people.
    pub reason: String,
}

/// Stage of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Looking for what the contender needs: the runtime, or the machine that builds, does not have it. This is not a
    /// failure of the run.
    Available,
    /// Building the contender's artifact or its input.
    Build,
    /// Loading the contender into a page.
    Load,
    /// Comparing its answer with the expected one.
    Verify,
    /// Measuring the contender.
    Measure,
    /// The runtime itself.
    Runtime,
}

impl Stage {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Build => "build",
            Self::Load => "load",
            Self::Verify => "verify",
            Self::Measure => "measure",
            Self::Runtime => "runtime",
        }
    }

    /// Whether a problem in this stage counts as a failure.
    #[must_use]
    pub fn is_failure(self) -> bool {
        self != Self::Available
    }
}

/// JSON has no NaN and writes it as `null`. Such a sample is counted and left out when the samples are grouped; the
/// rest of the file stays readable.
fn null_as_nan<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
}
