//! The seam to what contenders run in: launch it, open pages of their own processes, put trials to them.

pub mod chromium;
mod cpu;
mod endpoint;
#[cfg(test)]
pub mod fake;
mod heap;
mod id;
mod one_core;
mod one_version;
#[cfg(target_os = "linux")]
mod processes;
pub mod sandbox;
mod slow;
mod tunnel;
mod wire;

use std::time::Duration;

pub use cpu::Recorded;
pub use endpoint::Endpoint;
pub use heap::Heap;
pub use id::{Capability, RuntimeId};
pub use one_core::HeldPages;
pub use one_version::OneVersion;
pub use sandbox::Sandbox;
use serde::de::DeserializeOwned;
pub use wire::Wish;

use crate::protocol::TrialSpec;

/// Launches browsers; each launch is a fresh process with a fresh profile.
pub trait Launcher {
    /// A running browser.
    type Browser: Browser;

    /// Launches one.
    fn launch(&self) -> impl Future<Output = Result<Self::Browser, DriverError>>;
}

/// A running browser.
pub trait Browser {
    /// An open page.
    type Page: Page;

    /// Its own version.
    fn version(&self) -> &str;

    /// Opens a page at `origin`. One that no page of this browser had before gets a renderer process of its own, and
    /// finds nothing of its own in any cache.
    fn open(&self, origin: &str) -> impl Future<Output = Result<Self::Page, DriverError>>;

    /// Whether it runs on this machine, so that what the system tells is of the machine that measures.
    fn is_here(&self) -> bool;

    /// From now on all open pages run on the same core, where the system can do that. Threads that they have started
    /// stay free, and so do pages that are opened later.
    fn hold_pages_to_one_core(&self) -> HeldPages;

    /// Ends the browser, also one that does not answer any more.
    fn close(self) -> impl Future<Output = ()>;
}

/// An open page with the harness in it.
pub trait Page {
    /// Puts one trial to the page.
    fn trial<T: DeserializeOwned>(
        &self,
        spec: &TrialSpec,
        timeout: Duration,
    ) -> impl Future<Output = Result<T, DriverError>>;

    /// From now on the page is as slow as the launcher was told to make pages; as it is, if it was told nothing.
    fn slow_down(&self) -> impl Future<Output = Result<(), DriverError>>;

    /// Has the page's garbage collected, and tells what its engine holds then.
    fn heap(&self) -> impl Future<Output = Result<Heap, DriverError>>;

    /// From now on the page's own thread is sampled, as often as this.
    fn record(&self, interval: Duration) -> impl Future<Output = Result<(), DriverError>>;

    /// What was sampled since; it is over then.
    fn recorded(&self) -> impl Future<Output = Result<Recorded, DriverError>>;

    /// Closes the page.
    fn close(self) -> impl Future<Output = ()>;
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
