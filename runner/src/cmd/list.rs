//! `crossover list`: what would run. Builds nothing and touches nothing.

use crate::cli::ListArgs;
use crate::exit::Exit;
use crate::stdout::{columns, print};
use crate::suite::Suite;

/// Prints the kernels that would run as a table, or all of the plan.
///
/// # Errors
/// When the suite or the selection is invalid.
pub fn list(args: &ListArgs) -> anyhow::Result<Exit> {
    let suite = Suite::open(args.suite.suite.as_deref())?;
    let plan = args.plan.plan(&suite, &args.suite)?.in_runtimes(&args.runtime.runtimes(&suite)?, &[])?;
    let asked = suite.select(&args.suite.kernels)?;
    print(&if args.shows_plan { plan.listing(&asked) } else { plan.overview(&asked, columns()) })?;
    Ok(Exit::Done)
}
