//! What is measured, and in which order. Pure: the same suite, selection and seed give the same plan.

mod block_budget;
mod build_matrix;
mod estimate;
mod least_time;
mod listing;
mod overview;
mod preset;
mod revisions;
mod rounds;
mod scheduler;
mod shard;
mod single_contender;
mod strata;

pub use block_budget::BlockBudget;
pub use build_matrix::{BuildMatrix, Simd};
pub use least_time::{FEWEST_BLOCKS, whole_seconds};
pub use preset::Preset;
pub use rounds::{Rounds, SAMPLE, is_known};
pub use scheduler::Scheduler;
pub use shard::Shard;
pub use strata::PlannedStratum;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crossover_inputs::Rng;
use crossover_reports::run::{Schedule, Shards};

use crate::suite::{Contender, Input, InputSource, Kernel, Suite, distinct_names, unknown};

/// What the user asked for.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Kernels by name or domain; all, if empty.
    pub kernels: Vec<String>,
    /// Contenders by pattern (`wasm*`); all, if empty.
    pub contenders: Vec<glob::Pattern>,
    /// The user's own files, each instead of the inputs of its kernel.
    pub own_inputs: Vec<(String, PathBuf)>,
    /// Whether to measure every input; else the headline inputs only, and those with a payload.
    pub inputs: Inputs,
    /// When kernels of the domain `boundary` are measured.
    pub boundary: Boundary,
}

/// When kernels of the boundary are measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Boundary {
    /// As all others.
    #[default]
    AsOthers,
    /// Only when they are named, by kernel or domain, or there are no other kernels.
    WhenNamed,
}

/// Which inputs of a kernel are measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Inputs {
    /// The headline input.
    #[default]
    Headline,
    /// Every input.
    All,
}

/// How precisely and how long to measure, and the seed of all orders.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Looks, precision and time per block.
    pub preset: Preset,
    /// Relative half-width that every interval has to reach, in place of the preset's.
    pub precision: Option<f64>,
    /// The longest that measuring may take.
    pub budget: Option<Duration>,
    /// Sessions over which memory is watched, in place of the preset's.
    pub sessions: Option<u32>,
    /// Seed of all orders.
    pub seed: u64,
}

impl Effort {
    /// The effort of a preset.
    #[must_use]
    pub fn of(preset: Preset) -> Self {
        Self { preset, precision: None, budget: None, sessions: None, seed: 1 }
    }

    /// The schedule as the results file records it. A budget is for finding out what is faster, so that sessions are watched
    /// within one only if they are asked for.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        let usual = self.preset.schedule(self.precision);
        let usual_sessions = if self.budget.is_some() { 0 } else { usual.sessions };
        Schedule { sessions: self.sessions.unwrap_or(usual_sessions), ..usual }
    }
}

/// One execution: what, how often and in what order.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Seed of all orders.
    pub seed: u64,
    /// How samples are taken.
    pub preset: Preset,
    /// The same, as the results file records it.
    pub schedule: Schedule,
    /// The longest that measuring may take.
    pub budget: Option<Duration>,
    /// The runtimes; at least one.
    pub strata: Vec<PlannedStratum>,
    /// Kernels with what is measured of them.
    pub kernels: Vec<PlannedKernel>,
    /// Shares of visitors in percent, by id of a stratum; empty if none are stated.
    pub share: BTreeMap<String, f64>,
    /// Which part of a larger plan this is, where it is one.
    pub shards: Option<Shards>,
}

/// A kernel with the inputs and contenders that are measured.
#[derive(Debug, Clone)]
pub struct PlannedKernel {
    /// The kernel.
    pub kernel: Kernel,
    /// Inputs measured.
    pub inputs: Vec<Input>,
    /// Contenders measured; the baseline is always among them.
    pub contenders: Vec<Contender>,
}

impl PlannedKernel {
    /// The contender of this name, if it is measured.
    #[must_use]
    pub fn contender(&self, name: &str) -> Option<&Contender> {
        self.contenders.iter().find(|contender| contender.name == name)
    }
}

/// One kernel and input in one stratum: its contenders are timed together, round by round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Group {
    /// Index into [`Plan::strata`].
    pub stratum: usize,
    /// Index into [`Plan::kernels`].
    pub kernel: usize,
    /// Index into [`PlannedKernel::inputs`].
    pub input: usize,
}

impl Plan {
    /// Plans what `selection` asks for.
    ///
    /// # Errors
    /// When a kernel is unknown or a pattern matches no contender.
    pub fn make(suite: &Suite, selection: &Selection, effort: Effort) -> anyhow::Result<Self> {
        let chosen = chosen(suite.select(&selection.kernels)?, selection);
        let kernels: Vec<_> = chosen.into_iter().map(|kernel| planned(kernel, selection)).collect();
        for (name, _) in &selection.own_inputs {
            anyhow::ensure!(
                kernels.iter().any(|planned| planned.kernel.name == *name),
                "--input: {}",
                unknown("selected kernel", name, kernels.iter().map(|planned| planned.kernel.name.as_str()))
            );
        }
        for planned in &kernels {
            let mut names: Vec<_> = planned.inputs.iter().map(|input| &input.name).collect();
            names.sort_unstable();
            if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
                anyhow::bail!("two inputs of `{}` are called `{}`; help: rename one", planned.kernel.name, twice[0]);
            }
        }
        for pattern in &selection.contenders {
            let all = || kernels.iter().flat_map(|planned| &planned.kernel.contenders);
            if !all().any(|contender| pattern.matches(&contender.name)) {
                anyhow::bail!(unknown("contender", pattern.as_str(), all().map(|contender| contender.name.as_str())));
            }
        }
        Ok(Self::of_kernels(kernels, effort))
    }

    /// The whole plan of these kernels, in the default runtime.
    fn of_kernels(kernels: Vec<PlannedKernel>, effort: Effort) -> Self {
        let (schedule, strata) = (effort.schedule(), PlannedStratum::of(&[]));
        let Effort { preset, budget, seed, .. } = effort;
        Self { seed, preset, schedule, budget, strata, kernels, share: BTreeMap::new(), shards: None }
    }

    /// All groups of a stratum, in the plan's order.
    pub fn groups(&self, stratum: usize) -> impl Iterator<Item = Group> + '_ {
        let groups = move |kernel: usize| {
            (0..self.kernels[kernel].inputs.len()).map(move |input| Group { stratum, kernel, input })
        };
        (0..self.kernels.len()).flat_map(groups)
    }

    /// Starts per contender and block in each state that is not cold. Only on the headline input, because the state that a
    /// start finds depends little on the input.
    #[must_use]
    pub fn other_starts(&self, group: Group) -> u32 {
        if self.kernels[group.kernel].inputs[group.input].headline { self.schedule.other_starts } else { 0 }
    }

    /// How much time a group gets in a block.
    #[must_use]
    pub fn block_budget(&self, group: Group) -> BlockBudget {
        BlockBudget::of(self.preset, &self.kernels[group.kernel].inputs[group.input])
    }

    /// The order in which the strata take their turns in `block`.
    #[must_use]
    pub fn strata_order(&self, block: u32) -> Vec<usize> {
        let mut strata: Vec<_> = (0..self.strata.len()).collect();
        shuffle(&mut strata, &mut self.rng(&[3, block]));
        strata
    }

    /// The order in which the groups of a stratum are measured in `block`.
    #[must_use]
    pub fn group_order(&self, block: u32, stratum: usize) -> Vec<Group> {
        let mut groups: Vec<_> = self.groups(stratum).collect();
        shuffle(&mut groups, &mut self.rng(&[&[1, block], own_path(stratum).as_slice()].concat()));
        groups
    }

    /// The order of `count` contenders in one round. Cold starts count as rounds of their own, from [`COLD_ROUND`] on.
    #[must_use]
    pub fn round_order(&self, block: u32, group: Group, round: u32, count: usize) -> Vec<usize> {
        let mut order: Vec<_> = (0..count).collect();
        let path = [2, block, group.kernel as u32, group.input as u32, round];
        shuffle(&mut order, &mut self.rng(&[&path, own_path(group.stratum).as_slice()].concat()));
        order
    }

    // Every order has its own generator, so that one more round changes no other order.
    fn rng(&self, path: &[u32]) -> Rng {
        let seed = path.iter().fold(self.seed, |seed, step| Rng::new(seed ^ u64::from(*step)).next_u64());
        Rng::new(seed)
    }
}

/// The path of a stratum's orders. The first stratum adds nothing, so that others beside it do not change its orders.
fn own_path(stratum: usize) -> Option<u32> {
    (stratum > 0).then_some(stratum as u32)
}

/// The first round number of cold starts in [`Plan::round_order`].
pub const COLD_ROUND: u32 = 1 << 16;

/// A user who asks about hotspots does not have to wait for kernels that model the engine.
fn chosen<'a>(kernels: Vec<&'a Kernel>, selection: &Selection) -> Vec<&'a Kernel> {
    let has_to_be_named = selection.kernels.is_empty() && selection.boundary == Boundary::WhenNamed;
    let has_own_input = |kernel: &Kernel| selection.own_inputs.iter().any(|(name, _)| *name == kernel.name);
    let is_kept = |kernel: &Kernel| !has_to_be_named || kernel.purpose.is_choice() || has_own_input(kernel);
    if kernels.iter().any(|kernel| is_kept(kernel)) {
        kernels.into_iter().filter(|kernel| is_kept(kernel)).collect()
    } else {
        kernels
    }
}

fn planned(kernel: &Kernel, selection: &Selection) -> PlannedKernel {
    let wanted = |contender: &&Contender| {
        selection.contenders.is_empty()
            || contender.name == kernel.baseline
            || selection.contenders.iter().any(|pattern| pattern.matches(&contender.name))
    };
    let own = selection.own_inputs.iter().filter(|(name, _)| *name == kernel.name);
    let own: Vec<&Path> = own.map(|(_, file)| file.as_path()).collect();
    let own = distinct_names(&own).into_iter().zip(&own).enumerate();
    let own: Vec<_> = own.map(|(at, (name, file))| own_input(kernel, name, file, at == 0)).collect();
    // One size alone makes no model of what crossing costs.
    let is_given = |input: &&Input| input.headline || input.payload.is_some() || selection.inputs == Inputs::All;
    let given = kernel.inputs.iter().filter(is_given);
    PlannedKernel {
        inputs: if own.is_empty() { given.cloned().collect() } else { own },
        contenders: kernel.contenders.iter().filter(wanted).cloned().collect(),
        kernel: kernel.clone(),
    }
}

/// The user's own file as an input; passed like the kernel's headline input.
fn own_input(kernel: &Kernel, name: String, file: &Path, headline: bool) -> Input {
    let like = kernel.inputs.iter().find(|input| input.headline).unwrap_or(&kernel.inputs[0]);
    Input {
        name,
        label: None,
        kind: like.kind,
        source: InputSource::File(file.to_owned()),
        headline,
        payload: None,
        known_answer: None,
    }
}

/// Fisher–Yates.
fn shuffle<T>(items: &mut [T], rng: &mut Rng) {
    for last in (1..items.len()).rev() {
        items.swap(last, rng.below(last as u64 + 1) as usize);
    }
}

#[cfg(test)]
impl Plan {
    /// An empty plan, in the default runtime.
    pub fn example(preset: Preset) -> Self {
        Self::of_kernels(Vec::new(), Effort::of(preset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::RuntimeId;

    fn plan(seed: u64) -> Plan {
        Plan { seed, ..Plan::example(Preset::Quick) }
    }

    const GROUP: Group = Group { stratum: 0, kernel: 0, input: 0 };

    #[test]
    fn the_same_seed_gives_the_same_orders_and_every_contender_once() {
        let orders = |seed| (0..20).map(|round| plan(seed).round_order(0, GROUP, round, 4)).collect::<Vec<_>>();
        assert_eq!(orders(1), orders(1));
        assert_ne!(orders(1), orders(2));
        for mut order in orders(1) {
            order.sort_unstable();
            assert_eq!(order, [0, 1, 2, 3]);
        }
    }

    #[test]
    fn another_runtime_changes_no_order_of_the_first() {
        let several = plan(3).in_runtimes(&[RuntimeId::Chromium, RuntimeId::Fake], &[]).unwrap();
        let rounds = |plan: &Plan, group| (0..20).map(|round| plan.round_order(1, group, round, 5)).collect::<Vec<_>>();
        assert_eq!(rounds(&several, GROUP), rounds(&plan(3), GROUP));
        assert_ne!(rounds(&several, GROUP), rounds(&several, Group { stratum: 1, ..GROUP }));
        let first: Vec<_> = (0..50).map(|block| several.strata_order(block)[0]).collect();
        assert!(first.contains(&0) && first.contains(&1));
    }

    #[test]
    fn every_contender_comes_first_about_equally_often() {
        let mut first = [0; 4];
        for round in 0..4000 {
            first[plan(7).round_order(round % 6, GROUP, round, 4)[0]] += 1;
        }
        // Four standard deviations of a fair draw are 110.
        assert!(first.iter().all(|count| (890..=1110).contains(count)), "{first:?}");
    }
}
