//! Commands of Chromium's debugging protocol.

pub mod heap;
pub mod profiler;
pub mod throttle;

use std::time::Duration;

use playwright_rs::protocol::CDPSession;
use serde_json::Value;

use crate::runtime::DriverError;

/// Time limit of a command.
const PATIENCE: Duration = Duration::from_secs(30);

/// A command with its parameters.
pub type Command = (&'static str, Value);

/// Sends a command and returns the browser's answer.
///
/// # Errors
/// When it is refused, or not answered.
pub async fn send(session: &CDPSession, (command, parameters): Command) -> Result<Value, DriverError> {
    match tokio::time::timeout(PATIENCE, session.send(command, Some(parameters))).await {
        // Playwright hands on what the browser answered as a field of its own answer.
        Ok(Ok(mut answer)) => Ok(answer["result"].take()),
        Ok(Err(error)) => {
            Err(DriverError::Threw(format!("the browser refused {command}: {}", super::first_line(&error))))
        }
        Err(_) => Err(DriverError::TimedOut(PATIENCE)),
    }
}
