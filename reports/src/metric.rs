//! What can be measured, each with its unit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A quantity of a cell. All are costs: smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// One call of `run(input)` in steady state.
    CallNs,
    /// From asking for the contender to its first answer, nothing cached.
    ColdStartNs,
    /// The same with every file in the HTTP cache.
    WarmStartNs,
    /// The same with every file in the HTTP cache, where the contender was run hot before.
    HotStartNs,
    /// Crossing with the input alone, on the contender's own glue.
    BoundaryInNs,
    /// Crossing back with the answer alone, on the contender's own glue.
    BoundaryOutNs,
    /// The job on an input that is already inside, the answer staying inside.
    ResidentNs,
    /// Everything that ships, compressed with brotli at level 11.
    SizeBytes,
}

/// The unit a metric is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds of wall-clock time.
    Nanoseconds,
    /// Bytes.
    Bytes,
}

impl Metric {
    /// The unit of every figure of this metric.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::CallNs
            | Self::ColdStartNs
            | Self::WarmStartNs
            | Self::HotStartNs
            | Self::BoundaryInNs
            | Self::BoundaryOutNs
            | Self::ResidentNs => Unit::Nanoseconds,
            Self::SizeBytes => Unit::Bytes,
        }
    }

    /// The name used in every file format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CallNs => "call_ns",
            Self::ColdStartNs => "cold_start_ns",
            Self::WarmStartNs => "warm_start_ns",
            Self::HotStartNs => "hot_start_ns",
            Self::BoundaryInNs => "boundary_in_ns",
            Self::BoundaryOutNs => "boundary_out_ns",
            Self::ResidentNs => "resident_ns",
            Self::SizeBytes => "size_bytes",
        }
    }
}

/// A part of a start, in the order in which the parts happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Bytes on the wire, up to the last byte of what the next phase needs.
    Fetch,
    /// `WebAssembly.compileStreaming`, after the last byte arrived.
    Compile,
    /// `WebAssembly.instantiate` through the glue's initialiser.
    Instantiate,
    /// Parsing and running the JavaScript module's top level.
    Evaluate,
    /// The contender's own `setup(assets)`.
    Setup,
    /// The first `run(input)`.
    FirstCall,
}

impl Phase {
    /// All phases, in order.
    pub const ALL: [Self; 6] =
        [Self::Fetch, Self::Compile, Self::Instantiate, Self::Evaluate, Self::Setup, Self::FirstCall];

    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Compile => "compile",
            Self::Instantiate => "instantiate",
            Self::Evaluate => "evaluate",
            Self::Setup => "setup",
            Self::FirstCall => "first_call",
        }
    }

    /// The name as people read it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::FirstCall => "first call",
            other => other.name(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_serialised_names() {
        for metric in [
            Metric::CallNs,
            Metric::ColdStartNs,
            Metric::WarmStartNs,
            Metric::HotStartNs,
            Metric::BoundaryInNs,
            Metric::BoundaryOutNs,
            Metric::ResidentNs,
            Metric::SizeBytes,
        ] {
            assert_eq!(serde_json::to_value(metric).unwrap(), metric.name());
        }
        for phase in Phase::ALL {
            assert_eq!(serde_json::to_value(phase).unwrap(), phase.name());
        }
    }
}
