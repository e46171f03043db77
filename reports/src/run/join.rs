//! Several runs of one plan as one. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Run;

/// Why runs cannot be joined. Runs are counted from 0, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// There is no run.
    #[error("there is no run to join")]
    Nothing,
    /// A run is given twice: its blocks would count twice, and every interval would look narrower than it is.
    #[error("runs {} and {} are the same run `{id}`, and would count twice; help: leave one out", .first + 1, .second + 1)]
    Twice {
        /// Its first index.
        first: usize,
        /// Its second index.
        second: usize,
        /// Its name.
        id: String,
    },
    /// A run is of another plan or machine than the first.
    #[error("runs 1 and {} differ in {difference}; help: report on them one by one", .other + 1)]
    OtherPlan {
        /// Its index.
        other: usize,
        /// The first difference.
        difference: String,
    },
}

impl Run {
    /// Joins runs of one plan on one machine: the blocks of all of them, under the first one's header, with all names
    /// joined by `+`. Blocks get new numbers, so that those of two runs never pair; cells of one run that shared a
    /// block still do.
    ///
    /// Results from more blocks than the plan's last look are sound: the confidence of every interval is corrected for
    /// the looks that ended each of the runs, and the decision to join does not depend on looks. Two runs may have
    /// ended at different looks, which the correction does not count, but it is wide enough for that, too: a simulation
    /// in this crate's tests shows at most 5 % errors. It is not sound to join more and more runs until the answer
    /// looks good: those are additional looks, and nothing corrects for them.
    ///
    /// # Errors
    /// [`JoinError`] when there is no run, one is given twice, or one differs in its plan or machine.
    pub fn join(runs: Vec<Self>) -> Result<Self, JoinError> {
        check(&runs)?;
        let ids: Vec<_> = runs.iter().map(|run| run.header.id.clone()).collect();
        let mut next = 0;
        let renumbered = runs.into_iter().map(|mut run| {
            run.number_from(&mut next);
            run
        });
        let joined = renumbered.reduce(|mut all, run| {
            all.rows.extend(run.rows);
            all.truncated |= run.truncated;
            all
        });
        let mut joined = joined.ok_or(JoinError::Nothing)?;
        joined.header.id = ids.join("+");
        Ok(joined)
    }

    /// Numbers the blocks from `next` on, without gaps, and moves `next` behind them.
    pub(super) fn number_from(&mut self, next: &mut u32) {
        let old: BTreeSet<u32> = self.rows.iter().map(|row| row.block).collect();
        // There are fewer numbers than rows, and fewer rows than fit into memory.
        let new: BTreeMap<u32, u32> = old.into_iter().zip(*next..).collect();
        *next = next.saturating_add(new.len() as u32);
        for row in &mut self.rows {
            row.block = new[&row.block];
        }
    }
}

fn check(runs: &[Run]) -> Result<(), JoinError> {
    refuse_twice(runs)?;
    for (other, run) in runs.iter().enumerate().skip(1) {
        if let Some(difference) = runs[0].header.plan_difference(&run.header) {
            return Err(JoinError::OtherPlan { other, difference });
        }
    }
    Ok(())
}

/// Refuses two runs with the same name, or a part of it: the name of a joined run contains those of its parts.
pub(super) fn refuse_twice(runs: &[Run]) -> Result<(), JoinError> {
    let mut seen = HashMap::new();
    for (second, run) in runs.iter().enumerate() {
        for id in run.header.id.split('+') {
            if let Some(first) = seen.insert(id, second) {
                return Err(JoinError::Twice { first, second, id: id.to_owned() });
            }
        }
    }
    Ok(())
}
