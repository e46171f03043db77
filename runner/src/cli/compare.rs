//! The arguments of `crossover compare`.

use std::path::{Path, PathBuf};

use clap::Args;
use crossover_reports::gate::Limits;

use super::{MeasureArgs, value};
use crate::plan::Preset;
use crate::suite::Suite;

/// `crossover compare`.
#[derive(Debug, Args)]
#[command(next_help_heading = "What to run")]
pub struct CompareArgs {
    /// Kernels by name or domain; or two runs, base and head
    ///
    /// With --base-ref: kernels [default: all]. Without: the run.jsonl (or folder) of base and that of head.
    #[arg(value_name = "KERNEL|RUN", help_heading = None::<&str>)]
    pub names: Vec<String>,
    /// Compare with the commit where this branch left REF, both measured in turns
    #[arg(long, value_name = "REF")]
    pub base_ref: Option<String>,
    /// Use this crossover.toml and its limits [default: the nearest one, from this folder up]
    #[arg(long, value_name = "FILE")]
    pub suite: Option<PathBuf>,
    /// Compare only these contenders, such as 'wasm*'
    #[arg(long, value_name = "GLOB", value_delimiter = ',')]
    pub contender: Vec<glob::Pattern>,
    /// Measure every input, not only the headline input
    #[arg(long)]
    pub all_inputs: bool,
    /// Choose how much to measure per block
    #[arg(long, help_heading = "How long", default_value = "quick")]
    pub preset: Preset,
    /// Seed all random orders
    #[arg(long, help_heading = "How long", value_name = "N", default_value_t = 1, value_parser = value::seed)]
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

    /// The arguments that measure a contender again in the same way, after kernel and contender. Where the browser is and
    /// where results go is up to the user.
    #[must_use]
    pub fn again(&self) -> Vec<String> {
        let emulation = &self.measure.emulation;
        let runtimes = self.measure.browser.runtime.named().join(",");
        let values = [
            ("--base-ref", self.base_ref.clone()),
            ("--suite", self.suite.as_ref().map(|file| file.to_string_lossy().into_owned())),
            ("--preset", Some(self.preset.name().to_owned()).filter(|_| self.preset != Preset::Quick)),
            ("--runtime", Some(runtimes).filter(|names| !names.is_empty())),
            ("--network", emulation.network.as_ref().map(|network| network.name.clone())),
            ("--cpu-throttle", emulation.cpu_throttle.map(|times| times.to_string())),
        ];
        let values = values.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?])).flatten();
        values.chain(self.all_inputs.then(|| "--all-inputs".to_owned())).collect()
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

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::{Cli, Command};

    fn parsed(arguments: &str) -> CompareArgs {
        let cli = Cli::try_parse_from(format!("crossover compare {arguments}").split(' ')).unwrap();
        let Command::Compare(args) = cli.command else { panic!("another command") };
        args
    }

    #[test]
    fn what_is_measured_is_measured_again_and_written_elsewhere() {
        for (given, again) in [
            ("a b --base-ref main --contender wasm --out x --json --quiet --resume --preset quick", "--base-ref main"),
            (
                "--all-inputs --base-ref HEAD~1 --suite a/b.toml --preset standard --runtime chromium --network slow-4g \
                 --cpu-throttle 4",
                "--base-ref HEAD~1 --suite a/b.toml --preset standard --runtime chromium --network slow-4g \
                 --cpu-throttle 4 --all-inputs",
            ),
        ] {
            assert_eq!(parsed(given).again().join(" "), again);
            assert_eq!(parsed(again).again().join(" "), again);
        }
    }
}
