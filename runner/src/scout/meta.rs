//! The metadata of Firefox's two formats: their version, and the names of categories.

use anyhow::{bail, ensure};
use serde::Deserialize;

/// The newest version of the processed format that the reader was written for. Each version may change what columns mean, so
/// a newer one is refused: the changes are listed in CHANGELOG-formats.md of the Firefox Profiler.
const NEWEST_PROCESSED: u64 = 70;
/// The same for the format that Firefox itself writes.
const NEWEST_GECKO: u64 = 36;
/// The oldest version of it that is read: before, stacks were no tables.
const OLDEST_GECKO: u64 = 3;

/// The metadata of a profile.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Meta {
    /// The version of the processed format.
    preprocessed_profile_version: Option<u64>,
    /// The version of the format that Firefox hands out. Processed profiles keep it.
    version: Option<u64>,
    /// The version that Firefox reports: `rv:59.0`.
    misc: String,
    categories: Option<Vec<Category>>,
    sample_units: Units,
}

#[derive(Debug, Deserialize)]
struct Category {
    name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Units {
    time: String,
}

impl Meta {
    /// The version of the processed format; the first ones did not say it.
    #[must_use]
    pub fn processed_version(&self) -> u64 {
        self.preprocessed_profile_version.unwrap_or_default()
    }

    /// Refuses processed profiles that cannot be understood.
    ///
    /// # Errors
    /// When the version is too new, or the profile is not of time.
    pub fn ensure_processed(&self) -> anyhow::Result<()> {
        let version = self.processed_version();
        ensure!(
            version <= NEWEST_PROCESSED,
            "field `meta.preprocessedProfileVersion`: this Firefox profile has version {version} of the processed profile \
             format, and this crossover reads versions up to {NEWEST_PROCESSED}; {NEWER}"
        );
        ensure!(
            self.sample_units.time != "bytes",
            "this profile holds sizes in bytes, not times; help: record the page instead"
        );
        Ok(())
    }

    /// Refuses profiles as Firefox hands them out that cannot be understood.
    ///
    /// # Errors
    /// When the version is too new or too old.
    pub fn ensure_gecko(&self) -> anyhow::Result<()> {
        let Some(version) = self.version else { return Ok(()) };
        ensure!(
            version <= NEWEST_GECKO,
            "field `meta.version`: this Firefox profile has version {version} of the Gecko profile format, and this \
             crossover reads versions up to {NEWEST_GECKO}; {NEWER}"
        );
        if version < OLDEST_GECKO {
            bail!(
                "field `meta.version`: this profile is from {}, whose format {version} is too old; help: record the page again \
                 with a newer Firefox",
                self.firefox()
            );
        }
        Ok(())
    }

    /// Which Firefox recorded the profile.
    fn firefox(&self) -> String {
        let release = self.misc.strip_prefix("rv:").and_then(|rv| rv.split('.').next()).filter(|rv| !rv.is_empty());
        release.map_or_else(|| "an old Firefox".to_owned(), |release| format!("Firefox {release}"))
    }

    /// The name of a category.
    #[must_use]
    pub fn category(&self, at: Option<u64>) -> Option<&str> {
        let at = at?;
        match &self.categories {
            Some(categories) => categories.get(usize::try_from(at).ok()?).map(|category| category.name.as_str()),
            None => before_categories(at),
        }
    }
}

/// What to do with a version that is newer than the reader.
const NEWER: &str = "update crossover, or record a trace with Chrome's DevTools (Performance panel) instead";

/// As long as profiles named no categories (Firefox 61 does not, 63 does), each was a bit.
fn before_categories(bit: u64) -> Option<&'static str> {
    Some(match bit {
        0x20 => "Layout",
        0x80 | 0x100 => "GC / CC",
        0x200 => "Network",
        0x400 => "Graphics",
        _ => return None,
    })
}
