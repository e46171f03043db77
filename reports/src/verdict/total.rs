//! How much more a scenario costs with one contender than with another, block by block.

use crate::comparison::{Outcome, paired};
use crate::measurement::{Block, Measurement};
use crate::metric::{call_ns, start_ns};
use crate::run::{Scenario, State};
use crate::stats::{BlockDifference, Crossing, crossing, median, student, widened};

/// A difference of two totals, nanoseconds, and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TotalDifference {
    /// Median over blocks.
    pub ns: f64,
    /// Student's interval.
    pub ci: [f64; 2],
}

/// How many times as fast as a call of the rival the work in a call of a port has to be for a scenario to cost the
/// same. Infinite if even an infinitely fast port costs more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Needed {
    /// Median over blocks.
    pub times: f64,
    /// Student's interval, from that of the share of the rival's call that is left for a port's work.
    pub ci: [f64; 2],
    /// A call of the rival and one of the stand-in, which only crosses: nanoseconds, medians over blocks.
    pub call_ns: [f64; 2],
}

/// The part of a difference that the user waits for: with a hidden start, the first call is one like the others.
#[must_use]
pub fn waited_for(difference: BlockDifference, scenario: &Scenario) -> BlockDifference {
    if scenario.hidden_startup { BlockDifference { start: difference.call, ..difference } } else { difference }
}

/// How much more `scenario` costs with the candidate than with the rival, whose files have `added` bytes less; `None`
/// with fewer than two blocks.
#[must_use]
pub fn difference(
    blocks: &[BlockDifference],
    scenario: &Scenario,
    added: f64,
    confidence: f64,
) -> Option<TotalDifference> {
    let totals: Vec<f64> = blocks.iter().map(|block| total(block, scenario, added)).collect();
    estimate(&totals, confidence)
}

/// What the scenario costs more: the first answer with its download, and the calls after it.
#[must_use]
pub fn total(block: &BlockDifference, scenario: &Scenario, added: f64) -> f64 {
    let download = if scenario.hidden_startup { 0.0 } else { download_ns(scenario, added) };
    block.start + download + scenario.calls.saturating_sub(1) as f64 * block.call
}

/// What a scenario costs, without the download: the median over blocks.
#[must_use]
pub fn total_of(measurement: &Measurement, scenario: &Scenario) -> Option<f64> {
    let in_block = |block: &Block| {
        let call = call_ns(block)?;
        let first = if scenario.hidden_startup { call } else { start_ns(block, State::Cold)? };
        Some(first + scenario.calls.saturating_sub(1) as f64 * call)
    };
    median(&measurement.blocks.values().filter_map(in_block).collect::<Vec<_>>())
}

/// How fast the work of the port behind a stand-in has to be; `None` with fewer than two blocks.
#[must_use]
pub fn needed(
    [rival, stand_in]: [&Measurement; 2],
    scenario: &Scenario,
    added: f64,
    confidence: f64,
) -> Option<Needed> {
    let in_block = |(number, block): (&u32, &Block)| {
        let (call, difference) = (call_ns(block)?, between(block, stand_in.blocks.get(number)?)?);
        let left = -total(&waited_for(difference, scenario), scenario, added) / (scenario.calls as f64 * call);
        Some((left, call, call + difference.call))
    };
    let blocks: Vec<(f64, f64, f64)> = rival.blocks.iter().filter_map(in_block).collect();
    let left: Vec<f64> = blocks.iter().map(|block| block.0).collect();
    let (middle, [low, high]) = (median(&left)?, student(&left, confidence)?);
    let times = |share: f64| if share > 0.0 { 1.0 / share } else { f64::INFINITY };
    let calls = |of: fn(&(f64, f64, f64)) -> f64| median(&blocks.iter().map(of).collect::<Vec<_>>());
    let [low, high] = widened([low, high], middle);
    Some(Needed {
        times: times(middle),
        ci: [times(high), times(low)],
        call_ns: [calls(|block| block.1)?, calls(|block| block.2)?],
    })
}

/// From how many calls on a candidate is ahead whose files have `added` bytes more: from the outcome of its calls, how much
/// later its first answer comes, and what first answers and calls cost more in each block.
#[must_use]
pub fn break_even(
    calls: Outcome,
    start: Option<TotalDifference>,
    mut blocks: Vec<BlockDifference>,
    scenario: &Scenario,
    added: f64,
    confidence: f64,
) -> Crossing {
    if !scenario.hidden_startup {
        let download = download_ns(scenario, added);
        blocks.iter_mut().for_each(|block| block.start += download);
    }
    match (calls, start.filter(|_| !scenario.hidden_startup)) {
        // Times of calls may differ more between blocks than the two differ in each of them.
        (Outcome::Faster, start) if start.is_none_or(|start| start.ci[1] < 0.0) => Crossing::FromTheFirstCall,
        (Outcome::Slower, start) if start.is_none_or(|start| start.ci[0] > 0.0) => Crossing::Never,
        _ => crossing(&blocks, confidence),
    }
}

/// A difference of totals from its values in blocks; `None` with fewer than two.
#[must_use]
pub fn estimate(values: &[f64], confidence: f64) -> Option<TotalDifference> {
    let (ns, ci) = (median(values)?, student(values, confidence)?);
    Some(TotalDifference { ns, ci: widened(ci, ns) })
}

/// How long the scenario's network takes for so many bytes, nanoseconds.
#[must_use]
pub fn download_ns(scenario: &Scenario, bytes: f64) -> f64 {
    scenario.megabits_per_s.map_or(0.0, |megabits| bytes * 8.0 / (megabits * 1e6) * 1e9)
}

/// How much more start and call of the candidate cost than those of the rival, in a block.
pub fn between(rival: &Block, candidate: &Block) -> Option<BlockDifference> {
    // Rounds are paired, so that changes of the machine are in neither.
    let call = call_ns(rival)? * paired(&rival.call, &candidate.call)?.exp_m1();
    Some(BlockDifference { start: start_ns(candidate, State::Cold)? - start_ns(rival, State::Cold)?, call })
}

/// Cost of crossing in a call of the block, if it was measured alone.
pub fn crossing_cost(block: &Block) -> Option<f64> {
    Some(median(&block.boundary_in)? + median(&block.boundary_out)?)
}
