//! The first line of a results file: everything needed to read the rest without the machine that wrote it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Contender, Kind, RevisionsOf, Scenario, Shards, Stratum};

/// The first line of a results file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// Always [`super::SCHEMA`] in a file this version can read.
    pub schema: String,
    /// Names the run; unique per run.
    pub id: String,
    /// Version of crossover that wrote the file.
    pub tool_version: String,
    /// Git revision of the measured tree, `-dirty` appended where it had changes; absent outside git.
    pub git_revision: Option<String>,
    /// Git revision that the measured tree was compared with, if contenders of both were measured side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_revision: Option<String>,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Seeds the order of contenders in every round.
    pub seed: u64,
    /// How samples were taken.
    pub schedule: Schedule,
    /// The machine that built the contenders, and that of every stratum without a machine of its own.
    pub machine: Machine,
    /// Build tools.
    pub toolchain: Toolchain,
    /// Strata: one for each runtime on each machine.
    pub strata: Vec<Stratum>,
    /// The plan.
    pub kernels: Vec<Kernel>,
    /// Shares of visitors by id of a stratum, in any unit: only their relation counts; empty if none were stated.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub share: BTreeMap<String, f64>,
    /// The part of the plan that this is; absent if it is all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shards: Option<Shards>,
    /// The finding of an earlier calibration of this machine and runtime, if there was one when the run began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<CalibrationQuote>,
}

/// The finding of a calibration: known differences, measured like everything else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalibrationQuote {
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Version of crossover that calibrated.
    pub tool_version: String,
    /// Preset's name.
    pub preset: String,
    /// Comparisons of code with itself.
    pub comparisons: u32,
    /// How many of them were called different.
    pub different: u32,
    /// The smallest difference that is detected nine times out of ten, percent; absent without an interval.
    pub smallest_difference_percent: Option<f64>,
}

/// How samples were taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Schedule {
    /// Preset's name: `quick`, `standard`, `thorough`.
    pub preset: String,
    /// Blocks after which the comparisons of a group are looked at, ascending; the last is the maximum.
    pub looks: Vec<u32>,
    /// In a run that compares revisions: blocks from this one on confirm the findings of the earlier ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm_from: Option<u32>,
    /// An interval is narrow enough when it reaches at most this far from its middle, relative: 0.01 is ±1 %.
    pub precision: f64,
    /// When a look ends the measuring of a group.
    pub goal: Goal,
    /// Rounds per block at the most.
    pub rounds: u32,
    /// Cold starts per contender and block at the most.
    pub cold_starts: u32,
    /// Starts per contender and block in each of the other states.
    #[serde(default)]
    pub other_starts: u32,
    /// Sessions per contender over which memory is watched; 0 for none.
    #[serde(default)]
    pub sessions: u32,
}

impl Schedule {
    /// The most blocks that are measured.
    #[must_use]
    pub fn most_blocks(&self) -> u32 {
        self.looks.last().copied().unwrap_or_default()
    }

    /// The first look after `blocks` blocks; `None` if none is left.
    #[must_use]
    pub fn next_look(&self, blocks: u32) -> Option<u32> {
        self.looks.iter().copied().find(|look| *look > blocks)
    }
}

/// When a look ends the measuring of a group, before its last block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// When every comparison is settled (faster, slower, same) or precise.
    Outcome,
    /// When every comparison is precise.
    Precision,
}

/// A machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Machine {
    /// Operating system, with version where known.
    pub os: String,
    /// CPU architecture.
    pub arch: String,
    /// CPU model.
    pub cpu: String,
    /// Logical cores.
    pub cores: u32,
    /// Main memory, bytes; absent where it is not known.
    pub memory_bytes: Option<u64>,
}

/// Unit of memory when machines are compared, because the part that the system keeps changes from start to start.
const GIB: u64 = 1 << 30;

impl Machine {
    /// Main memory in whole GiB, if it is known.
    #[must_use]
    pub fn memory_gib(&self) -> Option<u64> {
        self.memory_bytes.map(|bytes| (bytes as f64 / GIB as f64).round() as u64)
    }

    /// Whether two machines are of one class: the same model with the same system, as far as is known.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let class = |machine: &Self| Self { memory_bytes: machine.memory_gib(), ..machine.clone() };
        class(self) == class(other)
    }
}

/// Versions of the build tools; absent if no contender needed the tool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Toolchain {
    /// `rustc --version` of the compiler that built the Wasm contenders.
    pub rustc: Option<String>,
    /// wasm-bindgen.
    pub wasm_bindgen: Option<String>,
    /// binaryen's wasm-opt.
    pub binaryen: Option<String>,
    /// esbuild.
    pub esbuild: Option<String>,
}

/// Purpose of a kernel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To choose between its contenders.
    #[default]
    Choice,
    /// To model the cost of crossing the boundary: it only crosses, and its contenders do not compete.
    Boundary,
}

impl Purpose {
    /// Whether there is something to choose.
    #[must_use]
    pub fn is_choice(&self) -> bool {
        *self == Self::Choice
    }
}

/// A kernel as planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Kernel {
    /// Name.
    pub name: String,
    /// What people read instead of the name, such as `JPEG → 512 px thumbnail`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// One line for people.
    pub summary: String,
    /// Sentences that say where the figures can mislead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<String>,
    /// `image`, `compression`, `hashing`, `inference`, …
    pub domain: String,
    /// Purpose of its measurement.
    #[serde(default, skip_serializing_if = "Purpose::is_choice")]
    pub purpose: Purpose,
    /// The contender that others are compared with.
    pub baseline: String,
    /// How answers are compared.
    pub check: Check,
    /// How the answers of contenders with their own check are compared, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own_checks: BTreeMap<String, Check>,
    /// Inputs measured in this run.
    pub inputs: Vec<Input>,
    /// Contenders measured in this run.
    pub contenders: Vec<Contender>,
    /// Scenarios; if none is named, [`Scenario::defaults`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<Scenario>,
    /// The contender whose two revisions these are, if a run compares revisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revisions_of: Option<RevisionsOf>,
    /// The user's function that a port would replace, as `crossover new --from` takes it; absent for kernels of a suite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

impl Kernel {
    /// The scenarios of the kernel.
    #[must_use]
    pub fn scenarios(&self) -> Vec<Scenario> {
        if self.scenarios.is_empty() { Scenario::defaults() } else { self.scenarios.clone() }
    }

    /// Whether its Wasm is not written yet, so that only stand-ins show what a port could save.
    #[must_use]
    pub fn is_unwritten(&self) -> bool {
        let has = |kind: Kind| self.contenders.iter().any(|contender| contender.kind == kind);
        has(Kind::StandIn) && !has(Kind::Wasm)
    }
}

/// How a candidate's answer is compared with the expected one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    /// Equal in every byte.
    Exact,
    /// Numbers differ by at most this.
    Tolerance(f64),
    /// Encoded images whose pixels have at least this peak signal-to-noise ratio, dB.
    PsnrDb(f64),
    /// Equal after both were normalised by a user's function, or by the one for HTML.
    Normalised,
    /// The same by a function that the command line names.
    Same,
    /// The same by a function of a module beside the kernel, as its manifest names it: `FILE#EXPORT`.
    Module(String),
}

/// An input that was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Name.
    pub name: String,
    /// What people read instead of the name, such as `12 MP photo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The type that the contender gets.
    #[serde(rename = "as")]
    pub kind: InputKind,
    /// Length, bytes (UTF-8 for strings).
    pub bytes: u64,
    /// SHA-256 of those bytes, hexadecimal.
    pub sha256: String,
    /// Whether the summary quotes this input.
    pub headline: bool,
    /// The payload of which this is one size, if a model of crossing is made from several sizes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// Length of the answer, bytes (UTF-8 for strings, JSON for objects), if it was known beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_bytes: Option<u64>,
}

impl Input {
    /// What people read: the label, else the name.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// The JavaScript type that a contender gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// A `Uint8Array`.
    Bytes,
    /// A string.
    String,
    /// The value of a JSON text.
    Json,
    /// The arguments of one call: a JSON array, in which `{ "$crossover": … }` stands for values that JSON cannot
    /// represent.
    Args,
}

/// Bytes of what ships: module, glue, Wasm and assets together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Size {
    /// As built.
    pub raw: u64,
    /// gzip, level 9.
    pub gzip: u64,
    /// brotli, level 11; of files of 2 MiB and more level 9.
    pub brotli: u64,
}
