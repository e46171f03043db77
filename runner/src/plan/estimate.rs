//! About how long a plan takes to measure, before anything is known of its contenders. Pure.

use std::time::Duration;

use crossover_reports::run::Schedule;

use super::{BlockBudget, Plan, PlannedKernel, Preset};

/// About what a plan takes: to its first look, and to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// Where the first look finds enough.
    pub least: Duration,
    /// Where only the last one does.
    pub most: Duration,
}

/// What a contender takes of a block beside its rounds, milliseconds: pages, starts and warm-up, as the kernels of this
/// repository take it.
fn aside_ms(preset: Preset, block_budget: BlockBudget) -> u64 {
    match (block_budget, preset) {
        (BlockBudget::Ladder, _) => 600,
        (_, Preset::Quick) => 1_500,
        (_, Preset::Standard | Preset::Thorough) => 4_000,
    }
}

/// About the time of a session of a contender, in each of its three pages.
const SESSION: Duration = Duration::from_millis(60);

impl Plan {
    /// The whole plan, within its budget if it has one.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let kernels = self.kernels.iter().map(|planned| self.estimate_of(planned));
        let all = kernels.fold(Estimate { least: Duration::ZERO, most: Duration::ZERO }, |all, one| Estimate {
            least: all.least + one.least,
            most: all.most + one.most,
        });
        let within = |time: Duration| self.budget.map_or(time, |budget| time.min(budget));
        Estimate { least: within(all.least), most: within(all.most) }
    }

    /// One of its kernels.
    #[must_use]
    pub fn estimate_of(&self, planned: &PlannedKernel) -> Estimate {
        let inputs = planned.inputs.iter().map(|input| BlockBudget::of(self.preset, input));
        let contenders = u32::try_from(planned.contenders.len()).unwrap_or(u32::MAX);
        let strata = u32::try_from(self.strata.len()).unwrap_or(u32::MAX);
        let Estimate { least, most } = estimate(self.preset, &self.schedule, inputs, contenders);
        Estimate { least: least * strata, most: most * strata }
    }
}

/// A kernel with these inputs, in one stratum.
fn estimate(
    preset: Preset,
    schedule: &Schedule,
    inputs: impl Iterator<Item = BlockBudget>,
    contenders: u32,
) -> Estimate {
    let of = |budget: BlockBudget| budget.round_time() + Duration::from_millis(aside_ms(preset, budget)) * contenders;
    let block: Duration = inputs.map(of).sum();
    let sessions = SESSION * 3 * schedule.sessions * contenders;
    let first = schedule.looks.first().copied().unwrap_or_default();
    Estimate { least: block * first + sessions, most: block * schedule.most_blocks() + sessions }
}

impl Estimate {
    /// For a person, such as `40 s` or `2–7 min`.
    #[must_use]
    pub fn words(&self) -> String {
        let (least, least_unit) = rounded(self.least);
        let (most, most_unit) = rounded(self.most);
        if least_unit != most_unit {
            format!("{least} {least_unit}–{most} {most_unit}")
        } else if least == most {
            format!("{most} {most_unit}")
        } else {
            format!("{least}–{most} {most_unit}")
        }
    }
}

/// One or two digits, because it is no better known.
fn rounded(time: Duration) -> (u64, &'static str) {
    match time.as_secs() {
        seconds @ 0..100 => (seconds.div_ceil(10).max(1) * 10, "s"),
        seconds @ 100..6_000 => (seconds.div_ceil(60), "min"),
        seconds => (seconds.div_ceil(3_600), "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_is_a_range_where_looks_may_end_it() {
        let words =
            |least, most| Estimate { least: Duration::from_secs(least), most: Duration::from_secs(most) }.words();
        assert_eq!(words(0, 0), "10 s");
        assert_eq!(words(41, 41), "50 s");
        assert_eq!(words(95, 380), "100 s–7 min");
        assert_eq!(words(110, 380), "2–7 min");
        assert_eq!(words(3_000, 20_000), "50 min–6 h");
    }

    #[test]
    fn more_contenders_inputs_and_blocks_take_longer() {
        let of = |preset: Preset, inputs, contenders| {
            let inputs = std::iter::repeat_n(BlockBudget::Full, inputs);
            estimate(preset, &preset.schedule(None), inputs, contenders)
        };
        let quick = of(Preset::Quick, 1, 2);
        assert_eq!(quick.least, quick.most, "quick has one look");
        assert!(of(Preset::Quick, 1, 4).most > quick.most);
        assert_eq!(of(Preset::Quick, 2, 2).most, quick.most * 2);
        let standard = of(Preset::Standard, 1, 2);
        assert!(standard.least > quick.least && standard.most > standard.least);
    }
}
