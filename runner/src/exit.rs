//! How a command ends: its exit code, and which errors mean which.

use std::process::ExitCode;

/// How a command ended that has done its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Success.
    Done,
    /// `verify`: a wrong answer, or none.
    WrongAnswer,
    /// `compare`: a regression.
    Regressed,
    /// Some cells failed; the others are measured.
    SomeFailed,
    /// The browser was updated during the run; what was measured before is kept.
    BrowserChanged,
    /// Interrupted; what was measured is kept.
    Interrupted(Signal),
}

/// A signal that asks a process to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// As a cancelled job in CI sends it.
    Terminate,
    /// The terminal is closed.
    HangUp,
}

impl Signal {
    /// The exit code of a command that it ended, as shells have it: 128 and the signal's number.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::HangUp => 129,
            Self::Interrupt => 130,
            Self::Terminate => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::WrongAnswer | Exit::Regressed => 1,
            Exit::BrowserChanged => 3,
            Exit::SomeFailed => 4,
            Exit::Interrupted(signal) => signal.code(),
        })
    }
}

/// Something is missing on this machine: exit code 3. Any other error is wrong usage or a bad file: 2.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Unable(pub anyhow::Error);

/// A signal ended the work before there were results.
#[derive(Debug, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted(pub Signal);

/// The signal that ended the work, if one did.
#[must_use]
pub fn signal(error: &anyhow::Error) -> Option<Signal> {
    error.downcast_ref::<Interrupted>().map(|Interrupted(signal)| *signal)
}

/// The exit code of a command that could not do its work.
#[must_use]
pub fn code(error: &anyhow::Error) -> ExitCode {
    ExitCode::from(match signal(error) {
        Some(signal) => signal.code(),
        None if error.is::<Unable>() => 3,
        None => 2,
    })
}
