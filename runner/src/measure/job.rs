//! What is particular about one run.

use crossover_reports::run::{Failure, Outcome, Row, Run, Stage};

use crate::prepare::{Prepared, PreparedGroup};

/// What is particular about a run.
pub struct Job<'a> {
    /// What is done with contenders that have nobody to be compared with.
    pub lone: LoneContender,
    /// Whether native code is measured, too.
    pub native: bool,
    /// The revision that contenders are compared with, where two are.
    pub base_revision: Option<String>,
    /// Decides who is measured up to the next look, where the looks themselves do not.
    pub stages: Option<&'a Stages<'a>>,
}

impl Job<'_> {
    /// Nothing particular but this.
    #[must_use]
    pub fn of(lone: LoneContender) -> Self {
        Self { lone, native: false, base_revision: None, stages: None }
    }
}

/// The kernels and inputs that are to be measured up to a look, which is counted from 0, by what was measured so far.
pub type Stages<'a> = dyn Fn(&Run, usize) -> Vec<(String, String)> + 'a;

/// What is done where not two contenders are left to be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoneContender {
    /// Its times are worth something alone.
    Measure,
    /// It is for the comparison that anything is measured; where there is one, all are.
    Skip,
    /// Nobody is measured without another.
    SkipEach,
}

impl LoneContender {
    /// Takes out who is not to be measured alone, and returns the rows that say so.
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
    let outcome = Outcome::Failure(Failure { stage: Stage::Measure, reason });
    let row = |at| Row { cell: group.cell(at), block: 0, conditions: None, outcome: outcome.clone() };
    group.live().into_iter().map(row).collect()
}
