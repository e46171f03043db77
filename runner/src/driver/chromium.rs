//! Chromium through Playwright.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Context as _;
use crossover_reports::run::Emulation;
use playwright_rs::protocol::CDPSession;
use playwright_rs::{BrowserContext, LaunchOptions, Playwright};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::endpoint::Address;
use super::wire::{self, Wire};
use super::{Browser, DriverError, Endpoint, Heap, HeldPages, Launcher, Page, Recorded, Wish, cpu, heap, slow};
use crate::protocol::{Reply, TrialSpec};

/// How long a browser may take to start, to open a page or to close one.
const PATIENCE: Duration = Duration::from_secs(30);

/// Flags on top of Playwright's own: hidden pages run at full speed, and nothing else runs beside them.
const FLAGS: [&str; 5] = [
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--site-per-process",
];

/// Features that are switched off. A browser heeds only the last such list, so those that Playwright switches off for
/// the sake of repeatable pages are named, too.
const NO_FEATURES: [&str; 15] = [
    // It gives all pages but the one in front a lower priority (5 against 0 on Linux), whatever the flags above say: on
    // a busy machine the contender in front would be the faster one.
    "PMProcessPriorityPolicy",
    // A page of the browser's own user interface, which takes a second to start beside the contenders.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "CalculateNativeWinOcclusion",
    "Translate",
    "OptimizationHints",
    "MediaRouter",
    "DialMediaRouteProvider",
    "GlobalMediaControls",
    "HttpsUpgrades",
    "LensOverlay",
    "PaintHolding",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "DestroyProfileOnBrowserClose",
];

/// Launches Chromium.
#[derive(Clone)]
pub struct Chromium {
    source: Source,
    flags: Vec<String>,
    emulation: Emulation,
}

/// Who starts browsers.
#[derive(Clone)]
enum Source {
    /// The driver, on this machine.
    Here { playwright: Playwright, executable: PathBuf },
    /// The driver, through a Selenium Grid.
    Grid { playwright: Playwright, address: Address },
    /// A Playwright server.
    Server { address: Address, wish: Wish },
}

impl Chromium {
    /// Starts the driver for the browser at `executable`, whose pages can be made as slow as `emulation` says.
    ///
    /// The driver itself is found through the environment, which `environment::export` has set.
    ///
    /// # Errors
    /// When the driver cannot be started.
    pub async fn start(executable: PathBuf, is_root: bool, emulation: Emulation) -> anyhow::Result<Self> {
        let playwright = driver().await?;
        let mut flags = flags();
        if is_root {
            // Chromium refuses to start a sandbox as root.
            flags.push("--no-sandbox".to_owned());
        }
        Ok(Self { source: Source::Here { playwright, executable }, flags, emulation })
    }

    /// The same for browsers that `endpoint` starts, for now without having reached it. The driver goes to a Selenium Grid
    /// by itself, as the environment tells it.
    ///
    /// # Errors
    /// When the driver cannot be started.
    pub async fn elsewhere(endpoint: Endpoint, wish: Wish, emulation: Emulation) -> anyhow::Result<Self> {
        let source = match endpoint {
            Endpoint::Grid(address) => Source::Grid { playwright: driver().await?, address },
            Endpoint::Playwright(address) => Source::Server { address, wish },
        };
        Ok(Self { source, flags: flags(), emulation })
    }

    /// The flags given to the browser.
    #[must_use]
    pub fn flags(&self) -> &[String] {
        &self.flags
    }

    /// What pages are made to pretend.
    #[must_use]
    pub fn emulation(&self) -> &Emulation {
        &self.emulation
    }

    /// Ends the driver.
    pub async fn stop(self) {
        match self.source {
            Source::Here { playwright, .. } | Source::Grid { playwright, .. } => {
                // The process ends with ours in any case.
                let _ = tokio::time::timeout(PATIENCE, playwright.shutdown()).await;
            }
            Source::Server { .. } => {}
        }
    }
}

impl Launcher for Chromium {
    type Browser = ChromiumBrowser;

    async fn launch(&self) -> Result<ChromiumBrowser, DriverError> {
        let options = LaunchOptions::new()
            .args(self.flags.clone())
            .headless(true)
            .handle_sigint(false)
            .timeout(PATIENCE.as_secs_f64() * 1e3);
        let (browser, elsewhere) = match &self.source {
            Source::Here { playwright, executable } => {
                let options = options.executable_path(executable.to_string_lossy().into_owned());
                (within(PATIENCE * 2, "start", playwright.chromium().launch_with_options(options)).await?, None)
            }
            Source::Grid { playwright, address } => {
                let launched = within(PATIENCE * 2, "start", playwright.chromium().launch_with_options(options)).await;
                let browser = launched.map_err(|error| {
                    let reason = address.redacted(&error.to_string());
                    DriverError::Gone(format!(
                        "{address} started no browser; is it a Grid with a node for Chrome? {reason}"
                    ))
                })?;
                let command_line = command_line(&browser).await;
                (browser, Some(Elsewhere { command_line, wire: None }))
            }
            Source::Server { address, wish } => {
                let wired = tokio::time::timeout(PATIENCE * 2, wire::connect(address, wish, &self.flags)).await;
                let silent = || format!("{address} did not start a browser within {} s", (PATIENCE * 2).as_secs());
                let (browser, wire) = wired.unwrap_or_else(|_| Err(silent())).map_err(DriverError::Gone)?;
                let command_line = command_line(&browser).await;
                (browser, Some(Elsewhere { command_line, wire: Some(wire) }))
            }
        };
        let context = within(PATIENCE, "open a context", browser.new_context()).await?;
        Ok(ChromiumBrowser { browser, context, emulation: self.emulation.clone(), elsewhere })
    }
}

async fn driver() -> anyhow::Result<Playwright> {
    Playwright::launch().await.context("the browser driver (playwright-core) could not be started")
}

fn flags() -> Vec<String> {
    let mut flags: Vec<String> = FLAGS.map(str::to_owned).into();
    flags.push(format!("--disable-features={}", NO_FEATURES.join(",")));
    flags
}

/// How a browser was started, by its own account; `None` where it does not tell.
async fn command_line(browser: &playwright_rs::Browser) -> Option<String> {
    let session = within(PATIENCE, "take commands", browser.new_browser_cdp_session()).await.ok()?;
    let info = send(&session, ("SystemInfo.getInfo", json!({}))).await.ok()?;
    info["commandLine"].as_str().filter(|line| !line.is_empty()).map(str::to_owned)
}

/// A running Chromium, with one context for all its pages: their origins keep them apart, and a context for each
/// would take twice as long to open.
pub struct ChromiumBrowser {
    browser: playwright_rs::Browser,
    context: BrowserContext,
    emulation: Emulation,
    /// What there is of one that another program has started.
    elsewhere: Option<Elsewhere>,
}

struct Elsewhere {
    command_line: Option<String>,
    /// What keeps it alive, where that is a connection of its own.
    wire: Option<Wire>,
}

impl ChromiumBrowser {
    /// How a browser elsewhere was started, by its own account; it names the profile that this process alone has.
    #[must_use]
    pub fn command_line(&self) -> Option<&str> {
        self.elsewhere.as_ref()?.command_line.as_deref()
    }

    /// Whether a browser elsewhere was started with this flag, by its own account.
    #[must_use]
    pub fn has_flag(&self, flag: &str) -> bool {
        self.command_line().is_some_and(|line| line.split_whitespace().any(|word| word == flag))
    }

    /// The browser's own version.
    #[must_use]
    pub fn version(&self) -> &str {
        self.browser.version()
    }
}

impl Browser for ChromiumBrowser {
    type Page = ChromiumPage;

    async fn open(&self, origin: &str) -> Result<ChromiumPage, DriverError> {
        let page = within(PATIENCE, "open a page", self.context.new_page()).await?;
        within(PATIENCE, "load the page", page.goto(origin, None)).await?;
        Ok(ChromiumPage {
            page,
            context: self.context.clone(),
            emulation: self.emulation.clone(),
            slowed: OnceLock::new(),
            asked: OnceCell::new(),
        })
    }

    fn is_here(&self) -> bool {
        self.elsewhere.is_none()
    }

    fn hold_pages_to_one_core(&self) -> HeldPages {
        if self.is_here() { HeldPages::hold() } else { HeldPages::default() }
    }

    async fn close(self) {
        // A browser that is gone already is closed.
        let _ = tokio::time::timeout(PATIENCE, self.browser.close()).await;
        if let Some(Elsewhere { wire: Some(wire), .. }) = self.elsewhere {
            wire.close().await;
        }
    }
}

/// A page.
pub struct ChromiumPage {
    page: playwright_rs::Page,
    context: BrowserContext,
    emulation: Emulation,
    /// Takes the commands that slow the page down, once it is to be slow.
    slowed: OnceLock<CDPSession>,
    /// Takes the questions about its memory and its time, once there are any.
    asked: OnceCell<CDPSession>,
}

impl ChromiumPage {
    /// Only the page at work is slowed down. A browser slows a thread by keeping it busy, also one that only waits, and
    /// pages that wait would take the core from the one at work.
    async fn throttle(&self, pace: Pace) -> Result<(), DriverError> {
        let (Some(session), Some(times)) = (self.slowed.get(), self.emulation.cpu_throttle) else { return Ok(()) };
        send(session, slow::cpu(if pace == Pace::AtWork { times } else { 1.0 })).await?;
        Ok(())
    }

    /// A session for commands, which belongs to the page and ends with it.
    async fn session(&self) -> Result<CDPSession, DriverError> {
        within(PATIENCE, "take commands", self.context.new_cdp_session(&self.page)).await
    }
}

/// What a page is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    AtWork,
    Waiting,
}

impl Page for ChromiumPage {
    async fn trial<T: DeserializeOwned>(&self, spec: &TrialSpec, timeout: Duration) -> Result<T, DriverError> {
        self.throttle(Pace::AtWork).await?;
        let answer = self.page.evaluate::<TrialSpec, Reply<T>>("(spec) => crossover.trial(spec)", Some(spec));
        let reply = match tokio::time::timeout(timeout, answer).await {
            Err(_) => return Err(DriverError::TimedOut(timeout)),
            Ok(Err(error)) => return Err(gone("answer", &error)),
            Ok(Ok(reply)) => reply,
        };
        self.throttle(Pace::Waiting).await?;
        match reply {
            Reply::Error(message) => Err(DriverError::Threw(message)),
            Reply::Unavailable(what) => Err(DriverError::Unavailable(what)),
            Reply::Report(report) => Ok(report),
        }
    }

    async fn slow_down(&self) -> Result<(), DriverError> {
        if self.emulation.is_none() {
            return Ok(());
        }
        let session = self.session().await?;
        for command in self.emulation.network.iter().flat_map(slow::network) {
            send(&session, command).await?;
        }
        // A page is slowed down once.
        let _ = self.slowed.set(session);
        Ok(())
    }

    async fn heap(&self) -> Result<Heap, DriverError> {
        let session = self.asked.get_or_try_init(|| self.session()).await?;
        send(session, (heap::COLLECT, json!({}))).await?;
        let usage = send(session, (heap::USAGE, json!({}))).await?;
        Heap::of(&usage)
            .ok_or_else(|| DriverError::Threw("the browser did not tell how much memory it uses".to_owned()))
    }

    async fn record(&self, interval: Duration) -> Result<(), DriverError> {
        let session = self.asked.get_or_try_init(|| self.session()).await?;
        for command in cpu::start(interval) {
            send(session, command).await?;
        }
        Ok(())
    }

    async fn recorded(&self) -> Result<Recorded, DriverError> {
        let session = self.asked.get_or_try_init(|| self.session()).await?;
        let stopped = send(session, (cpu::STOP, json!({}))).await?;
        let metrics = send(session, (cpu::CLOCK, json!({}))).await?;
        Recorded::of(stopped, &metrics)
            .ok_or_else(|| DriverError::Threw("the browser did not tell where the time went".to_owned()))
    }

    async fn close(self) {
        // What does not close now ends with the browser.
        let _ = tokio::time::timeout(PATIENCE, self.page.close()).await;
    }
}

async fn send(session: &CDPSession, (command, parameters): slow::Command) -> Result<Value, DriverError> {
    match tokio::time::timeout(PATIENCE, session.send(command, Some(parameters))).await {
        // Playwright hands on what the browser answered as a field of its own answer.
        Ok(Ok(mut answer)) => Ok(answer["result"].take()),
        Ok(Err(error)) => Err(DriverError::Threw(format!("the browser refused {command}: {}", first_line(&error)))),
        Err(_) => Err(DriverError::TimedOut(PATIENCE)),
    }
}

async fn within<T>(
    patience: Duration,
    what: &str,
    work: impl Future<Output = playwright_rs::Result<T>>,
) -> Result<T, DriverError> {
    match tokio::time::timeout(patience, work).await {
        Ok(result) => result.map_err(|error| gone(what, &error)),
        Err(_) => Err(DriverError::Gone(format!("the browser did not {what} within {} s", patience.as_secs()))),
    }
}

fn gone(what: &str, error: &playwright_rs::Error) -> DriverError {
    DriverError::Gone(format!("the browser or its page died and did not {what}: {}", first_line(error)))
}

fn first_line(error: &playwright_rs::Error) -> String {
    let text = error.to_string();
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").trim().to_owned()
}
