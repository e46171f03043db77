//! The arguments of `crossover merge`.

use std::path::PathBuf;

use clap::Args;

/// `crossover merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// A run.jsonl or its folder: shards of one plan, or runs of it on several machines
    #[arg(value_name = "RUN", required = true)]
    pub runs: Vec<PathBuf>,
    /// Write run.jsonl, report.html and charts/ to this folder
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Print the report as JSON on stdout, and nothing else
    #[arg(long)]
    pub json: bool,
    /// Print nothing on stderr but errors
    #[arg(short, long)]
    pub quiet: bool,
}
