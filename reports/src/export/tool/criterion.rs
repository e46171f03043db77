//! The time per call as a baseline of criterion's, in the folders that criterion and critcmp read:
//! `GROUP/FUNCTION/VALUE/BASELINE/{benchmark,estimates,sample,tukey}.json`.
//!
//! A block is one sample, because blocks are the independent repetitions. `median` is the report's estimate with its
//! interval. `mean` is that of the blocks, as criterion computes it from the samples, with the same interval. The
//! spread, which criterion also wants, gets the errors of a normal distribution.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::left_out::LeftOut;
use super::names::{self, Names};
use crate::comparison::{CONFIDENCE, Rule};
use crate::report::{CellReport, Estimate, Report};
use crate::run::InputKind;
use crate::stats::{median, percentile, student_quantile, widened};

/// `benchmark.json`.
#[derive(Serialize)]
struct BenchmarkFile {
    group_id: String,
    function_id: String,
    value_str: String,
    throughput: Option<Throughput>,
    full_id: String,
    directory_name: String,
    title: String,
}

#[derive(Serialize)]
struct Throughput {
    #[serde(rename = "Bytes")]
    bytes: u64,
}

/// `estimates.json`.
#[derive(Serialize)]
struct Estimates {
    mean: Statistic,
    median: Statistic,
    median_abs_dev: Statistic,
    /// Slope of a line through samples of rising length; these are not such samples.
    slope: Option<Statistic>,
    std_dev: Statistic,
}

#[derive(Serialize)]
struct Statistic {
    confidence_interval: ConfidenceInterval,
    point_estimate: f64,
    standard_error: f64,
}

#[derive(Serialize)]
struct ConfidenceInterval {
    confidence_level: f64,
    lower_bound: f64,
    upper_bound: f64,
}

/// `sample.json`: one call in each block.
#[derive(Serialize)]
struct SampleFile<'a> {
    sampling_mode: &'static str,
    iters: Vec<f64>,
    times: &'a [f64],
}

/// The files of every cell that has an interval.
pub fn files(report: &Report, left_out: &mut LeftOut) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let baseline = names::path_part(&format!("crossover-{}", report.run.id));
    let confidence = Rule::of(&report.run.schedule).confidence;
    let mut bytes = HashMap::new();
    for kernel in &report.kernels {
        // An input that is passed as a value, such as a depth, has no length and so no throughput.
        let long = kernel.inputs.iter().filter(|input| matches!(input.kind, InputKind::Bytes | InputKind::String));
        bytes.extend(long.map(|input| ((&kernel.name, &input.name), input.bytes)));
    }
    let (mut ids, mut folders) = (Names::default(), Names::default());
    let mut files = Vec::new();
    for cell in &report.cells {
        let Some(call) = cell.call_ns else {
            left_out.unmeasured += 1;
            continue;
        };
        let Some(estimates) = call.ci.and_then(|ci| Estimates::of(cell, call, ci, confidence)) else {
            left_out.without_interval += 1;
            continue;
        };
        let mut benchmark =
            BenchmarkFile::of(cell, report.label(&cell.stratum), bytes.get(&(&cell.kernel, &cell.input)).copied());
        benchmark.full_id = ids.unique(benchmark.full_id);
        benchmark.title.clone_from(&benchmark.full_id);
        benchmark.directory_name = folders.unique(benchmark.directory_name);
        let blocks = &cell.call_ns_by_block();
        let sample = SampleFile { sampling_mode: "Flat", iters: vec![1.0; blocks.len()], times: blocks };
        let folder = Path::new(&benchmark.directory_name).join(&baseline);
        files.push((folder.join("benchmark.json"), super::json(&benchmark)?));
        files.push((folder.join("estimates.json"), super::json(&estimates)?));
        files.push((folder.join("sample.json"), super::json(&sample)?));
        files.push((folder.join("tukey.json"), super::json(&fences(blocks))?));
    }
    Ok(files)
}

impl BenchmarkFile {
    fn of(cell: &CellReport, label: &str, bytes: Option<u64>) -> Self {
        let group_id = names::joined(&[&cell.kernel, &cell.input]);
        let function_id = names::joined(&[&cell.contender]);
        let value_str = names::joined(&[label]);
        let full_id = format!("{group_id}/{function_id}/{value_str}");
        let folders = [&group_id, &function_id, &value_str].map(|part| names::path_part(part));
        Self {
            throughput: bytes.map(|bytes| Throughput { bytes }),
            title: full_id.clone(),
            directory_name: folders.join("/"),
            group_id,
            function_id,
            value_str,
            full_id,
        }
    }
}

/// Asymptotic variance of the median of a normal sample ÷ that of its mean.
const MEDIAN_VARIANCE: f64 = std::f64::consts::FRAC_PI_2;

/// Asymptotic variance of the standard deviation ÷ that of the scaled median absolute deviation, of a normal sample.
const MAD_EFFICIENCY: f64 = 0.3674;

/// Median absolute deviation of a normal sample × this is its standard deviation.
const MAD_SCALE: f64 = 1.4826;

impl Estimates {
    /// For a cell with at least two blocks; `None` with fewer.
    fn of(cell: &CellReport, call: Estimate, ci: [f64; 2], confidence: f64) -> Option<Self> {
        let blocks = &cell.call_ns_by_block();
        let quantile = student_quantile(blocks.len(), 0.5 + confidence / 2.0)?;
        let n = blocks.len() as f64;
        let mean = blocks.iter().sum::<f64>() / n;
        let deviation = (blocks.iter().map(|ns| (ns - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        let deviations: Vec<f64> = blocks.iter().map(|ns| (ns - call.median).abs()).collect();
        let middle_deviation = median(&deviations)? * MAD_SCALE;
        let centre = |point, standard_error| Statistic::new(point, standard_error, widened(ci, point));
        let spread = |point: f64, relative_error: f64| {
            // On the log scale, so that no spread is below 0.
            let reach = (quantile * relative_error).exp();
            Statistic::new(point, point * relative_error, [point / reach, point * reach])
        };
        let twice = 2.0 * (n - 1.0);
        Some(Self {
            mean: centre(mean, deviation / n.sqrt()),
            median: centre(call.median, deviation * (MEDIAN_VARIANCE / n).sqrt()),
            median_abs_dev: spread(middle_deviation, (twice * MAD_EFFICIENCY).sqrt().recip()),
            slope: None,
            std_dev: spread(deviation, twice.sqrt().recip()),
        })
    }
}

impl Statistic {
    fn new(point_estimate: f64, standard_error: f64, [lower_bound, upper_bound]: [f64; 2]) -> Self {
        let confidence_interval = ConfidenceInterval { confidence_level: CONFIDENCE, lower_bound, upper_bound };
        Self { confidence_interval, point_estimate, standard_error }
    }
}

/// Tukey's fences: a sample beyond the inner two is an outlier, one beyond the outer two a severe one.
fn fences(blocks: &[f64]) -> [f64; 4] {
    let quartile = |p| percentile(blocks, p).unwrap_or_default();
    let (low, high) = (quartile(0.25), quartile(0.75));
    let range = high - low;
    [low - 3.0 * range, low - 1.5 * range, high + 1.5 * range, high + 3.0 * range]
}
