//! Fills a folder of the user's cache with the npm packages that a lock file of this program pins.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::npm;
use super::step::{Say, SetupAttempt, SetupStep};
use crate::embedded::Embedded;

/// What is to be filled, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    files: Embedded,
    staging: Staging,
    step: SetupStep,
}

impl Fill {
    /// `npm ci` for `files`, which are to be in `folder` with their packages, because of `why`.
    #[must_use]
    pub fn new(npm: &Path, files: Embedded, folder: PathBuf, why: &'static str) -> Self {
        let staging = Staging::of(folder);
        let step = npm::ci(npm, &staging.new, why);
        Self { files, staging, step }
    }

    /// The command as a person would type it.
    #[must_use]
    pub fn command(&self) -> String {
        self.step.command()
    }

    /// Installs the packages, beside their place first. No other process may do the same meanwhile.
    ///
    /// # Errors
    /// The attempt, when a folder cannot be written or npm fails.
    pub fn run(&self, say: Say) -> Result<(), SetupAttempt> {
        let written = self.staging.begin().and_then(|()| self.files.write(&self.staging.new));
        written.map_err(|error| self.failed(&error))?;
        self.step.run(say)?;
        self.staging.finish().map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &anyhow::Error) -> SetupAttempt {
        SetupAttempt { command: self.step.command(), reason: format!("{error:#}"), output: Vec::new() }
    }
}

/// A folder that is made beside its place, and moved there as a whole: what a killed process has left is never taken for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staging {
    /// Where it is made.
    pub new: PathBuf,
    folder: PathBuf,
}

impl Staging {
    /// The way to `folder`.
    #[must_use]
    pub fn of(folder: PathBuf) -> Self {
        Self { new: folder.with_extension("new"), folder }
    }

    /// Makes an empty folder.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn begin(&self) -> anyhow::Result<()> {
        clear(&self.new)?;
        fs::create_dir_all(&self.new).with_context(|| format!("{}: cannot be made", self.new.display()))
    }

    /// Moves it into its place.
    ///
    /// # Errors
    /// It cannot be moved.
    pub fn finish(&self) -> anyhow::Result<()> {
        clear(&self.folder)?;
        let context = || format!("{}: cannot be moved into its place", self.new.display());
        fs::rename(&self.new, &self.folder).with_context(context)
    }
}

fn clear(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{}: cannot be removed", folder.display()))
        }
        _ => Ok(()),
    }
}
