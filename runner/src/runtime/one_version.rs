//! A launcher whose browsers are all of one version: an update in the middle of a run is not measured as if nothing
//! had happened.

use futures_util::future::LocalBoxFuture;

use super::{Browser, DriverError, Launcher, RuntimeId, Work};

/// Launches browsers of one version, and refuses all others.
pub struct OneVersion {
    launcher: Box<dyn Launcher>,
    runtime: RuntimeId,
    version: String,
}

impl OneVersion {
    /// Wraps a launcher of this runtime; every browser has to have this version.
    #[must_use]
    pub fn new(launcher: Box<dyn Launcher>, runtime: RuntimeId, version: &str) -> Self {
        Self { launcher, runtime, version: version.to_owned() }
    }
}

impl Launcher for OneVersion {
    fn launch(&self) -> Work<'_, Box<dyn Browser>> {
        Box::pin(async {
            let browser = self.launcher.launch().await?;
            if browser.version() == self.version {
                return Ok(browser);
            }
            let is = browser.version().to_owned();
            browser.close().await;
            Err(DriverError::OtherVersion { runtime: self.runtime, was: self.version.clone(), is })
        })
    }

    fn flags(&self) -> &[String] {
        self.launcher.flags()
    }

    fn stop(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        self.launcher.stop()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::{FakeLauncher, Fate, UPDATED, VERSION};
    use super::*;

    #[tokio::test]
    async fn only_browsers_of_the_version_are_launched() {
        let launcher = OneVersion::new(
            Box::new(FakeLauncher::new(&[], &[Fate::Lives, Fate::IsUpdated, Fate::NotLaunched])),
            RuntimeId::Fake,
            VERSION,
        );
        assert_eq!(launcher.launch().await.unwrap().version(), VERSION);
        let changed = launcher.launch().await.err();
        assert_eq!(
            changed,
            Some(DriverError::OtherVersion {
                runtime: RuntimeId::Fake,
                was: VERSION.to_owned(),
                is: UPDATED.to_owned()
            })
        );
        assert!(matches!(launcher.launch().await, Err(DriverError::Gone(_))));
    }
}
