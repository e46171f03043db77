//! `crossover doctor` and `crossover setup`: lists which tools are installed, and installs the missing ones.

use std::fmt::Write as _;

use crate::cli::DoctorArgs;
use crate::environment::{self, Diagnosis, Examination, Host, Installation, Presence, Requirement, Requirements};
use crate::exit::{Exit, Unable};
use crate::measure::{sandbox, show_driver, threads, tools_root};
use crate::progress::{Verbosity, say};
use crate::stdout::print;

/// Prints what was found and what is missing.
///
/// # Errors
/// When something is missing.
pub fn doctor(args: &DoctorArgs) -> anyhow::Result<Exit> {
    let host = Host::here();
    let Examination { mut findings, driving } =
        environment::doctor(&tools_root()?, &host, args.browser_path.as_deref());
    if let Some((environment, chromium)) = driving.as_ref().and_then(|all| Some((all, all.chromium.as_ref()?))) {
        show_driver(environment, None);
        findings.push(threads()?.block_on(sandbox::finding(chromium, &host)));
    }
    print(&table(&findings))?;
    let missing: Vec<_> = findings.iter().filter(|finding| finding.is_missing()).map(|finding| finding.what).collect();
    if missing.is_empty() {
        return Ok(Exit::Done);
    }
    Err(Unable(anyhow::anyhow!("missing: {}; `crossover setup` brings what it can", missing.join(", "))).into())
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

fn table(findings: &[Diagnosis]) -> String {
    let mut text = String::new();
    for finding in findings {
        // Writing to a string cannot fail.
        let _ = match &finding.state {
            Presence::Found { at, version } => {
                writeln!(text, "ok       {:<20} {version}\n         {:<20} {at}", finding.what, "")
            }
            Presence::Missing { why } => {
                writeln!(text, "missing  {:<20} {why}\n         {:<20} to fix it: {}", finding.what, "", finding.fix)
            }
        };
    }
    text
}
