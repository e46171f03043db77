//! How contenders are started, as an earlier run found out. It is not tried again for the same files and input.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::run::Runtime;

use super::known_answers::folder;
use super::{Prepared, StartRecipe};

/// A folder for each stratum with a file per contender and input, named after its fingerprint.
pub struct KnownWays {
    folders: Vec<PathBuf>,
}

impl KnownWays {
    /// Those kept in `own`, the folder that is this project's own, for one version of each runtime.
    #[must_use]
    pub fn of<'a>(own: &Path, runtimes: impl IntoIterator<Item = &'a Runtime>) -> Self {
        Self { folders: runtimes.into_iter().map(|runtime| folder(&own.join("ways"), runtime)).collect() }
    }

    /// Sets the way of every contender whose way is known.
    pub fn recall(&self, prepared: &mut Prepared) {
        for (at, group) in prepared {
            for contender in group.contenders.iter_mut().filter(|contender| contender.found.is_none()) {
                way(&self.folders[at.stratum], &contender.fingerprint)
                    .into_iter()
                    .for_each(|found| contender.take(found));
            }
        }
    }

    /// The fingerprints of those whose way is unknown.
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
        let contenders = prepared.iter().flat_map(|(at, group)| group.contenders.iter().map(|one| (at.stratum, one)));
        for (stratum, contender) in contenders.filter(|(_, contender)| sought.contains(&contender.fingerprint)) {
            let folder = &self.folders[stratum];
            let context = || format!("{}: how modules are started cannot be kept", folder.display());
            let Some(found) = contender.found.as_ref().filter(|_| contender.urls.is_ok()) else { continue };
            fs::create_dir_all(folder).with_context(context)?;
            let new = folder.join(format!("{}.{}", contender.fingerprint, std::process::id()));
            let text = serde_json::to_vec(found).with_context(context)?;
            fs::write(&new, text).with_context(context)?;
            fs::rename(&new, folder.join(&contender.fingerprint)).with_context(context)?;
        }
        Ok(())
    }
}

fn way(folder: &Path, fingerprint: &str) -> Option<StartRecipe> {
    serde_json::from_slice(&fs::read(folder.join(fingerprint)).ok()?).ok()
}
