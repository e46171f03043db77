//! Presets: how many blocks and rounds, and how long a block may take.

use std::time::Duration;

use clap::ValueEnum;
use crossover_reports::run::Schedule;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// 6 blocks, headline inputs: minutes for a whole suite.
    Quick,
    /// 10 blocks, every input.
    Standard,
    /// 20 blocks, every input.
    Thorough,
}

impl Preset {
    /// Fresh browser processes.
    #[must_use]
    pub fn blocks(self) -> u32 {
        match self {
            Self::Quick => 6,
            Self::Standard => 10,
            Self::Thorough => 20,
        }
    }

    /// What the rounds of one block and group may take together, about.
    #[must_use]
    pub fn round_time(self) -> Duration {
        match self {
            Self::Quick => Duration::from_millis(1500),
            Self::Standard | Self::Thorough => Duration::from_secs(6),
        }
    }

    /// Cold starts per contender and block.
    #[must_use]
    pub fn cold_starts(self) -> u32 {
        match self {
            Self::Quick => 1,
            Self::Standard | Self::Thorough => 3,
        }
    }

    /// The schedule as the results file records it.
    #[must_use]
    pub fn schedule(self) -> Schedule {
        Schedule {
            preset: self.name().to_owned(),
            blocks: self.blocks(),
            rounds: MOST_ROUNDS,
            cold_starts: self.cold_starts(),
        }
    }

    /// The name used on the command line and in every file format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Standard => "standard",
            Self::Thorough => "thorough",
        }
    }
}

/// Rounds per block where time allows.
pub const MOST_ROUNDS: u32 = 20;

/// Rounds per block however long they take.
pub const FEWEST_ROUNDS: u32 = 3;

/// How many rounds of `round` fit the preset.
#[must_use]
pub fn rounds(preset: Preset, round: Duration) -> u32 {
    let fit = preset.round_time().as_secs_f64() / round.as_secs_f64().max(1e-9);
    (fit as u32).clamp(FEWEST_ROUNDS, MOST_ROUNDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_fit_the_time_but_are_never_fewer_than_three() {
        assert_eq!(rounds(Preset::Quick, Duration::from_millis(20)), 20);
        assert_eq!(rounds(Preset::Quick, Duration::from_millis(300)), 5);
        assert_eq!(rounds(Preset::Quick, Duration::from_secs(9)), 3);
        assert_eq!(rounds(Preset::Quick, Duration::ZERO), 20);
    }
}
