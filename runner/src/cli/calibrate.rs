//! The arguments of `crossover calibrate`.

use std::path::PathBuf;

use clap::Args;

use super::{BrowserArgs, OUTPUT, value};
use crate::plan::Preset;

/// `crossover calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Make so many comparisons per difference, half of them in JavaScript and half in Wasm
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = value::comparisons)]
    pub comparisons: u32,
    /// Choose how much to measure for each comparison
    #[arg(long, default_value = "standard")]
    pub preset: Preset,
    /// Seed all random orders
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = value::seed)]
    pub seed: u64,
    /// Where.
    #[command(flatten)]
    pub browser: BrowserArgs,
    /// Write calibration.json to this folder; runs quote the one in the default folder
    #[arg(long, value_name = "DIR", help_heading = OUTPUT)]
    pub out: Option<PathBuf>,
    /// Continue an interrupted calibration from the calibration.json in the output folder
    #[arg(long, help_heading = OUTPUT)]
    pub resume: bool,
    /// Print calibration.json on stdout, and nothing else
    #[arg(long, help_heading = OUTPUT)]
    pub json: bool,
    /// Print no progress on stderr
    #[arg(short, long, help_heading = OUTPUT)]
    pub quiet: bool,
}
