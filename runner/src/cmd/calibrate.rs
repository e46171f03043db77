//! `crossover calibrate`: measures known differences exactly as `run` does, many times, and counts how often the result is right.

use crossover_reports::run::Schedule;

use crate::cli::CalibrateArgs;
use crate::environment::tools_root;
use crate::exit::{Exit, Unable};
use crate::measure::{calibrated, environment};
use crate::plan::{Effort, Inputs, Plan, Selection};
use crate::prepare::known_differences;
use crate::progress::Verbosity;

/// Measures known differences, counts the right results, and saves and prints the counts.
///
/// # Errors
/// When a tool that is needed is missing, a contender cannot be built or gives a wrong answer, or the results cannot be saved.
pub fn calibrate(args: &CalibrateArgs) -> anyhow::Result<Exit> {
    let verbosity = Verbosity::of(args.quiet);
    let suite = known_differences(&tools_root()?).map_err(Unable)?;
    let selection = Selection { inputs: Inputs::All, ..Selection::default() };
    let mut plan = Plan::make(&suite, &selection, Effort { seed: args.seed, ..Effort::of(args.preset) })?;
    plan = plan.in_runtimes(&args.browser.runtime.runtimes(&suite)?, &[])?;
    // Only the time per call is compared.
    plan.schedule = Schedule { cold_starts: 1, other_starts: 0, sessions: 0, ..plan.schedule };
    let environment = environment(&suite, &plan, &args.browser, verbosity)?;
    let mut worst = Exit::Done;
    for stratum in &plan.strata {
        let own = Plan { strata: vec![stratum.clone()], ..plan.clone() };
        match calibrated(&suite, &own, &environment, args)? {
            Exit::Done => {}
            interrupted @ Exit::Interrupted(_) => return Ok(interrupted),
            other => worst = other,
        }
    }
    Ok(worst)
}
