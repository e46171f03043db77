//! The samples of a cell in few figures: their distribution in each block, and the time per call during warm-up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::count;
use crate::measurement::{Block, Measurement};
use crate::stats::{median, percentile};

/// Distribution of the steady-state samples of one block, nanoseconds per call.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BlockCalls {
    /// Number of the block.
    pub block: u32,
    /// Number of rounds, which is that of samples.
    pub rounds: u32,
    /// Shortest.
    pub least: f64,
    /// First quartile.
    pub lower_quartile: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub upper_quartile: f64,
    /// Longest.
    pub most: f64,
}

/// Time per call after so many calls of a page. Batches with similar numbers of calls make one step.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WarmUpStep {
    /// Number of the first call in this step: 1 is a page's very first.
    pub call: u64,
    /// Median over blocks, nanoseconds.
    pub ns: f64,
    /// That of the fastest block.
    pub least: f64,
    /// That of the slowest block.
    pub most: f64,
}

/// Every block that has steady-state samples.
pub fn by_block(measurement: &Measurement) -> Vec<BlockCalls> {
    let of = |(number, block): (&u32, &Block)| {
        let calls: Vec<f64> = block.call.values().copied().collect();
        let at = |share| percentile(&calls, share).map(rounded);
        Some(BlockCalls {
            block: *number,
            rounds: count(calls.len()),
            least: at(0.0)?,
            lower_quartile: at(0.25)?,
            median: at(0.5)?,
            upper_quartile: at(0.75)?,
            most: at(1.0)?,
        })
    };
    measurement.blocks.iter().filter_map(of).collect()
}

/// Steps in a decade of calls.
const PER_DECADE: f64 = 4.0;

/// The warm-up of all blocks in steps that grow by the same factor.
pub fn warm_up(measurement: &Measurement) -> Vec<WarmUpStep> {
    let last = measurement.blocks.values().filter_map(|block| block.warm_up.last()).map(|batch| batch.before).max();
    let last = last.map_or(0, step_of);
    let of = |step| {
        let in_step = |block: &Block| {
            let batches = block.warm_up.iter().filter(|batch| step_of(batch.before) == step);
            median(&batches.map(|batch| batch.ns).collect::<Vec<_>>())
        };
        let blocks: Vec<f64> = measurement.blocks.values().filter_map(in_step).collect();
        let at = |share| percentile(&blocks, share).map(rounded);
        Some(WarmUpStep { call: first_of(step), ns: at(0.5)?, least: at(0.0)?, most: at(1.0)? })
    };
    (0..=last).filter_map(of).collect()
}

/// The step of a batch, given the calls of the page before it.
fn step_of(before: u64) -> u32 {
    // Powers of the fourth root of ten are irrational, but 10 and 100 are not: they have to begin a step.
    ((before as f64 + 1.0).log10() * PER_DECADE + 1e-9).floor() as u32
}

/// The first call of a step.
fn first_of(step: u32) -> u64 {
    10_f64.powf(f64::from(step) / PER_DECADE).round() as u64
}

/// To six significant digits, more than a clock can show, to keep files small.
fn rounded(ns: f64) -> f64 {
    format!("{ns:.5e}").parse().unwrap_or(ns)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::measurement::WarmUp;

    fn measurement(blocks: Vec<Block>) -> Measurement {
        Measurement { blocks: (3..).zip(blocks).collect(), ..Measurement::default() }
    }

    #[test]
    fn a_block_is_summed_up_in_five_figures() {
        let call = BTreeMap::from([(0, 30.0), (1, 10.0), (4, 20.0), (5, 50.0), (6, 40.0)]);
        let found = by_block(&measurement(vec![Block { call, ..Block::default() }, Block::default()]));
        let [block] = found[..] else { panic!("a block without samples has no figures: {found:?}") };
        assert_eq!((block.block, block.rounds), (3, 5));
        let figures = [block.least, block.lower_quartile, block.median, block.upper_quartile, block.most];
        assert_eq!(figures, [10.0, 20.0, 30.0, 40.0, 50.0]);
    }

    #[test]
    fn a_warm_up_is_summed_up_in_steps_that_grow() {
        let batches = |factor: f64| {
            let batch = |before: u64, ns: f64| WarmUp { before, ns: ns * factor };
            Block {
                warm_up: vec![batch(0, 90.0), batch(1, 50.0), batch(9, 20.0), batch(12, 22.0), batch(999, 10.0)],
                ..Block::default()
            }
        };
        let found = warm_up(&measurement(vec![batches(1.0), batches(2.0), batches(4.0)]));
        let calls: Vec<u64> = found.iter().map(|step| step.call).collect();
        assert_eq!(calls, [1, 2, 10, 1000]);
        assert_eq!((found[0].least, found[0].ns, found[0].most), (90.0, 180.0, 360.0));
        assert_eq!(found[2].ns, 42.0, "two batches of a block in one step are their median");
        assert!(warm_up(&measurement(Vec::new())).is_empty());
    }

    #[test]
    fn six_digits_are_kept() {
        assert_eq!(rounded(1_234_567.8), 1_234_570.0);
        assert_eq!(rounded(1e-12), 1e-12);
    }
}
