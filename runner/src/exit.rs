//! How a command ends: its exit code, and which errors mean which.

use std::process::ExitCode;

/// How a command ended that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All well.
    Done,
    /// `verify`: a wrong answer.
    WrongAnswer,
    /// `compare`: something is worse than it may be.
    Regressed,
    /// Some cells failed; the others are measured.
    SomeFailed,
    /// The browser was changed in the meantime; what was measured before is kept.
    BrowserChanged,
    /// Interrupted; what was measured is kept.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::WrongAnswer | Exit::Regressed => 1,
            Exit::BrowserChanged => 3,
            Exit::SomeFailed => 4,
            Exit::Interrupted => 130,
        })
    }
}

/// The environment is not able: exit code 3. Any other error is bad usage or a bad file: 2.
#[derive(Debug, thiserror::Error)]
#[error("{0:#}")]
pub struct Unable(pub anyhow::Error);

/// The exit code of a command that could not do its work.
#[must_use]
pub fn code(error: &anyhow::Error) -> ExitCode {
    ExitCode::from(if error.is::<Unable>() { 3 } else { 2 })
}
