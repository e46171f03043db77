//! The functions that a module exports, found by loading it.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use crossover_reports::run::{Check, Emulation};

use super::set_up::environment_of_port;
use super::test_bed::TestBed;
use crate::call_path::CallPath;
use crate::cli::PortArgs;
use crate::exit::Unable;
use crate::interrupt;
use crate::plan::{Effort, Preset};
use crate::port::{Hotspot, Module, PortSide, no_arguments};
use crate::prepare::prepare;
use crate::progress::say;
use crate::protocol::{ListReport, ListedFunction, TrialSpec};
use crate::suite::{ContenderSource, Judge, Kernel, ModuleTarget};

/// How long a module may take to load.
const PATIENCE: Duration = Duration::from_secs(60);

/// The functions of the module that `--wasm` names, and what is bundled of it.
///
/// # Errors
/// When it cannot be loaded or exports no function, or something is missing on this machine.
pub fn functions(module: &Module, args: &PortArgs) -> anyhow::Result<(Vec<ListedFunction>, ModuleTarget)> {
    let verbosity = args.measure.verbosity();
    let environment = environment_of_port(args)?;
    let target = module.target(&environment, &|line| say(verbosity, line)).context("--wasm")?;
    let (suite, plan) = args.planned(kernel_of(module, target.clone()), Effort::of(Preset::Quick))?;
    let mut ready = prepare(&suite, &plan, &environment, &|line| say(verbosity, line));
    let group = std::mem::take(&mut ready.groups).into_values().next().context("the module makes no kernel")?;
    let contender = group.contenders[0].urls.clone().map_err(|failure| anyhow::anyhow!("--wasm {}", failure.reason))?;
    let (browser, emulation) = (&args.measure.browser, Emulation::default());
    let report: ListReport = TestBed::with(ready, &plan, &environment, browser, emulation, async |bed, _| {
        interrupt::unless_interrupted(async {
            let browser = bed.launchers[0].launch().await.map_err(|error| Unable(error.into()))?;
            let page = browser.open(&bed.server.fresh_origin()).await.map_err(|error| Unable(error.into()))?;
            let report = page.trial(&TrialSpec::List { contender }, PATIENCE).await;
            browser.close().await;
            report.with_context(|| format!("--wasm {}: cannot be loaded", module.name()))
        })
        .await
    })?;
    ensure!(!report.paths.is_empty(), "--wasm {}: it exports no function", module.name());
    Ok((report.paths, target))
}

/// A kernel that is only loaded, never measured.
fn kernel_of(module: &Module, target: ModuleTarget) -> Kernel {
    let side =
        PortSide { flag: "--wasm", module: module.clone(), target: target.clone(), path: CallPath::default_export() };
    let (inputs, judge) = (vec![no_arguments()], Judge::default());
    let hotspot = Hotspot { js: side, wasm: None, platform: None, inputs, check: Check::Exact, judge, in_place: false };
    let mut kernel = hotspot.kernel();
    kernel.contenders[0].source = ContenderSource::Whole(target);
    kernel
}
