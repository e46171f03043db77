//! How a plan is measured, and what is written: the arguments of every command that measures one.

use std::path::PathBuf;

use clap::Args;

use super::{BrowserArgs, EmulationArgs};
use crate::plan::Plan;
use crate::progress::Verbosity;
use crate::runtime::Capability;
use crate::suite::Suite;

/// The heading of what is written.
pub(super) const OUTPUT: &str = "Output";

/// How a plan is measured, and what is written.
#[derive(Debug, Args)]
pub struct MeasureArgs {
    /// On what.
    #[command(flatten)]
    pub emulation: EmulationArgs,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// Write run.jsonl, report.html and charts/ to this folder
    #[arg(long, help_heading = OUTPUT, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Continue an interrupted run of the same plan from the run.jsonl in the output folder
    #[arg(long, help_heading = OUTPUT)]
    pub resume: bool,
    /// Print the report as JSON on stdout, and nothing else
    #[arg(long, help_heading = OUTPUT)]
    pub json: bool,
    /// Print every table at the end, instead of a line for each job
    #[arg(short, long, help_heading = OUTPUT, conflicts_with = "json")]
    pub verbose: bool,
    /// Print no progress on stderr
    #[arg(short, long, help_heading = OUTPUT)]
    pub quiet: bool,
}

/// What is printed of a report on stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// A line for each job.
    Brief,
    /// Every table.
    Full,
    /// JSON.
    Json,
}

impl MeasureArgs {
    /// What is printed at the end.
    #[must_use]
    pub fn printed(&self) -> Printed {
        match (self.json, self.verbose) {
            (true, _) => Printed::Json,
            (false, true) => Printed::Full,
            (false, false) => Printed::Brief,
        }
    }

    /// Whether progress is printed.
    #[must_use]
    pub fn verbosity(&self) -> Verbosity {
        Verbosity::of(self.quiet)
    }

    /// A plan in the runtimes that are asked for.
    ///
    /// # Errors
    /// When one of them does not exist, or cannot do what else is asked for, or a browser is named for another one.
    pub fn in_runtimes(&self, plan: Plan, suite: &Suite) -> anyhow::Result<Plan> {
        let needs = [
            (self.emulation.network.is_some(), Capability::SlowNetwork, "--network"),
            (self.emulation.cpu_throttle.is_some(), Capability::SlowPages, "--cpu-throttle"),
            (self.browser.is_remote(), Capability::Remote, "--connect"),
        ];
        let needs = needs.into_iter().filter(|(is_asked, ..)| *is_asked).map(|(_, what, argument)| (what, argument));
        let runtimes = self.browser.runtime.runtimes(suite)?;
        let plan = plan.in_runtimes(&runtimes, &needs.collect::<Vec<_>>())?;
        self.browser.paths.of(&plan.runtimes())?;
        Ok(plan)
    }
}
