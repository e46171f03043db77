//! How a contender is used, which decides whether a port pays off.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most calls of a scenario.
pub const MOST_CALLS: u64 = 1_000_000_000_000;

/// Accepted bandwidths of a network, megabits per second.
pub const BANDWIDTHS: RangeInclusive<f64> = 0.1..=10_000.0;

/// Advice calls a smaller relative difference no difference, unless a scenario has a margin of its own.
pub const ADVICE_MARGIN: f64 = 0.05;

/// Accepted margins of advice.
pub const MARGINS: RangeInclusive<f64> = 0.0..=0.5;

/// How a page uses a contender.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scenario {
    /// For people: `200 calls`.
    pub name: String,
    /// Calls per page load, the first one included.
    pub calls: u64,
    /// Whether the start is over before the user waits for an answer, for example after preloading.
    pub hidden_startup: bool,
    /// Bandwidth for the contender's files, megabits per second; absent for the loopback of the measured machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub megabits_per_s: Option<f64>,
    /// The relative difference below which advice says that there is none; absent for [`ADVICE_MARGIN`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<f64>,
}

impl Scenario {
    /// The scenarios of a kernel that names none.
    #[must_use]
    pub fn defaults() -> Vec<Self> {
        [("1 call", 1), ("10 calls", 10), ("200 calls", 200), ("10000 calls", 10_000)]
            .map(|(name, calls)| Self::of_calls(name, calls))
            .into()
    }

    /// So many calls, after a start that the user waits for.
    #[must_use]
    pub fn of_calls(name: &str, calls: u64) -> Self {
        Self { name: name.to_owned(), calls, hidden_startup: false, megabits_per_s: None, margin: None }
    }

    /// The relative difference below which advice says that there is none.
    #[must_use]
    pub fn margin(&self) -> f64 {
        self.margin.unwrap_or(ADVICE_MARGIN)
    }

    /// The same with so many calls at most, if it is one of [`Self::defaults`], because pages are seldom kept for so long.
    #[must_use]
    pub fn within(self, most: u64) -> Self {
        let is_default = Self::defaults().iter().any(|default| default.name == self.name);
        if !is_default || self.calls <= most {
            return self;
        }
        let name = if most == 1 { "1 call".to_owned() } else { format!("{most} calls") };
        Self { name, calls: most, ..self }
    }
}
