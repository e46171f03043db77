//! `crossover calibrate`: measures known differences exactly as `run` does, many times, and counts how often the result is right.

use anyhow::ensure;
use crossover_reports::calibration::{Calibration, CalibrationSetup};
use crossover_reports::run::{Emulation, Schedule};

use crate::cli::CalibrateArgs;
use crate::exit::{Exit, Unable};
use crate::measure::{Repetitions, TestBed, calibration_file, calibration_so_far, environment, tools_root};
use crate::plan::{Effort, Inputs, Plan, Selection};
use crate::prepare::{machine, now, prepare};
use crate::progress::{Verbosity, say};
use crate::stdout::print;
use crate::suite::Suite;

/// The suite of known differences, in the checkout that holds the tools.
const SUITE: &str = "runner/calibration/crossover.toml";

/// Measures known differences, counts the right results, and saves and prints the counts.
///
/// # Errors
/// When a tool that is needed is missing, a contender cannot be built or gives a wrong answer, or the results cannot be saved.
pub fn calibrate(args: &CalibrateArgs) -> anyhow::Result<Exit> {
    let verbosity = Verbosity::of(args.quiet);
    let root = tools_root()?;
    let suite = Suite::open(Some(&root.rust.join(SUITE))).map_err(|error| Unable(error.into()))?;
    let selection = Selection { inputs: Inputs::All, ..Selection::default() };
    let mut plan = Plan::make(&suite, &selection, Effort { seed: args.seed, ..Effort::of(args.preset) })?;
    plan = plan.in_runtimes(&args.browser.runtime.runtimes(&suite)?, &[])?;
    ensure!(plan.strata.len() == 1, "--runtime: a calibration is of one runtime; help: calibrate one after the other");
    // Only the time per call is compared.
    plan.schedule = Schedule { cold_starts: 1, other_starts: 0, sessions: 0, ..plan.schedule };
    let file = calibration_file(args.out.as_deref(), &root.own())?;
    let environment = environment(&plan, &args.browser, verbosity)?;
    let mut ready = prepare(&suite, &plan, &environment, &|line| say(verbosity, line));
    let kernels = std::mem::take(&mut ready.kernels);
    let (browser, emulation) = (&args.browser, Emulation::default());
    let (exit, found) = TestBed::with(ready, &plan, &environment, browser, emulation, async |bed, prepared| {
        let setting = CalibrationSetup {
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            started_at: now(),
            seed: args.seed,
            schedule: plan.schedule.clone(),
            machine: bed.strata[0].machine.clone().unwrap_or_else(machine),
            stratum: bed.strata[0].clone(),
        };
        let earlier = if args.resume { calibration_so_far(&file, &setting)? } else { None };
        let mut found = earlier.unwrap_or_else(|| Calibration::new(setting));
        let repetitions = Repetitions { plan: &plan, kernels: &kernels, bed, args, verbosity, file: &file };
        let exit = repetitions.measure_until_interrupted(prepared, &mut found).await;
        exit.map(|exit| (exit, found))
    })?;
    print(&if args.json { found.json()? } else { found.summary() })?;
    if found.sessions > 0 {
        say(verbosity, &format!("saved: {}", file.display()));
    }
    Ok(exit)
}
