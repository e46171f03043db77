//! What is missing on this machine, with the command that installs it. The command line exits with code 3.

use super::step::{SetupAttempt, list_attempts};

/// A thing that is missing, and that set-up could not or must not install.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {why}{}; help: {fix}", list_attempts(attempts))]
pub struct SetupError {
    /// What is missing, e.g. `Wasm target`.
    pub what: String,
    /// Why what was found cannot be used.
    pub why: String,
    /// What was tried to bring it; empty with `--no-setup`.
    pub attempts: Vec<SetupAttempt>,
    /// The command that a person can type, or a sentence where there is none.
    pub fix: String,
}
