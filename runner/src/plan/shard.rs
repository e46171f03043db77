//! One part of a plan, for one of several machines. Pure.

use std::str::FromStr;

use crossover_reports::run::{PlannedKernel as Planned, Shards};

use super::{Plan, PlannedKernel};

/// One of several parts of a plan: `2/4` is the second of four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: usize,
    of: usize,
}

/// The most parts.
const MOST: usize = 10_000;

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) && of <= MOST => Ok(Self { number, of }),
            Some((_, of)) if (1..=MOST).contains(&of) => Err(format!("shards of {of} are 1/{of} to {of}/{of}")),
            _ => Err(format!("write NUMBER/OF, as in 2/4 for the second of four; there are {MOST} at most")),
        }
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Shard {
    /// The range of `count` items that is this shard's. All shards get equally many; if that does not come out even, the
    /// first ones get one more.
    fn part(self, count: usize) -> std::ops::Range<usize> {
        let start = |number: usize| number * (count / self.of) + number.min(count % self.of);
        start(self.number - 1)..start(self.number)
    }
}

impl Plan {
    /// The part of this plan that one shard measures: its share of the pairs of kernel and input, in the plan's order, in all
    /// runtimes. So a kernel is built on as few machines as possible, and one with many inputs is still shared.
    #[must_use]
    pub fn shard(self, shard: Shard) -> Self {
        let shards = Shards { numbers: vec![shard.number as u32], of: shard.of as u32, plan: names(&self.kernels) };
        let part = shard.part(self.groups(0).count());
        let mut at = 0;
        let kernels = self.kernels.into_iter().filter_map(|mut planned| {
            planned.inputs.retain(|_| {
                at += 1;
                part.contains(&(at - 1))
            });
            (!planned.inputs.is_empty()).then_some(planned)
        });
        Self { kernels: kernels.collect(), shards: Some(shards), ..self }
    }
}

fn names(kernels: &[PlannedKernel]) -> Vec<Planned> {
    let of = |planned: &PlannedKernel| Planned {
        name: planned.kernel.name.clone(),
        inputs: planned.inputs.iter().map(|input| input.name.clone()).collect(),
        contenders: planned.contenders.iter().map(|contender| contender.name.clone()).collect(),
    };
    kernels.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thing_is_in_one_part_and_parts_are_even() {
        for count in 0..40 {
            for of in 1..12 {
                let parts: Vec<_> = (1..=of).map(|number| Shard { number, of }.part(count)).collect();
                let all: Vec<usize> = parts.iter().cloned().flatten().collect();
                assert_eq!(all, (0..count).collect::<Vec<_>>());
                let sizes: Vec<usize> = parts.iter().map(ExactSizeIterator::len).collect();
                assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}: those with nothing come last");
                assert!(sizes[0] - sizes[of - 1] <= 1, "{sizes:?}");
            }
        }
    }

    #[test]
    fn what_is_no_shard_is_refused_with_what_would_be() {
        assert_eq!("2/4".parse(), Ok(Shard { number: 2, of: 4 }));
        let refused = |text: &str| text.parse::<Shard>().unwrap_err();
        for text in ["0/4", "5/4"] {
            assert_eq!(refused(text), "shards of 4 are 1/4 to 4/4", "{text}");
        }
        for text in ["", "2", "two/four", "1/0", "0/0", "-1/4", "1/4/2", "1/99999999999999999999", "1/10001"] {
            assert!(refused(text).starts_with("write NUMBER/OF, as in 2/4"), "{text}");
        }
    }
}
