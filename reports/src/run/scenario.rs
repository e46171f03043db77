//! How a contender is used: what decides whether a port pays.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A scenario has at most so many calls.
pub const MOST_CALLS: u64 = 1_000_000_000_000;

/// Bandwidths that a network may have, megabits per second.
pub const BANDWIDTHS: RangeInclusive<f64> = 0.1..=10_000.0;

/// What a page does with a contender.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scenario {
    /// For people: `on each interaction`.
    pub name: String,
    /// Calls after the first answer, per page load.
    pub calls: u64,
    /// Whether the start is over before anyone waits for an answer, as after preloading.
    pub hidden_startup: bool,
    /// What the contender's files come over, megabits per second; absent where they come over nothing slower than the
    /// measured machine's own loopback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub megabits_per_s: Option<f64>,
}

impl Scenario {
    /// The scenarios of a kernel that names none.
    #[must_use]
    pub fn defaults() -> Vec<Self> {
        [("once at start-up", 1), ("on each interaction", 200), ("all day", 1_000_000)]
            .map(|(name, calls)| Self::of_calls(name, calls))
            .into()
    }

    /// So many calls, after a start that is waited for.
    #[must_use]
    pub fn of_calls(name: &str, calls: u64) -> Self {
        Self { name: name.to_owned(), calls, hidden_startup: false, megabits_per_s: None }
    }
}
