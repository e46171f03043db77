//! The figures of a report for programs that keep figures over time: named benchmarks, each with its figures.

use std::collections::HashSet;

use super::left_out::LeftOut;
use super::names::{self, Names};
use crate::metric::{Better, Metric};
use crate::report::{CellReport, Middle, Report};

/// One figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Its name: Bencher's slug, if Bencher has one for it.
    pub measure: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// The figure, finite and above 0.
    pub value: f64,
    /// Its interval, if it has one.
    pub ci: Option<[f64; 2]>,
}

/// Figures under one name.
pub struct Benchmark {
    /// Its unique name.
    pub name: String,
    /// Blocks behind its times; `None` without times.
    pub blocks: Option<u32>,
    /// Never empty.
    pub figures: Vec<Figure>,
}

/// Every cell with its measured figures, and every contender with the figures that are the same in all its cells.
pub fn benchmarks(report: &Report, left_out: &mut LeftOut) -> Vec<Benchmark> {
    let mut names = Names::default();
    let mut seen = HashSet::new();
    let mut benchmarks = Vec::new();
    for cell in &report.cells {
        let measured = figures(cell, |metric| !metric.is_exact());
        if measured.is_empty() {
            left_out.unmeasured += 1;
        } else {
            let name = names::joined(&[&cell.kernel, &cell.input, &cell.contender, report.label(&cell.stratum)]);
            let (name, blocks) = (names.unique(name), Some(cell.blocks));
            benchmarks.push(Benchmark { name, blocks, figures: measured });
        }
        let exact = figures(cell, Metric::is_exact);
        if !exact.is_empty() && seen.insert((&cell.kernel, &cell.contender)) {
            let name = names.unique(names::joined(&[&cell.kernel, &cell.contender]));
            benchmarks.push(Benchmark { name, blocks: None, figures: exact });
        }
    }
    benchmarks
}

/// The figures of a cell that have a name here and are above 0, because these programs divide by them.
fn figures(cell: &CellReport, is_wanted: fn(Metric) -> bool) -> Vec<Figure> {
    let metrics = Metric::ALL.iter().copied().filter(|metric| is_wanted(*metric));
    let figure = |metric: Metric| {
        let Middle { median: value, ci } = cell.figure(metric)?;
        let is_usable = value.is_finite() && value > 0.0;
        let (unit, better) = (metric.unit.symbol(), metric.better);
        is_usable.then_some(Figure { measure: metric.measure?, unit, better, value, ci })
    };
    metrics.filter_map(figure).collect()
}
