//! Bencher Metric Format, version 0: `{ benchmark: { measure: { value, lower_value, upper_value } } }`
//! (bencher.dev/docs/reference/bencher-metric-format).

use serde::Serialize;
use serde_json::{Map, Value};

use super::figures::{Figure, benchmarks};
use super::left_out::LeftOut;
use crate::report::Report;

/// A figure with its interval, if it has one.
#[derive(Serialize)]
struct BmfMetric {
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower_value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper_value: Option<f64>,
}

impl From<Figure> for BmfMetric {
    fn from(Figure { value, ci, .. }: Figure) -> Self {
        Self { value, lower_value: ci.map(|ci| ci[0]), upper_value: ci.map(|ci| ci[1]) }
    }
}

/// The report's figures for `bencher run --adapter json`.
pub fn text(report: &Report, left_out: &mut LeftOut) -> anyhow::Result<String> {
    let mut all = Map::new();
    for benchmark in benchmarks(report, left_out) {
        let measures = benchmark.figures.into_iter().map(|figure| {
            let metric = serde_json::to_value(BmfMetric::from(figure))?;
            Ok((figure.measure.to_owned(), metric))
        });
        all.insert(benchmark.name, Value::Object(measures.collect::<anyhow::Result<_>>()?));
    }
    super::json(&all)
}
