//! What is gated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::metric::Metric;

/// A cost that is compared between revisions: less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cost {
    /// One call in steady state, nanoseconds.
    Call,
    /// Cold start, nanoseconds.
    ColdStart,
    /// Crossing with the input alone, nanoseconds.
    BoundaryIn,
    /// Crossing back with the answer alone, nanoseconds.
    BoundaryOut,
    /// Everything that ships, compressed with brotli, bytes.
    Size,
    /// The `.wasm` file as it ships, uncompressed, bytes.
    Wasm,
    /// What the `.wasm` file imports: a count.
    Imports,
    /// Peak of linear memory, bytes.
    LinearMemory,
}

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds.
    Nanoseconds,
    /// Bytes.
    Bytes,
    /// Things.
    Count,
}

impl Cost {
    /// All costs.
    pub const ALL: [Self; 8] = [
        Self::Call,
        Self::ColdStart,
        Self::BoundaryIn,
        Self::BoundaryOut,
        Self::Size,
        Self::Wasm,
        Self::Imports,
        Self::LinearMemory,
    ];

    /// The name used in every file format and in `crossover.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::ColdStart => "cold-start",
            Self::BoundaryIn => "boundary-in",
            Self::BoundaryOut => "boundary-out",
            Self::Size => "size",
            Self::Wasm => "wasm",
            Self::Imports => "imports",
            Self::LinearMemory => "linear-memory",
        }
    }

    /// The name as people read it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Call => "time per call",
            Self::ColdStart => "cold start",
            Self::BoundaryIn => "crossing in",
            Self::BoundaryOut => "crossing out",
            Self::Size => "size (brotli)",
            Self::Wasm => "Wasm (raw)",
            Self::Imports => "Wasm imports",
            Self::LinearMemory => "linear memory",
        }
    }

    /// What its figures are counted in.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::Call | Self::ColdStart | Self::BoundaryIn | Self::BoundaryOut => Unit::Nanoseconds,
            Self::Size | Self::Wasm | Self::LinearMemory => Unit::Bytes,
            Self::Imports => Unit::Count,
        }
    }

    /// The metric that it is of a run, for times.
    #[must_use]
    pub(super) fn metric(self) -> Option<Metric> {
        match self {
            Self::Call => Some(Metric::CallNs),
            Self::ColdStart => Some(Metric::ColdStartNs),
            Self::BoundaryIn => Some(Metric::BoundaryInNs),
            Self::BoundaryOut => Some(Metric::BoundaryOutNs),
            Self::Size | Self::Wasm | Self::Imports | Self::LinearMemory => None,
        }
    }

    /// How much more is borne where nothing is said, percent: times scatter, and all else is exact.
    #[must_use]
    pub fn usual_limit_percent(self) -> f64 {
        match self.unit() {
            Unit::Nanoseconds => 5.0,
            Unit::Bytes | Unit::Count => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_serialised_names() {
        for cost in Cost::ALL {
            assert_eq!(serde_json::to_value(cost).unwrap(), cost.name());
        }
    }
}
