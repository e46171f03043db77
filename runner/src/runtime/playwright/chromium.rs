//! Chromium through Playwright.

mod page;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use crossover_reports::run::Emulation;
use futures_util::future::LocalBoxFuture;
use playwright_rs::{BrowserContext, LaunchOptions, Playwright};
use serde_json::json;

use super::cdp::send;
use super::endpoint::Address;
use super::remote::{self, Wire};
use super::{Endpoint, RemoteLaunch, first_line};
use crate::runtime::sandbox::Confinement;
use crate::runtime::{Browser, DriverError, HeldPages, Launcher, Page, Sandbox, Work, sandbox};
use page::ChromiumPage;

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

/// Features that are switched off. A browser uses only the last such list, so those that Playwright switches off for
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
    source: BrowserSource,
    flags: Vec<String>,
    emulation: Emulation,
    /// Whether local browsers start with their sandbox.
    sandbox: Sandbox,
}

/// What starts browsers.
#[derive(Clone)]
enum BrowserSource {
    /// The driver, on this machine.
    Here { playwright: Playwright, executable: PathBuf },
    /// The driver, through a Selenium Grid.
    Grid { playwright: Playwright, address: Address },
    /// A Playwright server.
    Server { address: Address, launch: RemoteLaunch },
}

impl Chromium {
    /// Starts the driver for the browser at `executable`, with its sandbox or without, whose pages can be made as slow as
    /// `emulation` says.
    ///
    /// The driver itself is found through the environment, which the caller has set.
    ///
    /// # Errors
    /// When the driver cannot be started.
    pub async fn start(executable: PathBuf, sandbox: Sandbox, emulation: Emulation) -> anyhow::Result<Self> {
        let source = BrowserSource::Here { playwright: driver().await?, executable };
        Ok(Self { source, flags: flags(), emulation, sandbox })
    }

    /// The same for browsers that `endpoint` starts. It is not contacted yet. The driver goes to a Selenium Grid
    /// by itself, because the environment names it.
    ///
    /// # Errors
    /// When the driver cannot be started.
    pub async fn remote(endpoint: Endpoint, launch: RemoteLaunch, emulation: Emulation) -> anyhow::Result<Self> {
        let source = match endpoint {
            Endpoint::Grid(address) => BrowserSource::Grid { playwright: driver().await?, address },
            Endpoint::Playwright(address) => BrowserSource::Server { address, launch },
        };
        Ok(Self { source, flags: flags(), emulation, sandbox: Sandbox::Off })
    }

    async fn browser(&self) -> Result<ChromiumBrowser, DriverError> {
        let options = LaunchOptions::new()
            .args(self.flags.clone())
            .headless(true)
            // Without this, the driver switches it off.
            .chromium_sandbox(self.sandbox == Sandbox::On)
            .handle_sigint(false)
            .timeout(PATIENCE.as_secs_f64() * 1e3);
        let (browser, remote_browser) = match &self.source {
            BrowserSource::Here { playwright, executable } => {
                let options = options.executable_path(executable.to_string_lossy().into_owned());
                (within(PATIENCE * 2, "start", playwright.chromium().launch_with_options(options)).await?, None)
            }
            BrowserSource::Grid { playwright, address } => {
                let launched = within(PATIENCE * 2, "start", playwright.chromium().launch_with_options(options)).await;
                let browser = launched.map_err(|error| {
                    let reason = address.redacted(&error.to_string());
                    DriverError::Gone(format!(
                        "{address} started no browser: {reason}; help: name a Grid with a node for Chrome"
                    ))
                })?;
                let command_line = command_line(&browser).await;
                (browser, Some(RemoteBrowser { command_line, wire: None }))
            }
            BrowserSource::Server { address, launch } => {
                let wired = tokio::time::timeout(PATIENCE * 2, remote::connect(address, launch, &self.flags)).await;
                let silent = || format!("{address} did not start a browser within {} s", (PATIENCE * 2).as_secs());
                let (browser, wire) = wired.unwrap_or_else(|_| Err(silent())).map_err(DriverError::Gone)?;
                let command_line = command_line(&browser).await;
                (browser, Some(RemoteBrowser { command_line, wire: Some(wire) }))
            }
        };
        let context = within(PATIENCE, "open a context", browser.new_context()).await?;
        let asked = self.sandbox;
        Ok(ChromiumBrowser { browser, context, emulation: self.emulation.clone(), asked, remote_browser })
    }
}

impl Launcher for Chromium {
    fn launch(&self) -> Work<'_, Box<dyn Browser>> {
        Box::pin(async { Ok(Box::new(self.browser().await?) as _) })
    }

    fn flags(&self) -> &[String] {
        &self.flags
    }

    fn stop(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async {
            match self.source {
                BrowserSource::Here { playwright, .. } | BrowserSource::Grid { playwright, .. } => {
                    // The process ends with ours in any case.
                    let _ = tokio::time::timeout(PATIENCE, playwright.shutdown()).await;
                }
                BrowserSource::Server { .. } => {}
            }
        })
    }
}

async fn driver() -> anyhow::Result<Playwright> {
    let started = tokio::time::timeout(PATIENCE * 2, Playwright::launch()).await;
    let silent = || format!("it did not answer within {} s", (PATIENCE * 2).as_secs());
    started.map_err(|_| anyhow::anyhow!(silent())).and_then(|started| Ok(started?)).context(
        "the browser driver (playwright-core) could not be started; help: check that Node.js runs, and run `crossover setup`",
    )
}

fn flags() -> Vec<String> {
    let mut flags: Vec<String> = FLAGS.map(str::to_owned).into();
    flags.push(format!("--disable-features={}", NO_FEATURES.join(",")));
    flags
}

/// The command line that a browser reports; `None` where it reports none.
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
    /// Whether it was started with its sandbox, if it is local.
    asked: Sandbox,
    /// Details of a remote browser.
    remote_browser: Option<RemoteBrowser>,
}

struct RemoteBrowser {
    command_line: Option<String>,
    /// The connection that keeps it alive, where it has one.
    wire: Option<Wire>,
}

impl Browser for ChromiumBrowser {
    fn version(&self) -> &str {
        self.browser.version()
    }

    fn open<'a>(&'a self, origin: &'a str) -> Work<'a, Box<dyn Page>> {
        Box::pin(async move {
            let page = within(PATIENCE, "open a page", self.context.new_page()).await?;
            within(PATIENCE, "load the page", page.goto(origin, None)).await?;
            Ok(Box::new(ChromiumPage::new(page, self.context.clone(), self.emulation.clone(), origin)) as _)
        })
    }

    fn is_here(&self) -> bool {
        self.remote_browser.is_none()
    }

    fn command_line(&self) -> Option<&str> {
        self.remote_browser.as_ref()?.command_line.as_deref()
    }

    fn sandbox(&self) -> LocalBoxFuture<'_, Option<Sandbox>> {
        Box::pin(async {
            let command_line = command_line(&self.browser).await;
            Some(Sandbox::of(
                command_line.as_deref(),
                sandbox::pages_are_confined(Confinement::FilterAndNamespace),
                self.asked,
            ))
        })
    }

    fn hold_pages_to_one_core(&self) -> HeldPages {
        if self.is_here() { HeldPages::hold() } else { HeldPages::default() }
    }

    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async {
            // A browser that is gone already is closed.
            let _ = tokio::time::timeout(PATIENCE, self.browser.close()).await;
            if let Some(RemoteBrowser { wire: Some(wire), .. }) = self.remote_browser {
                wire.close().await;
            }
        })
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
    if sandbox::is_unavailable(&error.to_string()) {
        return DriverError::Gone(sandbox::UNAVAILABLE.to_owned());
    }
    DriverError::died(what, first_line(error))
}
