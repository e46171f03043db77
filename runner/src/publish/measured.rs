//! From a plan to its report: measures, records, writes and prints.

use std::path::Path;

use super::live_page::LivePage;
use super::report::print_report;
use crate::cli::MeasureArgs;
use crate::exit::Exit;
use crate::measure::{Job, RunFolder, record};
use crate::plan::Plan;
use crate::suite::Suite;

/// Measures a plan, records and reports; into `folder`, where the arguments name none.
///
/// # Errors
/// When the output cannot be written, or something is missing on this machine.
pub fn measured(suite: &Suite, plan: &Plan, args: &MeasureArgs, folder: &Path, job: &Job<'_>) -> anyhow::Result<Exit> {
    if !args.resume {
        // What an earlier part has measured counts, too, and only its file says how much that is.
        plan.check_budget()?;
    }
    let output = RunFolder::create(args.out.as_deref().unwrap_or(folder))?;
    let live = LivePage::new(&output, args.verbosity());
    let exit = record(
        suite,
        plan,
        args,
        &output,
        &Job { seen: Some(&|header, rows| live.show(header, rows)), ..job.clone() },
    )?;
    print_report(&output, args.printed(), args.verbosity())?;
    Ok(exit)
}
