//! The regression gate, `crossover/compare/2`: what a head revision does worse than its base, and whether that is too much.
//! Pure.
//!
//! A time has regressed when it is beyond its limit with its whole interval, after Benjamini and Hochberg's correction for
//! all times that are compared, and other blocks confirm it. Bytes, imports and linear memory are what they are: they have
//! regressed when they are beyond their limit at all.

mod cost;
mod exact;
mod interleaved;
mod limits;
mod stored;
mod timed;
pub mod words;

pub use cost::Cost;
pub use interleaved::{of_run, wanted};
pub use limits::{Exception, Limits};
pub use stored::of_runs;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::comparison::Outcome;
use crate::metric::Metric;
use crate::report::{FailureRow, Report};
use crate::run::{Header, Machine, Run, Stratum};

/// The schema of the JSON form.
pub const SCHEMA: &str = "crossover/compare/2";

/// Everything there is to say about two revisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Gate {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What was there.
    pub base: Side,
    /// What is there now.
    pub head: Side,
    /// How the two were measured.
    pub way: Way,
    /// Where head was measured.
    pub machine: Machine,
    /// What in.
    pub strata: Vec<Stratum>,
    /// What was compared, in the order of the runs.
    pub rows: Vec<Row>,
    /// What was not measured, and why.
    pub failures: Vec<FailureRow>,
    /// What whoever reads this should know beside.
    pub warnings: Vec<String>,
}

/// One of the two revisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// Git revision, `-dirty` appended where the tree had changes.
    pub revision: Option<String>,
    /// Names the run that measured it.
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
    /// Each in a run of its own, of which the ratios to the baseline are compared.
    Stored,
}

/// One cost of one contender, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Kernel.
    pub kernel: String,
    /// Contender.
    pub contender: String,
    /// Input; absent for what does not depend on one.
    pub input: Option<String>,
    /// Id of its stratum; absent for what does not depend on one.
    pub stratum: Option<String>,
    /// What is compared.
    pub cost: Cost,
    /// The figure of base: nanoseconds, bytes or a count; of stored runs, for times, the ratio to the baseline.
    pub base: Option<f64>,
    /// The figure of head.
    pub head: Option<f64>,
    /// Head ÷ base.
    pub ratio: Option<f64>,
    /// Interval of the ratio, for times.
    pub ci: Option<[f64; 2]>,
    /// Blocks of the first measurement; 0 for what is exact.
    pub blocks: u32,
    /// Whether head is faster, slower or the same, whatever the limit.
    pub outcome: Outcome,
    /// How much more is borne, percent of base.
    pub limit_percent: f64,
    /// Whether the first measurement alone found it beyond the limit with its whole interval.
    pub suspected: bool,
    /// What the blocks said that were measured to confirm it.
    pub confirmation: Option<Confirmation>,
    /// What follows.
    pub finding: Finding,
    /// Why, where the figures do not say it all.
    pub reason: Option<String>,
}

/// What other blocks say of a suspected regression.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Confirmation {
    /// Head ÷ base.
    pub ratio: f64,
    /// Its interval.
    pub ci: Option<[f64; 2]>,
    /// How many they are.
    pub blocks: u32,
    /// Whether they find it beyond the limit, too.
    pub agrees: bool,
}

/// What follows for a row. In the order in which rows are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Surely worse than the limit bears.
    Regressed,
    /// The same, and excepted for now.
    Excepted,
    /// It may be worse than the limit bears.
    Unsure,
    /// Surely better.
    Improved,
    /// Head has it and base had not.
    New,
    /// Base had it and head has not.
    Gone,
    /// Not worse than the limit bears.
    Unchanged,
    /// Both ship the same bytes, so that nothing can have changed.
    Identical,
}

impl Finding {
    /// All findings, in the order in which rows are read.
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

    /// The name used in every file format and in tables.
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

    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_quiet(self) -> bool {
        matches!(self, Self::Unchanged | Self::Identical)
    }
}

impl Gate {
    /// Puts the rows in the order in which they are read, with exceptions applied.
    fn of([base, head]: [&Run; 2], way: Way, mut rows: Vec<Row>, limits: &Limits, today: &str) -> Self {
        let mut warnings = limits.except(&mut rows, today);
        rows.sort_by_key(|row| row.finding);
        if base.truncated || head.truncated {
            warnings.push("A run was cut off in the middle of a row: what is missing was not compared.".to_owned());
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
        }
    }

    /// The rows with a finding.
    pub fn found(&self, finding: Finding) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.finding == finding)
    }

    /// Whether anything has regressed.
    #[must_use]
    pub fn has_regressed(&self) -> bool {
        self.found(Finding::Regressed).next().is_some()
    }

    /// Times of which more blocks may tell more: calls that may be beyond their limit, and whatever is suspected.
    pub fn undecided(&self) -> impl Iterator<Item = &Row> {
        self.found(Finding::Unsure).filter(|row| row.suspected || *row.cost == Metric::CALL)
    }

    /// Times that are suspected, confirmed or not.
    pub fn suspected(&self) -> impl Iterator<Item = &Row> {
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
