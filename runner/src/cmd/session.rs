//! What the commands that start contenders have in common: the environment, the prepared plan, the server, the runtimes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use clap::ValueEnum as _;
use crossover_reports::regular;
use crossover_reports::run::{Emulation, Runtime, Stratum};

use super::elsewhere;
use super::sandbox::{self, Policy};
use crate::answer::Answer;
use crate::cli::{BrowserArgs, PlanArgs, SuiteArgs};
use crate::environment::{self, Environment, Host, Mending, Root, Wanted, Wants};
use crate::execute::{self, Prepared, PreparedGroup};
use crate::exit::{Exit, Unable};
use crate::plan::{Boundary, Group, Inputs, Plan, PlannedStratum, Preset, Selection};
use crate::prepare::{KnownWays, Ready, wants_wasm};
use crate::progress::{Voice, say};
use crate::protocol::{ProbeReport, TrialSpec};
use crate::runtime::playwright::Endpoint;
use crate::runtime::playwright::chromium::Chromium;
use crate::runtime::sandbox::{MEND, NO_SANDBOX, Sandbox, UNAVAILABLE};
use crate::runtime::{DriverError, Launcher, OneVersion, RuntimeId};
use crate::server::Server;
use crate::suite::Suite;

/// A server and runtimes, ready for trials.
pub struct Session {
    /// Serves the plan's contenders and inputs.
    pub server: Server,
    /// Launches the runtime of each stratum of the plan: always the version that was there at the start.
    pub launchers: Vec<Box<dyn Launcher>>,
    /// What each runtime says of itself and of its machine.
    pub strata: Vec<Stratum>,
}

impl Session {
    /// Starts all of them and measures their clocks.
    ///
    /// # Errors
    /// [`Unable`] when one cannot be started, or its pages are not cross-origin isolated.
    pub async fn start(
        ready: Ready,
        plan: &Plan,
        environment: &Environment,
        args: &BrowserArgs,
        emulation: Emulation,
    ) -> anyhow::Result<(Self, Prepared)> {
        let server = Server::start(ready.store).await.map_err(Unable)?;
        let mut groups = ready.groups;
        let mut session = Self { server, launchers: Vec::new(), strata: Vec::new() };
        for planned in &plan.strata {
            let launcher =
                launcher(planned.runtime, environment, args, &session.server, &emulation).await.map_err(Unable)?;
            let stratum = probe(&*launcher, planned, &session.server, &emulation, args).await.map_err(Unable)?;
            session.launchers.push(Box::new(OneVersion::new(launcher, &stratum.runtime.version)));
            session.strata.push(stratum);
        }
        session.find_ways(&mut groups, environment, args).await?;
        Ok((session, groups))
    }

    /// Finds out how those contenders are started of which that is not known.
    async fn find_ways(
        &self,
        groups: &mut Prepared,
        environment: &Environment,
        args: &BrowserArgs,
    ) -> anyhow::Result<()> {
        let known = KnownWays::of(&environment.root.own(), self.runtimes());
        known.recall(groups);
        let sought = KnownWays::missing(groups);
        if sought.is_empty() {
            return Ok(());
        }
        for (at, launcher) in self.launchers.iter().enumerate() {
            let mut own = take_stratum(groups, at);
            let found = execute::discover(&**launcher, &self.server, &mut own, args.call_timeout).await;
            groups.append(&mut own);
            found.map_err(|error| Unable(error.into()))?;
        }
        known.keep(groups, &sought)
    }

    /// The runtimes of the strata.
    pub fn runtimes(&self) -> impl Iterator<Item = &Runtime> {
        self.strata.iter().map(|stratum| &stratum.runtime)
    }

    /// Checks every answer in every runtime; see [`execute::verify`].
    ///
    /// # Errors
    /// [`Unable`] when a runtime cannot be launched, or is another one than before.
    pub async fn verify(
        &self,
        groups: &mut Prepared,
        call_timeout: Duration,
        mut seen: impl FnMut(&PreparedGroup, usize),
    ) -> anyhow::Result<()> {
        for (at, launcher) in self.launchers.iter().enumerate() {
            let mut own = take_stratum(groups, at);
            let verified = execute::verify(&**launcher, &self.server, &mut own, call_timeout, &mut seen).await;
            groups.append(&mut own);
            verified.map_err(|error| Unable(error.into()))?;
        }
        Ok(())
    }

    /// The baselines' answers in the first runtime; see [`execute::answers`].
    ///
    /// # Errors
    /// [`Unable`] when it cannot be launched, or is another one than before.
    pub async fn answers(&self, groups: &Prepared, call_timeout: Duration) -> anyhow::Result<Vec<(Group, Answer)>> {
        let own = take_stratum(&mut groups.clone(), 0);
        let answers = execute::answers(&*self.launchers[0], &self.server, own, call_timeout).await;
        Ok(answers.map_err(|error| Unable(error.into()))?)
    }

    /// Ends the drivers, and with them every browser that is left.
    pub async fn stop(self) {
        for launcher in self.launchers {
            launcher.stop().await;
        }
    }
}

/// What a browser that was changed in the middle of the work makes of it: it ends with what is complete. Other outcomes
/// stay as they are.
///
/// # Errors
/// Any other error.
pub fn unless_changed(outcome: anyhow::Result<Exit>) -> anyhow::Result<Exit> {
    let changed = |error: &anyhow::Error| match error.downcast_ref::<DriverError>() {
        Some(DriverError::OtherVersion { was, is }) => Some(format!(
            "Chromium was changed from version {was} to {is} in the meantime. What was measured with {was} is kept, and \
             nothing was measured with {is}. To go on with --resume, bring {was} back; to measure {is}, start a new run"
        )),
        _ => None,
    };
    match outcome {
        Err(error) => match changed(&error) {
            Some(words) => {
                say(Voice::Stderr, &format!("crossover: {words}"));
                Ok(Exit::BrowserChanged)
            }
            None => Err(error),
        },
        ended => ended,
    }
}

/// Takes the groups of a stratum out.
pub fn take_stratum(groups: &mut Prepared, stratum: usize) -> Prepared {
    groups.extract_if(.., |group, _| group.stratum == stratum).collect()
}

/// What launches a runtime; the one place where each is named.
async fn launcher(
    runtime: RuntimeId,
    environment: &Environment,
    args: &BrowserArgs,
    server: &Server,
    emulation: &Emulation,
) -> anyhow::Result<Box<dyn Launcher>> {
    Ok(match (runtime, args.endpoint()?) {
        (RuntimeId::Chromium, Some(endpoint)) => {
            Box::new(elsewhere::launcher(endpoint, args, environment, server, emulation.clone()).await?)
        }
        (RuntimeId::Chromium, None) => {
            let chromium = environment.chromium.as_ref().context("the browser was not set up")?;
            let sandbox = Policy::of(&Host::here()).sandbox();
            Box::new(Chromium::start(chromium.path.clone(), sandbox, emulation.clone()).await?)
        }
        #[cfg(test)]
        (RuntimeId::Fake, _) => Box::new(crate::runtime::fake::FakeLauncher::new(&[], &[])),
    })
}

async fn probe(
    launcher: &dyn Launcher,
    planned: &PlannedStratum,
    server: &Server,
    emulation: &Emulation,
    args: &BrowserArgs,
) -> anyhow::Result<Stratum> {
    let endpoint = args.endpoint()?;
    let running = launcher.launch().await.map_err(unstarted)?;
    let origin = server.fresh_origin();
    let unreachable = || endpoint.as_ref().map_or_else(String::new, |to| elsewhere::unreachable(to, &origin));
    let page = match running.open(&origin).await {
        Err(error) if endpoint.is_some() => return Err(error).with_context(unreachable),
        opened => opened?,
    };
    let probe: ProbeReport = page.trial(&TrialSpec::Probe, Duration::from_secs(30)).await?;
    let (own, measured) = match endpoint {
        None => (Some(Policy::of(&Host::here())), running.sandbox().await),
        Some(_) if running.has_flag(NO_SANDBOX) => (None, Some(Sandbox::Off)),
        Some(_) => (None, Some(Sandbox::On)),
    };
    page.close().await;
    own.zip(measured).map_or(Ok(()), |(policy, measured)| policy.check(measured))?;
    anyhow::ensure!(
        probe.cross_origin_isolated,
        "the measured pages are not cross-origin isolated, so the clock is too coarse; is a proxy removing headers?"
    );
    let runtime = Runtime {
        id: planned.runtime.name().to_owned(),
        version: running.version().to_owned(),
        flags: measured
            .map_or_else(|| launcher.flags().to_vec(), |measured| sandbox::flags(launcher.flags(), measured)),
    };
    let stratum = Stratum {
        id: planned.id.clone(),
        runtime,
        cross_origin_isolated: probe.cross_origin_isolated,
        timer_quantum_ns: Some(probe.quantum_ns),
        emulation: emulation.clone(),
        machine: None,
        through: None,
        only: None,
    };
    let stratum = match endpoint {
        Some(endpoint) => elsewhere::describe(stratum, &endpoint, &*running, args, &probe.machine)?,
        None => stratum,
    };
    running.close().await;
    Ok(stratum)
}

/// Why there is no browser, and what to do.
fn unstarted(error: DriverError) -> anyhow::Error {
    let mend = match &error {
        DriverError::Gone(why) if why == UNAVAILABLE => format!("Chromium could not be started; {MEND}"),
        _ => "Chromium could not be started; `crossover doctor` tells more".to_owned(),
    };
    anyhow::Error::new(error).context(mend)
}

/// Finds, and unless forbidden brings, all that the plan needs.
///
/// # Errors
/// [`Unable`] when something is missing.
pub fn environment(plan: &Plan, args: &BrowserArgs, voice: Voice) -> anyhow::Result<Environment> {
    environment_for(if wants_wasm(plan) { Wanted::Yes } else { Wanted::No }, args, voice)
}

/// The same without a plan, with a Wasm toolchain or without.
///
/// # Errors
/// [`Unable`] when something is missing.
pub fn environment_for(wasm: Wanted, args: &BrowserArgs, voice: Voice) -> anyhow::Result<Environment> {
    let endpoint = args.endpoint()?;
    let (chromium, browser_path) = match &endpoint {
        Some(_) => (Wanted::No, None),
        None => (Wanted::Yes, args.browser_path.clone()),
    };
    let wants = Wants { wasm, chromium, browser_path };
    let mending = if args.no_setup { Mending::Forbidden } else { Mending::Allowed };
    let environment = environment::set_up(&tools_root()?, &Host::here(), &wants, mending, &|line| say(voice, line))
        .map_err(|error| Unable(error.into()))?;
    show_driver(&environment, endpoint.as_ref());
    Ok(environment)
}

/// Lets the driver's library find Node.js and the driver. To be called before any runtime is built.
pub fn show_driver(environment: &Environment, endpoint: Option<&Endpoint>) {
    // SAFETY: the only other thread waits for an interrupt and reads no variable; the runtime is built afterwards.
    unsafe {
        std::env::set_var("PLAYWRIGHT_NODE_EXE", &environment.node.path);
        std::env::set_var("PLAYWRIGHT_CLI_JS", environment.npm_file("playwright-core/cli.js"));
        // Interrupts are ours to handle: what was measured is to be reported.
        std::env::set_var("PLAYWRIGHT_NO_SIGNAL_HANDLER", "1");
        // The driver goes wherever this points to, so it must not go there unasked.
        match endpoint {
            Some(Endpoint::Grid(address)) => std::env::set_var("SELENIUM_REMOTE_URL", address.secret()),
            _ => std::env::remove_var("SELENIUM_REMOTE_URL"),
        }
    }
}

/// Two workers: one waits for the browser while the other serves it.
///
/// # Errors
/// When the system gives no threads.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("the system gave no threads to work with")
}

/// The checkout that holds `js-baselines/`: named by `CROSSOVER_HOME`, else the one this program was built from.
///
/// # Errors
/// [`Unable`] when it is not there.
pub fn tools_root() -> anyhow::Result<Root> {
    let built_from = || Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = std::env::var_os("CROSSOVER_HOME").map_or_else(built_from, PathBuf::from);
    let folder = folder
        .canonicalize()
        .ok()
        .filter(|folder| folder.join("js-baselines/package.json").is_file())
        .with_context(|| {
            format!(
                "{}: no checkout of crossover (its js-baselines/ holds the tools that build and drive); \
                 set CROSSOVER_HOME to one",
                folder.display()
            )
        })
        .map_err(Unable)?;
    Ok(Root::of_repository(&folder))
}

/// Looks at the user's own inputs before anything is built for them.
///
/// # Errors
/// When one is not there, or is no file.
pub fn look_at_inputs(what: &SuiteArgs) -> anyhow::Result<()> {
    let look =
        |(_, file): &(String, PathBuf)| regular::look(file).with_context(|| format!("--input {}", file.display()));
    what.input.iter().try_for_each(look)
}

/// The plan that the arguments ask for. Quick keeps to the headline inputs and those with a payload, unless it is asked
/// for all.
///
/// # Errors
/// When a name or a preset is none.
pub fn plan(suite: &Suite, what: &SuiteArgs, how: &PlanArgs) -> anyhow::Result<Plan> {
    look_at_inputs(what)?;
    let preset = match (how.preset, &suite.preset) {
        (Some(preset), _) => preset,
        (None, None) => Preset::Standard,
        (None, Some(name)) => Preset::from_str(name, false).map_err(|_| {
            anyhow::anyhow!(
                "{}: field `defaults.preset`: `{name}` is no preset; use quick, standard or thorough",
                suite.root.join(crate::suite::FILE).display()
            )
        })?,
    };
    let inputs = if how.all_inputs || preset != Preset::Quick { Inputs::All } else { Inputs::Headline };
    let boundary = if how.all_inputs { Boundary::AsOthers } else { Boundary::WhenNamed };
    let plan = Plan::make(suite, &Selection { boundary, ..what.selection(inputs) }, how.effort.effort(preset))?;
    Ok(match how.shard {
        Some(shard) => plan.shard(shard),
        None => plan,
    })
}
