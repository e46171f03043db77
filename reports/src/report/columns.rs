//! The columns that tables have of each metric, for people.

use super::middle::without_a_field;
use super::units::{self, MISSING};
use super::{Cell, KernelInfo, Report, words};
use crate::metric::{Metric, Number, Shown};

/// What a metric shows under one heading.
#[derive(Clone, Copy)]
pub struct Column {
    /// What stands above it.
    pub heading: &'static str,
    /// Of which metric.
    pub metric: Metric,
    shown: Shown,
}

/// The columns of every metric.
pub fn all() -> impl Iterator<Item = Column> {
    Metric::ALL.iter().copied().flat_map(of)
}

/// The columns of the metrics in [`Cell::figures`], for which pages have no table of their own.
pub fn further() -> impl Iterator<Item = Column> {
    without_a_field().flat_map(of)
}

fn of(metric: Metric) -> impl Iterator<Item = Column> {
    metric.columns.iter().map(move |&(heading, shown)| Column { heading, metric, shown })
}

impl Column {
    /// What stands in the row of a cell.
    #[must_use]
    pub fn text(&self, report: &Report, kernel: &KernelInfo, cell: &Cell) -> String {
        let figure = |number| cell.number(self.metric, number);
        let text = match self.shown {
            Shown::Number(Number::Throughput) => figure(Number::Throughput).map(units::throughput),
            Shown::Number(number) => figure(number).map(|figure| units::amount(self.metric.unit, figure)),
            Shown::Interval => cell
                .figure(self.metric)
                .and_then(|figure| figure.ci)
                .map(|ci| units::amount_interval(self.metric.unit, ci)),
            Shown::AgainstBaseline => Some(against(report, kernel, cell, self.metric)),
            Shown::ShareOfCall => cell.boundary_ns.map(words::boundary_share),
        };
        text.unwrap_or_else(|| MISSING.to_owned())
    }
}

/// How a cell compares with the baseline, or why it does not.
fn against(report: &Report, kernel: &KernelInfo, cell: &Cell, metric: Metric) -> String {
    match report.comparison(cell, &kernel.baseline, metric) {
        _ if cell.figure(metric).is_none() => cell.failure.clone().unwrap_or_else(|| MISSING.to_owned()),
        _ if cell.contender == kernel.baseline => "baseline".to_owned(),
        Some(comparison) => words::comparison(comparison),
        None => MISSING.to_owned(),
    }
}
