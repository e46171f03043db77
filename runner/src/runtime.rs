//! The seam to what contenders run in: launch it, open pages of their own processes, put trials to them.

#[cfg(test)]
pub mod fake;
mod id;
mod one_core;
mod one_version;
pub mod playwright;
mod probe;
#[cfg(target_os = "linux")]
mod processes;
pub mod sandbox;

use std::time::Duration;

use futures_util::future::LocalBoxFuture;
pub use id::{Capability, RuntimeId};
pub use one_core::HeldPages;
pub use one_version::OneVersion;
pub use probe::{Heap, Recorded};
pub use sandbox::Sandbox;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::protocol::TrialSpec;

/// What a runtime is at work on.
pub type Work<'a, T> = LocalBoxFuture<'a, Result<T, DriverError>>;

/// Launches one runtime; each launch is a fresh process with a fresh profile.
pub trait Launcher {
    /// Launches it.
    fn launch(&self) -> Work<'_, Box<dyn Browser>>;

    /// The flags that it is given.
    fn flags(&self) -> &[String];

    /// Ends what launches, and with it everything that was launched.
    fn stop(self: Box<Self>) -> LocalBoxFuture<'static, ()>;
}

/// A running browser.
pub trait Browser {
    /// Its own version.
    fn version(&self) -> &str;

    /// Opens a page at `origin`. One that no page of this browser had before gets a process of its own, and finds nothing of
    /// its own in any cache.
    fn open<'a>(&'a self, origin: &'a str) -> Work<'a, Box<dyn Page>>;

    /// Whether it runs on this machine, so that what the system tells is of the machine that measures.
    fn is_here(&self) -> bool {
        true
    }

    /// How a browser elsewhere was started, by its own account; it names the profile that this process alone has.
    fn command_line(&self) -> Option<&str> {
        None
    }

    /// Whether the open pages of a browser here run in its sandbox; `None` where it has none to speak of.
    fn sandbox(&self) -> LocalBoxFuture<'_, Option<Sandbox>> {
        Box::pin(async { None })
    }

    /// From now on all open pages run on the same core, where the system can do that. Threads that they have started
    /// stay free, and so do pages that are opened later.
    fn hold_pages_to_one_core(&self) -> HeldPages {
        HeldPages::default()
    }

    /// Ends the browser, also one that does not answer any more.
    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()>;
}

impl dyn Browser + '_ {
    /// Whether a browser elsewhere was started with this flag, by its own account.
    #[must_use]
    pub fn has_flag(&self, flag: &str) -> bool {
        self.command_line().is_some_and(|line| line.split_whitespace().any(|word| word == flag))
    }
}

/// An open page with the harness in it. What only some runtimes can do is `None` in the others.
pub trait Page {
    /// Puts one trial to the page, and gives its report.
    fn put<'a>(&'a self, spec: &'a TrialSpec, timeout: Duration) -> Work<'a, Value>;

    /// From now on the page is as slow as the launcher was told to make pages; as it is, if it was told nothing.
    fn slow_down(&self) -> Option<Work<'_, ()>> {
        None
    }

    /// Has the page's garbage collected, and tells what its engine holds then.
    fn heap(&self) -> Option<Work<'_, Heap>> {
        None
    }

    /// From now on the page's own thread is sampled, as often as this.
    fn record(&self, _interval: Duration) -> Option<Work<'_, ()>> {
        None
    }

    /// What was sampled since; it is over then.
    fn recorded(&self) -> Option<Work<'_, Recorded>> {
        None
    }

    /// Closes the page.
    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()>;
}

impl dyn Page + '_ {
    /// Puts one trial to the page, and reads its report.
    ///
    /// # Errors
    /// What the driver says, and a report that is not as the protocol has it.
    pub async fn trial<T: DeserializeOwned>(&self, spec: &TrialSpec, timeout: Duration) -> Result<T, DriverError> {
        let report = self.put(spec, timeout).await?;
        serde_json::from_value(report)
            .map_err(|error| DriverError::Gone(format!("the page's report is damaged: {error}")))
    }
}

/// Why a trial, a page or a browser came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DriverError {
    /// The contender, or the page on its behalf, threw.
    #[error("{0}")]
    Threw(String),
    /// The browser lacks what the contender needs, by this name.
    #[error("not available in this browser, which has no {0}")]
    Unavailable(String),
    /// No answer in time; the page can't be used any more.
    #[error("no answer within {} s: it was stopped; a call that really takes that long needs --call-timeout SECONDS", .0.as_secs_f64())]
    TimedOut(Duration),
    /// The browser that was started is not of the version that the run began with. Nothing is measured with it.
    #[error("the browser changed from version {was} to {is}")]
    OtherVersion {
        /// The version that the run began with.
        was: String,
        /// The version now.
        is: String,
    },
    /// The page or the browser is gone.
    #[error("{0}")]
    Gone(String),
}
