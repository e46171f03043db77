//! The promise of the table: a metric is one row with its reader.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Better, Compared, Limit, Metric, MetricRow, Number, Read, Shown, Unit};
use crate::export::gate::{GateFormat, export as gate_export};
use crate::export::tool::{self, Output, ToolFormat};
use crate::export::{Format, export};
use crate::gate::{Cost, Finding, Gate, Limits, of_runs};
use crate::history::{Basis, Entry, Filter, History, Trend, followed_metric};
use crate::report::{Report, units};
use crate::run::{RowOutcome, Run};

#[allow(dead_code, unused_imports)]
#[path = "../../tests/all/synthetic/mod.rs"]
mod synthetic;

/// A metric of blocks that only this row knows: the longest call.
pub(super) const TIMED: Metric = Metric(&MetricRow {
    id: "longest_call_ns",
    about: "The longest call of a block.",
    words: "longest call",
    short: None,
    unit: Unit::Nanoseconds,
    better: Better::Smaller,
    read: Read::Block(|block| block.call.values().copied().reduce(f64::max)),
    compared: Compared::Always,
    limit: Some(Limit { key: "longest-call", usual_percent: 5.0 }),
    followed: true,
    measure: Some("longest-call"),
    csv: &[("longest_call_ns", Number::Middle), ("longest_call_ns_high", Number::High)],
    columns: &[("Longest call", Shown::Number(Number::Middle)), ("Longest call: against", Shown::AgainstBaseline)],
});

/// A metric of contenders that only this row knows: the number of their build flags.
pub(super) const EXACT: Metric = Metric(&MetricRow {
    id: "build_flags",
    about: "Flags that a contender is built with.",
    words: "build flags",
    short: None,
    unit: Unit::Count,
    better: Better::Smaller,
    read: Read::Contender(|contender| Some(contender.build.len() as u64)),
    compared: Compared::Always,
    limit: Some(Limit { key: "build-flags", usual_percent: 0.0 }),
    followed: true,
    measure: Some("build-flags"),
    csv: &[("build_flags", Number::Middle)],
    columns: &[("Build flags", Shown::Number(Number::Middle))],
});

const KERNEL: &str = "text-highlight";

/// A run of one kernel, with its contenders known by their files.
fn run() -> Run {
    let mut run = synthetic::four_kernels(12);
    run.header.kernels.retain(|kernel| kernel.name == KERNEL);
    run.rows.retain(|row| row.cell.kernel == KERNEL);
    for contender in &mut run.header.kernels[0].contenders {
        contender.files_sha256 = Some(contender.name.clone());
    }
    run
}

/// The same a revision later: one call in each block of the Wasm takes twice as long, and it is built with another flag.
fn later() -> Run {
    let mut run = run();
    run.header.id = "later".to_owned();
    run.header.started_at = "2026-03-02T09:30:00Z".to_owned();
    let wasm = run.header.kernels[0].contenders.iter_mut().find(|contender| contender.name == "wasm").unwrap();
    wasm.build.push("-Clto".to_owned());
    wasm.files_sha256 = Some("another".to_owned());
    for row in run.rows.iter_mut().filter(|row| row.cell.contender == "wasm") {
        let RowOutcome::Samples(samples) = &mut row.outcome else { continue };
        samples.call[7].ns *= 2.0;
    }
    run
}

fn text(report: &Report, format: Format) -> String {
    export(report, format).unwrap()
}

#[test]
fn the_report_has_it() {
    let report = Report::from_run(&run());
    let cell = report.cells.iter().find(|cell| cell.contender == "wasm" && cell.input == "1MB").unwrap();
    let longest = cell.figure(TIMED).unwrap();
    assert!(longest.median > cell.call_ns.unwrap().median && longest.ci.is_some(), "{longest:?}");
    assert_eq!(cell.figure(EXACT).map(|flags| (flags.median, flags.ci)), Some((1.0, None)));
    let compared = |metric| report.comparison(cell, "js", metric).unwrap();
    assert!(compared(TIMED).ratio.is_some_and(|ratio| (1.2..1.6).contains(&ratio)), "{:?}", compared(TIMED));
    assert_eq!(compared(EXACT).ratio, Some(1.0));

    let json: Value = serde_json::from_str(&text(&report, Format::Json)).unwrap();
    let cells = json["cells"].as_array().unwrap();
    let read = cells.iter().find(|cell| cell["contender"] == "wasm" && cell["input"] == "1MB").unwrap();
    assert_eq!(read["figures"]["longest_call_ns"]["median"], longest.median);
    assert_eq!(read["figures"]["build_flags"]["median"], 1.0);
    let back: Report = serde_json::from_value(json).unwrap();
    assert_eq!(back.cells[0].figures, report.cells[0].figures);
}

#[test]
fn every_table_shows_it() {
    let report = Report::from_run(&run());
    let cell = report.cells.iter().find(|cell| cell.contender == "wasm" && cell.input == "1MB").unwrap();
    let longest = cell.figure(TIMED).unwrap().median;
    let csv = text(&report, Format::Csv);
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let headings = lines.next().unwrap();
    let row = lines.find(|row| row[1..3] == ["1MB", "wasm"]).unwrap();
    let field = |name: &str| row[headings.iter().position(|heading| *heading == name).unwrap()];
    assert_eq!((field("longest_call_ns"), field("build_flags")), (&*longest.to_string(), "1"));
    for format in [Format::Markdown, Format::Html] {
        let text = text(&report, format);
        for part in ["Longest call", "Build flags", &units::time(longest), " slower"] {
            assert!(text.contains(part), "no `{part}` in {}", format.name());
        }
    }
    assert!(text(&report, Format::Html).contains("Further figures"));
}

#[test]
fn other_programs_get_it() {
    let report = Report::from_run(&run());
    let Output::Text(bmf) = tool::export(&report, ToolFormat::Bmf).unwrap().output else { panic!("it is one text") };
    let bmf: Value = serde_json::from_str(&bmf).unwrap();
    assert!(bmf[&format!("{KERNEL}/1MB/wasm/chromium")]["longest-call"]["upper_value"].is_f64(), "{bmf:#}");
    assert_eq!(bmf[&format!("{KERNEL}/wasm")]["build-flags"]["value"], 1.0, "{bmf:#}");
    let Output::Files(files) = tool::export(&report, ToolFormat::GithubActionBenchmark).unwrap().output else {
        panic!("it is a folder")
    };
    let costs = &files.iter().find(|(path, _)| path.ends_with("smaller-is-better.json")).unwrap().1;
    assert!(costs.contains("wasm/chromium longest-call\"") && costs.contains("wasm build-flags\""), "{costs}");
}

#[test]
fn the_gate_judges_it_by_its_limit() {
    let found = |limits: &Limits| -> Gate { of_runs(&run(), &later(), limits, "2026-03-02") };
    let finding = |gate: &Gate, metric| {
        let row = gate.rows.iter().find(|row| *row.cost == metric && row.contender == "wasm").unwrap();
        (row.finding, row.limit_percent)
    };
    let gate = found(&Limits::default());
    assert_eq!(finding(&gate, TIMED), (Finding::Regressed, 5.0));
    assert_eq!(finding(&gate, EXACT), (Finding::Regressed, 0.0));
    for format in GateFormat::ALL {
        let text = gate_export(&gate, format).unwrap();
        for names in [["longest call", "longest-call"], ["build flags", "build-flags"]] {
            assert!(names.iter().any(|name| text.contains(name)), "no {names:?} in {}", format.file());
        }
    }
    // As `[compare.limit]` of crossover.toml names it.
    let percent: BTreeMap<Cost, f64> = serde_json::from_str(r#"{ "longest-call": 150, "build-flags": 100 }"#).unwrap();
    let gate = found(&Limits { percent, ..Limits::default() });
    assert_eq!(finding(&gate, TIMED), (Finding::Unchanged, 150.0));
    assert_eq!(finding(&gate, EXACT), (Finding::Unchanged, 100.0));
}

#[test]
fn the_history_follows_it() {
    let folder = std::env::temp_dir().join(format!("crossover-metric-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut history = History::create(&folder.join("history.sqlite")).unwrap();
    for run in [run(), later()] {
        history.add(&Entry::of(&Report::from_run(&run)).unwrap()).unwrap();
    }
    let metrics = vec![followed_metric("longest_call_ns").unwrap(), followed_metric("build_flags").unwrap()];
    let trend = Trend::of(&history.read(&Filter { metrics, ..Filter::default() }).unwrap());
    drop(history);
    std::fs::remove_dir_all(&folder).unwrap();
    let of = |metric: Metric, input: Option<&str>| {
        let mut series = trend.series.iter().filter(|series| series.key.contender == "wasm");
        series.find(|series| series.key.metric == metric && series.key.input.as_deref() == input).unwrap()
    };
    assert_eq!((of(TIMED, Some("1MB")).basis, of(TIMED, Some("1MB")).runs), (Basis::Ratio, 2));
    let flags = of(EXACT, None);
    assert_eq!((flags.basis, flags.changes.len(), flags.figure), (Basis::Exact, 1, 2.0));
    assert_eq!(crate::history::trend_text::step(flags, &flags.changes[0]), "+1 (+100 %) more");
}

#[test]
fn no_two_metrics_share_a_name() {
    let all = || Metric::ALL.iter();
    for names in [
        all().map(|metric| metric.id).collect::<Vec<_>>(),
        all().map(|metric| metric.words).collect(),
        all().filter_map(|metric| Some(metric.limit?.key)).collect(),
        all().filter_map(|metric| metric.measure).collect(),
        all().flat_map(|metric| metric.csv).map(|(heading, _)| *heading).collect(),
        all().flat_map(|metric| metric.columns).map(|(heading, _)| *heading).collect(),
    ] {
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
        assert!(names.iter().all(|name| !name.is_empty()), "{names:?}");
    }
}

#[test]
fn a_metric_is_written_and_read_by_its_id() {
    for metric in Metric::ALL {
        assert_eq!(serde_json::to_value(metric).unwrap(), metric.id);
        assert_eq!(serde_json::from_value::<Metric>(metric.id.into()).unwrap(), *metric);
    }
    assert!(serde_json::from_str::<Metric>(r#""fps""#).unwrap_err().to_string().contains("unknown metric `fps`"));
    for cost in Cost::all() {
        assert_eq!(serde_json::to_value(cost).unwrap(), cost.name());
        assert_eq!(serde_json::from_value::<Cost>(cost.name().into()).unwrap(), cost);
    }
}

#[test]
fn only_costs_that_are_read_are_compared_gated_and_followed() {
    for metric in Metric::ALL {
        let is_used = metric.compared != Compared::Never || metric.limit.is_some() || metric.followed;
        let is_cost = metric.better == Better::Smaller && !matches!(metric.read, Read::Derived);
        assert!(is_cost || !is_used, "{metric:?}");
    }
}

#[test]
fn what_only_calls_have_is_shown_of_no_other_metric() {
    let of_calls = [Number::P95, Number::Throughput];
    for metric in Metric::ALL.iter().filter(|metric| **metric != Metric::CALL) {
        assert!(metric.csv.iter().all(|(_, number)| !of_calls.contains(number)), "{metric:?}");
        let is_of_calls = |shown: &Shown| matches!(shown, Shown::Number(number) if of_calls.contains(number));
        assert!(!metric.columns.iter().any(|(_, shown)| is_of_calls(shown)), "{metric:?}");
    }
}
