//! A median with its interval: the figure of a cell in any metric.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CellReport;
use crate::measurement::{Block, Measurement, is_of_times};
use crate::metric::{Metric, Number};
use crate::run::{Contender, State};
use crate::stats::{median, student, widened};

/// A figure with its interval, in the metric's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Middle {
    /// Median over blocks; the figure itself if it is exact.
    pub median: f64,
    /// 95 % interval over blocks; absent with fewer than two blocks, and for figures without an interval.
    pub ci: Option<[f64; 2]>,
}

impl Middle {
    /// The figure of a metric for a cell's samples or its contender.
    pub(super) fn of(
        metric: Metric,
        measurement: &Measurement,
        contender: &Contender,
        confidence: f64,
    ) -> Option<Self> {
        match metric.in_block() {
            Some(figure) => Self::over_blocks(measurement, confidence, figure),
            None => metric.of_contender(contender).map(Self::exact),
        }
    }

    /// The median over blocks of a positive figure, with Student's interval on its logarithm.
    pub(super) fn over_blocks(
        measurement: &Measurement,
        confidence: f64,
        figure: impl Fn(&Block) -> Option<f64>,
    ) -> Option<Self> {
        let figures: Vec<f64> = measurement.blocks.values().filter_map(figure).collect();
        let median = median(&figures)?;
        let logs: Vec<f64> = figures.iter().map(|figure| figure.ln()).collect();
        let ci = student(&logs, confidence).map(|ci| widened(ci.map(f64::exp), median));
        Some(Self { median, ci: ci.filter(|ci| is_of_times(*ci)) })
    }

    fn exact(count: u64) -> Self {
        Self { median: count as f64, ci: None }
    }

    /// The rate of an event that takes so many nanoseconds. The interval is that of the time, inverted.
    fn per_second(self) -> Self {
        let rate = |ns| 1e9 / ns;
        Self { median: rate(self.median), ci: self.ci.map(|[low, high]| [rate(high), rate(low)]) }
    }
}

/// A metric, and the field of a cell with its figure.
type Own = (Metric, fn(&CellReport) -> Option<Middle>);

/// The metrics with a field of their own in a cell, because a cell has more than a figure of them.
const OWN: [Own; 12] = [
    (Metric::CALL, call),
    (Metric::CALLS_PER_SECOND, |cell| call(cell).map(Middle::per_second)),
    (Metric::COLD_START, |cell| start(cell, State::Cold)),
    (Metric::WARM_START, |cell| start(cell, State::Warm)),
    (Metric::HOT_START, |cell| start(cell, State::Hot)),
    (Metric::BOUNDARY_IN, |cell| Some(Middle { median: cell.boundary_ns?.copy_in, ci: None })),
    (Metric::BOUNDARY_OUT, |cell| Some(Middle { median: cell.boundary_ns?.out, ci: None })),
    (Metric::RESIDENT, |cell| Some(Middle { median: cell.boundary_ns?.compute?, ci: None })),
    (Metric::SIZE_RAW, |cell| Some(Middle::exact(cell.size_bytes?.raw))),
    (Metric::SIZE_GZIP, |cell| Some(Middle::exact(cell.size_bytes?.gzip))),
    (Metric::SIZE, |cell| Some(Middle::exact(cell.size_bytes?.brotli))),
    (Metric::LINEAR_PEAK, |cell| Some(Middle::exact(cell.memory_bytes?.linear_peak?))),
];

fn call(cell: &CellReport) -> Option<Middle> {
    cell.call_ns.map(|call| Middle { median: call.median, ci: call.ci })
}

fn start(cell: &CellReport, state: State) -> Option<Middle> {
    cell.start(state).map(|start| Middle { median: start.median, ci: start.ci })
}

/// The metrics that tables show and that have no field in a cell: they are in [`CellReport::figures`].
pub(super) fn without_a_field() -> impl Iterator<Item = Metric> {
    let has_field = |metric: &Metric| OWN.iter().any(|(own, _)| own == metric);
    Metric::ALL.iter().copied().filter(move |metric| !metric.columns.is_empty() && !has_field(metric))
}

impl CellReport {
    /// The figure of a metric, from the field that has it; absent if it was not measured.
    #[must_use]
    pub fn figure(&self, metric: Metric) -> Option<Middle> {
        match OWN.iter().find(|(own, _)| *own == metric) {
            Some((_, figure)) => figure(self),
            None => self.figures.get(&metric).copied(),
        }
    }

    /// A number of the figure of a metric.
    #[must_use]
    pub fn number(&self, metric: Metric, number: Number) -> Option<f64> {
        match number {
            Number::Middle => Some(self.figure(metric)?.median),
            Number::Low => Some(self.figure(metric)?.ci?[0]),
            Number::High => Some(self.figure(metric)?.ci?[1]),
            Number::P95 => self.call_ns?.p95,
            Number::Throughput => self.throughput_bytes_per_s,
        }
    }
}
