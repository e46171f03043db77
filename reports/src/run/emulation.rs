//! Emulation: a slower network or machine that a runtime imitates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A slower network and a slower machine than the real ones; by default neither.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Emulation {
    /// The network that a contender's files come over when it is started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<Network>,
    /// How many times slower a page's main thread is than on the real machine, above 1. The engine's compiler and
    /// garbage collector threads are not slowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_throttle: Option<f64>,
}

/// A network between the server and the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Network {
    /// Its name, for people.
    pub name: String,
    /// Download bandwidth, megabits per second.
    pub megabits_per_s: f64,
    /// Least time from a request to the first byte of its answer, milliseconds.
    pub latency_ms: f64,
}

impl Emulation {
    /// Whether nothing is emulated.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The emulation, for people; `None` without one.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        (!self.is_none()).then(|| self.to_string())
    }
}

impl std::fmt::Display for Emulation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(Network { name, megabits_per_s, latency_ms }) = &self.network {
            write!(f, "network {name} ({megabits_per_s} Mbit/s, {latency_ms} ms)")?;
        }
        if self.network.is_some() && self.cpu_throttle.is_some() {
            f.write_str(", ")?;
        }
        self.cpu_throttle.map_or(Ok(()), |times| write!(f, "pages {times} times slower"))
    }
}
