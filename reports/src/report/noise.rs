//! What the machine was like during a run, from the conditions of its blocks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::count;
use crate::measurement::Measurements;
use crate::run::{Conditions, Outcome, Row, Run};
use crate::stats::{median, percentile};

/// How quiet the machine was. What the system did not tell is `null`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Noise {
    /// Blocks of all groups, where the conditions were recorded.
    pub blocks: u32,
    /// Blocks that were disturbed beyond use, and measured again.
    pub repeated: u32,
    /// The 95th percentile ÷ the 5th of what the sentinel took; of several strata, where it is largest.
    pub sentinel_spread: Option<f64>,
    /// Median load average.
    pub load: Option<f64>,
    /// Largest part of a block's time that a hypervisor gave to others.
    pub most_steal: Option<f64>,
}

impl Noise {
    /// Of a run; `None` where no block has its conditions.
    #[must_use]
    pub fn of(run: &Run, measurements: &Measurements) -> Option<Self> {
        let blocks = by_block(&run.rows);
        if blocks.is_empty() {
            return None;
        }
        let all: Vec<&Conditions> = blocks.values().map(|(conditions, _)| *conditions).collect();
        let list = |figure: &dyn Fn(&Conditions) -> Option<f64>| -> Vec<f64> {
            all.iter().filter_map(|conditions| figure(conditions)).filter(|value| value.is_finite()).collect()
        };
        let spreads = run.header.strata.iter().filter_map(|stratum| spread(&stratum.id, measurements));
        Some(Self {
            blocks: count(blocks.len()),
            repeated: count(blocks.values().filter(|(_, disturbed)| *disturbed).count()),
            sentinel_spread: spreads.reduce(f64::max),
            load: median(&list(&|conditions| conditions.load)),
            most_steal: list(&|conditions| conditions.steal).into_iter().reduce(f64::max),
        })
    }

    /// One sentence for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut parts = Vec::new();
        if let Some(load) = self.load {
            parts.push(format!("load average {load:.1}"));
        }
        if let Some(steal) = self.most_steal.filter(|steal| *steal >= 0.005) {
            parts.push(format!("up to {:.0} % of the time taken by the hypervisor", steal * 100.0));
        }
        if let Some(spread) = self.sentinel_spread {
            parts.push(format!("a fixed piece of work took ×{spread:.1} as long at its slowest as at its fastest"));
        }
        parts.push(match self.repeated {
            0 => "no block had to be measured again".to_owned(),
            1 => format!("1 of {} blocks was disturbed beyond use and measured again", self.blocks),
            n => format!("{n} of {} blocks were disturbed beyond use and measured again", self.blocks),
        });
        parts.join("; ")
    }
}

/// How far the sentinel's times are apart in one stratum: those of two may have been taken on two machines.
fn spread(stratum: &str, measurements: &Measurements) -> Option<f64> {
    let times: Vec<f64> = measurements.blocks_in(stratum).flat_map(|block| block.sentinel.values()).copied().collect();
    Some(percentile(&times, 0.95)? / percentile(&times, 0.05)?)
}

/// The conditions of every block of every group, and whether it was disturbed. The contenders of a group share them.
fn by_block(rows: &[Row]) -> BTreeMap<(&str, &str, &str, u32), (&Conditions, bool)> {
    let mut blocks = BTreeMap::new();
    for row in rows {
        let Some(conditions) = &row.conditions else { continue };
        let cell = &row.cell;
        let key = (cell.kernel.as_str(), cell.input.as_str(), cell.stratum.as_str(), row.block);
        let entry = blocks.entry(key).or_insert((conditions, false));
        entry.1 |= matches!(row.outcome, Outcome::Disturbed(_));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_tells_only_what_is_known() {
        let quiet =
            Noise { blocks: 24, repeated: 0, sentinel_spread: Some(1.24), load: Some(0.5), most_steal: Some(0.001) };
        assert_eq!(
            quiet.sentence(),
            "load average 0.5; a fixed piece of work took ×1.2 as long at its slowest as at its fastest; \
             no block had to be measured again"
        );
        let unknown = Noise { blocks: 3, repeated: 2, sentinel_spread: None, load: None, most_steal: Some(0.3) };
        assert_eq!(
            unknown.sentence(),
            "up to 30 % of the time taken by the hypervisor; \
             2 of 3 blocks were disturbed beyond use and measured again"
        );
    }
}
