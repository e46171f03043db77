//! The arguments of `crossover charts`.

use std::path::PathBuf;

use clap::Args;
use crossover_reports::chart::slide::Order;

/// `crossover charts`.
#[derive(Debug, Args)]
pub struct ChartsArgs {
    /// A run.jsonl or its folder; several runs of one plan and machine are shown as one
    #[arg(value_name = "RUN", required = true)]
    pub runs: Vec<PathBuf>,
    /// Make every slide, not only the two that tell most
    ///
    /// These are a summary, and the speed-up of all jobs or the break-even of a single one.
    #[arg(long)]
    pub all: bool,
    /// Make only these slides, all of them, by kind, kernel, domain or browser
    ///
    /// Kinds: summary, speed-up, across, break-even, crossover, cold-start, boundary, size, trend.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Replace the title of the slide, where --only leaves one
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Sort rows by ratio (best first), name or run
    #[arg(long, value_name = "ORDER", default_value = "ratio")]
    pub order: Order,
    /// Use light, dark, or a TOML file with your own colours; each makes its own files
    #[arg(long, value_name = "THEMES", value_delimiter = ',', default_values = ["light"])]
    pub theme: Vec<PathBuf>,
    /// Make slides of the kernels' trends from this history
    #[arg(long, value_name = "FILE")]
    pub history: Option<PathBuf>,
    /// Write an SVG and two PNGs of each slide to this folder [default: slides/ beside the first run]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the path of every SVG, and why each missing slide can't be drawn
    #[arg(short, long)]
    pub verbose: bool,
    /// Print nothing on stderr but errors
    #[arg(short, long)]
    pub quiet: bool,
}
