//! From a plan to its report: measured, recorded, written and printed.

use std::path::Path;

use super::report::print_report;
use crate::cli::MeasureArgs;
use crate::exit::Exit;
use crate::measure::{Job, RunFolder, record};
use crate::plan::Plan;
use crate::suite::Suite;

/// Measures a plan, records and reports; into `folder`, where the arguments name none.
///
/// # Errors
/// When the output cannot be written, or the environment is not able.
pub fn measured(suite: &Suite, plan: &Plan, args: &MeasureArgs, folder: &Path, job: &Job<'_>) -> anyhow::Result<Exit> {
    if !args.resume {
        // What an earlier part has measured counts as well, and only its file tells how much that is.
        plan.check_budget()?;
    }
    let output = RunFolder::create(args.out.as_deref().unwrap_or(folder))?;
    let exit = record(suite, plan, args, &output, job)?;
    print_report(&output, args.json, args.verbosity())?;
    Ok(exit)
}
