//! WebKit, by its WebDriver: WebKitGTK's on Linux, Safari's on macOS.

mod display;
mod page;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};

use super::sandbox::Confinement;
use super::supervised::Supervised;
use super::webdriver::{self, WebDriver};
use super::{Browser, DriverError, HeldPages, Launcher, Page, Sandbox, Work, sandbox};
use display::Display;
use page::{WebkitPage, Windows};

/// How long the driver, or a browser, may take to start.
const TO_START: Duration = Duration::from_secs(60);

/// How long a browser may take to open a page or to close one.
const PATIENCE: Duration = Duration::from_secs(30);

/// The time that the driver itself may give a call, milliseconds; the runner's own limit comes before it.
const NEVER_MS: u64 = 24 * 3_600_000;

/// What MiniBrowser is started with, and what gives its pages a sandbox.
const AUTOMATION: &str = "--automation";
const SANDBOX: &str = "--enable-sandbox";

/// Launches WebKit, each time with a driver and folders of its own.
pub struct Webkit {
    driver: PathBuf,
    flavour: Flavour,
    flags: Vec<String>,
    asked: Sandbox,
}

/// Whose driver it is.
enum Flavour {
    /// WebKitGTK's, whose browser needs a display.
    Gtk(Display),
    /// Safari's.
    Safari,
}

impl Webkit {
    /// For the driver at `driver`, whose pages run in a sandbox or not. Safari's always do.
    ///
    /// # Errors
    /// When there is no display for it.
    pub async fn start(driver: &Path, asked: Sandbox) -> Result<Self, DriverError> {
        let is_safaris = driver.file_stem().is_some_and(|name| name == "safaridriver");
        let (flavour, flags) = match (is_safaris, asked) {
            (true, _) => (Flavour::Safari, Vec::new()),
            (false, Sandbox::On) => (Flavour::Gtk(Display::start().await?), vec![AUTOMATION, SANDBOX]),
            (false, Sandbox::Off) => (Flavour::Gtk(Display::start().await?), vec![AUTOMATION]),
        };
        let flags = flags.into_iter().map(str::to_owned).collect();
        Ok(Self { driver: driver.to_owned(), flavour, flags, asked })
    }

    async fn browser(&self) -> Result<WebkitBrowser, DriverError> {
        let gone = |error: std::io::Error| DriverError::Gone(format!("{}: {error}", self.driver.display()));
        let home = tempfile::Builder::new().prefix("crossover-webkit-").tempdir().map_err(gone)?;
        let port = webdriver::free_port().map_err(gone)?;
        let mut process = Supervised::start(&self.command(port, home.path()), home).map_err(gone)?;
        let address = webdriver::local(port);
        let began = self.session(address, &mut process).await;
        let (driver, capabilities) = began.map_err(|why| {
            let said = process.last_lines();
            let said = if said.is_empty() { String::new() } else { format!("; it said: {said}") };
            DriverError::Gone(format!("WebKit did not start: {why}{said}"))
        })?;
        let version = capabilities["browserVersion"].as_str().unwrap_or("of an unknown version").to_owned();
        let windows = Windows::of(driver).await?;
        Ok(WebkitBrowser { windows: Arc::new(windows), version, process, asked: self.asked })
    }

    async fn session(&self, address: SocketAddr, process: &mut Supervised) -> Result<(WebDriver, Value), String> {
        let begun = Instant::now();
        while !webdriver::is_ready(address, PATIENCE).await {
            if process.has_ended() {
                return Err(format!("{} ended", self.driver.display()));
            }
            if begun.elapsed() > TO_START {
                return Err(format!("{} was silent for {} s", self.driver.display(), TO_START.as_secs()));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        WebDriver::begin(address, self.capabilities(), TO_START).await.map_err(|error| error.to_string())
    }

    fn capabilities(&self) -> Value {
        let mut asked = json!({ "timeouts": { "script": NEVER_MS }, "unhandledPromptBehavior": "dismiss" });
        match self.flavour {
            Flavour::Gtk(_) => asked["webkitgtk:browserOptions"] = json!({ "args": self.flags }),
            Flavour::Safari => asked["browserName"] = json!("safari"),
        }
        asked
    }

    fn command(&self, port: u16, home: &Path) -> Command {
        let mut command = Command::new(&self.driver);
        command.args(["-p", &port.to_string()]);
        if let Flavour::Gtk(display) = &self.flavour {
            command.arg("--host=127.0.0.1").env("DISPLAY", display.name()).env_remove("WAYLAND_DISPLAY");
            for (variable, folder) in
                [("XDG_CACHE_HOME", "cache"), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")]
            {
                command.env(variable, home.join(folder));
            }
            // Without a desktop: no bus, no accessibility, no GPU.
            command
                .env("XDG_RUNTIME_DIR", home)
                .env("GDK_BACKEND", "x11")
                .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
                .env("GTK_A11Y", "none")
                .env("NO_AT_BRIDGE", "1")
                .env("LIBGL_ALWAYS_SOFTWARE", "1");
        }
        command
    }
}

impl Launcher for Webkit {
    fn launch(&self) -> Work<'_, Box<dyn Browser>> {
        Box::pin(async { Ok(Box::new(self.browser().await?) as _) })
    }

    fn flags(&self) -> &[String] {
        &self.flags
    }
}

/// A running WebKit.
struct WebkitBrowser {
    windows: Arc<Windows>,
    version: String,
    process: Supervised,
    asked: Sandbox,
}

impl Browser for WebkitBrowser {
    fn version(&self) -> &str {
        &self.version
    }

    fn open<'a>(&'a self, origin: &'a str) -> Work<'a, Box<dyn Page>> {
        Box::pin(async move { Ok(Box::new(WebkitPage::open(Arc::clone(&self.windows), origin).await?) as _) })
    }

    fn sandbox(&self) -> LocalBoxFuture<'_, Option<Sandbox>> {
        Box::pin(async {
            let confined = match self.asked {
                Sandbox::On => sandbox::pages_become_confined(Confinement::FilterAndNamespace).await,
                Sandbox::Off => sandbox::pages_are_confined(Confinement::FilterAndNamespace),
            };
            Some(Sandbox::of(None, confined, self.asked))
        })
    }

    fn hold_pages_to_one_core(&self) -> HeldPages {
        HeldPages::hold()
    }

    fn close(self: Box<Self>) -> LocalBoxFuture<'static, ()> {
        Box::pin(async move {
            // Safari is not started by its driver alone, and stays if its session does not end.
            self.windows.end().await;
            drop(self.process);
        })
    }
}
