//! For which numbers of calls a decision holds. Pure.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Decision, DecisionBasis, decide};
use crate::run::{MOST_CALLS, Scenario};

/// Numbers of calls, the first one included, that share a decision. Both ends have two significant digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CallRange {
    /// The decision.
    pub decision: Decision,
    /// The fewest calls.
    pub from: u64,
    /// The most calls; 10¹² where the decision holds for any larger number.
    pub to: u64,
}

impl CallRange {
    /// Whether it has no upper end.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        self.to == MOST_CALLS
    }
}

/// Place of the largest number of calls with two significant digits; that of one call is 0.
const LAST: u64 = 999;

/// A decision hardly changes and changes back within so many places. It has to divide [`LAST`].
const STEP: u64 = 37;

/// The numbers of calls with two significant digits, in order: 1, 2, … 99, 100, 110, … 10¹².
fn calls_at(place: u64) -> u64 {
    match place.checked_sub(99) {
        None => place + 1,
        Some(over) => (10 + over % 90) * 10_u64.pow(1 + (over / 90) as u32),
    }
}

/// The decisions on a job from one call to as many as a page may make, with the start and the network of a scenario.
#[must_use]
pub fn ranges(basis: &DecisionBasis, scenario: &Scenario) -> Vec<CallRange> {
    let mut known = HashMap::new();
    let mut at = |place: u64| {
        let decided = || decide(basis, &Scenario { calls: calls_at(place), ..scenario.clone() }).decision;
        *known.entry(place).or_insert_with(decided)
    };
    let mut found = vec![CallRange { decision: at(0), from: 1, to: MOST_CALLS }];
    // Intervals still to look at, the next one last.
    let mut left: Vec<[u64; 2]> = (0..LAST / STEP).rev().map(|step| [step * STEP, (step + 1) * STEP]).collect();
    while let Some([low, high]) = left.pop() {
        let middle = low.midpoint(high);
        match at(low) == at(high) {
            true => {}
            false if middle > low => left.extend([[middle, high], [low, middle]]),
            false => {
                found.last_mut().into_iter().for_each(|last| last.to = calls_at(low));
                found.push(CallRange { decision: at(high), from: calls_at(high), to: MOST_CALLS });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_calls_have_two_digits() {
        let places = [0, 98, 99, 100, 188, 189, 190, LAST];
        assert_eq!(places.map(calls_at), [1, 99, 100, 110, 990, 1000, 1100, MOST_CALLS]);
        assert_eq!(LAST % STEP, 0);
    }
}
