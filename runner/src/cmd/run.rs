//! `crossover run`: measures what a suite holds.

use std::path::Path;

use anyhow::ensure;

use super::report::print_report;
use crate::cli::{MeasureArgs, RunArgs};
use crate::exit::Exit;
use crate::measure::{Job, Lone, Output, record};
use crate::plan::{Plan, Shard};
use crate::progress::{Voice, say};
use crate::suite::Suite;

/// Measures what the arguments select.
///
/// # Errors
/// When the suite or the usage is not as it should be, or the environment is not able.
pub fn run(args: &RunArgs) -> anyhow::Result<Exit> {
    let suite = Suite::open(args.suite.suite.as_deref())?;
    ensure!(
        !args.native || args.measure.browser.endpoint()?.is_none(),
        "--native measures this machine, and with --connect browsers run on another: leave one of the two out"
    );
    let mut plan = args.measure.in_runtimes(args.plan.plan(&suite, &args.suite)?, &suite)?;
    for planned in &mut plan.kernels {
        args.scenario.apply(&mut planned.kernel.scenarios);
    }
    if let Some(shard) = args.plan.shard.filter(|_| plan.kernels.is_empty()) {
        return Ok(nothing(shard, args.measure.voice()));
    }
    let job = Job { native: args.native, ..Job::of(Lone::Measure) };
    measured(&suite, &plan, &args.measure, &suite.root.join("target/crossover"), &job)
}

/// With more shards than pairs of kernel and input, some have nothing to measure, and leave no file.
fn nothing(shard: Shard, voice: Voice) -> Exit {
    say(voice, &format!("shard {shard} has nothing to measure: there are more shards than kernels with their inputs"));
    Exit::Done
}

/// Measures a plan, records and reports; into `folder`, where the arguments name none.
///
/// # Errors
/// When the output cannot be written, or the environment is not able.
pub fn measured(suite: &Suite, plan: &Plan, args: &MeasureArgs, folder: &Path, job: &Job<'_>) -> anyhow::Result<Exit> {
    if !args.resume {
        // What an earlier part has measured counts as well, and only its file tells how much that is.
        plan.check_budget()?;
    }
    let output = Output::create(args.out.as_deref().unwrap_or(folder))?;
    let exit = record(suite, plan, args, &output, job)?;
    print_report(&output, args.json, args.voice())?;
    Ok(exit)
}
