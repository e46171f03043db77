//! The arguments of `crossover profile`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{BrowserArgs, value};

/// `crossover profile`.
#[derive(Debug, Args)]
pub struct ProfileArgs {
    /// The kernel
    pub kernel: String,
    /// The contender
    pub contender: String,
    /// The input; else the kernel's headline
    #[arg(long, value_name = "NAME")]
    pub input: Option<String>,
    /// How long to record calls, and at most how long starts, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "2.5", value_parser = value::recording)]
    pub seconds: Duration,
    /// The suite's crossover.toml; else that of this folder or the nearest one above
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// Folder whose profiles/ is written to, and whose report.html shows it where there is a run of the contender
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the summary as JSON on stdout, and nothing else there
    #[arg(long)]
    pub json: bool,
    /// No progress on stderr
    #[arg(short, long)]
    pub quiet: bool,
}
