//! Finds, or installs, everything that a plan needs, before anything is started.

use anyhow::Context as _;

use crate::cli::{BrowserArgs, DoctorArgs, PortArgs};
use crate::environment::{self, BrowserPaths, Environment, Host, Installation, Requirement, Requirements, tools_root};
use crate::exit::Unable;
use crate::plan::Plan;
use crate::prepare::wants_wasm;
use crate::progress::{Verbosity, say};
use crate::runtime::RuntimeId;
use crate::runtime::playwright::Endpoint;
use crate::suite::Suite;

/// Finds everything that the plan of a suite needs; installs what is missing, unless that is forbidden.
///
/// # Errors
/// [`Unable`] when something is missing.
pub fn environment(
    suite: &Suite,
    plan: &Plan,
    args: &BrowserArgs,
    verbosity: Verbosity,
) -> anyhow::Result<Environment> {
    let wasm = if wants_wasm(plan) { Requirement::Yes } else { Requirement::No };
    environment_for(wasm, Some(suite), &plan.runtimes(), args, verbosity)
}

/// The same for these runtimes, with a Wasm toolchain or without.
///
/// # Errors
/// [`Unable`] when something is missing.
pub fn environment_for(
    wasm: Requirement,
    suite: Option<&Suite>,
    runtimes: &[RuntimeId],
    args: &BrowserArgs,
    verbosity: Verbosity,
) -> anyhow::Result<Environment> {
    let endpoint = args.endpoint()?;
    let browsers = match &endpoint {
        Some(_) => BrowserPaths::new(),
        None => args.paths.of(runtimes)?,
    };
    let requirements = Requirements { suite: suite.map(|suite| suite.root.clone()), wasm, browsers };
    let installation = if args.no_setup { Installation::Forbidden } else { Installation::Allowed };
    let environment =
        environment::set_up(&tools_root()?, &Host::here(), &requirements, installation, &|line| say(verbosity, line))
            .map_err(|error| Unable(error.into()))?;
    show_driver(&environment, endpoint.as_ref());
    Ok(environment)
}

/// Finds what `port` needs for two modules that are there already: no compiler, and nothing of a suite.
///
/// # Errors
/// [`Unable`] when something is missing; what a runtime is named by, when it is none.
pub fn environment_of_port(args: &PortArgs) -> anyhow::Result<Environment> {
    let browser = &args.measure.browser;
    environment_for(Requirement::No, None, &browser.runtime.asked()?, browser, args.measure.verbosity())
}

/// What `doctor` looks for and `setup` installs: what the suite of the current folder needs, if there is one.
///
/// # Errors
/// When a browser is named for a runtime that is not asked for.
pub fn required(suite: Option<&Suite>, args: &DoctorArgs) -> anyhow::Result<Requirements> {
    let wasm = if suite.is_some_and(Suite::has_crates) { Requirement::Yes } else { Requirement::No };
    let browsers = args.paths.of(&args.runtime.wanted())?;
    Ok(Requirements { suite: suite.map(|suite| suite.root.clone()), wasm, browsers })
}

/// Makes the driver's library find Node.js and the driver. Call it before any async runtime is built.
pub fn show_driver(environment: &Environment, endpoint: Option<&Endpoint>) {
    // SAFETY: the only other thread waits for an interrupt and reads no variable; the runtime is built afterwards.
    unsafe {
        std::env::set_var("PLAYWRIGHT_NODE_EXE", &environment.node.path);
        std::env::set_var("PLAYWRIGHT_CLI_JS", environment.tool("playwright-core", "cli.js"));
        // Interrupts are handled here, so that what was measured is still reported.
        std::env::set_var("PLAYWRIGHT_NO_SIGNAL_HANDLER", "1");
        // The driver connects to the address in this variable, so it must be unset unless that is asked for.
        match endpoint {
            Some(Endpoint::Grid(address)) => std::env::set_var("SELENIUM_REMOTE_URL", address.secret()),
            _ => std::env::remove_var("SELENIUM_REMOTE_URL"),
        }
    }
}

/// Two threads to work on: one waits for the browser while the other serves it.
///
/// # Errors
/// When the system gives no threads.
pub fn threads() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("the system gave no threads to work with")
}
