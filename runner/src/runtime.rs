//! The seam to what contenders run in: launch it, open pages of their own processes, put trials to them.

mod bidi;
mod command_error;
#[cfg(test)]
pub mod fake;
pub mod firefox;
mod harness;
mod id;
mod one_core;
mod one_version;
pub mod playwright;
mod probe;
#[cfg(target_os = "linux")]
mod processes;
pub mod sandbox;
mod supervised;
mod webdriver;
pub mod webkit;

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

/// A pending operation of a runtime.
pub type Work<'a, T> = LocalBoxFuture<'a, Result<T, DriverError>>;

/// Launches one runtime; each launch is a fresh process with a fresh profile.
pub trait Launcher {
    /// Launches it.
    fn launch(&self) -> Work<'_, Box<dyn Browser>>;

    /// The flags that it is given.
    fn flags(&self) -> &[String];

    /// Ends what launches, and with it everything that was launched. Where each browser ends by itself, there is nothing to end.
    fn stop(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async {})
    }
}

/// A running browser.
pub trait Browser {
    /// Its own version.
    fn version(&self) -> &str;

    /// Opens a page at `origin`. One that no page of this browser had before gets a process of its own, and finds nothing of
    /// its own in any cache.
    fn open<'a>(&'a self, origin: &'a str) -> Work<'a, Box<dyn Page>>;

    /// Whether it runs on this machine. The system's counters describe the measured machine only then.
    fn is_here(&self) -> bool {
        true
    }

    /// The command line that a remote browser reports. It names the profile folder of this process alone.
    fn command_line(&self) -> Option<&str> {
        None
    }

    /// Whether the open pages of a local browser run in its sandbox; `None` where it has no sandbox.
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
    /// Whether a remote browser reports that it was started with this flag.
    #[must_use]
    pub fn has_flag(&self, flag: &str) -> bool {
        self.command_line().is_some_and(|line| line.split_whitespace().any(|word| word == flag))
    }
}

/// An open page with the harness in it. What only some runtimes can do is `None` in the others.
pub trait Page {
    /// Runs one trial in the page and returns its report.
    fn put<'a>(&'a self, spec: &'a TrialSpec, timeout: Duration) -> Work<'a, Value>;

    /// Slows the page down as the launcher's emulation asks; without an emulation it stays as it is.
    fn slow_down(&self) -> Option<Work<'_, ()>> {
        None
    }

    /// Collects the page's garbage, then reports what its engine holds.
    fn heap(&self) -> Option<Work<'_, Heap>> {
        None
    }

    /// Starts to sample the page's own thread at this interval.
    fn record(&self, _interval: Duration) -> Option<Work<'_, ()>> {
        None
    }

    /// Ends the sampling and returns what was sampled.
    fn recorded(&self) -> Option<Work<'_, Recorded>> {
        None
    }

    /// Closes the page.
    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()>;
}

impl dyn Page + '_ {
    /// Runs one trial in the page and parses its report.
    ///
    /// # Errors
    /// When the driver fails, or the report does not follow the protocol.
    pub async fn trial<T: DeserializeOwned>(&self, spec: &TrialSpec, timeout: Duration) -> Result<T, DriverError> {
        let report = self.put(spec, timeout).await?;
        serde_json::from_value(report)
            .map_err(|error| DriverError::Gone(format!("the page's report is damaged: {error}")))
    }
}

impl DriverError {
    /// For a browser or a page that did not do what it was to do.
    #[must_use]
    pub fn died(what: &str, why: impl std::fmt::Display) -> Self {
        Self::Gone(format!("the browser or its page died and did not {what}: {why}"))
    }

    /// For a browser whose answer lacks what it was asked for.
    #[must_use]
    pub fn unreported(what: &str) -> Self {
        Self::Threw(format!("the browser did not report {what}"))
    }
}

/// Why a trial, a page or a browser failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DriverError {
    /// The contender, or the page on its behalf, threw.
    #[error("{0}")]
    Threw(String),
    /// The browser lacks what the contender needs, by this name.
    #[error("not available in this browser, which has no {0}")]
    Unavailable(String),
    /// No answer in time; the page can't be used any more.
    #[error("no answer within {} s: it was stopped; help: for a call that really takes that long, set --call-timeout SECONDS", .0.as_secs_f64())]
    TimedOut(Duration),
    /// The browser that was started is not of the version that the run began with. Nothing is measured with it.
    #[error("{} changed from version {was} to {is}", runtime.label())]
    OtherVersion {
        /// What was started.
        runtime: RuntimeId,
        /// The version that the run began with.
        was: String,
        /// The version now.
        is: String,
    },
    /// The page or the browser is gone.
    #[error("{0}")]
    Gone(String),
}
