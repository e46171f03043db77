//! One line of `doctor`: a thing is there, or it is missing and the line says how to fix that.

use std::path::PathBuf;

use super::version::Version;

/// A program that was found and that answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// The program.
    pub path: PathBuf,
    /// What it says about itself.
    pub version: Version,
}

/// One line of the doctor's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// What was looked for, e.g. `Node.js`.
    pub what: &'static str,
    /// Whether it is there.
    pub state: Presence,
    /// The command that installs it, or a sentence where there is no command.
    pub fix: String,
}

/// Whether a thing is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// It is, and it is good enough.
    Found {
        /// Where.
        at: String,
        /// Which.
        version: String,
    },
    /// It is not, or not good enough.
    Missing {
        /// What was tried, and why it cannot be used.
        why: String,
    },
}

impl Diagnosis {
    /// The diagnosis for a search that gave `found` (where, which version) or the reason why it did not.
    #[must_use]
    pub fn new(what: &'static str, found: Result<(String, String), String>, fix: String) -> Self {
        let state = match found {
            Ok((at, version)) => Presence::Found { at, version },
            Err(why) => Presence::Missing { why },
        };
        Self { what, state, fix }
    }

    /// The same where the reason comes with the fix.
    #[must_use]
    pub fn of(what: &'static str, found: Result<(String, String), (String, String)>) -> Self {
        match found {
            Ok(found) => Self::new(what, Ok(found), String::new()),
            Err((why, fix)) => Self::new(what, Err(why), fix),
        }
    }

    /// Whether the thing is missing.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self.state, Presence::Missing { .. })
    }
}
