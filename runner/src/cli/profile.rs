//! The arguments of `crossover profile`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{BrowserArgs, value};

/// `crossover profile`.
#[derive(Debug, Args)]
pub struct ProfileArgs {
    /// Name of the kernel
    pub kernel: String,
    /// Name of the contender
    pub contender: String,
    /// Name of the input [default: the kernel's headline input]
    #[arg(long, value_name = "NAME")]
    pub input: Option<String>,
    /// How long to record calls, and at most how long to record starts, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "2.5", value_parser = value::recording)]
    pub seconds: Duration,
    /// The suite's crossover.toml [default: the nearest one, from this folder up]
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// Output folder; a report.html with a run of the contender gets the profile, too
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the summary as JSON on stdout, and nothing else
    #[arg(long)]
    pub json: bool,
    /// Print no progress on stderr
    #[arg(short, long)]
    pub quiet: bool,
}
