//! A runtime that was updated during a run.

use crate::complaint;
use crate::exit::Exit;
use crate::progress::{Verbosity, say};
use crate::runtime::DriverError;

/// Ends the work with what is complete when the browser was updated meanwhile. Other outcomes stay as they are.
///
/// # Errors
/// Any other error.
pub fn unless_changed(outcome: anyhow::Result<Exit>) -> anyhow::Result<Exit> {
    let changed = |error: &anyhow::Error| match error.downcast_ref::<DriverError>() {
        Some(DriverError::OtherVersion { runtime, was, is }) => Some(format!(
            "{} was updated from version {was} to {is} during the run. What was measured with {was} is kept, and \
             nothing was measured with {is}; help: to continue with --resume, install {was} again; to measure {is}, start a \
             new run",
            runtime.label()
        )),
        _ => None,
    };
    match outcome {
        Err(error) => match changed(&error) {
            Some(words) => {
                say(Verbosity::Normal, &complaint::error_line(&words));
                Ok(Exit::BrowserChanged)
            }
            None => Err(error),
        },
        ended => ended,
    }
}
