//! Crossing points, as the formats have them: "never" and "none in range" are answers, too.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stats::Crossing;
use crate::verdict::SizeCrossing;

/// A figure and its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct At<T> {
    /// The figure.
    pub value: f64,
    /// Its interval; for sizes, the measured sizes on either side.
    pub ci: [T; 2],
}

/// The number of calls, the first included, from which a candidate costs less than its rival.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BreakEven {
    /// From the first call on.
    FromTheFirstCall,
    /// From so many calls on.
    From(At<f64>),
    /// Up to so many calls: its calls cost more, and its start less.
    UpTo(At<f64>),
    /// From no number of calls on.
    Never,
    /// The blocks do not decide.
    Undetermined,
}

/// The size of input, bytes, from which a candidate's calls are faster than its rival's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CrossoverSize {
    /// From this size on.
    From(At<u64>),
    /// Up to this size.
    UpTo(At<u64>),
    /// None in range: faster at every size that was measured.
    AlwaysFaster,
    /// None in range: faster at no size that was measured.
    NeverFaster,
    /// Too few sizes were measured, or the outcomes show no single crossing.
    Undetermined,
}

impl BreakEven {
    /// Whether a page with a single call is enough, as far as whole calls go.
    #[must_use]
    pub fn is_from_the_first_call(self) -> bool {
        match self {
            Self::FromTheFirstCall => true,
            Self::From(at) => at.value <= 1.0,
            Self::UpTo(_) | Self::Never | Self::Undetermined => false,
        }
    }
}

impl From<Crossing> for BreakEven {
    fn from(crossing: Crossing) -> Self {
        match crossing {
            Crossing::FromTheFirstCall => Self::FromTheFirstCall,
            Crossing::From(value, ci) => Self::From(At { value, ci }),
            Crossing::UpTo(value, ci) => Self::UpTo(At { value, ci }),
            Crossing::Never => Self::Never,
            Crossing::Undetermined => Self::Undetermined,
        }
    }
}

impl From<SizeCrossing> for CrossoverSize {
    fn from(crossing: SizeCrossing) -> Self {
        match crossing {
            SizeCrossing::Above(value, ci) => Self::From(At { value, ci }),
            SizeCrossing::Below(value, ci) => Self::UpTo(At { value, ci }),
            SizeCrossing::AlwaysFaster => Self::AlwaysFaster,
            SizeCrossing::NeverFaster => Self::NeverFaster,
            SizeCrossing::Undetermined => Self::Undetermined,
        }
    }
}
