//! A page of Firefox with the harness in it.

use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};

use super::own_scope::OwnScope;
use super::{PATIENCE, REPLACED, heap, profiler, send};
use crate::protocol::{Reply, TrialSpec};
use crate::runtime::bidi::{Bidi, BidiEvents};
use crate::runtime::command_error::CommandError;
use crate::runtime::harness::{Harness, Numbered, ON_ITS_WAY, Outcome, TRIAL};
use crate::runtime::{DriverError, Heap, Page, Recorded, Work};

/// The page that stands where one was whose process died.
const CRASHED: &str = "about:tabcrashed";

/// What is shown between two pages, for at most so long.
const BETWEEN: &str = "about:blank";
const BETWEEN_LIMIT: Duration = Duration::from_secs(5);

/// A page.
pub struct FirefoxPage {
    bidi: Bidi,
    /// What is asked about the page.
    own: Option<OwnScope>,
    context: Value,
    /// The page's global scope; it ends with the page.
    realm: Value,
    harness: Harness,
}

impl FirefoxPage {
    /// Opens a page in a tab of its own.
    ///
    /// # Errors
    /// When the browser does not open or load it.
    pub(super) async fn open(bidi: Bidi, own: Option<OwnScope>, origin: &str) -> Result<Self, DriverError> {
        let created = send(&bidi, "browsingContext.create", json!({ "type": "tab" }), "open a page").await?;
        let context = created["context"].clone();
        let navigation = json!({ "context": context, "url": origin, "wait": "complete" });
        send(&bidi, "browsingContext.navigate", navigation, "load the page").await?;
        let realms = json!({ "context": context, "type": "window" });
        let realms = send(&bidi, "script.getRealms", realms, "load the page").await?;
        let realm = realms["realms"][0]["realm"].clone();
        Ok(Self { bidi, own, context, realm, harness: Harness::at(origin) })
    }

    async fn report(&self, spec: &TrialSpec, timeout: Duration) -> Result<Value, DriverError> {
        let trial = self.harness.next(spec);
        let events = self.bidi.events();
        let answered = tokio::select! {
            answered = self.evaluate(&trial, timeout) => answered,
            // There is no answer any more from a page whose process changed.
            () = self.replaced(events) => return Err(self.left().await),
        };
        let reply = match answered {
            Ok(reply) => reply,
            Err(CommandError::TimedOut(limit)) => return Err(DriverError::TimedOut(limit)),
            Err(error @ CommandError::Gone(_)) => return Err(DriverError::died("answer", error)),
            Err(CommandError::Refused { .. }) => return Err(self.left().await),
        };
        match trial.outcome(reply)? {
            Outcome::Report(report) => Ok(report),
            Outcome::Left => Err(self.left().await),
        }
    }

    async fn evaluate(&self, trial: &Numbered<'_>, timeout: Duration) -> Result<Reply<Value>, CommandError> {
        let function = format!("async (text) => JSON.stringify(await ({TRIAL})(JSON.parse(text)))");
        let text = json!(trial).to_string();
        let answer = self.call(&function, &[&text], timeout).await?;
        let read = answer["result"]["value"].as_str().and_then(|text| serde_json::from_str(text).ok());
        let thrown = || answer["exceptionDetails"]["text"].as_str().unwrap_or("its answer can't be read").to_owned();
        Ok(read.unwrap_or_else(|| Reply::Error(thrown())))
    }

    async fn call(&self, function: &str, arguments: &[&str], patience: Duration) -> Result<Value, CommandError> {
        self.bidi.call(&self.context, function, arguments, patience).await
    }

    /// Waits until another page takes the place of this one, or the browser ends.
    async fn replaced(&self, mut events: BidiEvents) {
        while let Some(event) = events.next().await {
            if event.method == REPLACED && event.params["realm"] == self.realm {
                return;
            }
        }
        // Then the call ends with the connection, which says why.
        std::future::pending().await
    }

    /// Why the page does not answer any more: it died, or the contender put another one in its place.
    async fn left(&self) -> DriverError {
        let begun = tokio::time::Instant::now();
        loop {
            let Some(address) = self.address().await.filter(|address| !address.starts_with(CRASHED)) else { break };
            let limit = match address.as_str() {
                BETWEEN => BETWEEN_LIMIT,
                same if self.harness.is_at(same) => ON_ITS_WAY,
                _ => Duration::ZERO,
            };
            if begun.elapsed() >= limit {
                return self.harness.left(&address);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        DriverError::Gone("the browser or its page died and did not answer".to_owned())
    }

    /// The address of what is shown now; `None` where nothing is.
    async fn address(&self) -> Option<String> {
        let answer = self.call("() => document.documentURI", &[], PATIENCE).await.ok()?;
        answer["result"]["value"].as_str().map(str::to_owned)
    }
}

impl FirefoxPage {
    async fn held(&self, own: &OwnScope) -> Result<Heap, DriverError> {
        let process = own.process(self.harness.origin()).await?;
        let answer = own.call(heap::HELD, &[&process], "report how much memory it uses").await?;
        heap::read(&answer).ok_or_else(|| DriverError::unreported("how much memory it uses"))
    }

    async fn begin_recording(&self, own: &OwnScope, interval: Duration) -> Result<(), DriverError> {
        own.call(profiler::START, &[&profiler::interval(interval)], "begin to sample").await?;
        Ok(())
    }

    async fn end_recording(&self, own: &OwnScope) -> Result<Recorded, DriverError> {
        let mark = self.call(profiler::MAKE_MARK, &[profiler::MARK], PATIENCE).await;
        let mark = mark.map_err(|error| DriverError::died("make a mark", error))?["result"]["value"].as_f64();
        let process = own.process(self.harness.origin()).await?;
        let answer = own.call(profiler::STOP, &[&process, profiler::MARK], "report where the time went").await?;
        profiler::read(&answer, mark).ok_or_else(|| DriverError::unreported("where the time went"))
    }
}

impl Page for FirefoxPage {
    fn put<'a>(&'a self, spec: &'a TrialSpec, timeout: Duration) -> Work<'a, Value> {
        Box::pin(self.report(spec, timeout))
    }

    fn heap(&self) -> Option<Work<'_, Heap>> {
        self.own.as_ref().map(|own| Box::pin(self.held(own)) as _)
    }

    fn record(&self, interval: Duration) -> Option<Work<'_, ()>> {
        self.own.as_ref().map(|own| Box::pin(self.begin_recording(own, interval)) as _)
    }

    fn recorded(&self) -> Option<Work<'_, Recorded>> {
        self.own.as_ref().map(|own| Box::pin(self.end_recording(own)) as _)
    }

    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async move {
            // What does not close now ends with the browser.
            let _ = self.bidi.send("browsingContext.close", json!({ "context": self.context }), PATIENCE).await;
        })
    }
}
