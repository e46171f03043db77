//! Browsers on another machine: how to reach them, and what is known of them.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use crossover_reports::run::{Emulation, Machine, Runtime, Stratum, Through};

use crate::cli::BrowserArgs;
use crate::complaint;
use crate::environment::Environment;
use crate::progress::{Verbosity, say};
use crate::protocol::MachineReport;
use crate::runtime::playwright::chromium::Chromium;
use crate::runtime::playwright::{Endpoint, RemoteLaunch};
use crate::runtime::{Browser, Launcher as _};
use crate::server::Server;

/// The longest text that a remote page may report of its machine, characters.
const LONGEST: usize = 60;

/// A launcher of browsers behind `endpoint`, for pages of `server`.
///
/// # Errors
/// When there is no connection, or not a fresh browser for each.
pub async fn launcher(
    endpoint: Endpoint,
    args: &BrowserArgs,
    environment: &Environment,
    server: &Server,
    emulation: Emulation,
) -> anyhow::Result<Chromium> {
    let launch = RemoteLaunch {
        playwright: playwright(environment)?,
        port: server.port(),
        executable: args.paths.elsewhere().map(Path::to_owned),
    };
    let launcher = Chromium::remote(endpoint.clone(), launch, emulation).await?;
    let processes = [first_process(&launcher).await?, first_process(&launcher).await?];
    anyhow::ensure!(
        processes[0].is_none() || processes[0] != processes[1],
        "{} gives the same browser again and again, but every block needs a fresh one: start it with `run-server`, not with \
         `launch-server`",
        endpoint.address()
    );
    Ok(launcher)
}

/// The command line of a browser's first process, which names its fresh profile.
async fn first_process(launcher: &Chromium) -> anyhow::Result<Option<String>> {
    let browser = launcher.launch().await?;
    let line = browser.command_line().map(str::to_owned);
    browser.close().await;
    Ok(line)
}

/// The version of Playwright that is pinned.
fn playwright(environment: &Environment) -> anyhow::Result<String> {
    let file = environment.tool("playwright-core", "package.json");
    let text = fs::read_to_string(&file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let package: serde_json::Value = serde_json::from_str(&text).with_context(|| format!("{}", file.display()))?;
    package["version"].as_str().map(str::to_owned).with_context(|| format!("{}: field `version`", file.display()))
}

/// What a results file records of a remote browser beyond that of a local one. What the other machine did not do
/// as asked is reported on stderr.
///
/// # Errors
/// When another browser than the one that was asked for was started.
pub fn describe(
    stratum: Stratum,
    endpoint: &Endpoint,
    running: &dyn Browser,
    args: &BrowserArgs,
    report: &MachineReport,
) -> anyhow::Result<Stratum> {
    let address = endpoint.address();
    let is_obeyed = stratum.runtime.flags.iter().all(|flag| running.has_flag(flag));
    if !is_obeyed && matches!(endpoint, Endpoint::Playwright(_)) {
        anyhow::ensure!(
            args.paths.is_empty(),
            "{address} does not start what --browser-path names; help: start it with --unsafe, or leave that out"
        );
        let lacking = format!(
            "{address} does not give its browsers the flags that keep all pages at one priority, so that intervals may be \
             wider on a busy machine; help: start it with --unsafe"
        );
        say(Verbosity::Normal, &complaint::warning(&lacking));
    }
    let flags = stratum.runtime.flags.iter().filter(|flag| running.has_flag(flag)).cloned().collect();
    let machine = machine(report, &address.to_string());
    let tunnel = matches!(endpoint, Endpoint::Playwright(_));
    let through = Through { address: address.to_string(), tunnel };
    let runtime = Runtime { flags, ..stratum.runtime };
    Ok(Stratum { runtime, machine: Some(machine), through: Some(through), ..stratum })
}

/// A machine as its browser reports it; what it does not report is unknown.
fn machine(report: &MachineReport, address: &str) -> Machine {
    let known = |text: &str| -> String {
        let text: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        if text.trim().is_empty() { "unknown".to_owned() } else { text }
    };
    Machine {
        os: known(&report.system),
        arch: known(&report.architecture),
        cpu: format!("unknown, behind {address}"),
        cores: report.cores,
        memory_bytes: None,
    }
}

/// Why a remote page could not be loaded.
#[must_use]
pub fn unreachable(endpoint: &Endpoint, origin: &str) -> String {
    match endpoint {
        Endpoint::Playwright(address) => {
            format!("the browser behind {address} could not load {origin} through its tunnel")
        }
        Endpoint::Grid(address) => format!(
            "the browser behind {address} could not load {origin}: a Selenium Grid has no tunnel, so its node must be this \
             machine, or reach this address of ours by other means; a Playwright server (--connect ws://…) brings a tunnel"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_reports_of_its_machine_is_bounded() {
        let report = MachineReport { system: "\u{1b}[2J".repeat(100), architecture: String::new(), cores: 4 };
        let machine = machine(&report, "ws://host:1");
        assert!(machine.os.chars().count() <= LONGEST && !machine.os.contains('\u{1b}'));
        assert_eq!((machine.arch.as_str(), machine.cpu.as_str()), ("unknown", "unknown, behind ws://host:1"));
        assert_eq!(machine.memory_bytes, None);
    }
}
