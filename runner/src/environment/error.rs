//! Why the environment is not able, with the command that mends it. The command line makes exit code 3 of it.

use super::step::{SetupAttempt, list_attempts};

/// A thing that is missing and could not be, or must not be, brought.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {why}{}\nto mend it: {fix}", list_attempts(attempts))]
pub struct SetupError {
    /// What is missing, e.g. `Wasm target`.
    pub what: String,
    /// Why what there is does not do.
    pub why: String,
    /// What was tried to bring it; empty with `--no-setup`.
    pub attempts: Vec<SetupAttempt>,
    /// The command that a person can type, or a sentence where there is none.
    pub fix: String,
}
