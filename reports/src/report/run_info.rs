//! Where, when and how a run was made.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Noise;
use crate::measurement::Measurements;
use crate::run::{CalibrationQuote, Machine, Run, Schedule, Shards, Stratum, Toolchain};

/// Where, when and how the run was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunInfo {
    /// Id of the run.
    pub id: String,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Version of crossover that measured.
    pub tool_version: String,
    /// Git revision of the measured tree.
    pub git_revision: Option<String>,
    /// Seed of all orders.
    pub seed: u64,
    /// How samples were taken.
    pub schedule: Schedule,
    /// The machine.
    pub machine: Machine,
    /// Tools that built the contenders.
    pub toolchain: Toolchain,
    /// The strata that contenders are compared in: runtimes on machines.
    pub strata: Vec<Stratum>,
    /// The strata in which native code was measured on the same machines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub native: Vec<Stratum>,
    /// Labels of the strata for people, by id.
    pub labels: BTreeMap<String, String>,
    /// What sentences call the strata, by id.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// Shares of visitors by id of a stratum, in any unit: only their relation counts; empty if none were stated.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub share: BTreeMap<String, f64>,
    /// The measured part of a plan; absent if all of it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shards: Option<Shards>,
    /// The finding of an earlier calibration of this machine and runtime.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<CalibrationQuote>,
    /// Whether the results file was cut off, as after a killed process.
    pub truncated: bool,
    /// The noise of the machine; `null` if no block has its conditions.
    pub noise: Option<Noise>,
}

impl RunInfo {
    /// The stratum with this id, strata of native code included.
    #[must_use]
    pub fn stratum(&self, id: &str) -> Option<&Stratum> {
        self.strata.iter().chain(&self.native).find(|stratum| stratum.id == id)
    }

    pub(super) fn of(run: &Run, measurements: &Measurements) -> Self {
        let header = run.header.clone();
        let (labels, names) = (header.labels(), header.names());
        let (strata, native) = header.strata.into_iter().partition(Stratum::is_contest);
        Self {
            id: header.id,
            started_at: header.started_at,
            tool_version: header.tool_version,
            git_revision: header.git_revision,
            seed: header.seed,
            schedule: header.schedule,
            machine: header.machine,
            toolchain: header.toolchain,
            strata,
            native,
            labels,
            names,
            share: header.share,
            shards: header.shards,
            calibration: header.calibration,
            truncated: run.truncated,
            noise: Noise::of(run, measurements),
        }
    }
}
