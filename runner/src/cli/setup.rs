//! `crossover doctor` and `crossover setup`.

use std::path::PathBuf;

use clap::Args;

use super::{BrowserPathArgs, RuntimeArgs};

/// `crossover doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// For which runtimes.
    #[command(flatten)]
    pub runtime: RuntimeArgs,
    /// Where browsers are.
    #[command(flatten)]
    pub paths: BrowserPathArgs,
}

/// `crossover setup`.
#[derive(Debug, Args)]
pub struct SetupArgs {
    /// For what.
    #[command(flatten)]
    pub doctor: DoctorArgs,
    /// Instead, write the JavaScript tools to a file for a machine without a network
    #[arg(long, value_name = "FILE", help_heading = "Without a network")]
    pub offline_bundle: Option<PathBuf>,
    /// Instead, take the JavaScript tools from such a file
    #[arg(long, value_name = "FILE", help_heading = "Without a network", conflicts_with = "offline_bundle")]
    pub from_bundle: Option<PathBuf>,
}
