//! Baseline against candidate: one log ratio per block, one estimate over blocks, one outcome. Pure.
//!
//! Rounds are paired within their block and never pooled over blocks, because blocks are the independent repetitions.

mod evidence;

pub use evidence::Evidence;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::measurement::{Block, Measurement};
use crate::metric::{Metric, Read};
use crate::run::{Contender, Schedule};
use crate::stats::{change, hodges_lehmann, median, modes, student, widened};

/// Confidence of all intervals, over all looks together.
pub const CONFIDENCE: f64 = 0.95;

/// Relative difference below which two costs count as the same.
pub const MARGIN: f64 = 0.01;

/// The longest time that `measurement` lets through ÷ the shortest.
const GREATEST_RATIO: f64 = 1e18;

/// What a comparison finds about the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The candidate costs less; the whole interval says so.
    Faster,
    /// The candidate costs more; the whole interval says so.
    Slower,
    /// Any difference is smaller than the margin; the whole interval says so.
    Same,
    /// Anything else.
    Unsure,
}

impl Outcome {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Faster => "faster",
            Self::Slower => "slower",
            Self::Same => "same",
            Self::Unsure => "unsure",
        }
    }

    /// The outcome with baseline and candidate swapped.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Faster => Self::Slower,
            Self::Slower => Self::Faster,
            Self::Same | Self::Unsure => self,
        }
    }

    /// The outcome of a ratio (candidate ÷ baseline) and its interval. The margin is symmetric around 1 on the log
    /// scale, so that swapping baseline and candidate swaps the outcome and nothing else.
    #[must_use]
    pub fn of(ratio: f64, ci: Option<[f64; 2]>, margin: f64) -> Self {
        let Some([low, high]) = ci.map(|ci| ci.map(f64::ln)) else { return Self::Unsure };
        let (point, margin) = (ratio.ln(), margin.ln_1p());
        if low > -margin && high < margin {
            Self::Same
        } else if high < 0.0 && point < -margin {
            Self::Faster
        } else if low > 0.0 && point > margin {
            Self::Slower
        } else {
            Self::Unsure
        }
    }
}

/// The rule for intervals and outcomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Confidence of the interval, 0 to 1.
    pub confidence: f64,
    /// Relative difference that counts as none.
    pub margin: f64,
}

impl Rule {
    /// The rule for every look of a schedule. The allowed error is split evenly over the looks (Bonferroni), so all
    /// looks together are wrong at most as often as [`CONFIDENCE`] allows, whatever made the measuring stop.
    #[must_use]
    pub fn of(schedule: &Schedule) -> Self {
        let looks = schedule.looks.len().max(1) as f64;
        Self { confidence: 1.0 - (1.0 - CONFIDENCE) / looks, margin: MARGIN }
    }

    /// The rule for each of so many comparisons that have to hold together: the allowed error is split evenly over
    /// them, too (Bonferroni).
    #[must_use]
    pub fn shared_by(self, comparisons: usize) -> Self {
        Self { confidence: 1.0 - (1.0 - self.confidence) / comparisons.max(1) as f64, ..self }
    }
}

impl Default for Rule {
    fn default() -> Self {
        Self { confidence: CONFIDENCE, margin: MARGIN }
    }
}

/// Candidate ÷ baseline, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio; absent if no block has both contenders.
    pub point: Option<f64>,
    /// Its interval; absent with fewer than two blocks.
    pub ci: Option<[f64; 2]>,
    /// The two ratios around which blocks cluster, ascending; absent if they form one cluster.
    pub modes: Option<[f64; 2]>,
    /// How many of the first blocks are in one cluster, if all others are in the other one: something changed while the
    /// run went on.
    pub changed_after: Option<u32>,
    /// Whether the machine was slower for one contender than for the other, which may explain the difference.
    pub uneven: bool,
    /// Blocks in which both were measured.
    pub blocks: u32,
    /// The outcome.
    pub outcome: Outcome,
}

impl Ratio {
    /// How far the interval reaches from its middle, relative: 0.01 is ±1 %. `None` without an interval.
    #[must_use]
    pub fn half_width(&self) -> Option<f64> {
        self.ci.map(|[low, high]| ((high / low).ln() / 2.0).exp_m1())
    }

    /// A candidate against a baseline in one metric.
    #[must_use]
    pub fn of(
        metric: Metric,
        (baseline, measured_baseline): (&Contender, &Measurement),
        (candidate, measured_candidate): (&Contender, &Measurement),
        rule: Rule,
    ) -> Self {
        match metric.read {
            Read::Calls => Self::of_calls(measured_baseline, measured_candidate, rule),
            Read::Block(of) | Read::Peak(of) => {
                Self::of_logs(&unpaired(measured_baseline, measured_candidate, of), 0.0, rule)
            }
            Read::Contender(of) => Self::exact(of(baseline), of(candidate), rule),
            Read::Derived => Self::UNKNOWN,
        }
    }

    /// Steady state: per block the median over rounds of the log ratio, paired by round.
    ///
    /// No interval is narrower than what the clock hides: the median of readings in whole ticks may be off by half a
    /// tick, the same in every block, and no number of blocks would show it. With modes on either side of the margin
    /// the outcome is unsure, because the faster contender then differs from page to page.
    #[must_use]
    pub fn of_calls(baseline: &Measurement, candidate: &Measurement, rule: Rule) -> Self {
        let logs = over_blocks(baseline, candidate, |baseline, candidate| paired(&baseline.call, &candidate.call));
        let ratio = Self::of_logs(&logs, evidence::hidden(baseline, candidate), rule);
        let clusters = modes(&logs);
        let changed_after = clusters.and_then(|centres| change(&logs, centres)).and_then(|n| u32::try_from(n).ok());
        let modes = clusters.map(|modes| modes.map(f64::exp));
        let is_torn = modes.is_some_and(|modes| are_torn(modes, rule.margin));
        let uneven = !holds_on_an_equal_machine(baseline, candidate, &ratio, rule);
        let outcome = if is_torn || uneven { Outcome::Unsure } else { ratio.outcome };
        Self { modes, changed_after, uneven, outcome, ..ratio }
    }

    /// Two exact figures, such as bytes: the interval is the ratio itself. Unknown when either is absent or zero.
    #[must_use]
    pub fn exact(baseline: Option<u64>, candidate: Option<u64>, rule: Rule) -> Self {
        match (baseline, candidate) {
            (Some(baseline @ 1..), Some(candidate @ 1..)) => {
                let ratio = candidate as f64 / baseline as f64;
                let ci = Some([ratio; 2]);
                Self { point: Some(ratio), ci, outcome: Outcome::of(ratio, ci, rule.margin), ..Self::UNKNOWN }
            }
            _ => Self::UNKNOWN,
        }
    }

    const UNKNOWN: Self = Self {
        point: None,
        ci: None,
        modes: None,
        changed_after: None,
        uneven: false,
        blocks: 0,
        outcome: Outcome::Unsure,
    };

    /// One estimate from the log ratios of blocks; the interval extends at least `hidden` to either side.
    fn of_logs(logs: &[f64], hidden: f64, rule: Rule) -> Self {
        let Some(point) = hodges_lehmann(logs) else { return Self::UNKNOWN };
        let reach = |ci| widened(widened(ci, point - hidden), point + hidden);
        let ci = student(logs, rule.confidence).map(|ci| reach(ci).map(f64::exp)).filter(is_possible);
        let ratio = point.exp();
        Self {
            point: Some(ratio),
            ci,
            modes: None,
            changed_after: None,
            uneven: false,
            blocks: u32::try_from(logs.len()).unwrap_or(u32::MAX),
            outcome: Outcome::of(ratio, ci, rule.margin),
        }
    }
}

/// An interval or two clusters of a ratio with baseline and candidate swapped.
#[must_use]
pub fn swapped([low, high]: [f64; 2]) -> [f64; 2] {
    [high.recip(), low.recip()]
}

/// Whether the candidate is faster in one mode and slower in the other, by more than the margin in both.
#[must_use]
pub fn are_torn(modes: [f64; 2], margin: f64) -> bool {
    modes[0].ln() < -margin.ln_1p() && modes[1].ln() > margin.ln_1p()
}

/// The slowdown of the machine in a block, by round.
type Witness = fn(&Block) -> &BTreeMap<u32, f64>;

/// Whether the outcome holds after the machine's share is taken off, by two measures: a fixed piece of work that runs
/// beside the samples of both, and how much longer samples took because their page waited for a core. If the machine
/// was certainly slower for one of the two, a difference that this explains is not theirs.
fn holds_on_an_equal_machine(baseline: &Measurement, candidate: &Measurement, ratio: &Ratio, rule: Rule) -> bool {
    let witnesses: [Witness; 2] = [|block| &block.sentinel, |block| &block.waiting];
    witnesses.into_iter().all(|seen| {
        let machine = over_blocks(baseline, candidate, |b, c| paired(seen(b), seen(c)));
        match Ratio::of_logs(&machine, 0.0, rule).outcome {
            Outcome::Same | Outcome::Unsure => true,
            Outcome::Faster | Outcome::Slower => {
                let taken_off = over_blocks(baseline, candidate, |b, c| {
                    Some(paired(&b.call, &c.call)? - paired(seen(b), seen(c))?)
                });
                Ratio::of_logs(&taken_off, 0.0, rule).outcome == ratio.outcome
            }
        }
    })
}

/// The median over rounds of the log ratio of two times of the same round.
#[must_use]
pub fn paired(baseline: &BTreeMap<u32, f64>, candidate: &BTreeMap<u32, f64>) -> Option<f64> {
    let logs = baseline.iter().filter_map(|(round, b)| Some((candidate.get(round)? / b).ln()));
    median(&logs.collect::<Vec<_>>())
}

/// Per block the log ratio of two figures that have no rounds to pair.
fn unpaired(baseline: &Measurement, candidate: &Measurement, of: fn(&Block) -> Option<f64>) -> Vec<f64> {
    over_blocks(baseline, candidate, |baseline, candidate| Some((of(candidate)? / of(baseline)?).ln()))
}

/// A figure of every block that has both.
fn over_blocks(
    baseline: &Measurement,
    candidate: &Measurement,
    figure: impl Fn(&Block, &Block) -> Option<f64>,
) -> Vec<f64> {
    let blocks = baseline.blocks.iter();
    blocks.filter_map(|(number, block)| figure(block, candidate.blocks.get(number)?)).collect()
}

/// Outlier blocks can give an interval beyond the ratio of any two believable times; such an interval is dropped.
fn is_possible(ci: &[f64; 2]) -> bool {
    ci[0] >= 1.0 / GREATEST_RATIO && ci[1] <= GREATEST_RATIO
}

#[cfg(test)]
mod tests;
