//! The finished report, `crossover/report/2`: the input of every exporter and chart.

pub mod across;
pub mod boundary;
pub mod build_matrix;
pub mod ceiling;
mod cells;
pub mod columns;
mod comparisons;
mod decisions;
mod distribution;
mod failures;
pub mod finding;
mod headline;
pub mod headroom;
mod job;
mod kernel_info;
mod look;
pub mod machine_text;
pub mod memory;
mod middle;
mod noise;
mod planned;
pub mod profiles;
pub mod rules_of_thumb;
mod run_info;
mod scenarios;
mod select;
pub mod size_steps;
mod start;
pub mod start_reason;
pub mod trust;
pub mod units;
mod verdicts;
mod versus;
pub mod wording;

pub use across::{Across, Agreement};
pub use boundary::BoundaryModel;
pub use build_matrix::BuildMatrix;
pub use comparisons::Comparison;
pub use decisions::{DecisionRow, JobDecision, in_words as decisions_in_words};
pub use distribution::{BlockCalls, WarmUpStep};
pub use headline::{Factor, Headline};
pub use headroom::Headroom;
pub use job::Job;
pub use kernel_info::{ContenderInfo, KernelInfo};
pub use look::Look;
pub use memory::{AddedMemory, SessionMemory};
pub use middle::Middle;
pub use noise::Noise;
pub use run_info::RunInfo;
pub use start::{Delay, Phases, StartFigures};
pub use verdicts::{At, BreakEven, CrossoverSize, Saving, Verdict};
pub use versus::Contest;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::comparison::Outcome;
use crate::measurement::Measurements;
use crate::metric::Metric;
use crate::profile::Profile;
use crate::run::{Kind, Run, Size, SizeStep, Stage, State, Track};
pub use crate::verdict::{Advice, Decision, DecisionBasis, Effort};

/// The schema of the JSON form.
pub const SCHEMA: &str = "crossover/report/2";

/// Everything about a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Where, when and how the run was made.
    pub run: RunInfo,
    /// Kernels in the order of the run, with their inputs.
    pub kernels: Vec<KernelInfo>,
    /// One per kernel × input × contender × stratum that was planned.
    pub cells: Vec<CellReport>,
    /// Boundary models, for every payload with several measured sizes.
    #[serde(default)]
    pub boundary_models: Vec<BoundaryModel>,
    /// Build matrices, one per kernel and stratum in which one contender was built in several ways.
    #[serde(default)]
    pub build_matrices: Vec<BuildMatrix>,
    /// Memory over sessions, for every cell in which they were watched.
    #[serde(default)]
    pub session_memory: Vec<SessionMemory>,
    /// Per input, stratum and metric: every candidate against the baseline, then every candidate that is not JavaScript
    /// against every other JavaScript contender.
    pub comparisons: Vec<Comparison>,
    /// What to do about every job, in every scenario: on the headline input, or on every input where Wasm is not written
    /// yet.
    #[serde(default)]
    pub decisions: Vec<JobDecision>,
    /// Every job that was measured in several strata: whether all need the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub across: Vec<Across>,
    /// What the decisions rest on, block by block.
    #[serde(default)]
    pub bases: Vec<DecisionBasis>,
    /// The most that a port could save, on every input of the jobs whose Wasm is not written yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headrooms: Vec<Headroom>,
    /// The advice for every candidate that is not JavaScript, in every scenario, on the headline input.
    #[serde(default)]
    pub verdicts: Vec<Verdict>,
    /// Every failure, once.
    pub failures: Vec<FailureRow>,
    /// Where the time of profiled contenders goes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<Profile>,
}

impl Report {
    /// Makes the report of a run. Every planned cell is in it, measured or not; no content of a run makes this fail.
    #[must_use]
    pub fn from_run(run: &Run) -> Self {
        let measurements = Measurements::of(run);
        let failures = failures::rows(run, &measurements);
        let cells = cells::all(run, &measurements, &failures);
        let bases = decisions::bases(run, &measurements);
        let decisions = decisions::all(run, &measurements, &bases);
        let across = across::all(run, &bases, &decisions);
        let headrooms = headroom::all(run, &cells, &bases, &decisions);
        Self {
            schema: SCHEMA.to_owned(),
            run: RunInfo::of(run, &measurements),
            kernels: run.header.kernels.iter().map(KernelInfo::of).collect(),
            boundary_models: boundary::all(run, &measurements),
            build_matrices: build_matrix::all(run, &measurements, &cells),
            cells,
            session_memory: memory::all(run, &measurements),
            comparisons: comparisons::all(run, &measurements),
            decisions,
            across,
            bases,
            headrooms,
            verdicts: verdicts::all(run, &measurements),
            failures,
            profiles: Vec::new(),
        }
    }

    /// The same with profiles, which have to belong to the run.
    #[must_use]
    pub fn with_profiles(self, profiles: Vec<Profile>) -> Self {
        Self { profiles, ..self }
    }

    /// Whether there is nothing to show but reasons.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.boundary_models.is_empty() && self.build_matrices.is_empty() && self.headlines().is_empty()
    }

    /// Whether the contenders of a kernel are builds of one contender, so that only its build matrix is shown.
    #[must_use]
    pub fn is_build_matrix(&self, kernel: &str) -> bool {
        self.build_matrices.iter().any(|matrix| matrix.kernel == kernel)
    }

    /// The label of a stratum for people; the id itself if the run does not have it.
    #[must_use]
    pub fn label<'a>(&'a self, stratum: &'a str) -> &'a str {
        self.run.labels.get(stratum).map_or(stratum, String::as_str)
    }

    /// What sentences call a stratum; the id itself if the run does not have it.
    #[must_use]
    pub fn name<'a>(&'a self, stratum: &'a str) -> &'a str {
        self.run.names.get(stratum).map_or(stratum, String::as_str)
    }

    /// The answers: one line per kernel and stratum.
    #[must_use]
    pub fn headlines(&self) -> Vec<Headline<'_>> {
        Headline::all(self)
    }

    /// Memory over the sessions of a cell; `None` if they were not watched.
    #[must_use]
    pub fn sessions_of(&self, cell: &CellReport) -> Option<&SessionMemory> {
        self.session_memory.iter().find(|sessions| {
            sessions.contender == cell.contender
                && sessions.kernel == cell.kernel
                && sessions.input == cell.input
                && sessions.stratum == cell.stratum
        })
    }

    /// The comparison of a cell with another contender of its kernel, input and stratum; native code is compared with
    /// the contenders of its machine. `None` for what does no work: by how much it is faster says nothing.
    #[must_use]
    pub fn comparison(&self, cell: &CellReport, baseline: &str, metric: Metric) -> Option<&Comparison> {
        self.comparisons.iter().filter(|_| cell.kind != Kind::StandIn).find(|comparison| {
            comparison.metric == metric
                && comparison.candidate == cell.contender
                && comparison.baseline == baseline
                && comparison.kernel == cell.kernel
                && comparison.input == cell.input
                && self.is_beside(cell, &comparison.stratum)
        })
    }
}

/// A median with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// Median over blocks of the medians over rounds.
    pub median: f64,
    /// 95 % interval over blocks; absent with fewer than two blocks.
    pub ci: Option<[f64; 2]>,
    /// 95th percentile over all samples; `null` with fewer than 100, of which it would be little more than the longest.
    pub p95: Option<f64>,
}

/// One cell's figures. A figure that could not be measured is `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CellReport {
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// Contender.
    pub contender: String,
    /// What people read for the contender; absent if that is its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Id of its stratum.
    pub stratum: String,
    /// Kind of the contender.
    pub kind: Kind,
    /// Its track.
    pub track: Track,
    /// Its build.
    pub build: Vec<String>,
    /// One call in steady state, nanoseconds.
    pub call_ns: Option<Estimate>,
    /// Input bytes per second in steady state.
    pub throughput_bytes_per_s: Option<f64>,
    /// Cold start, nanoseconds: nothing cached, Wasm compiled while it streams in.
    pub cold_start_ns: Option<StartFigures>,
    /// Cold start with the Wasm compiled from a buffer; `null` for contenders without Wasm.
    pub buffered_start_ns: Option<StartFigures>,
    /// Start with every file in the HTTP cache, never run there before.
    pub warm_start_ns: Option<StartFigures>,
    /// Start with every file in the HTTP cache, for a contender that ran hot there before and was loaded again.
    pub hot_start_ns: Option<StartFigures>,
    /// What waiting for the first answer adds to a page's first contentful paint, nanoseconds, with nothing cached.
    pub paint_delay_ns: Option<Delay>,
    /// Most workers that it starts; absent if they were not watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers: Option<u32>,
    /// Size of everything that ships.
    pub size_bytes: Option<Size>,
    /// Its `.wasm` file alone after each step of its build; empty for contenders without Wasm.
    #[serde(default)]
    pub size_steps: Vec<SizeStep>,
    /// Cost of crossing.
    pub boundary_ns: Option<Boundary>,
    /// Memory that the contender adds to its page.
    pub memory_bytes: Option<AddedMemory>,
    /// Figures of metrics without a field of their own, by metric.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<Metric, Middle>,
    /// Blocks with samples.
    pub blocks: u32,
    /// Rounds over all blocks.
    pub rounds: u32,
    /// Blocks whose warm-up reached a steady state.
    pub steady_blocks: u32,
    /// Distribution of the steady-state samples, block by block.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls_by_block: Vec<BlockCalls>,
    /// Time per call while pages warmed up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warm_up: Vec<WarmUpStep>,
    /// Why figures are missing; the first failure of the cell.
    pub failure: Option<String>,
}

impl CellReport {
    /// What people read for the contender.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.contender)
    }

    /// Whether it is loaded by a page, with a start and a size: true for everything but native code.
    #[must_use]
    pub fn ships(&self) -> bool {
        self.kind != Kind::Native
    }

    /// Whether most blocks reached a steady state before they were timed.
    #[must_use]
    pub fn is_steady(&self) -> bool {
        2 * self.steady_blocks > self.blocks
    }

    /// One call in steady state in each block, nanoseconds: medians over rounds, in the order of the blocks.
    #[must_use]
    pub fn call_ns_by_block(&self) -> Vec<f64> {
        self.calls_by_block.iter().map(|block| block.median).collect()
    }

    /// The start in one state.
    #[must_use]
    pub fn start(&self, state: State) -> Option<&StartFigures> {
        match state {
            State::Cold => self.cold_start_ns.as_ref(),
            State::Buffered => self.buffered_start_ns.as_ref(),
            State::Warm => self.warm_start_ns.as_ref(),
            State::Hot => self.hot_start_ns.as_ref(),
        }
    }
}

/// Cost of crossing in a real call.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Boundary {
    /// Copying the input in, alone.
    #[serde(rename = "in")]
    pub copy_in: f64,
    /// Copying the answer out, alone.
    pub out: f64,
    /// The job on an input that is already inside, with the answer staying there; absent if crossing is too small a
    /// part of a call to be worth timing.
    pub compute: Option<f64>,
    /// (in + out) ÷ call.
    pub share: f64,
    /// (call − in − compute − out) ÷ call; above 0.15 either way, the split does not add up.
    pub residual_share: Option<f64>,
}

/// Why a part of the plan was not measured.
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
    /// The stage in which it failed.
    pub stage: Stage,
    /// What went wrong.
    pub reason: String,
    /// Number of blocks in which it failed so.
    pub blocks: u32,
}

/// A count, as the formats write it.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
