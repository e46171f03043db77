//! `crossover list`: what would run, and in what order. Builds nothing and touches nothing.

use crate::cli::ListArgs;
use crate::exit::Exit;
use crate::stdout::print;
use crate::suite::Suite;

/// Prints the plan.
///
/// # Errors
/// When the suite or the selection is invalid.
pub fn list(args: &ListArgs) -> anyhow::Result<Exit> {
    let suite = Suite::open(args.suite.suite.as_deref())?;
    let plan = args.plan.plan(&suite, &args.suite)?.in_runtimes(&args.runtime.runtimes(&suite)?, &[])?;
    print(&plan.listing(&suite.select(&args.suite.kernels)?))?;
    Ok(Exit::Done)
}
