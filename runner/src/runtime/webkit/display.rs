//! A display that shows nothing, for a browser that needs one.

use std::process::Command;
use std::time::Duration;

use crate::runtime::DriverError;
use crate::runtime::supervised::Supervised;

/// How long it may take to start.
const TO_START: Duration = Duration::from_secs(30);

/// A running Xvfb.
pub struct Display {
    name: String,
    _process: Supervised,
}

impl Display {
    /// Starts one with a number that no other display has.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start() -> Result<Self, DriverError> {
        let mut command = Command::new("Xvfb");
        // It says its number on standard error, where the rest goes, too.
        command.args(["-displayfd", "2", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
        let gone = |why: &str| DriverError::Gone(format!("no display for WebKit: Xvfb {why}"));
        let folder = tempfile::tempdir().map_err(|error| gone(&error.to_string()))?;
        let mut process = Supervised::start(&command, folder).map_err(|error| gone(&error.to_string()))?;
        let number = process.line(|line| line.parse::<u32>().ok());
        let number = match tokio::time::timeout(TO_START, number).await {
            Ok(Some(number)) => number,
            Ok(None) => return Err(gone(&format!("ended, and said: {}", process.last_lines()))),
            Err(_) => return Err(gone(&format!("was silent for {} s", TO_START.as_secs()))),
        };
        Ok(Self { name: format!(":{number}"), _process: process })
    }

    /// Its name, for the variable `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }
}
