//! Presets: how many blocks are measured, and how precisely.

use clap::ValueEnum;
use crossover_reports::report::memory::FEWEST_SESSIONS;
use crossover_reports::run::{Goal, Schedule};

use super::rounds::MOST_ROUNDS;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// 6 blocks, headline inputs: minutes for a whole suite.
    Quick,
    /// To ±1 % or a settled outcome, 6 to 20 blocks, every input.
    Standard,
    /// To ±0.5 % or a settled outcome, 6 to 60 blocks, every input.
    Thorough,
}

impl Preset {
    /// Blocks after which the comparisons are looked at. Each look costs some of the confidence of all.
    fn looks(self) -> Vec<u32> {
        match self {
            Self::Quick => vec![6],
            Self::Standard => vec![6, 10, 15, 20],
            Self::Thorough => vec![6, 10, 15, 20, 30, 60],
        }
    }

    /// Relative half-width of an interval that is narrow enough.
    fn precision(self) -> f64 {
        match self {
            Self::Quick | Self::Standard => 0.01,
            Self::Thorough => 0.005,
        }
    }

    /// Cold starts per contender and block.
    fn cold_starts(self) -> u32 {
        match self {
            Self::Quick => 1,
            Self::Standard | Self::Thorough => 3,
        }
    }

    /// Starts per contender and block in each state that is not cold.
    fn other_starts(self) -> u32 {
        match self {
            Self::Quick => 0,
            Self::Standard | Self::Thorough => 1,
        }
    }

    /// Sessions per contender over which memory is watched.
    fn sessions(self) -> u32 {
        match self {
            Self::Quick => 0,
            Self::Standard | Self::Thorough => FEWEST_SESSIONS,
        }
    }

    /// The schedule as the results file records it. If a precision is asked for, a settled outcome does not end the
    /// measuring: every interval has to reach it.
    #[must_use]
    pub fn schedule(self, precision: Option<f64>) -> Schedule {
        Schedule {
            preset: self.name().to_owned(),
            looks: self.looks(),
            confirm_from: None,
            precision: precision.unwrap_or(self.precision()),
            goal: if precision.is_some() { Goal::Precision } else { Goal::Outcome },
            rounds: MOST_ROUNDS,
            cold_starts: self.cold_starts(),
            other_starts: self.other_starts(),
            sessions: self.sessions(),
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
