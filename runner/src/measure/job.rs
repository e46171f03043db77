//! What one run does differently from others.

use crossover_reports::run::{Failure, Header, Row, RowOutcome, Run, Stage};

use crate::prepare::{Prepared, PreparedGroup};

/// What a run does differently from others.
#[derive(Clone)]
pub struct Job<'a> {
    /// What to do with a group that has fewer than two live contenders.
    pub lone: LoneContender,
    /// Whether native code is measured, too.
    pub native: bool,
    /// The revision that contenders are compared with, where two are.
    pub base_revision: Option<String>,
    /// Chooses the kernels and inputs to measure up to the next look, where the looks themselves do not.
    pub stages: Option<&'a Stages<'a>>,
    /// Is shown all that was measured so far, after every block.
    pub seen: Option<&'a Seen<'a>>,
}

impl Job<'_> {
    /// A job that differs in this alone.
    #[must_use]
    pub fn of(lone: LoneContender) -> Self {
        Self { lone, native: false, base_revision: None, stages: None, seen: None }
    }
}

/// Is shown what was measured so far.
pub type Seen<'a> = dyn Fn(&Header, &[Row]) + 'a;

/// Returns the kernels and inputs to measure up to a look (counted from 0), given what was measured so far.
pub type Stages<'a> = dyn Fn(&Run, usize) -> Vec<(String, String)> + 'a;

/// What to do with a group that has fewer than two live contenders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoneContender {
    /// Measure it: its times are of use alone.
    Measure,
    /// Measure it only if another group still has a pair to compare.
    Skip,
    /// Drop every group with a single live contender.
    SkipEach,
}

impl LoneContender {
    /// Drops the groups that are not to be measured, and returns rows that say so.
    pub(super) fn skip(self, prepared: &mut Prepared) -> Vec<Row> {
        let is_pair = |group: &PreparedGroup| group.live().len() >= 2;
        match self {
            Self::Measure => {}
            Self::Skip if prepared.values().any(is_pair) => {}
            Self::Skip => prepared.clear(),
            Self::SkipEach => {
                let (pairs, lone) = std::mem::take(prepared).into_iter().partition(|(_, group)| is_pair(group));
                *prepared = pairs;
                return Prepared::values(&lone).flat_map(left_alone).collect();
            }
        }
        Vec::new()
    }
}

fn left_alone(group: &PreparedGroup) -> Vec<Row> {
    let reason = "was not measured, because the other revision of it failed".to_owned();
    let outcome = RowOutcome::Failure(Failure { stage: Stage::Measure, reason });
    let row = |at| Row { cell: group.cell(at), block: 0, conditions: None, outcome: outcome.clone() };
    group.live().into_iter().map(row).collect()
}
