//! Arguments for the runtimes, the browser, and what to do when something is missing.

use std::str::FromStr;
use std::time::Duration;

use clap::Args;

use super::{BrowserPathArgs, value};
use crate::environment::installed_browsers;
use crate::runtime::RuntimeId;
use crate::runtime::playwright::Endpoint;
use crate::suite::Suite;

/// What contenders run in.
#[derive(Debug, Args)]
#[command(next_help_heading = "Browser")]
pub struct RuntimeArgs {
    /// Measure in these runtimes: chromium, firefox, webkit, or all that are here [default: the suite's, else chromium]
    #[arg(long, visible_alias = "browser", value_name = "NAMES", value_delimiter = ',')]
    runtime: Vec<RuntimeName>,
}

/// A runtime as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RuntimeName {
    /// This one.
    One(RuntimeId),
    /// Every one that is installed.
    All,
}

const ALL: &str = "all";

impl FromStr for RuntimeName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if name == ALL {
            return Ok(Self::All);
        }
        name.parse().map(Self::One).map_err(|why: String| format!("{why}, or {ALL}"))
    }
}

impl RuntimeArgs {
    /// The names of the runtimes that these arguments ask for.
    #[must_use]
    pub fn named(&self) -> Vec<&'static str> {
        let name = |asked: &RuntimeName| match asked {
            RuntimeName::One(runtime) => runtime.name(),
            RuntimeName::All => ALL,
        };
        self.runtime.iter().map(name).collect()
    }

    /// The runtimes to set up and to look for: `all` is every one that there is. The default one where none is named.
    #[must_use]
    pub fn wanted(&self) -> Vec<RuntimeId> {
        let named = |asked: &RuntimeName| match asked {
            RuntimeName::One(runtime) => vec![*runtime],
            RuntimeName::All => RuntimeId::ALL.to_vec(),
        };
        if self.runtime.is_empty() { vec![RuntimeId::default()] } else { self.runtime.iter().flat_map(named).collect() }
    }

    /// The runtimes to measure in, where no suite has a say: the default one where none is named.
    ///
    /// # Errors
    /// When `all` are asked for and none is here.
    pub fn asked(&self) -> anyhow::Result<Vec<RuntimeId>> {
        if self.runtime.is_empty() { Ok(vec![RuntimeId::default()]) } else { here(&self.runtime) }
    }

    /// The runtimes that these arguments ask for, else those of the suite; none where neither names one.
    ///
    /// # Errors
    /// When the suite's file names one that does not exist, or `all` are asked for and none is here.
    pub fn runtimes(&self, suite: &Suite) -> anyhow::Result<Vec<RuntimeId>> {
        if !self.runtime.is_empty() {
            return here(&self.runtime);
        }
        let read = |name: &String| {
            let file = suite.root.join(crate::suite::FILE);
            let refused = |why| anyhow::anyhow!("{}: field `defaults.runtime`: `{name}`: {why}", file.display());
            name.parse().map_err(refused)
        };
        here(&suite.runtimes.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?)
    }
}

/// The runtimes of these names: `all` are those that are installed.
fn here(names: &[RuntimeName]) -> anyhow::Result<Vec<RuntimeId>> {
    let mut runtimes = Vec::new();
    for name in names {
        match name {
            RuntimeName::One(runtime) => runtimes.push(*runtime),
            RuntimeName::All => runtimes.extend(installed_browsers()?),
        }
    }
    Ok(runtimes)
}

/// The browser, and what to do when something is missing.
#[derive(Debug, Args)]
#[command(next_help_heading = "Browser")]
pub struct BrowserArgs {
    /// Which.
    #[command(flatten)]
    pub runtime: RuntimeArgs,
    /// Where browsers are.
    #[command(flatten)]
    pub paths: BrowserPathArgs,
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
            self.paths.is_empty() || !matches!(endpoint, Endpoint::Grid(_)),
            "--browser-path: a Selenium Grid starts the browsers of its nodes; help: leave it out"
        );
        Ok(Some(endpoint))
    }
}
