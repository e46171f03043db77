//! The arguments of `crossover history`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use crossover_reports::history::followed_metric;
use crossover_reports::metric::Metric;

/// `crossover history`.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub command: HistoryCommand,
}

/// What to do with a history.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Add runs; known ones are left as they are
    Add(AddArgs),
    /// Add every run below a folder
    Import(ImportArgs),
    /// Find where results changed, and between which commits
    Trend(TrendArgs),
}

/// Which history.
#[derive(Debug, Args)]
pub struct HistoryFile {
    /// Use this history
    #[arg(long = "history", value_name = "FILE", default_value = ".crossover/history.sqlite")]
    pub path: PathBuf,
}

/// `crossover history add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// A run.jsonl or its folder
    #[arg(value_name = "RUN", required = true)]
    pub runs: Vec<PathBuf>,
    /// To which history.
    #[command(flatten)]
    pub history: HistoryFile,
}

/// `crossover history import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Folder with runs: every .jsonl file in it, up to 8 folders deep
    pub folder: PathBuf,
    /// To which history.
    #[command(flatten)]
    pub history: HistoryFile,
}

/// `crossover history trend`.
#[derive(Debug, Args)]
pub struct TrendArgs {
    /// Kernels by name [default: all]
    pub kernels: Vec<String>,
    /// Look at these metrics, such as call_ns, cold_start_ns or size_bytes [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = followed_metric)]
    pub metric: Vec<Metric>,
    /// Look at these runtimes [default: all]
    #[arg(long, alias = "browser", value_name = "NAMES", value_delimiter = ',')]
    pub runtime: Vec<String>,
    /// Of which history.
    #[command(flatten)]
    pub history: HistoryFile,
    /// Write trend.html and charts/ to this folder
    #[arg(long, value_name = "DIR", default_value = "target/crossover")]
    pub out: PathBuf,
    /// Print the trend as JSON on stdout, and nothing else
    #[arg(long)]
    pub json: bool,
}
