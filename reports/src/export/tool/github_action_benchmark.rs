//! Lists for github-action-benchmark, which reads one direction per file: costs in one, rates in the other.

use std::path::PathBuf;

use serde::Serialize;

use super::figures::{Benchmark, Figure, benchmarks};
use super::left_out::LeftOut;
use crate::metric::Better;
use crate::report::Report;

/// One line of a list.
#[derive(Serialize)]
struct ListEntry {
    name: String,
    unit: &'static str,
    value: f64,
    /// The format has one number for both sides, so this is the longer one.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<String>,
}

impl ListEntry {
    fn of(benchmark: &Benchmark, figure: &Figure) -> Self {
        let Figure { measure, unit, value, ci, .. } = *figure;
        let interval = ci.map(|[low, high]| format!("95 % interval: {} to {} {unit}", rounded(low), rounded(high)));
        let blocks = benchmark.blocks.map(|blocks| format!("blocks: {blocks}"));
        let extra = [interval, blocks].into_iter().flatten().collect::<Vec<_>>().join("\n");
        Self {
            name: format!("{} {measure}", benchmark.name),
            unit,
            value,
            range: ci.map(|[low, high]| format!("± {}", rounded((value - low).max(high - value)))),
            extra: (!extra.is_empty()).then_some(extra),
        }
    }
}

/// To six digits.
fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

/// A file per direction, without empty ones, which the reader refuses.
pub fn files(report: &Report, left_out: &mut LeftOut) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let benchmarks = benchmarks(report, left_out);
    let mut files = Vec::new();
    for (better, name) in [(Better::Smaller, "smaller-is-better.json"), (Better::Bigger, "bigger-is-better.json")] {
        let entries = benchmarks.iter().flat_map(|benchmark| {
            let figures = benchmark.figures.iter().filter(move |figure| figure.better == better);
            figures.map(|figure| ListEntry::of(benchmark, figure))
        });
        let entries: Vec<ListEntry> = entries.collect();
        if !entries.is_empty() {
            files.push((name.into(), super::json(&entries)?));
        }
    }
    Ok(files)
}
