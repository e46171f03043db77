//! Where and when one group is measured, and the error that ends it.

use std::time::Duration;

use crate::plan::{Group, Plan};
use crate::runtime::{Browser, DriverError};
use crate::server::Server;

/// Where and when a group is measured.
pub struct Setting<'a> {
    /// The block's browser.
    pub browser: &'a dyn Browser,
    /// Serves the contenders.
    pub server: &'a Server,
    /// The plan.
    pub plan: &'a Plan,
    /// Number of the block.
    pub block: u32,
    /// The group.
    pub group: Group,
    /// How long one call may take.
    pub call_timeout: Duration,
}

/// The browser can't be used any more.
#[derive(Debug)]
pub struct Broken {
    /// The contender that was at work, if one was.
    pub contender: Option<usize>,
    /// What happened.
    pub error: DriverError,
}
