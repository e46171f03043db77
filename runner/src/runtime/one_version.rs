//! A launcher whose browsers are all of one version: an update in the middle of a run is not measured as if nothing
//! had happened.

use super::{Browser as _, DriverError, Launcher};

/// Launches browsers of one version, and refuses all others.
#[derive(Debug, Clone)]
pub struct OneVersion<L> {
    launcher: L,
    version: String,
}

impl<L> OneVersion<L> {
    /// The same launcher, whose browsers are to be of this version.
    #[must_use]
    pub fn new(launcher: L, version: &str) -> Self {
        Self { launcher, version: version.to_owned() }
    }

    /// The launcher, whatever it launches.
    #[must_use]
    pub fn into_inner(self) -> L {
        self.launcher
    }
}

impl<L: Launcher> Launcher for OneVersion<L> {
    type Browser = L::Browser;

    async fn launch(&self) -> Result<L::Browser, DriverError> {
        let browser = self.launcher.launch().await?;
        if browser.version() == self.version {
            return Ok(browser);
        }
        let is = browser.version().to_owned();
        browser.close().await;
        Err(DriverError::OtherVersion { was: self.version.clone(), is })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::{FakeLauncher, Fate, UPDATED, VERSION};
    use super::*;

    #[tokio::test]
    async fn only_browsers_of_the_version_are_launched() {
        let launcher =
            OneVersion::new(FakeLauncher::new(&[], &[Fate::Lives, Fate::IsUpdated, Fate::NotLaunched]), VERSION);
        assert_eq!(launcher.launch().await.unwrap().version(), VERSION);
        let changed = launcher.launch().await.err();
        assert_eq!(changed, Some(DriverError::OtherVersion { was: VERSION.to_owned(), is: UPDATED.to_owned() }));
        assert!(matches!(launcher.launch().await, Err(DriverError::Gone(_))));
    }
}
