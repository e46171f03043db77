//! The arguments of `crossover compare`.

use std::path::PathBuf;

use clap::Args;

use super::MeasureArgs;
use crate::plan::Preset;

/// `crossover compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// With --base-ref, kernels by name or domain, or all; without, two runs: a run.jsonl (or its folder) of base, and one of head
    #[arg(value_name = "KERNEL|RUN")]
    pub names: Vec<String>,
    /// A git branch, tag or commit: what is here is compared with where it left that, in turns
    #[arg(long, value_name = "REF")]
    pub base_ref: Option<String>,
    /// The suite's crossover.toml, which has the limits; else that of this folder or the nearest one above
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// Contenders, by pattern such as 'wasm*'
    #[arg(long, value_name = "GLOB", value_delimiter = ',')]
    pub contender: Vec<glob::Pattern>,
    /// Measure every input, and not the headline input alone
    #[arg(long)]
    pub all_inputs: bool,
    /// How closely a block looks
    #[arg(long, default_value = "quick")]
    pub preset: Preset,
    /// Seed of every random order
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How.
    #[command(flatten)]
    pub measure: MeasureArgs,
}
