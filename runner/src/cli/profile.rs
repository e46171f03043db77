//! The arguments of `crossover profile`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{BrowserArgs, OUTPUT, value};

/// `crossover profile`.
#[derive(Debug, Args)]
pub struct ProfileArgs {
    /// Name of the kernel
    pub kernel: String,
    /// Name of the contender
    pub contender: String,
    /// Profile this input [default: the kernel's headline input]
    #[arg(long, value_name = "NAME")]
    pub input: Option<String>,
    /// Record calls for so many seconds, and starts for no longer
    #[arg(long, value_name = "SECONDS", default_value = "2.5", value_parser = value::recording)]
    pub seconds: Duration,
    /// Use this crossover.toml [default: the nearest one, from this folder up]
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// Write to this folder (adds the profile to report.html if there is one)
    #[arg(long, value_name = "DIR", help_heading = OUTPUT)]
    pub out: Option<PathBuf>,
    /// Print the summary as JSON on stdout, and nothing else
    #[arg(long, help_heading = OUTPUT)]
    pub json: bool,
    /// Print no progress on stderr
    #[arg(short, long, help_heading = OUTPUT)]
    pub quiet: bool,
}
