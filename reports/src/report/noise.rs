//! The noise of the machine during a run, from the conditions of its blocks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::count;
use crate::measurement::Measurements;
use crate::run::{Conditions, Row, RowOutcome, Run};
use crate::stats::{median, percentile};

/// How quiet the machine was. A value that the system does not report is `null`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Noise {
    /// Blocks of all groups with recorded conditions.
    pub blocks: u32,
    /// Blocks that were too disturbed to use, and were measured again.
    pub repeated: u32,
    /// The 95th percentile ÷ the 5th of the sentinel's times; of several strata, the largest.
    pub sentinel_spread: Option<f64>,
    /// Median load average.
    pub load: Option<f64>,
    /// Largest part of a block's time that a hypervisor gave to other guests.
    pub most_steal: Option<f64>,
}

impl Noise {
    /// Of a run; `None` if no block has its conditions.
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
            parts.push(format!("its speed varied by ×{spread:.1}"));
        }
        parts.push(match self.repeated {
            0 => "no block was repeated".to_owned(),
            1 => format!("1 of {} blocks was too disturbed to use and was repeated", self.blocks),
            n => format!("{n} of {} blocks were too disturbed to use and were repeated", self.blocks),
        });
        parts.join("; ")
    }
}

/// Ratio of the sentinel's slow and fast times in one stratum; two strata may have been measured on two machines.
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
        entry.1 |= matches!(row.outcome, RowOutcome::Disturbed(_));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_has_only_what_is_known() {
        let quiet =
            Noise { blocks: 24, repeated: 0, sentinel_spread: Some(1.24), load: Some(0.5), most_steal: Some(0.001) };
        assert_eq!(
            quiet.sentence(),
            "load average 0.5; its speed varied by ×1.2; \
             no block was repeated"
        );
        let unknown = Noise { blocks: 3, repeated: 2, sentinel_spread: None, load: None, most_steal: Some(0.3) };
        assert_eq!(
            unknown.sentence(),
            "up to 30 % of the time taken by the hypervisor; \
             2 of 3 blocks were too disturbed to use and were repeated"
        );
    }
}
