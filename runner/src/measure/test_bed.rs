//! The test bed: a server, and the runtimes that contenders are started in.

use std::cell::RefCell;
use std::time::Duration;

use anyhow::Context as _;
use crossover_reports::run::{Emulation, Family, Runtime, Stratum};
use futures_util::future::join_all;

use super::discover::discover;
use super::sandbox::{self, Policy};
use super::set_up::threads;
use super::{remote, verify};
use crate::answer::Answer;
use crate::cli::BrowserArgs;
use crate::environment::{Environment, Host, Tool};
use crate::exit::Unable;
use crate::interrupt;
use crate::plan::{Group, Plan, PlannedStratum};
use crate::prepare::{KnownWays, Prepared, PreparedGroup, Ready, take_stratum};
use crate::protocol::{ProbeReport, TrialSpec};
use crate::runtime::firefox::Firefox;
use crate::runtime::playwright::chromium::Chromium;
use crate::runtime::sandbox::{FIX, NO_SANDBOX, Sandbox, UNAVAILABLE};
use crate::runtime::webkit::Webkit;
use crate::runtime::{DriverError, Launcher, OneVersion, RuntimeId};
use crate::server::Server;

/// A server and runtimes, ready for trials.
pub struct TestBed {
    /// Serves the plan's contenders and inputs.
    pub server: Server,
    /// Launches the runtime of each stratum of the plan: always the version that was there at the start.
    pub launchers: Vec<Box<dyn Launcher>>,
    /// The header's description of each runtime and its machine.
    pub strata: Vec<Stratum>,
}

impl TestBed {
    /// Starts all of them, measures their clocks, does `work` with what was prepared, and stops all of them even if it fails.
    /// Signals are handled while they start; `work` has to handle its own.
    ///
    /// # Errors
    /// [`Unable`] when one cannot be started, or its pages are not cross-origin isolated; and what `work` gives.
    pub fn with<T>(
        ready: Ready,
        plan: &Plan,
        environment: &Environment,
        args: &BrowserArgs,
        emulation: Emulation,
        work: impl AsyncFnOnce(&Self, Prepared) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        threads()?.block_on(async {
            let _guard = interrupt::guard();
            let starting = Self::start(ready, plan, environment, args, emulation);
            let (bed, prepared) = interrupt::unless_interrupted(starting).await?;
            let done = work(&bed, prepared).await;
            bed.stop().await;
            done
        })
    }

    async fn start(
        ready: Ready,
        plan: &Plan,
        environment: &Environment,
        args: &BrowserArgs,
        emulation: Emulation,
    ) -> anyhow::Result<(Self, Prepared)> {
        let server = Server::start(ready.store).await.map_err(Unable)?;
        let mut groups = ready.groups;
        let mut bed = Self { server, launchers: Vec::new(), strata: Vec::new() };
        // All at once: most of the time is spent waiting for browsers to start.
        let started = plan.strata.iter().map(async |planned| {
            let launcher = launcher(planned.runtime, environment, args, &bed.server, &emulation).await?;
            let stratum = probe(&*launcher, planned, &bed.server, &emulation, args).await?;
            anyhow::Ok((OneVersion::new(launcher, planned.runtime, &stratum.runtime.version), stratum))
        });
        for started in join_all(started).await {
            let (launcher, stratum) = started.map_err(Unable)?;
            bed.launchers.push(Box::new(launcher));
            bed.strata.push(stratum);
        }
        bed.find_ways(&mut groups, environment, args).await?;
        Ok((bed, groups))
    }

    /// Finds out how contenders are started, where that is not known.
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
        self.in_each(groups, async |launcher, own| discover(launcher, &self.server, own, args.call_timeout).await)
            .await?;
        known.keep(groups, &sought)
    }

    /// Does `work` in the runtimes of all strata at once, with the groups of each: nothing is timed.
    async fn in_each(
        &self,
        groups: &mut Prepared,
        work: impl AsyncFn(&dyn Launcher, &mut Prepared) -> Result<(), DriverError>,
    ) -> anyhow::Result<()> {
        let own: Vec<_> = (0..self.launchers.len()).map(|at| take_stratum(groups, at)).collect();
        let worked = self.launchers.iter().zip(own).map(async |(launcher, mut own)| {
            let done = work(&**launcher, &mut own).await;
            (own, done)
        });
        let mut all = Ok(());
        for (mut own, done) in join_all(worked).await {
            groups.append(&mut own);
            all = all.and(done);
        }
        Ok(all.map_err(|error| Unable(error.into()))?)
    }

    /// The runtimes of the strata.
    pub fn runtimes(&self) -> impl Iterator<Item = &Runtime> {
        self.strata.iter().map(|stratum| &stratum.runtime)
    }

    /// Checks every answer in every runtime; see [`verify::verify`].
    ///
    /// # Errors
    /// [`Unable`] when a runtime cannot be launched, or is another one than before.
    pub async fn verify(
        &self,
        groups: &mut Prepared,
        call_timeout: Duration,
        seen: impl FnMut(&PreparedGroup, usize),
    ) -> anyhow::Result<()> {
        let seen = RefCell::new(seen);
        let verify = async |launcher: &dyn Launcher, own: &mut Prepared| {
            let seen = |group: &PreparedGroup, contender| (seen.borrow_mut())(group, contender);
            verify::verify(launcher, &self.server, own, call_timeout, seen).await
        };
        self.in_each(groups, verify).await
    }

    /// The baselines' answers in the first runtime; see [`verify::answers`].
    ///
    /// # Errors
    /// [`Unable`] when it cannot be launched, or is another one than before.
    pub async fn answers(&self, groups: &Prepared, call_timeout: Duration) -> anyhow::Result<Vec<(Group, Answer)>> {
        let own = take_stratum(&mut groups.clone(), 0);
        let answers = verify::answers(&*self.launchers[0], &self.server, own, call_timeout).await;
        Ok(answers.map_err(|error| Unable(error.into()))?)
    }

    /// Ends the drivers, and with them every browser that is left.
    async fn stop(self) {
        for launcher in self.launchers {
            launcher.stop().await;
        }
    }
}

/// The launcher of a runtime; the one place where each is named.
async fn launcher(
    runtime: RuntimeId,
    environment: &Environment,
    args: &BrowserArgs,
    server: &Server,
    emulation: &Emulation,
) -> anyhow::Result<Box<dyn Launcher>> {
    Ok(match (runtime, args.endpoint()?) {
        (RuntimeId::Chromium, Some(endpoint)) => {
            Box::new(remote::launcher(endpoint, args, environment, server, emulation.clone()).await?)
        }
        #[cfg(test)]
        (RuntimeId::Fake, _) => Box::new(crate::runtime::fake::FakeLauncher::new(&[], &[])),
        // A plan has only what its runtimes can do, and no other can be elsewhere.
        (runtime, _) => {
            let browser = environment.browsers.get(&runtime).context("the browser was not set up")?;
            local_launcher(runtime, browser, Policy::of(&Host::here()), emulation).await?
        }
    })
}

/// The launcher of a browser that is installed here.
///
/// # Errors
/// When its driver cannot be started.
pub async fn local_launcher(
    runtime: RuntimeId,
    browser: &Tool,
    policy: Policy,
    emulation: &Emulation,
) -> anyhow::Result<Box<dyn Launcher>> {
    Ok(match runtime {
        RuntimeId::Chromium => {
            Box::new(Chromium::start(browser.path.clone(), policy.sandbox(), emulation.clone()).await?)
        }
        RuntimeId::Firefox => Box::new(Firefox::new(&browser.path)),
        RuntimeId::Webkit => Box::new(Webkit::start(&browser.path, policy.sandbox()).await?),
        #[cfg(test)]
        RuntimeId::Fake => Box::new(crate::runtime::fake::FakeLauncher::new(&[], &[])),
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
    let running = launcher.launch().await.map_err(|error| unstarted(planned.runtime, error))?;
    let origin = server.fresh_origin();
    let unreachable = || endpoint.as_ref().map_or_else(String::new, |to| remote::unreachable(to, &origin));
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
    own.zip(measured).map_or(Ok(()), |(policy, measured)| policy.check(planned.runtime, measured))?;
    anyhow::ensure!(
        probe.cross_origin_isolated,
        "the measured pages are not cross-origin isolated, so the clock is too coarse; help: look for a proxy that removes headers"
    );
    let runtime = Runtime {
        id: planned.runtime.name().to_owned(),
        family: Family::Browser,
        version: running.version().to_owned(),
        flags: measured.map_or_else(
            || launcher.flags().to_vec(),
            |measured| sandbox::flags(planned.runtime, launcher.flags(), measured),
        ),
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
        Some(endpoint) => remote::describe(stratum, &endpoint, &*running, args, &probe.machine)?,
        None => stratum,
    };
    running.close().await;
    Ok(stratum)
}

/// Why there is no browser, and what to do.
fn unstarted(runtime: RuntimeId, error: DriverError) -> anyhow::Error {
    let (label, name) = (runtime.label(), runtime.name());
    let fix = match &error {
        DriverError::Gone(why) if why == UNAVAILABLE => format!("{label} could not be started; help: {FIX}"),
        _ => format!("{label} could not be started; help: run `crossover doctor --runtime {name}` for more"),
    };
    anyhow::Error::new(error).context(fix)
}
