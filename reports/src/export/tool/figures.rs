//! What a program that keeps figures over time gets of a report: named benchmarks, each with its figures.

use std::collections::HashSet;

use super::left_out::LeftOut;
use super::names::{self, Names};
use crate::report::{Cell, Estimate, Report, Start};

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// The figure is a cost.
    Smaller,
    /// The figure is a rate.
    Bigger,
}

/// One figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Its name: Bencher's slug, where Bencher has one for it.
    pub measure: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// The figure, finite and above 0.
    pub value: f64,
    /// Its interval, where it has one.
    pub ci: Option<[f64; 2]>,
}

/// Figures of one thing.
pub struct Benchmark {
    /// Its name, which no other has.
    pub name: String,
    /// Blocks that its times are from; none where it has no times.
    pub blocks: Option<u32>,
    /// At least one.
    pub figures: Vec<Figure>,
}

/// Every cell with what was timed in it, and every contender with its size, which is the same in all its cells.
pub fn benchmarks(report: &Report, left_out: &mut LeftOut) -> Vec<Benchmark> {
    let mut names = Names::default();
    let mut sized = HashSet::new();
    let mut benchmarks = Vec::new();
    for cell in &report.cells {
        let timed = timed(cell);
        if timed.is_empty() {
            left_out.unmeasured += 1;
        } else {
            let name = names::joined(&[&cell.kernel, &cell.input, &cell.contender, report.label(&cell.stratum)]);
            let (name, blocks) = (names.unique(name), Some(cell.blocks));
            benchmarks.push(Benchmark { name, blocks, figures: timed });
        }
        let size = size(cell).filter(|_| sized.insert((&cell.kernel, &cell.contender)));
        if let Some(size) = size {
            let name = names.unique(names::joined(&[&cell.kernel, &cell.contender]));
            benchmarks.push(Benchmark { name, blocks: None, figures: vec![size] });
        }
    }
    benchmarks
}

fn timed(cell: &Cell) -> Vec<Figure> {
    let call = cell.call_ns.as_ref().map(|&Estimate { median, ci, .. }| (median, ci));
    // The interval of a rate is that of the time, seen from the other side.
    let rate = |(ns, ci): (f64, Option<[f64; 2]>)| (1e9 / ns, ci.map(|[low, high]| [1e9 / high, 1e9 / low]));
    let start = |start: &Option<Start>| start.as_ref().map(|start| (start.median, start.ci));
    let boundary = |part: Option<f64>| part.map(|ns| (ns, None));
    let linear = cell.memory_bytes.and_then(|memory| memory.linear_peak).map(|bytes| (bytes as f64, None));
    let ns = |measure, found| figure(measure, "ns", Better::Smaller, found);
    let found = [
        ns("latency", call),
        figure("throughput", "calls/s", Better::Bigger, call.map(rate)),
        ns("cold-start", start(&cell.cold_start_ns)),
        ns("warm-start", start(&cell.warm_start_ns)),
        ns("hot-start", start(&cell.hot_start_ns)),
        ns("boundary-in", boundary(cell.boundary_ns.map(|boundary| boundary.copy_in))),
        ns("boundary-out", boundary(cell.boundary_ns.map(|boundary| boundary.out))),
        figure("linear-memory", "B", Better::Smaller, linear),
    ];
    found.into_iter().flatten().collect()
}

/// What ships, as it comes over the network.
fn size(cell: &Cell) -> Option<Figure> {
    let brotli = cell.size_bytes.map(|size| (size.brotli as f64, None));
    figure("file-size", "B", Better::Smaller, brotli)
}

/// A figure, where it is one that can be followed: these programs divide by it.
fn figure(
    measure: &'static str,
    unit: &'static str,
    better: Better,
    found: Option<(f64, Option<[f64; 2]>)>,
) -> Option<Figure> {
    let (value, ci) = found.filter(|(value, _)| value.is_finite() && *value > 0.0)?;
    Some(Figure { measure, unit, better, value, ci })
}
