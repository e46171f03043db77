//! `crossover build-matrix`: one contender, built in several ways and measured like any other.

use crate::cli::BuildMatrixArgs;
use crate::exit::Exit;
use crate::measure::{Job, LoneContender};
use crate::plan::{BuildMatrix, Plan};
use crate::publish::measured;
use crate::suite::Suite;

/// Builds and measures the variants, and reports them. Results go to a folder of their own, so that those of a run are kept.
///
/// # Errors
/// When the suite or an argument is invalid, or a tool that is needed is missing.
pub fn build_matrix(args: &BuildMatrixArgs) -> anyhow::Result<Exit> {
    let suite = Suite::open(args.suite.as_deref())?;
    let matrix = BuildMatrix { opt_levels: args.opt_level.clone(), wasm_opts: args.wasm_opt.clone(), simd: args.simd };
    let effort = args.effort.effort(args.preset);
    let plan = Plan::of_builds(&suite, &args.kernel, args.contender.as_deref(), &matrix, effort)?;
    let plan = args.measure.in_runtimes(plan, &suite)?;
    measured(
        &suite,
        &plan,
        &args.measure,
        &suite.root.join("target/crossover/build-matrix").join(&args.kernel),
        &Job::of(LoneContender::Measure),
    )
}
