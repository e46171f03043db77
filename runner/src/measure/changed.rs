//! A runtime that was updated in the middle of the work.

use crate::exit::Exit;
use crate::progress::{Verbosity, say};
use crate::runtime::DriverError;

/// What a browser that was changed in the middle of the work makes of it: it ends with what is complete. Other outcomes
/// stay as they are.
///
/// # Errors
/// Any other error.
pub fn unless_changed(outcome: anyhow::Result<Exit>) -> anyhow::Result<Exit> {
    let changed = |error: &anyhow::Error| match error.downcast_ref::<DriverError>() {
        Some(DriverError::OtherVersion { was, is }) => Some(format!(
            "Chromium was changed from version {was} to {is} in the meantime. What was measured with {was} is kept, and \
             nothing was measured with {is}. To go on with --resume, bring {was} back; to measure {is}, start a new run"
        )),
        _ => None,
    };
    match outcome {
        Err(error) => match changed(&error) {
            Some(words) => {
                say(Verbosity::Normal, &format!("crossover: {words}"));
                Ok(Exit::BrowserChanged)
            }
            None => Err(error),
        },
        ended => ended,
    }
}
