//! What all of measuring needs beside what is measured.

use std::time::Duration;

use crossover_reports::run::{self, Row};
use futures_util::future::LocalBoxFuture;

use crate::plan::Plan;
use crate::prepare::PreparedGroup;
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
    /// Native code, if that is measured, too: asked once beside every block of a group.
    pub native: Option<&'a dyn NativeCode>,
}

/// What the machine does with a group's input without any runtime between.
pub trait NativeCode {
    /// Measures it now; nothing where there is none of this group, or no more to be said of it.
    fn beside<'a>(&'a self, group: &'a PreparedGroup) -> LocalBoxFuture<'a, Option<Row>>;
}
