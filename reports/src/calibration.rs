//! What `crossover calibrate` finds: known differences are measured like everything else, and the right answers are
//! counted.

mod file;
mod power;
mod summary;
mod tally;

pub use file::CalibrationError;
pub use power::{POWER, smallest_difference};
pub use tally::{Identical, Injected, Tally};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::comparison::{Outcome, Ratio};
use crate::run::{self, Kind, Machine, Schedule, Stratum};

/// The schema that this version reads and writes.
pub const SCHEMA: &str = "crossover/calibration/2";

/// How much work is injected, percent.
pub const INJECTED: [u32; 3] = [2, 5, 10];

/// All comparisons of a calibration, and their counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Calibration {
    /// Always [`SCHEMA`] in a file that this version can read.
    pub schema: String,
    /// Version of crossover that calibrated.
    pub tool_version: String,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Preset's name.
    pub preset: String,
    /// Seeds every session.
    pub seed: u64,
    /// How samples were taken.
    pub schedule: Schedule,
    /// The machine.
    pub machine: Machine,
    /// The stratum that was measured.
    pub stratum: Stratum,
    /// Sessions: each is one whole measurement of all contenders.
    pub sessions: u32,
    /// JavaScript and Wasm together.
    #[serde(flatten)]
    pub all: Tally,
    /// Each on its own.
    pub by_kind: ByKind,
    /// Every comparison.
    pub comparisons: Vec<KnownComparison>,
}

/// Counts by kind of contender.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ByKind {
    /// JavaScript against JavaScript.
    pub js: Tally,
    /// Wasm against Wasm.
    pub wasm: Tally,
}

/// One comparison with a known answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KnownComparison {
    /// Number of the session, from 1.
    pub session: u32,
    /// The session's seed.
    pub seed: u64,
    /// Kind of both contenders.
    pub kind: Kind,
    /// How much more work the candidate does, percent; 0 is the baseline's own code under another name.
    pub percent: u32,
    /// Candidate ÷ baseline.
    pub ratio: f64,
    /// Its interval; absent with fewer than two blocks.
    pub ci: Option<[f64; 2]>,
    /// Blocks until the comparison was settled or measuring ended.
    pub blocks: u32,
    /// Outcome.
    pub outcome: Outcome,
}

/// Where, when and how a calibration is made.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationSetup {
    /// Version of crossover that calibrates.
    pub tool_version: String,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Seeds every session.
    pub seed: u64,
    /// How samples are taken.
    pub schedule: Schedule,
    /// The machine.
    pub machine: Machine,
    /// The stratum that is measured.
    pub stratum: Stratum,
}

impl Calibration {
    /// A calibration without any session.
    #[must_use]
    pub fn new(setting: CalibrationSetup) -> Self {
        let CalibrationSetup { tool_version, started_at, seed, schedule, machine, stratum } = setting;
        let none = Tally::of(&schedule, &[]);
        Self {
            schema: SCHEMA.to_owned(),
            tool_version,
            started_at,
            preset: schedule.preset.clone(),
            seed,
            schedule,
            machine,
            stratum,
            sessions: 0,
            by_kind: ByKind { js: none.clone(), wasm: none.clone() },
            all: none,
            comparisons: Vec::new(),
        }
    }

    /// Adds the comparisons of one session.
    pub fn add(&mut self, session: impl IntoIterator<Item = KnownComparison>) {
        self.sessions += 1;
        self.comparisons.extend(session);
        let tally = |is_counted: &dyn Fn(&KnownComparison) -> bool| {
            let counted: Vec<_> = self.comparisons.iter().copied().filter(is_counted).collect();
            Tally::of(&self.schedule, &counted)
        };
        let all = tally(&|_| true);
        let [js, wasm] = [Kind::Js, Kind::Wasm].map(|kind| tally(&|compared| compared.kind == kind));
        self.all = all;
        self.by_kind = ByKind { js, wasm };
    }

    /// Whether this calibration was made on `machine` and in `stratum`, at the same emulated speed. Memory is ignored:
    /// the part that the system keeps for itself changes from one start to the next.
    #[must_use]
    pub fn is_of(&self, machine: &Machine, stratum: &Stratum) -> bool {
        let place = |machine: &Machine| (machine.os.clone(), machine.arch.clone(), machine.cpu.clone(), machine.cores);
        place(&self.machine) == place(machine)
            && self.stratum.runtime.id == stratum.runtime.id
            && self.stratum.runtime.version == stratum.runtime.version
            && self.stratum.emulation == stratum.emulation
    }

    /// The first difference in setting; a calibration with a difference cannot be resumed.
    #[must_use]
    pub fn differs_in(&self, setting: &CalibrationSetup) -> Option<&'static str> {
        let CalibrationSetup { tool_version, started_at: _, seed, schedule, machine, stratum } = setting;
        let same = [
            ("version of crossover", self.tool_version == *tool_version),
            ("seed", self.seed == *seed),
            ("preset", self.schedule == *schedule),
            ("machine or browser", self.is_of(machine, stratum)),
        ];
        same.into_iter().find(|(_, is_same)| !is_same).map(|(name, _)| name)
    }

    /// What later runs quote; `None` until identical code has been compared.
    #[must_use]
    pub fn quote(&self) -> Option<run::CalibrationQuote> {
        (self.all.aa.comparisons > 0).then(|| run::CalibrationQuote {
            started_at: self.started_at.clone(),
            tool_version: self.tool_version.clone(),
            preset: self.preset.clone(),
            comparisons: self.all.aa.comparisons,
            different: self.all.aa.different,
            smallest_difference_percent: self.all.smallest_difference_percent,
        })
    }

    /// The counts, as a table for a terminal.
    #[must_use]
    pub fn summary(&self) -> String {
        summary::text(self)
    }
}

impl KnownComparison {
    /// A comparison of a look. `None` for a candidate that was not measured, or whose name does not say how much more
    /// work it does.
    #[must_use]
    pub fn of(session: u32, seed: u64, kind: Kind, candidate: &str, ratio: &Ratio) -> Option<Self> {
        let Ratio { point, ci, blocks, outcome, modes: _, changed_after: _, uneven: _ } = *ratio;
        Some(Self { session, seed, kind, percent: injected(candidate)?, ratio: point?, ci, blocks, outcome })
    }
}

/// How much more work a candidate of the calibration suite does than the baseline, percent, read from its name.
fn injected(candidate: &str) -> Option<u32> {
    if candidate == "a-again" {
        return Some(0);
    }
    candidate.strip_prefix("plus-")?.parse().ok().filter(|percent| INJECTED.contains(percent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_truth_is_in_the_name() {
        let found = ["a-again", "plus-2", "plus-10", "plus-3", "b"].map(injected);
        assert_eq!(found, [Some(0), Some(2), Some(10), None, None]);
    }
}
