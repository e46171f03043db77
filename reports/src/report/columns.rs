//! The columns of each metric in tables for people.

use super::middle::without_a_field;
use super::units::{self, MISSING};
use super::{CellReport, KernelInfo, Report, wording};
use crate::metric::{Metric, Number, Shown};

/// A column of a metric.
#[derive(Clone, Copy)]
pub struct Column {
    /// The heading.
    pub heading: &'static str,
    /// The metric.
    pub metric: Metric,
    shown: Shown,
}

/// The columns of every metric.
pub fn all() -> impl Iterator<Item = Column> {
    Metric::ALL.iter().copied().flat_map(of)
}

/// The columns of the metrics in [`CellReport::figures`], which have no table of their own on the page.
pub fn further() -> impl Iterator<Item = Column> {
    without_a_field().flat_map(of)
}

fn of(metric: Metric) -> impl Iterator<Item = Column> {
    metric.columns.iter().map(move |&(heading, shown)| Column { heading, metric, shown })
}

impl Column {
    /// The text in the row of a cell.
    #[must_use]
    pub fn text(&self, report: &Report, kernel: &KernelInfo, cell: &CellReport) -> String {
        let figure = |number| cell.number(self.metric, number);
        let text = match self.shown {
            Shown::Number(Number::Throughput) => figure(Number::Throughput).map(units::throughput),
            Shown::Number(number) => figure(number).map(|figure| units::amount(self.metric.unit, figure)),
            Shown::Interval => cell
                .figure(self.metric)
                .and_then(|figure| figure.ci)
                .map(|ci| units::amount_interval(self.metric.unit, ci)),
            Shown::AgainstBaseline => Some(against(report, kernel, cell, self.metric)),
            Shown::ShareOfCall => cell.boundary_ns.map(wording::boundary_share),
        };
        text.unwrap_or_else(|| MISSING.to_owned())
    }
}

/// The comparison of a cell with the baseline, or why there is none.
fn against(report: &Report, kernel: &KernelInfo, cell: &CellReport, metric: Metric) -> String {
    match report.comparison(cell, &kernel.baseline, metric) {
        _ if cell.figure(metric).is_none() => cell.failure.clone().unwrap_or_else(|| MISSING.to_owned()),
        _ if cell.contender == kernel.baseline => "baseline".to_owned(),
        Some(comparison) => wording::comparison(comparison),
        None => MISSING.to_owned(),
    }
}
