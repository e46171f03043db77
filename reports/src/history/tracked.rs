//! What is followed over time.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::metric::Unit;

/// A quantity that is followed over time. All are costs: smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tracked {
    /// One call in steady state.
    CallNs,
    /// From asking for the contender to its first answer, nothing cached.
    ColdStartNs,
    /// Everything that ships, compressed with brotli at level 11.
    SizeBytes,
    /// Crossing with the input alone.
    BoundaryInNs,
    /// Crossing back with the answer alone.
    BoundaryOutNs,
    /// Linear memory after the last call, which is its peak.
    LinearPeakBytes,
}

impl Tracked {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::CallNs,
        Self::ColdStartNs,
        Self::SizeBytes,
        Self::BoundaryInNs,
        Self::BoundaryOutNs,
        Self::LinearPeakBytes,
    ];

    /// The name used in files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CallNs => "call_ns",
            Self::ColdStartNs => "cold_start_ns",
            Self::SizeBytes => "size_bytes",
            Self::BoundaryInNs => "boundary_in_ns",
            Self::BoundaryOutNs => "boundary_out_ns",
            Self::LinearPeakBytes => "linear_peak_bytes",
        }
    }

    /// The name as people read it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::CallNs => "time per call",
            Self::ColdStartNs => "cold start",
            Self::SizeBytes => "size (br)",
            Self::BoundaryInNs => "crossing in",
            Self::BoundaryOutNs => "crossing out",
            Self::LinearPeakBytes => "linear memory",
        }
    }

    /// The unit of its figures.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::CallNs | Self::ColdStartNs | Self::BoundaryInNs | Self::BoundaryOutNs => Unit::Nanoseconds,
            Self::SizeBytes | Self::LinearPeakBytes => Unit::Bytes,
        }
    }
}

impl FromStr for Tracked {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.map(Self::name);
        let found = Self::ALL.into_iter().find(|metric| metric.name() == name);
        found.ok_or_else(|| format!("there are {}", known.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_are_the_serialised_ones() {
        for metric in Tracked::ALL {
            assert_eq!(metric.name().parse(), Ok(metric));
            assert_eq!(serde_json::to_value(metric).unwrap(), metric.name());
        }
        assert!("fps".parse::<Tracked>().unwrap_err().starts_with("there are call_ns, "));
    }
}
