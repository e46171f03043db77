//! The kind of a file that is not a results file: results of other tools, and our other files.

use std::path::Path;

use serde_json::Value;

use crate::regular;

/// Largest file that is inspected.
const LARGEST_BYTES: u64 = 16 << 20;

/// Prefixes of our own schemas, and of the results files' among them.
const OWN: &str = "crossover/";
const RUN: &str = "crossover/run/";

/// Beginning of a results file, even of a partial first line.
const BEGINS: &[u8] = b"{\"schema\":\"crossover/run/";

/// The kind of file, as the end of "the file …"; `None` if it may be a results file, even a damaged one.
pub fn what(path: &Path, first_line: &[u8]) -> Option<String> {
    // Even if a killed process left only a part of the first line.
    if first_line.starts_with(BEGINS) || BEGINS.starts_with(first_line) {
        return None;
    }
    let text = regular::read_text(path, LARGEST_BYTES).unwrap_or_default();
    let json = serde_json::from_str::<Value>(&text).ok();
    // JSON lines are not JSON, but the first line is enough to recognise them.
    let json = json.or_else(|| serde_json::from_slice(first_line).ok());
    if let Some(schema) =
        json.as_ref().and_then(|json| json["schema"].as_str()).filter(|schema| schema.starts_with(OWN))
    {
        let schema = schema.escape_debug();
        return (!schema.to_string().starts_with(RUN))
            .then(|| format!("is a `{schema}`, which is made from results files but is not one"));
    }
    if let Some(tool) = tool(&text, json.as_ref()) {
        return Some(format!("looks like {tool}, which crossover cannot read"));
    }
    Some(match json {
        Some(_) => "is JSON, but not a results file".to_owned(),
        None => "is not a results file".to_owned(),
    })
}

/// The program that writes such a file.
fn tool(text: &str, json: Option<&Value>) -> Option<&'static str> {
    const BENCHMARK_ACTION: &str = "results of github-action-benchmark";
    if text.trim_start().starts_with("window.BENCHMARK_DATA") {
        return Some(BENCHMARK_ACTION);
    }
    let has = |value: &Value, keys: &[&str]| keys.iter().all(|key| value.get(key).is_some());
    let json = json?;
    let (listed, benchmark, result) = (&json[0], &json["benchmarks"][0], &json["results"][0]);
    if has(listed, &["name", "unit", "value"]) {
        Some(BENCHMARK_ACTION)
    } else if has(json, &["context", "benchmarks"]) {
        Some("results of Google Benchmark")
    } else if has(json, &["machine_info", "benchmarks"]) {
        Some("results of pytest-benchmark")
    } else if has(benchmark, &["name", "mean"]) {
        Some("results of tachometer")
    } else if has(result, &["command", "mean"]) {
        Some("results of hyperfine")
    } else if has(&json["mean"], &["confidence_interval", "point_estimate"]) {
        Some("estimates of criterion")
    } else if is_of_bencher(json) {
        Some("Bencher's metric format")
    } else {
        None
    }
}

/// `{ benchmark: { measure: { value } } }`
fn is_of_bencher(json: &Value) -> bool {
    let first = |value: &Value| value.as_object().and_then(|object| object.values().next().cloned());
    first(json).as_ref().and_then(first).is_some_and(|metric| metric["value"].is_number())
}
