//! Firefox as people have it, by WebDriver BiDi, which it speaks itself.

mod heap;
mod own_scope;
mod page;
mod preferences;
mod profiler;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::bidi::Bidi;
use super::sandbox::Confinement;
use super::supervised::Supervised;
use super::{Browser, DriverError, HeldPages, Launcher, Page, Sandbox, Work, sandbox};
use own_scope::OwnScope;
use page::FirefoxPage;

/// How long Firefox may take to start. It writes its profile first, which takes seconds on a busy machine.
const TO_START: Duration = Duration::from_secs(90);

/// How long it may take to open a page or to close one.
const PATIENCE: Duration = Duration::from_secs(30);

/// What it is started with, beside the folder of its profile.
const FLAGS: [&str; 4] = ["--headless", "--no-remote", "--remote-debugging-port=0", own_scope::FLAG];

/// The line that has its address.
const LISTENING: &str = "WebDriver BiDi listening on ";

/// The event of a page that asks something and waits for the answer.
const ASKS: &str = "browsingContext.userPromptOpened";
/// The event of a page that is replaced.
const REPLACED: &str = "script.realmDestroyed";

/// Launches Firefox, each time with a profile of its own.
pub struct Firefox {
    executable: PathBuf,
    flags: Vec<String>,
}

impl Firefox {
    /// For the Firefox at `executable`.
    #[must_use]
    pub fn new(executable: &Path) -> Self {
        let flags = FLAGS.map(str::to_owned).into_iter().chain(preferences::recorded()).collect();
        Self { executable: executable.to_owned(), flags }
    }

    async fn browser(&self) -> Result<FirefoxBrowser, DriverError> {
        let profile = profile().map_err(|error| DriverError::Gone(format!("{error:#}")))?;
        let mut command = Command::new(&self.executable);
        command.args(FLAGS).arg("--profile").arg(profile.path()).env("MOZ_CRASHREPORTER_DISABLE", "1");
        let mut process = Supervised::start(&command, profile)
            .map_err(|error| DriverError::Gone(format!("{}: {error}", self.executable.display())))?;
        let connected = tokio::time::timeout(TO_START, async {
            let address =
                process.line(|line| line.strip_prefix(LISTENING).map(str::to_owned)).await.ok_or("it ended")?;
            let address = format!("{address}/session");
            Bidi::connect(&address).await.map_err(|_| "it gave an address that does not answer")
        })
        .await;
        let unstarted = |why: &str| {
            let said = process.last_lines();
            let said = if said.is_empty() { "and said nothing".to_owned() } else { format!("and said: {said}") };
            DriverError::Gone(format!("Firefox did not start: {why}, {said}"))
        };
        let bidi = match connected {
            Ok(Ok(bidi)) => bidi,
            Ok(Err(why)) => return Err(unstarted(why)),
            Err(_) => return Err(unstarted(&format!("it was silent for {} s", TO_START.as_secs()))),
        };
        let session = send(&bidi, "session.new", json!({ "capabilities": {} }), "begin a session").await?;
        let version = session["capabilities"]["browserVersion"].as_str().unwrap_or("of an unknown version").to_owned();
        send(&bidi, "session.subscribe", json!({ "events": [ASKS, REPLACED] }), "report events").await?;
        tokio::spawn(dismiss_questions(bidi.clone()));
        let own = OwnScope::of(&bidi).await?;
        Ok(FirefoxBrowser { bidi, own, version, process })
    }
}

impl Launcher for Firefox {
    fn launch(&self) -> Work<'_, Box<dyn Browser>> {
        Box::pin(async { Ok(Box::new(self.browser().await?) as _) })
    }

    fn flags(&self) -> &[String] {
        &self.flags
    }
}

/// A fresh profile.
fn profile() -> anyhow::Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("crossover-firefox-").tempdir().context("no folder for a profile")?;
    let file = folder.path().join("user.js");
    fs::write(&file, preferences::user_js()).with_context(|| format!("{}: cannot be written", file.display()))?;
    Ok(folder)
}

/// Answers what a page asks with no: there is no user to do it.
async fn dismiss_questions(bidi: Bidi) {
    let mut events = bidi.events();
    while let Some(event) = events.next().await {
        if event.method == ASKS {
            let answer = json!({ "context": event.params["context"], "accept": false });
            // One that closed by itself needs no answer.
            let _ = bidi.send("browsingContext.handleUserPrompt", answer, PATIENCE).await;
        }
    }
}

/// A running Firefox.
struct FirefoxBrowser {
    bidi: Bidi,
    own: Option<OwnScope>,
    version: String,
    process: Supervised,
}

impl Browser for FirefoxBrowser {
    fn version(&self) -> &str {
        &self.version
    }

    fn open<'a>(&'a self, origin: &'a str) -> Work<'a, Box<dyn Page>> {
        Box::pin(
            async move { Ok(Box::new(FirefoxPage::open(self.bidi.clone(), self.own.clone(), origin).await?) as _) },
        )
    }

    fn sandbox(&self) -> LocalBoxFuture<'_, Option<Sandbox>> {
        // No flag of ours switches it off.
        Box::pin(async {
            let confined = sandbox::pages_become_confined(Confinement::Filter).await;
            Some(Sandbox::of(None, confined, Sandbox::On))
        })
    }

    fn hold_pages_to_one_core(&self) -> HeldPages {
        HeldPages::hold()
    }

    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async move {
            // Nothing of a profile that is thrown away has to be saved.
            drop(self.process);
        })
    }
}

/// Sends a command to the browser; `what` says what it is to do.
async fn send(bidi: &Bidi, method: &'static str, params: Value, what: &str) -> Result<Value, DriverError> {
    bidi.send(method, params, PATIENCE).await.map_err(|error| DriverError::died(what, error))
}
