//! Where a contender's time goes, by a sampling profiler: `crossover/profile/2`, the summary of a CPU profile.
//!
//! The complete profile is a file beside it; reports show this summary.

mod file;
mod tree;

pub use file::{beside, read};
pub use tree::{Call, Tree};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::run::{Kind, Runtime};

/// The schema of the JSON form.
pub const SCHEMA: &str = "crossover/profile/2";

/// The profiles of one contender on one input, in one runtime.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Profile {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Version of crossover that recorded.
    pub tool_version: String,
    /// Time of the recording, RFC 3339 in UTC.
    pub started_at: String,
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// Contender.
    pub contender: String,
    /// Kind of the contender.
    pub kind: Kind,
    /// The runtime.
    pub runtime: Runtime,
    /// SHA-256 of everything that the contender ships, as in a run's header. The profiled files also have names.
    pub files_sha256: String,
    /// Whether the profiled Wasm has the same code as the one that ships, byte for byte; `null` without a `.wasm` file.
    pub same_code: Option<bool>,
    /// One per state that was profiled.
    pub states: Vec<StateProfile>,
}

/// What is profiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Profiled {
    /// Calls of a warm contender, one after the other.
    Steady,
    /// From asking for the contender to its first answer, with nothing cached.
    Cold,
}

impl Profiled {
    /// The name used in every file format and in the names of files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Steady => "steady",
            Self::Cold => "cold",
        }
    }
}

/// The profile of one state. Times are of all its calls together, in nanoseconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StateProfile {
    /// The state.
    pub state: Profiled,
    /// Sampling interval that was asked for.
    pub interval_ns: f64,
    /// How many samples there are.
    pub samples: u64,
    /// Number of calls, or starts, that were sampled.
    pub calls: u64,
    /// All sampled time: the sum of the categories.
    pub total_ns: f64,
    /// Time by category, in the order of [`Category::ALL`].
    pub categories: Vec<CategoryTime>,
    /// The functions with the longest self time, the longest first.
    pub functions: Vec<FunctionTime>,
    /// The call tree, callers before callees; small frames are merged.
    pub frames: Vec<Frame>,
}

/// What time is spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The contender's own work: Wasm functions, or its JavaScript where it has no Wasm.
    Kernel,
    /// JavaScript around Wasm, the engine's wrappers at the boundary, and allocations made for crossing.
    Glue,
    /// Functions that do nothing but copy or recode what crosses.
    Copying,
    /// Garbage collection.
    Gc,
    /// Functions of the runtime that the contender calls, and glue that does nothing but call one.
    Runtime,
    /// Start: until the last byte of a file is there.
    Fetch,
    /// Start: no function was seen while the module was compiled and evaluated.
    Evaluate,
    /// Start: no function was seen while Wasm was compiled.
    Compile,
    /// Start: no function was seen while Wasm was instantiated.
    Instantiate,
    /// The harness itself.
    Harness,
    /// Native code outside any function that the runtime reports.
    Native,
    /// Waiting.
    Idle,
}

impl Category {
    /// All categories, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Kernel,
        Self::Glue,
        Self::Copying,
        Self::Gc,
        Self::Runtime,
        Self::Fetch,
        Self::Evaluate,
        Self::Compile,
        Self::Instantiate,
        Self::Harness,
        Self::Native,
        Self::Idle,
    ];

    /// The name used in every file format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kernel => "kernel",
            Self::Glue => "glue",
            Self::Copying => "copying",
            Self::Gc => "gc",
            Self::Runtime => "runtime",
            Self::Fetch => "fetch",
            Self::Evaluate => "evaluate",
            Self::Compile => "compile",
            Self::Instantiate => "instantiate",
            Self::Harness => "harness",
            Self::Native => "native",
            Self::Idle => "idle",
        }
    }
}

/// Time of a category.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CategoryTime {
    /// The category.
    pub category: Category,
    /// The time; `null` if the profile does not distinguish it from native code.
    pub ns: Option<f64>,
}

/// Time of a function over all its callers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FunctionTime {
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: Category,
    /// In the function itself.
    pub self_ns: f64,
    /// Including the functions that it calls.
    pub total_ns: f64,
}

/// A function as called along one stack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Frame {
    /// The function's name.
    pub name: String,
    /// Its category.
    pub category: Category,
    /// Index of the caller, which comes earlier; absent for a frame without a caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<usize>,
    /// Time in the function itself.
    pub self_ns: f64,
}

impl StateProfile {
    /// The share of a time in the total.
    #[must_use]
    pub fn share(&self, ns: f64) -> f64 {
        if self.total_ns > 0.0 { ns / self.total_ns } else { 0.0 }
    }

    /// The same per call, or start; `None` without any.
    #[must_use]
    pub fn per_call(&self, ns: f64) -> Option<f64> {
        (self.calls > 0).then(|| ns / self.calls as f64)
    }

    /// Time including callees, for every frame.
    #[must_use]
    pub fn totals(&self) -> Vec<f64> {
        tree::totals(&self.frames)
    }

    /// The call tree with fewer frames; small ones are merged.
    #[must_use]
    pub fn with_at_most(&self, frames: usize) -> Self {
        Self { frames: tree::bounded(&self.frames, frames), ..self.clone() }
    }

    /// One line for each stack with self time, in the format of flame graph tools: names with semicolons in between,
    /// then whole microseconds.
    #[must_use]
    pub fn folded(&self) -> Vec<String> {
        tree::folded(&self.frames)
    }
}
