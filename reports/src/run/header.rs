//! The first line of a results file: everything needed to read the rest without the machine that wrote it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Revision, RevisionsOf, Scenario, Shards, SizeStep, Stratum, Variant};

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
    /// Git revision that the measured tree was compared with, where contenders of both were measured side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_revision: Option<String>,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Seeds the order of contenders in every round.
    pub seed: u64,
    /// How samples were taken.
    pub schedule: Schedule,
    /// Where: the machine that built the contenders, and that of every stratum that has no other.
    pub machine: Machine,
    /// Built with.
    pub toolchain: Toolchain,
    /// Measured in: one for each runtime on each machine.
    pub strata: Vec<Stratum>,
    /// What was planned.
    pub kernels: Vec<Kernel>,
    /// Which part of the plan this is; absent where it is all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shards: Option<Shards>,
    /// What a calibration of this machine and runtime found, where there was one when the run began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
}

/// What a calibration found: known differences measured as everything else is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Calibration {
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Version of crossover that calibrated.
    pub tool_version: String,
    /// Preset's name.
    pub preset: String,
    /// Comparisons of code with itself.
    pub comparisons: u32,
    /// How many of them came out as a difference.
    pub different: u32,
    /// The smallest difference that is told apart nine times out of ten, percent; absent where no interval was had.
    pub smallest_difference_percent: Option<f64>,
}

/// How samples were taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Schedule {
    /// Preset's name: `quick`, `standard`, `thorough`.
    pub preset: String,
    /// Blocks after which the comparisons of a group are looked at, ascending; the last is the most that are measured.
    pub looks: Vec<u32>,
    /// In a run that compares revisions: blocks from this one on confirm what those before it have found.
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
    /// Sessions per contender over which memory is watched; 0 where it is not.
    #[serde(default)]
    pub sessions: u32,
}

impl Schedule {
    /// The most blocks that are measured.
    #[must_use]
    pub fn most_blocks(&self) -> u32 {
        self.looks.last().copied().unwrap_or_default()
    }

    /// The first look after `blocks` blocks; `None` when there is none left.
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

/// Memory is compared in whole units of this, because what the system keeps for itself changes from start to start.
const GIB: u64 = 1 << 30;

impl Machine {
    /// Main memory in whole GiB, where it is known.
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

/// Versions of what the contenders were built with; absent where nothing needed the tool.
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

/// What a kernel is measured for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To choose between its contenders.
    #[default]
    Choice,
    /// To model what crossing the boundary costs: it does nothing but cross, and its contenders are no contest.
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
    /// One line for people.
    pub summary: String,
    /// `image`, `compression`, `hashing`, `inference`, …
    pub domain: String,
    /// What it is measured for.
    #[serde(default, skip_serializing_if = "Purpose::is_choice")]
    pub purpose: Purpose,
    /// The contender that others are compared with.
    pub baseline: String,
    /// How answers were compared.
    pub check: Check,
    /// How those of contenders were that have a way of their own, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own_checks: BTreeMap<String, Check>,
    /// Inputs measured in this run.
    pub inputs: Vec<Input>,
    /// Contenders measured in this run.
    pub contenders: Vec<Contender>,
    /// What is done with them; where none is named, [`Scenario::defaults`] are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<Scenario>,
    /// Whose two revisions the contenders are, where a run compares revisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revisions_of: Option<RevisionsOf>,
}

impl Kernel {
    /// What is done with the contenders.
    #[must_use]
    pub fn scenarios(&self) -> Vec<Scenario> {
        if self.scenarios.is_empty() { Scenario::defaults() } else { self.scenarios.clone() }
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
    /// Equal once both were brought into one form by a function of the user's, or by one for HTML.
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
    /// What the contender is handed.
    #[serde(rename = "as")]
    pub kind: InputKind,
    /// Length, bytes (UTF-8 for strings).
    pub bytes: u64,
    /// SHA-256 of those bytes, hexadecimal.
    pub sha256: String,
    /// Whether the summary quotes this input.
    pub headline: bool,
    /// What it is one size of, where a model of what crossing costs is to be made of several sizes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// How long the answer to it is, bytes (UTF-8 for strings, JSON for objects), where that was known beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_bytes: Option<u64>,
}

/// The JavaScript type a contender is handed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// A `Uint8Array`.
    Bytes,
    /// A string.
    String,
    /// The value of a JSON text.
    Json,
    /// The arguments of one call: a JSON array, in which `{ "$crossover": … }` stands for what JSON has no form for.
    Args,
}

/// A contender that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Contender {
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How like it is to the others.
    pub track: Track,
    /// How it was built, for people: flags, features, levels.
    pub build: Vec<String>,
    /// Everything that ships; absent when the build failed.
    pub size_bytes: Option<Size>,
    /// The `.wasm` file alone after each step of its build, in order; empty where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub size_steps: Vec<SizeStep>,
    /// Which revision it is of, where the run compares revisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
    /// What it is a variant by, where the run is a build matrix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// SHA-256 of everything that ships, names and contents, hexadecimal; absent when the build failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files_sha256: Option<String>,
    /// What its `.wasm` file imports, as `module.name`, without the hashes that wasm-bindgen puts behind names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<String>,
}

impl Contender {
    /// One of which nothing is known but what it is, as where it ships no files.
    #[must_use]
    pub fn new(name: &str, kind: Kind, track: Track) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            track,
            build: Vec::new(),
            size_bytes: None,
            size_steps: Vec::new(),
            revision: None,
            variant: None,
            files_sha256: None,
            imports: Vec::new(),
        }
    }
}

/// What a contender is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// JavaScript.
    Js,
    /// WebAssembly with its glue.
    Wasm,
    /// A browser API.
    Platform,
    /// Native code, as a ceiling.
    Native,
    /// Stands in for Wasm that is not written yet: it crosses the boundary, and has nothing to do.
    StandIn,
}

impl Kind {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Js => "js",
            Self::Wasm => "wasm",
            Self::Platform => "platform",
            Self::Native => "native",
            Self::StandIn => "stand_in",
        }
    }
}

/// How like two contenders are: only those of one track tell the language's own effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Track {
    /// The library a good engineer would install.
    #[default]
    Ecosystem,
    /// The same algorithm as the others of this track, as fast as it can be written.
    Controlled,
}

impl Track {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ecosystem => "ecosystem",
            Self::Controlled => "controlled",
        }
    }
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
