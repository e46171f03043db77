//! How contenders are started, as an earlier run found out: it need not be found out again for the same files and input.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use crate::execute::{Found, Prepared};

/// A folder with a file per contender and input, named after its fingerprint.
pub struct KnownWays {
    folder: PathBuf,
}

impl KnownWays {
    /// Those kept in `own`, the folder that is this project's own, for one version of a browser.
    #[must_use]
    pub fn of(own: &Path, browser_version: &str) -> Self {
        Self { folder: own.join("ways").join(crate::hex(&Sha256::digest(browser_version))) }
    }

    /// Tells every contender whose way is known.
    pub fn recall(&self, prepared: &mut Prepared) {
        for contender in prepared.values_mut().flat_map(|group| &mut group.contenders) {
            if let (None, Some(found)) = (&contender.found, self.way(&contender.fingerprint)) {
                contender.take(found);
            }
        }
    }

    /// The fingerprints of those whose way is still to be found.
    #[must_use]
    pub fn missing(prepared: &Prepared) -> BTreeSet<String> {
        let contenders = prepared.values().flat_map(|group| &group.contenders);
        let missing = contenders.filter(|contender| contender.found.is_none() && contender.urls.is_ok());
        missing.map(|contender| contender.fingerprint.clone()).collect()
    }

    /// Keeps the ways of those that were `sought`.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn keep(&self, prepared: &Prepared, sought: &BTreeSet<String>) -> anyhow::Result<()> {
        let context = || format!("{}: how modules are started cannot be kept", self.folder.display());
        fs::create_dir_all(&self.folder).with_context(context)?;
        let contenders = prepared.values().flat_map(|group| &group.contenders);
        for contender in contenders.filter(|contender| sought.contains(&contender.fingerprint)) {
            let Some(found) = contender.found.as_ref().filter(|_| contender.urls.is_ok()) else { continue };
            let new = self.folder.join(format!("{}.{}", contender.fingerprint, std::process::id()));
            let text = serde_json::to_vec(found).with_context(context)?;
            fs::write(&new, text).with_context(context)?;
            fs::rename(&new, self.folder.join(&contender.fingerprint)).with_context(context)?;
        }
        Ok(())
    }

    fn way(&self, fingerprint: &str) -> Option<Found> {
        serde_json::from_slice(&fs::read(self.folder.join(fingerprint)).ok()?).ok()
    }
}
