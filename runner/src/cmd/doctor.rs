//! `crossover doctor` and `crossover setup`: lists which tools are installed, and installs the missing ones.

use crate::cli::DoctorArgs;
use crate::environment::{self, Examination, Host, Installation, Requirement, Requirements};
use crate::exit::{Exit, Unable};
use crate::measure::{examine_page, show_driver, threads, tools_root};
use crate::progress::{Verbosity, say};
use crate::publish::{Optional, diagnoses, next};
use crate::stdout::{columns, print};
use crate::suite::Suite;

/// Prints what was found and what is missing.
///
/// # Errors
/// When something is missing that is not optional.
pub fn doctor(args: &DoctorArgs) -> anyhow::Result<Exit> {
    let host = Host::here();
    let Examination { mut findings, mut optional, driving } =
        environment::doctor(&tools_root()?, &host, args.browser_path.as_deref());
    if let Some((environment, chromium)) = driving.as_ref().and_then(|all| Some((all, all.chromium.as_ref()?))) {
        show_driver(environment, None);
        let (sandbox, webgpu) = threads()?.block_on(examine_page(chromium, &host));
        findings.push(sandbox);
        optional.extend(webgpu);
    }
    let suite = Suite::open(None).ok();
    let optional: Vec<_> = optional.into_iter().map(|one| Optional::new(one, suite.as_ref())).collect();
    print(&diagnoses(&findings, &optional, columns()))?;
    let missing: Vec<_> = findings.iter().filter(|finding| finding.is_missing()).map(|finding| finding.what).collect();
    if missing.is_empty() {
        print(&next(&optional))?;
        return Ok(Exit::Done);
    }
    Err(Unable(anyhow::anyhow!("missing: {}; help: `crossover setup` installs what it can", missing.join(", "))).into())
}

/// Installs what is missing.
///
/// # Errors
/// When something cannot be installed.
pub fn setup(args: &DoctorArgs) -> anyhow::Result<Exit> {
    let requirements =
        Requirements { wasm: Requirement::Yes, chromium: Requirement::Yes, browser_path: args.browser_path.clone() };
    environment::set_up(&tools_root()?, &Host::here(), &requirements, Installation::Allowed, &|line| {
        say(Verbosity::Normal, line)
    })
    .map_err(|error| Unable(error.into()))?;
    doctor(args)
}
