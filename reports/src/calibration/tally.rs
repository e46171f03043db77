//! Counting how often the method was right. Pure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::power::{smallest_difference, spread};
use super::{INJECTED, KnownComparison};
use crate::comparison::{CONFIDENCE, Outcome};
use crate::run::Schedule;
use crate::stats::{median, rate_interval, sign_test};

/// Counts over a set of comparisons with known answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Identical code, compared with itself.
    pub aa: Identical,
    /// Code compared with the same code and more work, by amount.
    pub injected: Vec<Injected>,
    /// Median number of blocks per comparison.
    pub blocks: Option<f64>,
    /// Median spread of the estimates of single blocks, percent (standard deviation).
    pub block_spread_percent: Option<f64>,
    /// The smallest difference that is detected nine times out of ten at this spread, percent: see
    /// [`smallest_difference`].
    pub smallest_difference_percent: Option<f64>,
}

/// Comparisons of code with itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Identical {
    /// Comparisons.
    pub comparisons: u32,
    /// How many were called different; each is a false difference.
    pub different: u32,
    /// Of these, how many said `faster`.
    pub faster: u32,
    /// Of these, how many said `slower`.
    pub slower: u32,
    /// 95 % interval (Clopper–Pearson) of the rate of false differences; absent without comparisons.
    pub different_rate_ci: Option<[f64; 2]>,
    /// Comparisons with a ratio below 1.
    pub below_1: u32,
    /// Comparisons with a ratio above 1.
    pub above_1: u32,
    /// How often chance alone splits ratios at least as unevenly (sign test, two-sided); absent without a comparison.
    pub sign_p: Option<f64>,
    /// Median of the ratios.
    pub median_ratio: Option<f64>,
    /// Comparisons with 1 in their interval.
    pub covered: u32,
}

/// Comparisons of code with the same code and more work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Injected {
    /// How much more work, percent.
    pub percent: u32,
    /// Comparisons.
    pub comparisons: u32,
    /// How many were called `slower`.
    pub detected: u32,
    /// How many were called `faster`.
    pub wrong_sign: u32,
    /// 95 % interval (Clopper–Pearson) of the rate of detection; absent without comparisons.
    pub detected_rate_ci: Option<[f64; 2]>,
    /// Median of the ratios.
    pub median_ratio: Option<f64>,
    /// Comparisons with the true ratio in their interval.
    pub covered: u32,
}

impl Tally {
    /// Counts.
    #[must_use]
    pub fn of(schedule: &Schedule, comparisons: &[KnownComparison]) -> Self {
        let by = |percent: u32| -> Vec<KnownComparison> {
            comparisons.iter().copied().filter(|compared| compared.percent == percent).collect()
        };
        let spreads = comparisons.iter().filter_map(|compared| spread(schedule, compared.ci?, compared.blocks));
        // The median, so that one session on a busy machine does not decide.
        let spread = median(&spreads.collect::<Vec<_>>());
        let blocks = comparisons.iter().map(|compared| f64::from(compared.blocks));
        Self {
            aa: Identical::of(&by(0)),
            injected: INJECTED.map(|percent| Injected::of(percent, &by(percent))).to_vec(),
            blocks: median(&blocks.collect::<Vec<_>>()),
            block_spread_percent: spread.map(|spread| spread.exp_m1() * 100.0),
            smallest_difference_percent: spread
                .and_then(|spread| smallest_difference(schedule, spread))
                .map(|difference| difference * 100.0),
        }
    }
}

impl Identical {
    fn of(comparisons: &[KnownComparison]) -> Self {
        let total = count(comparisons, |_| true);
        let faster = count(comparisons, |compared| compared.outcome == Outcome::Faster);
        let slower = count(comparisons, |compared| compared.outcome == Outcome::Slower);
        let below_1 = count(comparisons, |compared| compared.ratio < 1.0);
        let above_1 = count(comparisons, |compared| compared.ratio > 1.0);
        Self {
            comparisons: total,
            different: faster + slower,
            faster,
            slower,
            different_rate_ci: rate_interval(faster + slower, total, CONFIDENCE),
            below_1,
            above_1,
            sign_p: sign_test(below_1, above_1),
            median_ratio: median_ratio(comparisons),
            covered: count(comparisons, is_covered),
        }
    }
}

impl Injected {
    fn of(percent: u32, comparisons: &[KnownComparison]) -> Self {
        let total = count(comparisons, |_| true);
        let detected = count(comparisons, |compared| compared.outcome == Outcome::Slower);
        Self {
            percent,
            comparisons: total,
            detected,
            wrong_sign: count(comparisons, |compared| compared.outcome == Outcome::Faster),
            detected_rate_ci: rate_interval(detected, total, CONFIDENCE),
            median_ratio: median_ratio(comparisons),
            covered: count(comparisons, is_covered),
        }
    }
}

fn is_covered(compared: &KnownComparison) -> bool {
    let truth = 1.0 + f64::from(compared.percent) / 100.0;
    compared.ci.is_some_and(|[low, high]| low <= truth && truth <= high)
}

fn median_ratio(comparisons: &[KnownComparison]) -> Option<f64> {
    median(&comparisons.iter().map(|compared| compared.ratio).collect::<Vec<_>>())
}

fn count(comparisons: &[KnownComparison], is_counted: impl Fn(&KnownComparison) -> bool) -> u32 {
    comparisons.iter().map(|compared| u32::from(is_counted(compared))).sum()
}
