//! Reading and saving `calibration.json`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Calibration, SCHEMA};
use crate::regular;

/// Largest file that is read: a calibration has at most 10 000 comparisons, one line each.
const LARGEST_BYTES: u64 = 64 << 20;

/// Why a calibration could not be read. Each message names the file and the fix.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// The file could not be read.
    #[error("{}: cannot read the calibration: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's message.
        reason: std::io::Error,
    },
    /// The file is not what this version writes.
    #[error("{}: {message}; help: calibrate again with `crossover calibrate`", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
}

impl Calibration {
    /// Reads a calibration; `None` if there is no file.
    ///
    /// # Errors
    /// [`CalibrationError`] when the file cannot be read or has another schema.
    pub fn read(path: &Path) -> Result<Option<Self>, CalibrationError> {
        let text = match regular::read_text(path, LARGEST_BYTES) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(reason) => return Err(CalibrationError::Unreadable { path: path.to_owned(), reason }),
        };
        let malformed = |message: String| CalibrationError::Malformed { path: path.to_owned(), message };
        let found: Self = serde_json::from_str(&text).map_err(|error| malformed(error.to_string()))?;
        if found.schema == SCHEMA {
            Ok(Some(found))
        } else {
            Err(malformed(format!("schema `{}` is not `{SCHEMA}`", found.schema)))
        }
    }

    /// The calibration as JSON, with a last newline.
    ///
    /// # Errors
    /// Never for a calibration that was made from comparisons.
    pub fn json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Saves the calibration, replacing the file. A process that is stopped meanwhile leaves the old file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        let new = path.with_extension("json.new");
        fs::write(&new, self.json()?)?;
        fs::rename(&new, path)
    }
}
