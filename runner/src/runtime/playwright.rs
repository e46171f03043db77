//! Browsers through Playwright: its driver, here or behind a server, and what is particular about each browser.

mod cdp;
pub mod chromium;
mod endpoint;
mod remote;
mod tunnel;

pub use endpoint::Endpoint;
pub use remote::RemoteLaunch;

/// What an error of Playwright's says, without what follows.
fn first_line(error: &playwright_rs::Error) -> String {
    let text = error.to_string();
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").trim().to_owned()
}
