//! How much time a group gets in a block. Pure.

use std::time::Duration;

use super::Preset;
use crate::suite::Input;

/// How closely a group is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockBudget {
    /// An answer within minutes.
    Quick,
    /// As close as it gets.
    Full,
    /// One size of many: the model of what crossing costs leans on all of them, and few of its readers want 1 %.
    Ladder,
}

impl BlockBudget {
    /// The pace of an input at a preset.
    #[must_use]
    pub fn of(preset: Preset, input: &Input) -> Self {
        match preset {
            _ if input.payload.is_some() => Self::Ladder,
            Preset::Quick => Self::Quick,
            Preset::Standard | Preset::Thorough => Self::Full,
        }
    }

    /// Whether more is looked at than calls: further starts and memory. Those of a model are compared in neither.
    #[must_use]
    pub fn is_more_than_calls(self) -> bool {
        match self {
            Self::Ladder => false,
            Self::Quick | Self::Full => true,
        }
    }

    /// How long a contender is warmed up at least.
    #[must_use]
    pub fn least_warm_up(self) -> Duration {
        match self {
            Self::Ladder => Duration::from_millis(100),
            Self::Quick | Self::Full => Duration::from_millis(300),
        }
    }

    /// What the rounds of one block and group may take together, about.
    #[must_use]
    pub fn round_time(self) -> Duration {
        match self {
            Self::Ladder => Duration::from_millis(400),
            Self::Quick => Duration::from_secs(1),
            Self::Full => Duration::from_secs(6),
        }
    }
}
