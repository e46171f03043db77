//! npm packages that a lock file of this program pins: in a folder of a checkout, or in the user's cache.

use std::path::{Path, PathBuf};

use super::fill::Fill;
use super::host::Host;
use super::npm;
use super::remedy::Remedy;
use crate::embedded::Embedded;

/// Packages in a folder of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinned {
    /// The folder that has them in its `node_modules`.
    pub folder: PathBuf,
    /// What pins them, where the folder is made of that.
    files: Option<Embedded>,
}

impl Pinned {
    /// Those of a folder that has the files that pin them.
    #[must_use]
    pub fn of_checkout(folder: PathBuf) -> Self {
        Self { folder, files: None }
    }

    /// Those that `files` pin, below `own`.
    #[must_use]
    pub fn of_cache(files: Embedded, own: &Path) -> Self {
        Self { folder: files.folder(own), files: Some(files) }
    }

    /// Where a package is, or will be.
    #[must_use]
    pub fn package(&self, name: &str) -> PathBuf {
        self.folder.join("node_modules").join(name)
    }

    /// The number of packages, all of which are installed as pinned.
    ///
    /// # Errors
    /// Names the first package that is missing or differs.
    pub fn installed(&self) -> Result<usize, String> {
        if self.files.is_some() && !self.folder.is_dir() {
            return Err(format!("nothing is installed in {}", self.folder.display()));
        }
        npm::installed(&self.folder)
    }

    /// What installs them, for a person.
    #[must_use]
    pub fn fix(&self) -> String {
        match self.files {
            None => npm::fix(&self.folder),
            Some(_) => "crossover setup".to_owned(),
        }
    }

    /// The way to install them, because of `why`, with this npm.
    #[must_use]
    pub fn remedy(&self, npm: &Path, why: &'static str) -> Remedy {
        match &self.files {
            None => Remedy::Run(npm::ci(npm, &self.folder, why)),
            Some(files) => Remedy::Fill(Fill::new(npm, files.clone(), self.folder.clone(), why)),
        }
    }

    /// The same as ways to try: none where npm is missing.
    #[must_use]
    pub fn remedies(&self, host: &Host, why: &'static str) -> Vec<Remedy> {
        npm::find(host).map(|npm| self.remedy(&npm, why)).into_iter().collect()
    }
}

/// What pins the tools: the one place that has their versions.
#[must_use]
pub fn tool_files() -> Embedded {
    let files = [
        ("package.json", include_str!("../../tools/package.json")),
        ("package-lock.json", include_str!("../../tools/package-lock.json")),
    ];
    Embedded::of("tools", &files)
}

/// What pins the Node.js that set-up brings.
#[must_use]
pub fn node_files() -> Embedded {
    let files = [
        ("package.json", include_str!("../../tools/node/package.json")),
        ("package-lock.json", include_str!("../../tools/node/package-lock.json")),
    ];
    Embedded::of("node", &files)
}
