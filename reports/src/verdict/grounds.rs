//! What a decision weighs: options, and what a scenario costs with each, in one stratum or over several. Pure.

use super::effort::Effort;
use super::{NOTICE_NS, TotalDifference};
use crate::run::Scenario;

/// Whether an option of more effort is worth it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// Certainly.
    Yes,
    /// Certainly not.
    No,
    /// The measurements do not decide.
    Unsure,
}

/// Options by their index, and how they compare. Times are in nanoseconds.
pub trait Grounds {
    /// What it takes to ship each option.
    fn efforts(&self) -> Vec<Effort>;

    /// What the scenario costs with an option.
    fn total(&self, option: usize, scenario: &Scenario) -> Option<f64>;

    /// How much more the scenario costs with `to` than with `from`.
    fn difference(&self, from: usize, to: usize, scenario: &Scenario) -> Option<TotalDifference>;

    /// Whether the machine or the engine, more than the two, made the difference; `None` if they were not compared.
    fn is_doubtful(&self, from: usize, to: usize) -> Option<bool>;

    /// Whether `to` costs less than `from` at no number of calls.
    fn never_pays(&self, from: usize, to: usize, scenario: &Scenario) -> bool;

    /// Whether `to`, which takes more effort, is worth it.
    fn worth(&self, from: usize, to: usize, scenario: &Scenario) -> Worth {
        let (Some(is_doubtful), Some(difference)) = (self.is_doubtful(from, to), self.difference(from, to, scenario))
        else {
            return Worth::Unsure;
        };
        let band = self.band(from, scenario);
        let [low, high] = difference.ci;
        match () {
            () if low > -band && high < band => Worth::No,
            () if is_doubtful => Worth::Unsure,
            () if high <= -NOTICE_NS && difference.ns <= -band => Worth::Yes,
            () if low > -band || self.never_pays(from, to, scenario) => Worth::No,
            () => Worth::Unsure,
        }
    }

    /// The difference of totals that does not matter beside an option.
    fn band(&self, option: usize, scenario: &Scenario) -> f64 {
        NOTICE_NS.max(scenario.margin() * self.total(option, scenario).unwrap_or(0.0))
    }

    /// Whether the totals of two options differ by no more than what matters, certainly.
    fn is_same(&self, from: usize, to: usize, scenario: &Scenario) -> bool {
        let (difference, band) = (self.difference(from, to, scenario), self.band(from, scenario));
        difference.is_some_and(|difference| difference.ci[0] > -band && difference.ci[1] < band)
    }

    /// Whether another option of the same effort is not certainly worse.
    fn may_be_as_good(&self, best: usize, other: usize, scenario: &Scenario) -> bool {
        self.is_doubtful(best, other) == Some(true)
            || self.difference(best, other, scenario).is_some_and(|difference| difference.ci[0] <= 0.0)
    }
}
