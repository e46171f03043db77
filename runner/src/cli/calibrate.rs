//! The arguments of `crossover calibrate`.

use std::path::PathBuf;

use clap::Args;

use super::BrowserArgs;
use crate::plan::Preset;

/// `crossover calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Comparisons per difference, half of them in JavaScript and half in Wasm
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub comparisons: u32,
    /// How much to measure for each comparison
    #[arg(long, default_value = "standard")]
    pub preset: Preset,
    /// Seed of all random orders
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// Output folder for calibration.json; runs quote the one in the default folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Continue an interrupted calibration from the calibration.json in the output folder
    #[arg(long)]
    pub resume: bool,
    /// Print calibration.json on stdout, and nothing else
    #[arg(long)]
    pub json: bool,
    /// Print no progress on stderr
    #[arg(short, long)]
    pub quiet: bool,
}
