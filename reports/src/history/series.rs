//! The contents of a history: runs in the order of time, and series of points along them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::metric::Metric;
use crate::run::Machine;

/// The key of a series. Only points with the same key are compared over time: another machine class, runtime, emulation
/// or input of the same name makes another series.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Key {
    /// Kernel.
    pub kernel: String,
    /// Id of the runtime; `null` for sizes, which depend on none.
    pub runtime: Option<String>,
    /// The runtime's emulation, in words; `null` without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emulation: Option<String>,
    /// Class of the machine.
    pub machine: String,
    /// Metric.
    pub metric: Metric,
    /// Input; `null` for sizes, which depend on none.
    pub input: Option<String>,
    /// SHA-256 of the input.
    pub input_sha256: Option<String>,
    /// Contender.
    pub contender: String,
    /// The contender that the ratio is to; `null` if there is none and the figure itself is followed.
    pub baseline: Option<String>,
}

impl Key {
    /// The runtime's label, with its emulation: `chromium (emulated: pages 4 times slower)`.
    #[must_use]
    pub fn runtime_label(&self) -> Option<String> {
        let emulation = self.emulation.as_ref().map(|words| format!(" (emulated: {words})")).unwrap_or_default();
        self.runtime.as_ref().map(|runtime| format!("{runtime}{emulation}"))
    }
}

/// A run of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The run's id.
    pub id: String,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Git revision of the measured tree.
    pub revision: Option<String>,
    /// Versions of crossover, the runtimes and the tools, by name.
    pub software: BTreeMap<String, String>,
}

/// One run's point in one series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Index of the run in [`Recorded::runs`].
    pub run: usize,
    /// The figure, in the metric's unit.
    pub figure: f64,
    /// Contender ÷ baseline; absent if the baseline has no figure or there is no baseline.
    pub ratio: Option<f64>,
    /// Interval of the ratio; absent if there is none.
    pub ci: Option<[f64; 2]>,
}

/// A series.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its key.
    pub key: Key,
    /// Its points, by time.
    pub points: Vec<Point>,
}

/// A history, or the selected part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// All runs, by time.
    pub runs: Vec<Stamp>,
    /// Series, by kernel, runtime, emulation, machine, metric, input and contender.
    pub series: Vec<Series>,
}

/// Machines of one class count as the same machine: system, architecture, CPU, cores and memory, in whole GiB.
#[must_use]
pub fn machine_class(machine: &Machine) -> String {
    let Machine { os, arch, cpu, cores, memory_bytes: _ } = machine;
    let memory = machine.memory_gib().map(|gib| format!(", {gib} GiB")).unwrap_or_default();
    format!("{os}, {arch}, {cpu}, {cores} cores{memory}")
}
