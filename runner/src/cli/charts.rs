//! The arguments of `crossover charts`.

use std::path::PathBuf;

use clap::Args;
use crossover_reports::chart::slide::Order;

/// `crossover charts`.
#[derive(Debug, Args)]
pub struct ChartsArgs {
    /// A run.jsonl, or the folder that holds it; several of one plan and machine are shown as one
    #[arg(value_name = "RUN", required = true)]
    pub runs: Vec<PathBuf>,
    /// Only slides of these kinds (summary, speed-up, crossover, cold-start, boundary, size, trend), kernels, domains or
    /// browsers; of each sort all, if none is named
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub only: Vec<String>,
    /// What the title says in place of the finding, where --only leaves one slide
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// In which order rows stand: ratio (the best first), name or run
    #[arg(long, value_name = "ORDER", default_value = "ratio")]
    pub order: Order,
    /// light, dark, or a TOML file with colours of yours
    #[arg(long, value_name = "THEMES", value_delimiter = ',', default_values = ["light", "dark"])]
    pub theme: Vec<PathBuf>,
    /// A history: slides of how the run's kernels went over time
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
    /// The folder for the slides; else slides/ beside the first run
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Nothing on stderr but errors
    #[arg(short, long)]
    pub quiet: bool,
}
