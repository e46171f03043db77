//! Formats of other programs, by the rules of their readers.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path};

use crossover_reports::export::tool::{Exported, LeftOut, Output, ToolFormat, export};
use crossover_reports::metric::Metric;
use crossover_reports::report::{CellReport, Outcome, Report};
use crossover_reports::run::{Kind, Run};
use serde::Deserialize;
use serde_json::Value;

use crate::{ceiling, hostile, synthetic};

fn exported(run: &Run, format: ToolFormat) -> Exported {
    export(&Report::from_run(run), format).unwrap()
}

fn text(run: &Run, format: ToolFormat) -> String {
    match exported(run, format).output {
        Output::Text(text) => text,
        Output::Files(files) => panic!("{} files", files.len()),
    }
}

/// Files by path, of which no two are the same and none leads out of the folder.
fn files(run: &Run, format: ToolFormat) -> BTreeMap<String, String> {
    let Output::Files(files) = exported(run, format).output else { panic!("one text") };
    let mut by_path = BTreeMap::new();
    for (path, text) in files {
        assert!(path.components().all(|part| matches!(part, Component::Normal(_))), "{}", path.display());
        let path = path.to_str().unwrap().to_owned();
        assert!(path.split('/').all(|part| part.len() <= 300 && !part.contains(['<', '>', '\\', ':', '\n'])), "{path}");
        assert!(by_path.insert(path.to_lowercase(), text).is_none(), "{path}");
    }
    by_path
}

/// Runs of every sort: as they should be, with native code, of one block, of failures, of nothing, and by an enemy.
fn runs() -> Vec<Run> {
    vec![
        synthetic::with_sessions(6),
        ceiling::with_native(0.8),
        synthetic::four_kernels(1),
        synthetic::build_matrix(6),
        Run { header: synthetic::header(0), rows: Vec::new(), truncated: true },
        hostile::named(1e6),
        hostile::named(1e15),
        hostile::named(f64::NAN),
    ]
}

/// `lib/bencher_valid` and `lib/bencher_json` of bencherdev/bencher, which read version 0 so.
type Bmf = BTreeMap<String, BTreeMap<String, BmfMetric>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BmfMetric {
    value: f64,
    lower_value: Option<f64>,
    upper_value: Option<f64>,
}

#[test]
fn bencher_reads_its_metric_format() {
    for run in runs() {
        let bmf: Bmf = serde_json::from_str(&text(&run, ToolFormat::Bmf)).unwrap();
        for (name, measures) in &bmf {
            assert!(!name.is_empty() && name.len() <= 1024 && !measures.is_empty(), "{name}");
            for (measure, metric) in measures {
                assert!(
                    measure.len() <= 64 && measure.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
                    "{measure}"
                );
                assert!(metric.value > 0.0, "{name} {measure}");
                assert!(metric.lower_value.is_none_or(|low| 0.0 < low && low <= metric.value), "{name} {measure}");
                assert!(metric.upper_value.is_none_or(|high| metric.value <= high), "{name} {measure}");
            }
        }
    }
}

#[test]
fn figures_for_bencher_are_those_of_the_report() {
    let run = synthetic::four_kernels(6);
    let report = Report::from_run(&run);
    let bmf: Bmf = serde_json::from_str(&text(&run, ToolFormat::Bmf)).unwrap();
    let cell = cell(&report, "wasm-simd");
    let call = cell.call_ns.unwrap();
    let [low, high] = call.ci.unwrap();
    let measures = &bmf["hashing-blake3/1MB/wasm-simd/chromium"];
    let is = |measure: &str, value: f64, ci: Option<[f64; 2]>| {
        let metric = &measures[measure];
        let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-12;
        assert!(near(metric.value, value), "{measure}");
        assert_eq!(metric.lower_value.is_some(), ci.is_some(), "{measure}");
        assert!(metric.lower_value.into_iter().zip(ci).all(|(found, ci)| near(found, ci[0])), "{measure}");
        assert!(metric.upper_value.into_iter().zip(ci).all(|(found, ci)| near(found, ci[1])), "{measure}");
    };
    is("latency", call.median, call.ci);
    is("throughput", 1e9 / call.median, Some([1e9 / high, 1e9 / low]));
    let cold = cell.cold_start_ns.as_ref().unwrap();
    is("cold-start", cold.median, cold.ci);
    is("boundary-in", cell.boundary_ns.unwrap().copy_in, None);
    // What ships is the same on every input, and is followed once.
    assert_eq!(bmf["hashing-blake3/wasm-simd"]["file-size"].value, cell.size_bytes.unwrap().brotli as f64);
    assert_eq!(bmf.values().filter(|measures| measures.contains_key("file-size")).count(), 12);
}

fn cell<'a>(report: &'a Report, contender: &str) -> &'a CellReport {
    report.cells_of("hashing-blake3", "1MB", "chromium").find(|cell| cell.contender == contender).unwrap()
}

/// `src/extract.ts` and `src/extractRangeInfo.ts` of benchmark-action/github-action-benchmark.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    value: f64,
    unit: String,
    range: Option<String>,
    extra: Option<String>,
}

#[test]
fn github_action_benchmark_reads_its_two_lists() {
    for run in runs() {
        let mut names = HashSet::new();
        for (path, text) in files(&run, ToolFormat::GithubActionBenchmark) {
            let entries: Vec<Entry> = serde_json::from_str(&text).unwrap();
            assert!(!entries.is_empty(), "{path}: the reader refuses an empty list");
            for entry in entries {
                let rates = path == "bigger-is-better.json";
                assert_eq!(entry.unit == "calls/s", rates, "{path}: {}", entry.name);
                assert!(entry.value > 0.0 && (rates || ["ns", "B"].contains(&&*entry.unit)), "{}", entry.name);
                assert!(names.insert(entry.name.clone()), "{} comes twice", entry.name);
                assert!(!entry.name.contains(['<', '`', '|', '\n']), "{}", entry.name);
                if let Some(range) = entry.range {
                    let number = range.strip_prefix("± ").unwrap();
                    assert!(
                        number.starts_with(|c: char| c.is_ascii_digit()) && number.parse::<f64>().is_ok(),
                        "{range}"
                    );
                    assert!(entry.extra.unwrap().contains("95 % interval"));
                }
            }
        }
    }
}

#[test]
fn no_direction_without_figures_has_a_file() {
    let nothing = Run { header: synthetic::header(0), rows: Vec::new(), truncated: true };
    for format in [ToolFormat::GithubActionBenchmark, ToolFormat::Tachometer, ToolFormat::Criterion] {
        assert_eq!(files(&nothing, format), BTreeMap::new());
    }
}

#[test]
fn readers_of_tachometer_find_a_difference_from_the_first_of_each_file() {
    for run in runs() {
        for (path, text) in files(&run, ToolFormat::Tachometer) {
            let results: Value = serde_json::from_str(&text).unwrap();
            let benchmarks = results["benchmarks"].as_array().unwrap();
            for (at, benchmark) in benchmarks.iter().enumerate() {
                let number = |pointer: &str| benchmark.pointer(pointer).and_then(Value::as_f64).unwrap();
                assert!(
                    number("/bytesSent") > 0.0
                        && benchmark["name"].is_string()
                        && benchmark["browser"]["name"].is_string()
                );
                assert!(0.0 < number("/mean/low") && number("/mean/low") <= number("/mean/high"), "{path}");
                assert!(benchmark["samples"].as_array().is_some_and(|samples| samples.len() > 1), "{path}");
                let differences = benchmark["differences"].as_array().unwrap();
                assert_eq!(differences.len(), benchmarks.len(), "{path}");
                assert_eq!(differences[0].is_null(), at == 0, "{path}");
                for (other, difference) in differences.iter().enumerate().filter(|(_, one)| !one.is_null()) {
                    let back = &benchmarks[other]["differences"][at];
                    for part in ["/absolute/low", "/absolute/high", "/percentChange/low", "/percentChange/high"] {
                        assert!(difference.pointer(part).unwrap().is_f64() && back.pointer(part).unwrap().is_f64());
                    }
                }
            }
        }
    }
}

#[test]
fn a_browser_has_its_name_on_whichever_machine_it_ran() {
    let mut other = synthetic::four_kernels(6);
    "other".clone_into(&mut other.header.id);
    other.header.machine.cores = 64;
    let merged = Run::merge(vec![synthetic::four_kernels(6), other]).unwrap();
    let files = files(&merged, ToolFormat::Tachometer);
    assert!(files.keys().any(|path| path.contains("64 cores")), "{:?}", files.keys());
    for (path, text) in files {
        let results: Value = serde_json::from_str(&text).unwrap();
        for benchmark in results["benchmarks"].as_array().unwrap() {
            assert_eq!(benchmark["browser"]["name"], "chrome", "{path}");
        }
    }
}

#[test]
fn readers_of_tachometer_say_what_the_report_says() {
    let run = synthetic::four_kernels(6);
    let report = Report::from_run(&run);
    let mut files = files(&run, ToolFormat::Tachometer);
    let results: Value = serde_json::from_str(&files.remove("hashing-blake3-1mb-chromium.json").unwrap()).unwrap();
    let benchmarks = results["benchmarks"].as_array().unwrap();
    assert_eq!(benchmarks[0]["name"], "hashing-blake3/1MB/js", "the baseline comes first");
    for benchmark in &benchmarks[1..] {
        let contender = benchmark["name"].as_str().unwrap().rsplit('/').next().unwrap();
        let cell = cell(&report, contender);
        let comparison = report.comparison(cell, "js", Metric::CALL).unwrap();
        let percent = |side: &str| benchmark["differences"][0]["percentChange"][side].as_f64().unwrap();
        let absolute = |side: &str| benchmark["differences"][0]["absolute"][side].as_f64().unwrap();
        assert!((percent("low") / 100.0 + 1.0 - comparison.ci.unwrap()[0]).abs() < 1e-9);
        assert_eq!(
            comparison.outcome == Outcome::Faster,
            percent("high") < 0.0 && absolute("high") < 0.0,
            "{contender}"
        );
        let samples: Vec<f64> = serde_json::from_value(benchmark["samples"].clone()).unwrap();
        assert_eq!(samples.len(), 6);
        assert_eq!(benchmark["mean"]["low"].as_f64().unwrap(), cell.call_ns.unwrap().ci.unwrap()[0] / 1e6);
    }
}

#[test]
fn what_an_uneven_machine_explains_is_no_difference_for_tachometer() {
    let mut report = Report::from_run(&synthetic::four_kernels(6));
    for comparison in report.comparisons.iter_mut().filter(|one| one.candidate == "wasm-simd") {
        (comparison.uneven, comparison.outcome) = (true, Outcome::Unsure);
    }
    let Output::Files(files) = export(&report, ToolFormat::Tachometer).unwrap().output else { panic!("one text") };
    let names: Vec<&str> = files.iter().filter_map(|(path, _)| path.to_str()).collect();
    assert!(names.contains(&"hashing-blake3-1MB-chromium-wasm-simd.json"), "it has a file of its own: {names:?}");
}

/// Reads with criterion itself: a bench of the same name is compared with the baseline, strictly.
#[test]
fn criterion_reads_the_baseline() {
    let run = synthetic::four_kernels(6);
    let folder = std::env::temp_dir().join(format!("crossover-{}-criterion", std::process::id()));
    for (path, text) in written(&run, ToolFormat::Criterion) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let baseline = "crossover-2026-03-01T09-30-00Z-7".to_owned();
    let blink = std::time::Duration::from_millis(5);
    let mut criterion = criterion::Criterion::default()
        .without_plots()
        .output_directory(&folder)
        .retain_baseline(baseline, true)
        .sample_size(10)
        .nresamples(100)
        .warm_up_time(blink)
        .measurement_time(blink);
    let mut group = criterion.benchmark_group("hashing-blake3/1MB");
    group.bench_function(criterion::BenchmarkId::new("wasm-simd", "chromium"), |bench| {
        bench.iter(|| std::hint::black_box(1 + 1))
    });
    group.finish();
    // It is written when samples and estimates of the baseline were read, and then only.
    let change = folder.join("hashing-blake3_1MB/wasm-simd/chromium/change/estimates.json");
    let change: Value = serde_json::from_slice(&std::fs::read(change).unwrap()).unwrap();
    assert!(change["mean"]["point_estimate"].as_f64().unwrap() < -0.99, "{change}");
    std::fs::remove_dir_all(folder).unwrap();
}

fn written(run: &Run, format: ToolFormat) -> Vec<(std::path::PathBuf, String)> {
    let Output::Files(files) = exported(run, format).output else { panic!("one text") };
    files
}

/// `src/data.rs` of critcmp 0.1.8, which reads these, and of criterion 0.8, which reads all.
#[test]
fn critcmp_finds_all_that_it_reads() {
    for run in runs() {
        let files = files(&run, ToolFormat::Criterion);
        let mut names = HashSet::new();
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with("/estimates.json")) {
            let parts: Vec<&str> = path.split('/').collect();
            let [.., baseline, _] = parts[..] else { panic!("{path}") };
            assert!(parts.len() == 5 && baseline.starts_with("crossover-"), "{path}");
            let folder = Path::new(path).parent().unwrap().to_str().unwrap();
            let read = |name: &str| -> Value { serde_json::from_str(&files[&format!("{folder}/{name}")]).unwrap() };
            let benchmark = read("benchmark.json");
            assert!(benchmark["throughput"]["Bytes"].is_u64(), "{path}");
            assert!(names.insert(benchmark["full_id"].as_str().unwrap().to_owned()), "{path}");
            assert_eq!(folder, format!("{}/{baseline}", benchmark["directory_name"].as_str().unwrap()).to_lowercase());
            let estimates: Value = serde_json::from_str(text).unwrap();
            for statistic in ["mean", "median", "median_abs_dev", "std_dev"] {
                let number = |pointer: &str| estimates[statistic].pointer(pointer).and_then(Value::as_f64).unwrap();
                let point = number("/point_estimate");
                let [low, high] =
                    ["lower_bound", "upper_bound"].map(|bound| number(&format!("/confidence_interval/{bound}")));
                assert!(0.0 <= low && low <= point && point <= high, "{path} {statistic}: {low} {point} {high}");
                assert!(number("/standard_error") >= 0.0);
            }
            let sample = read("sample.json");
            let count = |field: &str| sample[field].as_array().unwrap().len();
            assert!(count("iters") > 1 && count("iters") == count("times"), "{path}");
            assert!(read("tukey.json").as_array().unwrap().windows(2).all(|pair| pair[0].as_f64() <= pair[1].as_f64()));
        }
    }
}

#[test]
fn all_that_is_left_out_is_counted() {
    let unmeasured = LeftOut { unmeasured: 1, ..LeftOut::default() };
    let run = synthetic::four_kernels(6);
    assert!(ToolFormat::ALL.into_iter().all(|format| exported(&run, format).left_out == unmeasured));

    let one_block = synthetic::four_kernels(1);
    let timed = Report::from_run(&one_block).cells.iter().filter(|cell| cell.call_ns.is_some()).count();
    let intervals = LeftOut { without_interval: timed, ..unmeasured };
    for (format, left_out) in
        [(ToolFormat::Bmf, unmeasured), (ToolFormat::Tachometer, intervals), (ToolFormat::Criterion, intervals)]
    {
        assert_eq!(exported(&one_block, format).left_out, left_out);
    }

    let native = ceiling::with_native(0.8);
    let cells = Report::from_run(&native).cells.iter().filter(|cell| cell.kind == Kind::Native).count();
    assert_eq!(exported(&native, ToolFormat::Tachometer).left_out, LeftOut { native: cells, ..unmeasured });
    assert_eq!(exported(&native, ToolFormat::Bmf).left_out, unmeasured);
}
