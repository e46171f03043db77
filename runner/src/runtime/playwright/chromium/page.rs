//! A page of Chromium with the harness in it: trials, and commands of the browser's debugging protocol.

use std::sync::OnceLock;
use std::time::Duration;

use crossover_reports::run::Emulation;
use futures_util::future::LocalBoxFuture;
use playwright_rs::BrowserContext;
use playwright_rs::protocol::CDPSession;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::super::cdp::{heap, profiler, send, throttle};
use super::{PATIENCE, gone, within};
use crate::protocol::{Reply, TrialSpec};
use crate::runtime::harness::{Harness, Numbered, ON_ITS_WAY, Outcome, TRIAL};
use crate::runtime::{DriverError, Heap, Page, Recorded, Work};

/// The driver's message about a page that navigates during a call.
const NAVIGATED: &str = "Execution context was destroyed";

/// A page.
pub struct ChromiumPage {
    page: playwright_rs::Page,
    context: BrowserContext,
    emulation: Emulation,
    harness: Harness,
    /// The session for commands that slow the page down, once there is one.
    slowed: OnceLock<CDPSession>,
    /// The session for its memory and profile, once there is one.
    asked: OnceCell<CDPSession>,
}

impl ChromiumPage {
    /// A page that was opened at `origin`.
    pub(super) fn new(page: playwright_rs::Page, context: BrowserContext, emulation: Emulation, origin: &str) -> Self {
        let (slowed, asked) = (OnceLock::new(), OnceCell::new());
        Self { page, context, emulation, harness: Harness::at(origin), slowed, asked }
    }

    /// The page's current address, as it reports it: the driver's may be older. If it is unchanged, a navigation may have begun.
    async fn address(&self) -> String {
        let mut address = self.asked_address().await;
        if self.harness.is_at(&address) {
            tokio::time::sleep(ON_ITS_WAY).await;
            address = self.asked_address().await;
        }
        address
    }

    /// A page that does not answer is where the driver says.
    async fn asked_address(&self) -> String {
        let asked = self.page.evaluate::<(), String>("() => location.href", None);
        let address = tokio::time::timeout(PATIENCE, asked).await.ok().and_then(Result::ok);
        address.unwrap_or_else(|| self.page.url())
    }

    /// Only the page at work is slowed down. A browser slows a thread by keeping it busy, also one that only waits, and
    /// pages that wait would take the core from the one at work.
    async fn throttle(&self, throttling: Throttling) -> Result<(), DriverError> {
        let (Some(session), Some(times)) = (self.slowed.get(), self.emulation.cpu_throttle) else { return Ok(()) };
        send(session, throttle::cpu(if throttling == Throttling::AtWork { times } else { 1.0 })).await?;
        Ok(())
    }

    /// A session for commands, which belongs to the page and ends with it.
    async fn session(&self) -> Result<CDPSession, DriverError> {
        within(PATIENCE, "take commands", self.context.new_cdp_session(&self.page)).await
    }
}

/// What a page is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Throttling {
    AtWork,
    Waiting,
}

impl ChromiumPage {
    async fn report(&self, spec: &TrialSpec, timeout: Duration) -> Result<Value, DriverError> {
        self.throttle(Throttling::AtWork).await?;
        let trial = self.harness.next(spec);
        let answer = self.page.evaluate::<Numbered<'_>, Reply<Value>>(TRIAL, Some(&trial));
        let reply = match tokio::time::timeout(timeout, answer).await {
            Err(_) => return Err(DriverError::TimedOut(timeout)),
            Ok(Err(error)) if error.to_string().contains(NAVIGATED) => return Err(self.left().await),
            Ok(Err(error)) => return Err(gone("answer", &error)),
            Ok(Ok(reply)) => reply,
        };
        self.throttle(Throttling::Waiting).await?;
        match trial.outcome(reply)? {
            Outcome::Report(report) => Ok(report),
            Outcome::Left => Err(self.left().await),
        }
    }

    async fn left(&self) -> DriverError {
        self.harness.left(&self.address().await)
    }

    async fn slowed_down(&self) -> Result<(), DriverError> {
        if self.emulation.is_none() {
            return Ok(());
        }
        let session = self.session().await?;
        for command in self.emulation.network.iter().flat_map(throttle::network) {
            send(&session, command).await?;
        }
        // A page is slowed down once.
        let _ = self.slowed.set(session);
        Ok(())
    }

    async fn held(&self) -> Result<Heap, DriverError> {
        let session = self.asked.get_or_try_init(|| self.session()).await?;
        send(session, (heap::COLLECT, json!({}))).await?;
        let usage = send(session, (heap::USAGE, json!({}))).await?;
        heap::read(&usage).ok_or_else(|| DriverError::unreported("how much memory it uses"))
    }

    async fn begin_recording(&self, interval: Duration) -> Result<(), DriverError> {
        let session = self.asked.get_or_try_init(|| self.session()).await?;
        for command in profiler::start(interval) {
            send(session, command).await?;
        }
        Ok(())
    }

    async fn end_recording(&self) -> Result<Recorded, DriverError> {
        let session = self.asked.get_or_try_init(|| self.session()).await?;
        let stopped = send(session, (profiler::STOP, json!({}))).await?;
        let metrics = send(session, (profiler::CLOCK, json!({}))).await?;
        profiler::read(stopped, &metrics).ok_or_else(|| DriverError::unreported("where the time went"))
    }
}

impl Page for ChromiumPage {
    fn put<'a>(&'a self, spec: &'a TrialSpec, timeout: Duration) -> Work<'a, Value> {
        Box::pin(self.report(spec, timeout))
    }

    fn slow_down(&self) -> Option<Work<'_, ()>> {
        Some(Box::pin(self.slowed_down()))
    }

    fn heap(&self) -> Option<Work<'_, Heap>> {
        Some(Box::pin(self.held()))
    }

    fn record(&self, interval: Duration) -> Option<Work<'_, ()>> {
        Some(Box::pin(self.begin_recording(interval)))
    }

    fn recorded(&self) -> Option<Work<'_, Recorded>> {
        Some(Box::pin(self.end_recording()))
    }

    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async move {
            // What does not close now ends with the browser.
            let _ = tokio::time::timeout(PATIENCE, self.page.close()).await;
        })
    }
}
