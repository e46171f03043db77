//! `crossover run`: measures the kernels of a suite.

use anyhow::ensure;

use crate::cli::RunArgs;
use crate::complaint;
use crate::exit::Exit;
use crate::measure::{Job, LoneContender};
use crate::progress::say;
use crate::publish::measured;
use crate::suite::Suite;

/// Measures what the arguments select.
///
/// # Errors
/// When the suite or an argument is invalid, or a tool that is needed is missing.
pub fn run(args: &RunArgs) -> anyhow::Result<Exit> {
    let suite = Suite::open(args.suite.suite.as_deref())?;
    ensure!(
        !args.native || args.measure.browser.endpoint()?.is_none(),
        "--native measures this machine, and with --connect browsers run on another: leave one of the two out"
    );
    let (what, chosen) = args.what(&suite);
    let mut plan = args.measure.in_runtimes(args.plan.plan(&suite, &what)?, &suite)?;
    chosen.iter().for_each(|chosen| say(args.measure.verbosity(), chosen));
    let (share, warning) = args.scenario.share_in(&suite, &plan.stratum_ids())?;
    plan.share = share;
    warning.iter().for_each(|warning| say(args.measure.verbosity(), &complaint::warning(warning)));
    for planned in &mut plan.kernels {
        args.scenario.apply(&mut planned.kernel.scenarios);
    }
    if let Some(shard) = args.plan.shard.filter(|_| plan.kernels.is_empty()) {
        // With more shards than pairs of kernel and input, some have nothing to measure, and leave no file.
        let why = "has nothing to measure: there are more shards than kernels with their inputs";
        say(args.measure.verbosity(), &complaint::warning(&format!("shard {shard} {why}")));
        return Ok(Exit::Done);
    }
    let job = Job { native: args.native, ..Job::of(LoneContender::Measure) };
    measured(&suite, &plan, &args.measure, &suite.root.join("target/crossover"), &job)
}
