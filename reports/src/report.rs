//! The finished report, `crossover/report/2`: what every exporter and chart is made from.

pub mod boundary;
pub mod build_matrix;
pub mod ceiling;
mod cells;
pub mod columns;
mod comparisons;
mod course;
mod failures;
pub mod finding;
mod headline;
mod look;
pub mod memory;
mod middle;
mod noise;
pub mod place;
mod planned;
pub mod profiles;
pub mod rules_of_thumb;
mod run_info;
mod select;
pub mod size_steps;
mod start;
pub mod start_reason;
pub mod units;
mod verdicts;
pub mod words;

pub use boundary::BoundaryModel;
pub use build_matrix::BuildMatrix;
pub use comparisons::Comparison;
pub use course::{BlockCalls, WarmUpStep};
pub use headline::{Factor, Headline};
pub use look::Look;
pub use memory::{Memory, SessionMemory};
pub use middle::Middle;
pub use noise::Noise;
pub use run_info::RunInfo;
pub use start::{Delay, Phases, Start};
pub use verdicts::{At, BreakEven, CrossoverSize, Saving, Verdict};

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::comparison::Outcome;
use crate::measurement::Measurements;
use crate::metric::Metric;
use crate::profile::Profile;
use crate::run::{self, Check, Input, Kind, Purpose, Run, Size, SizeStep, Stage, State, Stratum, Track};
pub use crate::verdict::Advice;

/// The schema of the JSON form.
pub const SCHEMA: &str = "crossover/report/2";

/// Everything there is to say about a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Where, when and how the run was made.
    pub run: RunInfo,
    /// Kernels in the order of the run, with their inputs.
    pub kernels: Vec<KernelInfo>,
    /// One per kernel × input × contender × stratum that was planned.
    pub cells: Vec<Cell>,
    /// What crossing costs by size, for every payload of which several sizes were measured.
    #[serde(default)]
    pub boundary_models: Vec<BoundaryModel>,
    /// One per kernel and stratum of which one contender was built in several ways.
    #[serde(default)]
    pub build_matrices: Vec<BuildMatrix>,
    /// What sessions do to a page's memory, for every cell in which they were watched.
    #[serde(default)]
    pub session_memory: Vec<SessionMemory>,
    /// Per input, stratum and metric: every candidate against the baseline, then every candidate that is not
    /// JavaScript against every other JavaScript contender.
    pub comparisons: Vec<Comparison>,
    /// What to do about every candidate that is not JavaScript, in every scenario, on the headline input.
    #[serde(default)]
    pub verdicts: Vec<Verdict>,
    /// Every failure, once.
    pub failures: Vec<FailureRow>,
    /// Where the time of contenders goes that were profiled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<Profile>,
}

impl Report {
    /// Makes the report of a run. Everything planned has its cell, measured or not; nothing of the run makes this fail.
    #[must_use]
    pub fn from_run(run: &Run) -> Self {
        let measurements = Measurements::of(run);
        let failures = failures::rows(run, &measurements);
        let cells = cells::all(run, &measurements, &failures);
        Self {
            schema: SCHEMA.to_owned(),
            run: RunInfo::of(run, &measurements),
            kernels: run.header.kernels.iter().map(KernelInfo::of).collect(),
            boundary_models: boundary::all(run, &measurements),
            build_matrices: build_matrix::all(run, &measurements, &cells),
            cells,
            session_memory: memory::all(run, &measurements),
            comparisons: comparisons::all(run, &measurements),
            verdicts: verdicts::all(run, &measurements),
            failures,
            profiles: Vec::new(),
        }
    }

    /// The same with profiles, which have to be of the run.
    #[must_use]
    pub fn with_profiles(self, profiles: Vec<Profile>) -> Self {
        Self { profiles, ..self }
    }

    /// Whether there is nothing to show but reasons.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.boundary_models.is_empty() && self.build_matrices.is_empty() && self.headlines().is_empty()
    }

    /// Whether the contenders of a kernel are builds of one, so that its build matrix tells all there is to tell.
    #[must_use]
    pub fn is_build_matrix(&self, kernel: &str) -> bool {
        self.build_matrices.iter().any(|matrix| matrix.kernel == kernel)
    }

    /// What people call a stratum; the id itself where the run does not have it.
    #[must_use]
    pub fn label<'a>(&'a self, stratum: &'a str) -> &'a str {
        self.run.labels.get(stratum).map_or(stratum, String::as_str)
    }

    /// One line per kernel and stratum: the answer that people came for.
    #[must_use]
    pub fn headlines(&self) -> Vec<Headline<'_>> {
        Headline::all(self)
    }

    /// What the sessions of a cell do to its page's memory; none where they were not watched.
    #[must_use]
    pub fn sessions_of(&self, cell: &Cell) -> Option<&SessionMemory> {
        self.session_memory.iter().find(|sessions| {
            sessions.contender == cell.contender
                && sessions.kernel == cell.kernel
                && sessions.input == cell.input
                && sessions.stratum == cell.stratum
        })
    }

    /// How a cell compares with another contender of its kernel, input and stratum; native code with those beside it.
    #[must_use]
    pub fn comparison(&self, cell: &Cell, baseline: &str, metric: Metric) -> Option<&Comparison> {
        self.comparisons.iter().find(|comparison| {
            comparison.metric == metric
                && comparison.candidate == cell.contender
                && comparison.baseline == baseline
                && comparison.kernel == cell.kernel
                && comparison.input == cell.input
                && self.is_beside(cell, &comparison.stratum)
        })
    }
}

/// A kernel of the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KernelInfo {
    /// Name.
    pub name: String,
    /// One line for people.
    pub summary: String,
    /// Domain.
    pub domain: String,
    /// What it was measured for.
    #[serde(default, skip_serializing_if = "Purpose::is_choice")]
    pub purpose: Purpose,
    /// The contender that others are compared with.
    pub baseline: String,
    /// How answers were compared.
    pub check: Check,
    /// How those of contenders were that have a way of their own, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own_checks: BTreeMap<String, Check>,
    /// Inputs of this run.
    pub inputs: Vec<Input>,
}

impl KernelInfo {
    fn of(kernel: &run::Kernel) -> Self {
        let kernel = kernel.clone();
        Self {
            name: kernel.name,
            summary: kernel.summary,
            domain: kernel.domain,
            purpose: kernel.purpose,
            baseline: kernel.baseline,
            check: kernel.check,
            own_checks: kernel.own_checks,
            inputs: kernel.inputs,
        }
    }

    /// The input of those planned for a stratum that summaries quote: the first that the manifest marks, else the first.
    #[must_use]
    pub fn headline_in(&self, stratum: &Stratum) -> Option<&Input> {
        stratum.headline(&self.name, &self.inputs)
    }
}

/// A median with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// Median over blocks of the medians over rounds.
    pub median: f64,
    /// 95 % interval over blocks; absent with fewer than two blocks.
    pub ci: Option<[f64; 2]>,
    /// 95th percentile over all samples.
    pub p95: f64,
}

/// One cell's figures. What could not be measured is `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// Contender.
    pub contender: String,
    /// Id of its stratum.
    pub stratum: String,
    /// What the contender is.
    pub kind: Kind,
    /// How like it is to the others.
    pub track: Track,
    /// How it was built.
    pub build: Vec<String>,
    /// One call in steady state, nanoseconds.
    pub call_ns: Option<Estimate>,
    /// Input bytes per second in steady state.
    pub throughput_bytes_per_s: Option<f64>,
    /// Cold start, nanoseconds: nothing cached, Wasm compiled while it streams in.
    pub cold_start_ns: Option<Start>,
    /// Cold start with the Wasm compiled from a buffer; `null` for contenders without Wasm.
    pub buffered_start_ns: Option<Start>,
    /// Start with every file in the HTTP cache, never run there before.
    pub warm_start_ns: Option<Start>,
    /// Start with every file in the HTTP cache, of what was run hot and loaded again there before.
    pub hot_start_ns: Option<Start>,
    /// What waiting for the first answer adds to a page's first contentful paint, nanoseconds, with nothing cached.
    pub paint_delay_ns: Option<Delay>,
    /// How many workers it starts, at most; absent where nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers: Option<u32>,
    /// What ships.
    pub size_bytes: Option<Size>,
    /// Its `.wasm` file alone after each step of its build; empty for contenders without Wasm.
    #[serde(default)]
    pub size_steps: Vec<SizeStep>,
    /// What crossing costs.
    pub boundary_ns: Option<Boundary>,
    /// What the contender adds to its page.
    pub memory_bytes: Option<Memory>,
    /// Figures of metrics that have no field of their own, by metric.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<Metric, Middle>,
    /// Blocks with samples.
    pub blocks: u32,
    /// Rounds over all blocks.
    pub rounds: u32,
    /// Blocks whose warm-up reached a steady state.
    pub steady_blocks: u32,
    /// How the steady-state samples lie, block by block.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls_by_block: Vec<BlockCalls>,
    /// How a call's time went while pages warmed up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warm_up: Vec<WarmUpStep>,
    /// Why figures are missing; the first failure of the cell.
    pub failure: Option<String>,
}

impl Cell {
    /// Whether it is something that a page would load, with a start and a size: all but native code is.
    #[must_use]
    pub fn ships(&self) -> bool {
        self.kind != Kind::Native
    }

    /// One call in steady state in each block, nanoseconds: medians over rounds, in the order of the blocks.
    #[must_use]
    pub fn call_ns_by_block(&self) -> Vec<f64> {
        self.calls_by_block.iter().map(|block| block.median).collect()
    }

    /// The start in one state.
    #[must_use]
    pub fn start(&self, state: State) -> Option<&Start> {
        match state {
            State::Cold => self.cold_start_ns.as_ref(),
            State::Buffered => self.buffered_start_ns.as_ref(),
            State::Warm => self.warm_start_ns.as_ref(),
            State::Hot => self.hot_start_ns.as_ref(),
        }
    }
}

/// What crossing costs in a real call.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Boundary {
    /// Copying the input in, alone.
    #[serde(rename = "in")]
    pub copy_in: f64,
    /// Copying the answer out, alone.
    pub out: f64,
    /// The job on an input that is already inside, whose answer stays there; absent where crossing is too small a part of
    /// a call to be worth timing it.
    pub compute: Option<f64>,
    /// (in + out) ÷ call.
    pub share: f64,
    /// (call − in − compute − out) ÷ call; a split with more than 0.15 either way does not add up.
    pub residual_share: Option<f64>,
}

/// Why something of the plan was not measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FailureRow {
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// Contender.
    pub contender: String,
    /// Id of its stratum.
    pub stratum: String,
    /// What was being done.
    pub stage: Stage,
    /// What went wrong.
    pub reason: String,
    /// Blocks in which it went wrong so.
    pub blocks: u32,
}

/// A count as the formats have it.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
