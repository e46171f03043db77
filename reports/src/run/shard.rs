//! Shards: the parts of one plan, each measured by a run of its own, on any machine.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Header, Stratum};

/// The part of a plan that a results file is about, if that is not all of it.
///
/// The plan's pairs of kernel and input are dealt out one by one, so that shards beyond their number have nothing to
/// measure and are never missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shards {
    /// Their numbers, from 1 and ascending.
    pub numbers: Vec<u32>,
    /// Number of parts.
    pub of: u32,
    /// The whole plan, in its order.
    pub plan: Vec<PlannedKernel>,
}

/// A kernel of a whole plan, by names alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedKernel {
    /// The kernel.
    pub name: String,
    /// Its inputs.
    pub inputs: Vec<String>,
    /// Its contenders.
    pub contenders: Vec<String>,
}

/// A kernel with one of its inputs: what is measured together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// The kernel.
    pub kernel: String,
    /// The input.
    pub input: String,
}

impl Shards {
    /// The shards that have something to measure and are missing.
    #[must_use]
    pub fn missing(&self) -> Vec<u32> {
        let pairs = self.plan.iter().map(|kernel| kernel.inputs.len()).sum::<usize>();
        let most = self.of.min(u32::try_from(pairs).unwrap_or(u32::MAX));
        (1..=most).filter(|number| !self.numbers.contains(number)).collect()
    }

    /// For people: `shard 2 of 4`, `shards 1 and 3 of 4`.
    #[must_use]
    pub fn words(&self) -> String {
        let numbers: Vec<String> = self.numbers.iter().map(u32::to_string).collect();
        match numbers.as_slice() {
            [one] => format!("shard {one} of {}", self.of),
            [first @ .., last] => format!("shards {} and {last} of {}", first.join(", "), self.of),
            [] => format!("no shard of {}", self.of),
        }
    }
}

impl Header {
    /// The plan that this file holds fully or in part, by names alone.
    #[must_use]
    pub fn whole_plan(&self) -> Vec<PlannedKernel> {
        let kernels = self.kernels.iter().map(|kernel| PlannedKernel {
            name: kernel.name.clone(),
            inputs: kernel.inputs.iter().map(|input| input.name.clone()).collect(),
            contenders: kernel.contenders.iter().map(|contender| contender.name.clone()).collect(),
        });
        self.shards.as_ref().map_or_else(|| kernels.collect(), |shards| shards.plan.clone())
    }

    /// Kernels and inputs that were planned for a stratum of this file.
    pub fn groups<'a>(&'a self, stratum: &'a Stratum) -> impl Iterator<Item = Group> + 'a {
        let inputs = self.kernels.iter().flat_map(|kernel| kernel.inputs.iter().map(move |input| (kernel, input)));
        inputs
            .filter(|(kernel, input)| stratum.has(&kernel.name, &input.name))
            .map(|(kernel, input)| Group { kernel: kernel.name.clone(), input: input.name.clone() })
    }
}
