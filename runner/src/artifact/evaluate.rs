//! Evaluates a script with Node.js, for what only JavaScript can answer.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::environment::Environment;
use crate::process::{self, ProcessError};

/// How long a script may take.
const LIMIT: Duration = Duration::from_secs(60);

/// Longer reasons are cut, characters.
const LONGEST: usize = 1000;

/// How Node.js ends where nothing is left to wait for but a promise.
const NEVER_SETTLED: i32 = 13;

/// The last line that `script`, a module, prints when it is given `path`.
///
/// # Errors
/// The last line of its error output, when it fails.
pub fn evaluate(environment: &Environment, script: &str, path: &Path) -> anyhow::Result<String> {
    let mut node = Command::new(&environment.node.path);
    let output = process::run(node.args(["--input-type=module", "--eval", script]).arg(path), LIMIT);
    let output = output.map_err(|error| match (&error, error.last_lines(1).pop()) {
        (ProcessError::Failed { status, .. }, _) if status.code() == Some(NEVER_SETTLED) => {
            anyhow::Error::msg("its promise is never settled")
        }
        (ProcessError::Failed { .. }, Some(line)) => anyhow::Error::msg(line.chars().take(LONGEST).collect::<String>()),
        _ => error.into(),
    })?;
    Ok(output.stdout.lines().last().unwrap_or_default().to_owned())
}
