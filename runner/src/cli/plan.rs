//! The plan that arguments ask for.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::ValueEnum as _;
use crossover_reports::regular;

use super::{PlanArgs, RunArgs, SuiteArgs};
use crate::plan::{Boundary, Inputs, Plan, Preset, Selection};
use crate::suite::Suite;

impl SuiteArgs {
    /// Looks at the user's own inputs before anything is built for them.
    ///
    /// # Errors
    /// When one is not there, or is no file.
    pub fn look_at_inputs(&self) -> anyhow::Result<()> {
        let look =
            |(_, file): &(String, PathBuf)| regular::look(file).with_context(|| format!("--input {}", file.display()));
        self.input.iter().try_for_each(look)
    }
}

impl RunArgs {
    /// What is measured: where nothing is named, what the suite chooses. Says so, if that is not all.
    #[must_use]
    pub fn what(&self, suite: &Suite) -> (SuiteArgs, Option<String>) {
        let mut what = self.suite.clone();
        let is_named = self.all || !what.kernels.is_empty() || !what.input.is_empty();
        if is_named || suite.default_kernels.is_empty() {
            return (what, None);
        }
        what.kernels.clone_from(&suite.default_kernels);
        let chosen = what.kernels.join(", ");
        let all = suite.kernels.len();
        (what, Some(format!("measuring {chosen}; `crossover run --all` measures all {all} kernels")))
    }
}

impl PlanArgs {
    /// The plan that the arguments ask for. Quick keeps to the headline inputs and those with a payload, unless it is asked
    /// for all.
    ///
    /// # Errors
    /// When a name or a preset is none.
    pub fn plan(&self, suite: &Suite, what: &SuiteArgs) -> anyhow::Result<Plan> {
        what.look_at_inputs()?;
        let preset = match (self.preset, &suite.preset) {
            (Some(preset), _) => preset,
            (None, None) => Preset::Standard,
            (None, Some(name)) => Preset::from_str(name, false).map_err(|_| {
                anyhow::anyhow!(
                    "{}: field `defaults.preset`: `{name}` is no preset; help: use quick, standard or thorough",
                    suite.root.join(crate::suite::FILE).display()
                )
            })?,
        };
        let inputs = if self.all_inputs || preset != Preset::Quick { Inputs::All } else { Inputs::Headline };
        let boundary = if self.all_inputs { Boundary::AsOthers } else { Boundary::WhenNamed };
        let plan = Plan::make(suite, &Selection { boundary, ..what.selection(inputs) }, self.effort.effort(preset))?;
        Ok(match self.shard {
            Some(shard) => plan.shard(shard),
            None => plan,
        })
    }
}
