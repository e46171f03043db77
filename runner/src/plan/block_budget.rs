//! The time budget of a group in a block. Pure.

use std::time::Duration;

use super::Preset;
use crate::suite::Input;

/// Time budget of a group in a block, by how precise its results have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockBudget {
    /// For an answer within minutes.
    Quick,
    /// For the most precise results.
    Full,
    /// For one size of many: the model of the boundary rests on all sizes, so each may be less precise.
    Ladder,
}

impl BlockBudget {
    /// The budget of an input at a preset.
    #[must_use]
    pub fn of(preset: Preset, input: &Input) -> Self {
        match preset {
            _ if input.payload.is_some() => Self::Ladder,
            Preset::Quick => Self::Quick,
            Preset::Standard | Preset::Thorough => Self::Full,
        }
    }

    /// Whether further starts and memory are measured beside calls. Inputs of a model are compared in neither.
    #[must_use]
    pub fn is_more_than_calls(self) -> bool {
        match self {
            Self::Ladder => false,
            Self::Quick | Self::Full => true,
        }
    }

    /// The shortest warm-up of a contender.
    #[must_use]
    pub fn least_warm_up(self) -> Duration {
        match self {
            Self::Ladder => Duration::from_millis(100),
            Self::Quick | Self::Full => Duration::from_millis(300),
        }
    }

    /// About the time that all rounds of one block and group may take.
    #[must_use]
    pub fn round_time(self) -> Duration {
        match self {
            Self::Ladder => Duration::from_millis(400),
            Self::Quick => Duration::from_secs(1),
            Self::Full => Duration::from_secs(6),
        }
    }
}
