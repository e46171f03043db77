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
