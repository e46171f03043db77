//! What all of measuring needs beside what is measured.

use std::time::Duration;

use crossover_reports::run::{self, Outcome};

use super::prepared::PreparedGroup;
use crate::plan::Plan;
use crate::runtime::Launcher;
use crate::server::Server;

/// What measuring needs beside the prepared groups.
pub struct MeasureContext<'a> {
    /// Launches the runtime of each stratum of the plan.
    pub launchers: &'a [Box<dyn Launcher>],
    /// Serves the contenders.
    pub server: &'a Server,
    /// The plan.
    pub plan: &'a Plan,
    /// The plan's kernels as the results file has them.
    pub kernels: &'a [run::Kernel],
    /// How long one call may take.
    pub call_timeout: Duration,
    /// What native code does with a group's input, if that is measured, too: asked once beside every block of the group.
    pub native: &'a dyn Fn(&PreparedGroup) -> Option<Outcome>,
}
