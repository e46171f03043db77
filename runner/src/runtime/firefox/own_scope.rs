//! The scope of Firefox' own scripts, which sees what no page does: memory reports, and the profiler.

use serde_json::{Value, json};

use super::PATIENCE;
use crate::runtime::DriverError;
use crate::runtime::bidi::Bidi;
use crate::runtime::command_error::CommandError;

/// Finds the process of the page at an origin.
const PROCESS: &str = include_str!("process.js");

/// The flag that opens it.
pub const FLAG: &str = "--remote-allow-system-access";

/// The scope of a browser.
#[derive(Clone)]
pub struct OwnScope {
    bidi: Bidi,
    /// The browser's first window.
    context: Value,
}

impl OwnScope {
    /// The scope of this browser; `None` where it can't be reached, as in Firefox 140.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn of(bidi: &Bidi) -> Result<Option<Self>, DriverError> {
        let windows = bidi.send("browsingContext.getTree", json!({ "moz:scope": "chrome" }), PATIENCE).await;
        let windows = match windows {
            Ok(windows) => windows,
            Err(CommandError::Refused { .. }) => return Ok(None),
            Err(error) => return Err(DriverError::died("list its windows", error)),
        };
        // One that does not know the word answers with its pages.
        let is_own = |window: &&Value| window["moz:scope"] == "chrome";
        let first = windows["contexts"].as_array().and_then(|windows| windows.iter().find(is_own));
        Ok(first.map(|window| Self { bidi: bidi.clone(), context: window["context"].clone() }))
    }

    /// The number of the process that runs the page at an origin, as text.
    ///
    /// # Errors
    /// When the browser does not answer, or has no such page.
    pub async fn process(&self, origin: &str) -> Result<String, DriverError> {
        let process = self.call(PROCESS, &[origin], "name the process of a page").await?;
        process.as_str().map(str::to_owned).ok_or_else(|| DriverError::unreported("which process runs the page"))
    }

    /// Calls a function with texts, and returns the text or null that it answers with; `what` says what it is to do.
    ///
    /// # Errors
    /// When the browser does not answer, or the function throws.
    pub async fn call(&self, function: &str, arguments: &[&str], what: &str) -> Result<Value, DriverError> {
        let answer = self.bidi.call(&self.context, function, arguments, PATIENCE).await;
        let answer = answer.map_err(|error| DriverError::died(what, error))?;
        match answer["exceptionDetails"]["text"].as_str() {
            Some(thrown) => Err(DriverError::Threw(format!("Firefox could not {what}: {thrown}"))),
            None => Ok(answer["result"]["value"].clone()),
        }
    }
}
