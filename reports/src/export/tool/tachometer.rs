//! The time per call in tachometer's results format, for its readers, such as tachometer-reporter-action.
//!
//! Tachometer compares everything in a file with everything else. So a file has the contenders of one kernel, input and
//! stratum: the baseline, and everything that is compared with it. A contender without such a comparison has its own
//! file, because readers look for a difference from the first.
//!
//! `mean` is the report's interval of the time per call, and `samples` are blocks: a sample of tachometer is a fresh
//! page, and a block is a fresh browser. `percentChange` is the interval of the comparison, `absolute` the same in
//! milliseconds of the other's time per call.

use std::path::PathBuf;

use serde::Serialize;

use super::left_out::LeftOut;
use super::names::{self, Names};
use crate::comparison::{MARGIN, Outcome};
use crate::metric::Metric;
use crate::report::{CellReport, Comparison, KernelInfo, Report};
use crate::run::{Kind, Stratum};

/// A file.
#[derive(Serialize)]
struct Results {
    benchmarks: Vec<BenchmarkResult>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BenchmarkResult {
    name: String,
    bytes_sent: u64,
    measurement: MeasurementEntry,
    browser: Browser,
    mean: Interval,
    differences: Vec<Option<Difference>>,
    samples: Vec<f64>,
}

#[derive(Serialize)]
struct MeasurementEntry {
    name: &'static str,
    /// Tachometer's name for a page that itself says when the clock starts and stops.
    mode: &'static str,
}

/// The known part of the browser; window and size are not known.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Browser {
    name: String,
    add_arguments: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cpu_throttling_rate: Option<f64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Difference {
    absolute: Interval,
    percent_change: Interval,
}

#[derive(Serialize)]
struct Interval {
    low: f64,
    high: f64,
}

/// A cell with everything that a file needs.
struct TachometerCell<'a> {
    cell: &'a CellReport,
    /// Time per call.
    median: f64,
    ci: [f64; 2],
    bytes: u64,
}

/// The files of every cell that ran in a browser and has an interval.
pub fn files(report: &Report, left_out: &mut LeftOut) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let mut names = Names::default();
    let mut files = Vec::new();
    for kernel in &report.kernels {
        for stratum in &report.run.strata {
            for input in &kernel.inputs {
                let cells = report.cells_of(&kernel.name, &input.name, &stratum.id);
                let shown: Vec<TachometerCell<'_>> = cells.filter_map(|cell| shown(cell, left_out)).collect();
                for (name, group) in groups(report, kernel, shown) {
                    let label = report.label(&stratum.id);
                    let parts = [Some(&*kernel.name), Some(&*input.name), Some(label), name.as_deref()];
                    let parts: Vec<String> = parts.into_iter().flatten().map(names::path_part).collect();
                    let file = format!("{}.json", names.unique(parts.join("-")));
                    files.push((file.into(), super::json(&results(report, stratum, &group))?));
                }
            }
        }
    }
    Ok(files)
}

fn shown<'a>(cell: &'a CellReport, left_out: &mut LeftOut) -> Option<TachometerCell<'a>> {
    let found = match (cell.kind, cell.call_ns.map(|call| (call.median, call.ci)), cell.size_bytes) {
        (Kind::Native, ..) => Err(&mut left_out.native),
        (_, Some((median, Some(ci))), Some(size)) => Ok(TachometerCell { cell, median, ci, bytes: size.raw }),
        (_, Some((_, None)), _) => Err(&mut left_out.without_interval),
        (_, None, _) => Err(&mut left_out.unmeasured),
        (_, _, None) => Err(&mut left_out.without_size),
    };
    found.map_err(|count| *count += 1).ok()
}

/// The baseline with everything that is compared with it, and each other contender alone, with its name.
fn groups<'a>(
    report: &Report,
    kernel: &KernelInfo,
    mut shown: Vec<TachometerCell<'a>>,
) -> Vec<(Option<String>, Vec<TachometerCell<'a>>)> {
    let baseline = shown.iter().position(|shown| shown.cell.contender == kernel.baseline);
    let mut first = baseline.map(|at| vec![shown.remove(at)]).unwrap_or_default();
    let mut others = Vec::new();
    for shown in shown {
        match first.first().and_then(|baseline| difference(report, &shown, baseline)) {
            Some(_) => first.push(shown),
            None => others.push((Some(shown.cell.contender.clone()), vec![shown])),
        }
    }
    let first = Some((None, first)).filter(|(_, group)| !group.is_empty());
    first.into_iter().chain(others).collect()
}

fn results(report: &Report, stratum: &Stratum, group: &[TachometerCell<'_>]) -> Results {
    let benchmark = |one: &TachometerCell<'_>| BenchmarkResult {
        name: names::joined(&[&one.cell.kernel, &one.cell.input, &one.cell.contender]),
        bytes_sent: one.bytes,
        measurement: MeasurementEntry { name: Metric::CALL.words, mode: "callback" },
        browser: Browser::of(stratum),
        mean: milliseconds(one.ci),
        differences: group.iter().map(|other| difference(report, one, other)).collect(),
        samples: one.cell.call_ns_by_block().iter().map(|ns| ns / NS_PER_MS).collect(),
    };
    Results { benchmarks: group.iter().map(benchmark).collect() }
}

impl Browser {
    fn of(stratum: &Stratum) -> Self {
        let name = match stratum.runtime.id.as_str() {
            "chromium" => "chrome".to_owned(),
            "webkit" => "safari".to_owned(),
            other => names::joined(&[other]),
        };
        Self { name, add_arguments: stratum.runtime.flags.clone(), cpu_throttling_rate: stratum.emulation.cpu_throttle }
    }
}

const NS_PER_MS: f64 = 1e6;

fn milliseconds([low, high]: [f64; 2]) -> Interval {
    Interval { low: low / NS_PER_MS, high: high / NS_PER_MS }
}

/// The difference between two contenders, if it is known. Readers call it faster or slower by its interval alone. So
/// there is none if the report is unsure although the interval is on one side, as on an uneven machine.
fn difference(report: &Report, one: &TachometerCell<'_>, other: &TachometerCell<'_>) -> Option<Difference> {
    let forward = report.comparison(one.cell, &other.cell.contender, Metric::CALL).cloned();
    let backward = || report.comparison(other.cell, &one.cell.contender, Metric::CALL).map(Comparison::reversed);
    let comparison = forward.or_else(backward)?;
    let ci = comparison.ci?;
    let says = Outcome::of(comparison.ratio?, Some(ci), MARGIN);
    let is_sure = says == comparison.outcome;
    let [low, high] = ci.map(|ratio| ratio - 1.0);
    is_sure.then(|| Difference {
        absolute: milliseconds([low * other.median, high * other.median]),
        percent_change: Interval { low: low * 100.0, high: high * 100.0 },
    })
}
