//! Why a browser did not do what a command of WebDriver asked for, in either of its two protocols.

use std::time::Duration;

/// Why a command has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The browser or its driver refused it.
    #[error("{code}: {message}")]
    Refused {
        /// One of the standard's codes, e.g. `no such window`.
        code: String,
        /// The words of who refused it.
        message: String,
    },
    /// No answer in time.
    #[error("no answer within {} s", .0.as_secs_f64())]
    TimedOut(Duration),
    /// There is nothing at the other end any more, or what answers speaks another language.
    #[error("{0}")]
    Gone(String),
}
