//! A real Chromium for tests of pages: opening one, asking it, and everything that it should not have done.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use playwright_rs::{Browser, BrowserContext, BrowserContextOptions, LaunchOptions, Page, Playwright};
use serde_json::Value;

use super::{chromium, node, root};

/// Starts the driver that set-up has put there.
pub async fn launch() -> Playwright {
    let driver = root().join("runner/tools/node_modules/playwright-core/cli.js");
    // SAFETY: binaries with this have one test, and nothing else runs while it sets the driver's place.
    unsafe {
        std::env::set_var("PLAYWRIGHT_NODE_EXE", node());
        std::env::set_var("PLAYWRIGHT_CLI_JS", driver);
    }
    Playwright::launch().await.unwrap()
}

/// Starts the browser.
pub async fn browser(playwright: &Playwright) -> Browser {
    let options = LaunchOptions::new()
        .executable_path(chromium().to_string_lossy().into_owned())
        .args(vec!["--no-sandbox".to_owned()]);
    playwright.chromium().launch_with_options(options).await.unwrap()
}

/// What a page says.
pub async fn ask(tab: &Page, expression: &str) -> Value {
    tab.evaluate::<(), Value>(expression, None).await.unwrap()
}

/// A page in a context of its own, and what it did that no page of ours may do: errors, warnings, dialogs, requests.
pub struct Tab {
    pub page: Page,
    context: BrowserContext,
    misdeeds: Arc<Mutex<Vec<String>>>,
}

impl Tab {
    /// Opens a file, with whatever follows its name in the address.
    pub async fn open(browser: &Browser, file: &Path, after: &str, options: BrowserContextOptions) -> Self {
        let context = browser.new_context_with_options(options).await.unwrap();
        let page = context.new_page().await.unwrap();
        let tab = Self { page, context, misdeeds: Arc::default() };
        tab.watch().await;
        tab.page.goto(&format!("file://{}{after}", file.display()), None).await.unwrap();
        tab
    }

    async fn watch(&self) {
        let note = |misdeeds: &Arc<Mutex<Vec<String>>>, what: String| misdeeds.lock().unwrap().push(what);
        let misdeeds = Arc::clone(&self.misdeeds);
        let console = self.page.on_console(move |message| {
            if ["error", "warning"].contains(&message.type_()) {
                note(&misdeeds, format!("{}: {}", message.type_(), message.text()));
            }
            std::future::ready(Ok(()))
        });
        console.await.unwrap();
        let misdeeds = Arc::clone(&self.misdeeds);
        let error = self.page.on_pageerror(move |message| {
            note(&misdeeds, message);
            std::future::ready(Ok(()))
        });
        error.await.unwrap();
        let misdeeds = Arc::clone(&self.misdeeds);
        let dialog = self.page.on_dialog(move |dialog| {
            note(&misdeeds, format!("dialog: {}", dialog.message()));
            async move { dialog.dismiss().await }
        });
        dialog.await.unwrap();
        let misdeeds = Arc::clone(&self.misdeeds);
        let request = self.page.on_request(move |request| {
            if !["file:", "data:", "blob:"].iter().any(|own| request.url().starts_with(own)) {
                note(&misdeeds, format!("request: {}", request.url()));
            }
            std::future::ready(Ok(()))
        });
        request.await.unwrap();
    }

    /// What the page says.
    pub async fn ask(&self, expression: &str) -> Value {
        ask(&self.page, expression).await
    }

    /// The same as text.
    pub async fn text(&self, expression: &str) -> String {
        self.ask(expression).await.as_str().unwrap_or_else(|| panic!("no text: {expression}")).to_owned()
    }

    /// Waits until something holds. The driver's own waiting evaluates texts in the page, which its policy forbids.
    pub async fn until(&self, expression: &str) {
        let end = Instant::now() + Duration::from_secs(30);
        while self.ask(expression).await != true {
            assert!(Instant::now() < end, "never: {expression}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn click(&self, selector: &str) {
        self.page.locator(selector).click(None).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    pub async fn press(&self, key: &str) {
        self.page.keyboard().press(key, None).await.unwrap();
    }

    /// Closes it, and makes sure that it did nothing wrong.
    pub async fn close(self) {
        self.context.close().await.unwrap();
        assert_eq!(*self.misdeeds.lock().unwrap(), Vec::<String>::new());
    }
}
