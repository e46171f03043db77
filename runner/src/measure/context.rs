//! What all stages of measuring need.

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
    /// The most blocks that a group can have in the end: more than the plan's where others follow it.
    pub most_blocks: u32,
    /// The plan's kernels as the results file has them.
    pub kernels: &'a [run::Kernel],
    /// How long one call may take.
    pub call_timeout: Duration,
    /// Native code, if it is measured: once beside every block of a group.
    pub native: Option<&'a dyn NativeCode>,
}

/// Times native code on a group's input.
pub trait NativeCode {
    /// Measures it now. `None` where the group has none, or its failure is recorded already.
    fn beside<'a>(&'a self, group: &'a PreparedGroup) -> LocalBoxFuture<'a, Option<Row>>;
}
