//! How a contender is used, which decides whether a port pays off.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most calls of a scenario.
pub const MOST_CALLS: u64 = 1_000_000_000_000;

/// Accepted bandwidths of a network, megabits per second.
pub const BANDWIDTHS: RangeInclusive<f64> = 0.1..=10_000.0;

/// How a page uses a contender.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scenario {
    /// For people: `on each interaction`.
    pub name: String,
    /// Calls after the first answer, per page load.
    pub calls: u64,
    /// Whether the start is over before the user waits for an answer, for example after preloading.
    pub hidden_startup: bool,
    /// Bandwidth for the contender's files, megabits per second; absent for the loopback of the measured machine.
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

    /// So many calls, after a start that the user waits for.
    #[must_use]
    pub fn of_calls(name: &str, calls: u64) -> Self {
        Self { name: name.to_owned(), calls, hidden_startup: false, megabits_per_s: None }
    }
}
