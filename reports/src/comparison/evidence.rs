//! What blocks say of a time of two contenders: the log ratios that tests are made of, beside the ratio.

use super::{Ratio, Rule, over_blocks, paired};
use crate::measurement::{Block, Measurement};
use crate::metric::Metric;
use crate::run::State;
use crate::stats::median;

/// The log ratios of the blocks that have both, and what is made of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// ln(candidate ÷ baseline), one per block.
    pub logs: Vec<f64>,
    /// How far off all of them may be alike, because the clock shows whole ticks.
    pub hidden: f64,
    /// The baseline's time, nanoseconds: median over blocks of the medians within.
    pub baseline: Option<f64>,
    /// The candidate's.
    pub candidate: Option<f64>,
    /// Their ratio.
    pub ratio: Ratio,
}

impl Evidence {
    /// Of one metric; `None` where no block has both, or the metric is none of a call or a cold start.
    #[must_use]
    pub fn of(baseline: &Measurement, candidate: &Measurement, metric: Metric, rule: Rule) -> Option<Self> {
        let in_block: fn(&Block) -> Option<f64> = match metric {
            Metric::CallNs => |block| median(&block.call.values().copied().collect::<Vec<_>>()),
            Metric::ColdStartNs => {
                |block| median(&block.starts_in(State::Cold).iter().map(|start| start.total_ns).collect::<Vec<_>>())
            }
            Metric::BoundaryInNs => |block| median(&block.boundary_in),
            Metric::BoundaryOutNs => |block| median(&block.boundary_out),
            Metric::WarmStartNs | Metric::HotStartNs | Metric::ResidentNs | Metric::SizeBytes => return None,
        };
        let logs = over_blocks(baseline, candidate, |baseline, candidate| match metric {
            Metric::CallNs => paired(&baseline.call, &candidate.call),
            _ => Some((in_block(candidate)? / in_block(baseline)?).ln()),
        });
        let (hidden, ratio) = match metric {
            Metric::CallNs => (hidden(baseline, candidate), Ratio::of_calls(baseline, candidate, rule)),
            _ => (0.0, Ratio::of_logs(&logs, 0.0, rule)),
        };
        let time =
            |measurement: &Measurement| median(&measurement.blocks.values().filter_map(in_block).collect::<Vec<_>>());
        let (baseline, candidate) = (time(baseline), time(candidate));
        (!logs.is_empty()).then_some(Self { logs, hidden, baseline, candidate, ratio })
    }
}

/// Half a tick of either side's clock, relative: what the log ratios of calls may be off by, alike in every block.
pub(super) fn hidden(baseline: &Measurement, candidate: &Measurement) -> f64 {
    let half_ticks =
        over_blocks(baseline, candidate, |baseline, candidate| Some(baseline.tick.midpoint(candidate.tick)));
    median(&half_ticks).unwrap_or_default()
}
