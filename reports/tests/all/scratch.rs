//! A results file of its own for each test.

use std::path::PathBuf;

use crossover_reports::run::{Run, RunError};

/// A file of its own for each test, removed at its end.
pub struct Scratch(pub PathBuf);

impl Scratch {
    /// The path only.
    pub fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("crossover-{}-{name}.jsonl", std::process::id())))
    }

    /// With this content.
    pub fn with(name: &str, text: &str) -> Self {
        let scratch = Self::new(name);
        std::fs::write(&scratch.0, text).unwrap();
        scratch
    }

    /// Reads it as a results file.
    pub fn read(&self) -> Result<Run, RunError> {
        Run::read(&self.0)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
