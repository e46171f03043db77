//! The evidence of blocks on two contenders in one metric: the log ratios that tests need, beside the ratio.

use super::{Ratio, Rule, over_blocks, paired, unpaired};
use crate::measurement::Measurement;
use crate::metric::{Metric, Read};
use crate::stats::median;

/// The log ratios of the blocks that have both contenders, and the estimates from them.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// ln(candidate ÷ baseline), one per block.
    pub logs: Vec<f64>,
    /// How far off all of them may be, the same in every block, because the clock shows whole ticks.
    pub hidden: f64,
    /// The baseline's figure: median over blocks of the medians within.
    pub baseline: Option<f64>,
    /// The candidate's.
    pub candidate: Option<f64>,
    /// Their ratio.
    pub ratio: Ratio,
}

impl Evidence {
    /// In one metric; `None` if no block has both contenders, or the metric has no figures in blocks.
    #[must_use]
    pub fn of(baseline: &Measurement, candidate: &Measurement, metric: Metric, rule: Rule) -> Option<Self> {
        let in_block = metric.in_block()?;
        let (logs, hidden, ratio) = if let Read::Calls = metric.read {
            let logs = over_blocks(baseline, candidate, |baseline, candidate| paired(&baseline.call, &candidate.call));
            (logs, hidden(baseline, candidate), Ratio::of_calls(baseline, candidate, rule))
        } else {
            let logs = unpaired(baseline, candidate, in_block);
            let ratio = Ratio::of_logs(&logs, 0.0, rule);
            (logs, 0.0, ratio)
        };
        let figure =
            |measurement: &Measurement| median(&measurement.blocks.values().filter_map(in_block).collect::<Vec<_>>());
        let (baseline, candidate) = (figure(baseline), figure(candidate));
        (!logs.is_empty()).then_some(Self { logs, hidden, baseline, candidate, ratio })
    }
}

/// Half a tick of either side's clock, relative: the possible error of the log ratios of calls, the same in every
/// block.
pub(super) fn hidden(baseline: &Measurement, candidate: &Measurement) -> f64 {
    let half_ticks =
        over_blocks(baseline, candidate, |baseline, candidate| Some(baseline.tick.midpoint(candidate.tick)));
    median(&half_ticks).unwrap_or_default()
}
