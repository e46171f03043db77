//! Finds, or installs, everything that a plan needs, before anything is started.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::cli::BrowserArgs;
use crate::environment::{self, Environment, Host, Installation, Requirement, Requirements, Root};
use crate::exit::Unable;
use crate::plan::Plan;
use crate::prepare::wants_wasm;
use crate::progress::{Verbosity, say};
use crate::runtime::playwright::Endpoint;

/// Finds everything that the plan needs; installs what is missing, unless that is forbidden.
///
/// # Errors
/// [`Unable`] when something is missing.
pub fn environment(plan: &Plan, args: &BrowserArgs, verbosity: Verbosity) -> anyhow::Result<Environment> {
    environment_for(if wants_wasm(plan) { Requirement::Yes } else { Requirement::No }, args, verbosity)
}

/// The same without a plan, with a Wasm toolchain or without.
///
/// # Errors
/// [`Unable`] when something is missing.
pub fn environment_for(wasm: Requirement, args: &BrowserArgs, verbosity: Verbosity) -> anyhow::Result<Environment> {
    let endpoint = args.endpoint()?;
    let (chromium, browser_path) = match &endpoint {
        Some(_) => (Requirement::No, None),
        None => (Requirement::Yes, args.browser_path.clone()),
    };
    let requirements = Requirements { wasm, chromium, browser_path };
    let installation = if args.no_setup { Installation::Forbidden } else { Installation::Allowed };
    let environment =
        environment::set_up(&tools_root()?, &Host::here(), &requirements, installation, &|line| say(verbosity, line))
            .map_err(|error| Unable(error.into()))?;
    show_driver(&environment, endpoint.as_ref());
    Ok(environment)
}

/// Makes the driver's library find Node.js and the driver. Call it before any async runtime is built.
pub fn show_driver(environment: &Environment, endpoint: Option<&Endpoint>) {
    // SAFETY: the only other thread waits for an interrupt and reads no variable; the runtime is built afterwards.
    unsafe {
        std::env::set_var("PLAYWRIGHT_NODE_EXE", &environment.node.path);
        std::env::set_var("PLAYWRIGHT_CLI_JS", environment.npm_file("playwright-core/cli.js"));
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
                 help: set CROSSOVER_HOME to one",
                folder.display()
            )
        })
        .map_err(Unable)?;
    Ok(Root::of_repository(&folder))
}
