//! The least time that a plan can take, however fast its contenders are. Pure.

use std::time::Duration;

use anyhow::ensure;

use super::{Group, Plan, Rounds};

/// The fewest blocks of a group that give a result: one alone shows no spread.
pub const FEWEST_BLOCKS: u32 = 2;

impl Plan {
    /// Refuses a budget that is too short for [`FEWEST_BLOCKS`] of every kernel and input, whatever the machine.
    ///
    /// # Errors
    /// When it is. The message names the shortest one that will do.
    pub fn check_budget(&self) -> anyhow::Result<()> {
        let Some(budget) = self.budget else { return Ok(()) };
        let least = self.least_time();
        ensure!(
            budget >= least,
            "--budget: {} s is too short for {FEWEST_BLOCKS} blocks of {} with {}, and nothing follows from fewer; help: give at \
             least {}s, or measure fewer kernels, inputs or contenders",
            budget.as_secs_f64(),
            counted(self.groups(0).count(), "input"),
            counted(self.kernels.iter().map(|planned| planned.contenders.len()).max().unwrap_or(0), "contender"),
            whole_seconds(least)
        );
        Ok(())
    }

    /// The time for warming up and timing alone, without opening browsers and pages.
    fn least_time(&self) -> Duration {
        let of = |group: Group| {
            let contenders = u32::try_from(self.kernels[group.kernel].contenders.len()).unwrap_or(u32::MAX);
            let block_budget = self.block_budget(group);
            block_budget.least_warm_up() * contenders + Rounds::least_time(block_budget, contenders)
        };
        self.groups(0).map(of).sum::<Duration>() * FEWEST_BLOCKS * u32::try_from(self.strata.len()).unwrap_or(u32::MAX)
    }
}

pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// As a budget is written, rounded up.
#[must_use]
pub fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
