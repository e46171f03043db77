//! Arguments for the runtimes, the browser, and what to do when something is missing.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::value;
use crate::runtime::RuntimeId;
use crate::runtime::playwright::Endpoint;
use crate::suite::Suite;

/// What contenders run in.
#[derive(Debug, Args)]
#[command(next_help_heading = "Browser")]
pub struct RuntimeArgs {
    /// Measure in these runtimes [default: the suite's, else chromium]
    #[arg(long, visible_alias = "browser", value_name = "NAMES", value_delimiter = ',')]
    runtime: Vec<RuntimeId>,
}

impl RuntimeArgs {
    /// The names of the runtimes that these arguments ask for.
    #[must_use]
    pub fn named(&self) -> Vec<&'static str> {
        self.runtime.iter().map(|runtime| runtime.name()).collect()
    }

    /// The runtimes that these arguments ask for, else those of the suite; none where neither names one.
    ///
    /// # Errors
    /// When the suite's file names one that does not exist.
    pub fn runtimes(&self, suite: &Suite) -> anyhow::Result<Vec<RuntimeId>> {
        if !self.runtime.is_empty() {
            return Ok(self.runtime.clone());
        }
        let read = |name: &String| {
            let file = suite.root.join(crate::suite::FILE);
            let refused = |why| anyhow::anyhow!("{}: field `defaults.runtime`: `{name}`: {why}", file.display());
            name.parse().map_err(refused)
        };
        suite.runtimes.iter().map(read).collect()
    }
}

/// The browser, and what to do when something is missing.
#[derive(Debug, Args)]
#[command(next_help_heading = "Browser")]
pub struct BrowserArgs {
    /// Which.
    #[command(flatten)]
    pub runtime: RuntimeArgs,
    /// Use this Chromium [default: CROSSOVER_CHROMIUM, else the first one found]
    ///
    /// With --connect ws://, a path on the other machine.
    #[arg(long, value_name = "FILE")]
    pub browser_path: Option<PathBuf>,
    /// Measure in browsers of another machine
    ///
    /// ws://HOST:PORT/ is a Playwright server, http://HOST:PORT a Selenium Grid.
    #[arg(long, value_name = "URL")]
    connect: Option<String>,
    /// Fail if something is missing, instead of installing it
    #[arg(long)]
    pub no_setup: bool,
    /// Give up on a call of a contender after so many seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = value::seconds)]
    pub call_timeout: Duration,
}

impl BrowserArgs {
    /// Whether browsers of another machine are asked for.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        self.connect.is_some()
    }

    /// The server that starts browsers on another machine, if one is asked for. It is parsed here, not by clap, because clap
    /// quotes a value that it refuses, with its credentials.
    ///
    /// # Errors
    /// When it is no address, or cannot do what other arguments ask for.
    pub fn endpoint(&self) -> anyhow::Result<Option<Endpoint>> {
        let Some(text) = &self.connect else { return Ok(None) };
        let endpoint = text.parse().map_err(|fix| anyhow::anyhow!("--connect: {fix}"))?;
        anyhow::ensure!(
            self.browser_path.is_none() || !matches!(endpoint, Endpoint::Grid(_)),
            "--browser-path: a Selenium Grid starts the browsers of its nodes; help: leave it out"
        );
        Ok(Some(endpoint))
    }
}
