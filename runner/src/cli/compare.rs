//! The arguments of `crossover compare`.

use std::path::{Path, PathBuf};

use clap::Args;
use crossover_reports::gate::Limits;

use super::MeasureArgs;
use crate::plan::Preset;
use crate::suite::Suite;

/// `crossover compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Kernels by name or domain; or two runs, base and head
    ///
    /// With --base-ref: kernels [default: all]. Without: the run.jsonl (or folder) of base and that of head.
    #[arg(value_name = "KERNEL|RUN")]
    pub names: Vec<String>,
    /// Compare with the commit where this branch left REF, both measured in turns
    #[arg(long, value_name = "REF")]
    pub base_ref: Option<String>,
    /// The suite's crossover.toml with its limits [default: the nearest one, from this folder up]
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// Compare only these contenders, such as 'wasm*'
    #[arg(long, value_name = "GLOB", value_delimiter = ',')]
    pub contender: Vec<glob::Pattern>,
    /// Measure every input, not only the headline input
    #[arg(long)]
    pub all_inputs: bool,
    /// How much to measure per block
    #[arg(long, default_value = "quick")]
    pub preset: Preset,
    /// Seed of all random orders
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How.
    #[command(flatten)]
    pub measure: MeasureArgs,
}

impl CompareArgs {
    /// The folder for the results: the one that is named, or one of the suite at `root`.
    #[must_use]
    pub fn folder(&self, root: &Path) -> PathBuf {
        self.measure.out.clone().unwrap_or_else(|| root.join("target/crossover/compare"))
    }

    /// The limits for two runs, and the folder of the suite that sets them: a suite that is named or found, else the defaults
    /// and this folder.
    ///
    /// # Errors
    /// When a suite is named that cannot be read.
    pub fn limits(&self) -> anyhow::Result<(Limits, PathBuf)> {
        match Suite::open(self.suite.as_deref()) {
            Ok(suite) => Ok((suite.limits, suite.root)),
            Err(error) if self.suite.is_some() => Err(error.into()),
            Err(_) => Ok((Limits::default(), PathBuf::new())),
        }
    }
}
