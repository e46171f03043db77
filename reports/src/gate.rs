//! The regression gate, `crossover/compare/2`: what a head revision does worse than its base, and whether that exceeds
//! the limit. Pure.
//!
//! A time has regressed when its whole interval is beyond its limit, after Benjamini and Hochberg's correction for all
//! compared times, and other blocks confirm it. Bytes, imports and linear memory are exact: they have regressed as soon
//! as they are beyond their limit.

mod cost;
mod exact;
pub mod fix;
pub mod gate_text;
pub mod headline;
mod interleaved;
mod limits;
mod prose;
mod stored;
mod timed;

pub use cost::Cost;
pub use interleaved::{of_run, wanted};
pub use limits::{Exception, Limits};
pub use prose::{Piece, Prose};
pub use stored::of_runs;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::comparison::Outcome;
use crate::metric::Metric;
use crate::report::{FailureRow, Report};
use crate::run::{Header, Machine, Run, Stratum};

/// The schema of the JSON form.
pub const SCHEMA: &str = "crossover/compare/2";

/// The comparison of two revisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Gate {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The earlier revision.
    pub base: Side,
    /// The later revision.
    pub head: Side,
    /// How the two were measured.
    pub way: Way,
    /// The machine that measured head.
    pub machine: Machine,
    /// The runtimes that measured head.
    pub strata: Vec<Stratum>,
    /// Everything that was compared, in the order of the runs.
    pub rows: Vec<GateRow>,
    /// Contenders that were not measured, and why.
    pub failures: Vec<FailureRow>,
    /// Warnings for the reader.
    pub warnings: Vec<String>,
    /// The day on which exceptions were applied, `YYYY-MM-DD`.
    pub day: String,
    /// Arguments of `crossover compare` that measure it again, after kernel and contender; empty if nothing was measured.
    pub arguments: Vec<String>,
}

/// One of the two revisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// Git revision, `-dirty` appended where the tree had changes.
    pub revision: Option<String>,
    /// Id of the run that measured it.
    pub run: String,
    /// Start of that run, RFC 3339 in UTC.
    pub started_at: String,
}

/// How two revisions were measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// In turns, as contenders of the same rounds.
    Interleaved,
    /// Each in its own run; their ratios to the baseline are compared.
    Stored,
}

/// One cost of one contender, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GateRow {
    /// Kernel.
    pub kernel: String,
    /// Contender.
    pub contender: String,
    /// Input; absent for costs that do not depend on one.
    pub input: Option<String>,
    /// Id of its stratum; absent for costs that do not depend on one.
    pub stratum: Option<String>,
    /// The cost.
    pub cost: Cost,
    /// The figure of base: nanoseconds, bytes or a count; of stored runs, for times, the ratio to the baseline.
    pub base: Option<f64>,
    /// The figure of head.
    pub head: Option<f64>,
    /// Head ÷ base.
    pub ratio: Option<f64>,
    /// Interval of the ratio, for times.
    pub ci: Option<[f64; 2]>,
    /// Blocks of the first measurement; 0 for exact costs.
    pub blocks: u32,
    /// Whether head is faster, slower or the same, regardless of the limit.
    pub outcome: Outcome,
    /// The allowed increase, percent of base.
    pub limit_percent: f64,
    /// Whether the whole interval of the first measurement was beyond the limit.
    pub suspected: bool,
    /// The result of the blocks that were measured to confirm it.
    pub confirmation: Option<Confirmation>,
    /// The finding.
    pub finding: Finding,
    /// Why, if the figures alone do not explain it.
    pub reason: Option<String>,
}

/// The result of other blocks on a suspected regression.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Confirmation {
    /// Head ÷ base.
    pub ratio: f64,
    /// Its interval.
    pub ci: Option<[f64; 2]>,
    /// How many blocks they are.
    pub blocks: u32,
    /// Whether they find it beyond the limit, too.
    pub agrees: bool,
}

/// The finding of a row. Variants are in the order in which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Certainly beyond the limit.
    Regressed,
    /// The same, and excepted for now.
    Excepted,
    /// Possibly beyond the limit.
    Unsure,
    /// Certainly better.
    Improved,
    /// Only head has it.
    New,
    /// Only base has it.
    Gone,
    /// Within the limit.
    Unchanged,
    /// Both ship the same bytes, so it cannot have changed.
    Identical,
}

impl Finding {
    /// All findings, in the order in which rows are shown.
    pub const ALL: [Self; 8] = [
        Self::Regressed,
        Self::Excepted,
        Self::Unsure,
        Self::Improved,
        Self::New,
        Self::Gone,
        Self::Unchanged,
        Self::Identical,
    ];

    /// The name used in every file format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Regressed => "regressed",
            Self::Excepted => "excepted",
            Self::Unsure => "unsure",
            Self::Improved => "improved",
            Self::New => "new",
            Self::Gone => "gone",
            Self::Unchanged => "unchanged",
            Self::Identical => "identical",
        }
    }

    /// The word for it in sentences and tables for people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Excepted => "accepted",
            Self::Unsure => "inconclusive",
            other => other.name(),
        }
    }

    /// Whether it needs no attention.
    #[must_use]
    pub fn is_quiet(self) -> bool {
        matches!(self, Self::Unchanged | Self::Identical)
    }
}

impl Gate {
    /// Sorts the rows for reading, with exceptions applied by `today`, which is `YYYY-MM-DD` or begins so.
    fn of([base, head]: [&Run; 2], way: Way, mut rows: Vec<GateRow>, limits: &Limits, today: &str) -> Self {
        let day = today.get(..10).unwrap_or(today).to_owned();
        let mut warnings = limits.except(&mut rows, &day);
        rows.sort_by_key(|row| row.finding);
        if base.truncated || head.truncated {
            warnings.push("A run was cut off in the middle of a row: the missing part was not compared.".to_owned());
        }
        let header = &head.header;
        let mut failures = Report::from_run(head).failures;
        let base = match way {
            Way::Interleaved => Side { revision: header.base_revision.clone(), ..Side::of(header) },
            Way::Stored => {
                failures.extend(Report::from_run(base).failures);
                Side::of(&base.header)
            }
        };
        Self {
            schema: SCHEMA.to_owned(),
            base,
            head: Side::of(header),
            way,
            machine: header.machine.clone(),
            strata: header.contests().cloned().collect(),
            rows,
            failures,
            warnings,
            day,
            arguments: Vec::new(),
        }
    }

    /// The rows with a finding.
    pub fn found(&self, finding: Finding) -> impl Iterator<Item = &GateRow> {
        self.rows.iter().filter(move |row| row.finding == finding)
    }

    /// Whether anything has regressed.
    #[must_use]
    pub fn has_regressed(&self) -> bool {
        self.found(Finding::Regressed).next().is_some()
    }

    /// Times that more blocks may settle: calls that may be beyond their limit, and everything that is suspected.
    pub fn undecided(&self) -> impl Iterator<Item = &GateRow> {
        self.found(Finding::Unsure).filter(|row| row.suspected || *row.cost == Metric::CALL)
    }

    /// Times that are suspected, confirmed or not.
    pub fn suspected(&self) -> impl Iterator<Item = &GateRow> {
        self.rows.iter().filter(|row| row.suspected)
    }
}

impl Side {
    fn of(header: &Header) -> Self {
        Self { revision: header.git_revision.clone(), run: header.id.clone(), started_at: header.started_at.clone() }
    }
}

#[cfg(test)]
mod tests;
