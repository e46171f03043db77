//! What the decision on a job rests on, block by block: enough to decide for any scenario, without the samples.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Effort;
use crate::comparison::{Outcome, swapped};
use crate::run::Scenario;
use crate::stats::BlockDifference;

/// The options of a job and how they compare in each block. Times have five significant digits, so that every reader of
/// the file decides alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionBasis {
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// Id of the stratum.
    pub stratum: String,
    /// Everything that could be shipped, in the order of the plan.
    pub options: Vec<OptionBlocks>,
    /// Every two options that were measured in common blocks, once: the later one against the earlier one.
    pub pairs: Vec<PairBlocks>,
    /// Confidence of the intervals, 0 to 1.
    pub confidence: f64,
    /// Student's quantile at that confidence for 2, 3, … blocks.
    pub quantiles: Vec<f64>,
}

/// An option's times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OptionBlocks {
    /// Contender.
    pub contender: String,
    /// What it takes to ship it.
    pub effort: Effort,
    /// Size, bytes of brotli; `null` if it is not known.
    pub brotli: Option<u64>,
    /// From asking for it to its first answer, nanoseconds, by block.
    pub start_ns: Vec<Option<f64>>,
    /// One call, nanoseconds, by block.
    pub call_ns: Vec<Option<f64>>,
}

/// An option against another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairBlocks {
    /// Index of the one that is compared with.
    pub from: usize,
    /// Index of the one that is compared.
    pub to: usize,
    /// What a call costs more, nanoseconds, by block, from rounds that are paired.
    pub added_call_ns: Vec<Option<f64>>,
    /// Time per call of `to` ÷ that of `from`.
    pub ratio: Option<f64>,
    /// Its interval.
    pub ci: Option<[f64; 2]>,
    /// Outcome for `to`, with the margin of comparisons.
    pub outcome: Outcome,
    /// Whether the machine or the engine, more than the two, made the difference, so that it supports no advice.
    pub doubtful: bool,
}

impl DecisionBasis {
    /// The place of an option.
    #[must_use]
    pub fn index(&self, contender: &str) -> Option<usize> {
        self.options.iter().position(|option| option.contender == contender)
    }

    /// An option against another, in either direction.
    #[must_use]
    pub fn pair(&self, from: usize, to: usize) -> Option<PairBlocks> {
        let kept = |from: usize, to: usize| self.pairs.iter().find(|pair| (pair.from, pair.to) == (from, to));
        kept(from, to).cloned().or_else(|| Some(self.reversed(kept(to, from)?)))
    }

    /// The same two the other way round. A call of `to` that is `1 + added ÷ call` times one of `from` makes one of `from`
    /// that part of it.
    fn reversed(&self, pair: &PairBlocks) -> PairBlocks {
        let PairBlocks { from, to, .. } = *pair;
        let [of_from, of_to] = [from, to].map(|option| &self.options[option].call_ns);
        let in_block = |((from, to), added): ((&Option<f64>, &Option<f64>), &Option<f64>)| {
            let (from, to, added) = ((*from)?, (*to)?, (*added)?);
            Some(-to * added / (from + added))
        };
        PairBlocks {
            from: to,
            to: from,
            added_call_ns: of_from.iter().zip(of_to).zip(&pair.added_call_ns).map(in_block).collect(),
            ratio: pair.ratio.map(f64::recip),
            ci: pair.ci.map(swapped),
            outcome: pair.outcome.reversed(),
            doubtful: pair.doubtful,
        }
    }

    /// How much more `to` costs than `from` in each block. If the start is hidden, the first call is like the others.
    #[must_use]
    pub fn differences(&self, pair: &PairBlocks, scenario: &Scenario) -> Vec<BlockDifference> {
        let [from, to] = [pair.from, pair.to].map(|option| &self.options[option].start_ns);
        let starts = from.iter().zip(to).map(|(from, to)| Some((*to)? - (*from)?));
        let in_block = |(start, call): (Option<f64>, &Option<f64>)| {
            let (start, call) = (start?, (*call)?);
            Some(BlockDifference { start: if scenario.hidden_startup { call } else { start }, call })
        };
        starts.zip(&pair.added_call_ns).filter_map(in_block).collect()
    }

    /// How many bytes of brotli `to` adds to the download of `from`, if both sizes are known.
    #[must_use]
    pub fn added_bytes(&self, from: usize, to: usize) -> Option<f64> {
        let [from, to] = [from, to].map(|option| self.options[option].brotli.map(|bytes| bytes as f64));
        Some(to? - from?)
    }
}
