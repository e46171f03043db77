//! The arguments that say in which browser, and what to do when something is missing.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::value;
use crate::driver::Endpoint;

/// The browser, and what to do when something is missing.
#[derive(Debug, Args)]
pub struct BrowserArgs {
    /// Chromium's executable; else CROSSOVER_CHROMIUM, else the first one found. With --connect ws://, that of the machine there
    #[arg(long, value_name = "FILE")]
    pub browser_path: Option<PathBuf>,
    /// Measure in browsers of a machine elsewhere: ws://HOST:PORT/ of a Playwright server, or http://HOST:PORT of a Selenium Grid
    #[arg(long, value_name = "URL")]
    connect: Option<String>,
    /// Fail, rather than install, when something is missing
    #[arg(long)]
    pub no_setup: bool,
    /// How long one call of a contender may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = value::seconds)]
    pub call_timeout: Duration,
}

impl BrowserArgs {
    /// What starts browsers elsewhere, where that is asked for. It is read here, and not as all other values, because what
    /// reads those tells the whole of a value that it refuses.
    ///
    /// # Errors
    /// When it is no address, or cannot do what else is asked for.
    pub fn endpoint(&self) -> anyhow::Result<Option<Endpoint>> {
        let Some(text) = &self.connect else { return Ok(None) };
        let endpoint = text.parse().map_err(|mend| anyhow::anyhow!("--connect: {mend}"))?;
        anyhow::ensure!(
            self.browser_path.is_none() || !matches!(endpoint, Endpoint::Grid(_)),
            "--browser-path: a Selenium Grid starts the browsers of its nodes; leave it out"
        );
        Ok(Some(endpoint))
    }
}
