//! A calibration: known differences of one runtime, measured and counted.

use crossover_reports::calibration::{Calibration, CalibrationSetup};
use crossover_reports::run::Emulation;

use super::repetitions::{Repetitions, calibration_file, calibration_so_far};
use super::test_bed::TestBed;
use crate::cli::CalibrateArgs;
use crate::environment::Environment;
use crate::exit::Exit;
use crate::plan::Plan;
use crate::prepare::{machine, now, prepare};
use crate::progress::{Verbosity, say};
use crate::stdout::print;
use crate::suite::Suite;

/// Measures known differences in the one runtime of a plan, counts the right results, and saves and prints the counts.
///
/// # Errors
/// When a contender cannot be built or gives a wrong answer, or the results cannot be saved.
pub fn calibrated(suite: &Suite, plan: &Plan, environment: &Environment, args: &CalibrateArgs) -> anyhow::Result<Exit> {
    let verbosity = Verbosity::of(args.quiet);
    let file = calibration_file(args.out.as_deref(), &environment.root.own(), plan.strata[0].runtime)?;
    let mut ready = prepare(suite, plan, environment, &|line| say(verbosity, line));
    let kernels = std::mem::take(&mut ready.kernels);
    let (browser, emulation) = (&args.browser, Emulation::default());
    let (exit, found) = TestBed::with(ready, plan, environment, browser, emulation, async |bed, prepared| {
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
        let repetitions = Repetitions { plan, kernels: &kernels, bed, args, verbosity, file: &file };
        let exit = repetitions.measure_until_interrupted(prepared, &mut found).await;
        exit.map(|exit| (exit, found))
    })?;
    print(&if args.json { found.json()? } else { found.summary() })?;
    if found.sessions > 0 {
        say(verbosity, &format!("saved: {}", file.display()));
    }
    Ok(exit)
}
