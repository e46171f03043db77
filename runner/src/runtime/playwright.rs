//! Browsers through Playwright: its driver, here or behind a server, and what is particular about each browser.

mod cdp;
pub mod chromium;
mod endpoint;
mod remote;
mod tunnel;

pub use endpoint::Endpoint;
pub use remote::Wish;
