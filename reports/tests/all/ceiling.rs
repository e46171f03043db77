//! Native code in a report: a ceiling for Wasm, and not a candidate.

use crossover_reports::export::{Colour, Format, export, terminal};
use crossover_reports::history::Entry;
use crossover_reports::metric::Metric;
use crossover_reports::report::{self, Report};
use crossover_reports::run::*;

use crate::synthetic;

const KERNEL: &str = "hashing-blake3";

/// A run in which native code takes `share` of the time of each sample of the contender `wasm`.
pub fn with_native(share: f64) -> Run {
    let mut run = synthetic::four_kernels(6);
    let kernel = run.header.kernels.iter_mut().find(|kernel| kernel.name == KERNEL).unwrap();
    let native = Contender { size_bytes: None, size_steps: Vec::new(), ..synthetic::contender("native", Kind::Native) };
    kernel.contenders.push(native);
    let runtime =
        Runtime { id: "native".to_owned(), family: Family::Native, version: "1.96.0".to_owned(), flags: Vec::new() };
    let beside = Stratum { id: "native".to_owned(), runtime, ..run.header.strata[0].clone() };
    run.header.strata.push(beside);
    let rows: Vec<Row> = run.rows.iter().filter_map(|row| natively(row, share)).collect();
    run.rows.extend(rows);
    run
}

fn natively(row: &Row, share: f64) -> Option<Row> {
    let RowOutcome::Samples(samples) = &row.outcome else { return None };
    let of_wasm = row.cell.kernel == KERNEL && row.cell.contender == "wasm";
    let call = samples.call.iter().map(|sample| Sample { ns: sample.ns * share, ..*sample }).collect();
    let cell = Cell { contender: "native".to_owned(), stratum: "native".to_owned(), ..row.cell.clone() };
    let outcome = RowOutcome::Samples(Box::new(Samples { call, ..Samples::default() }));
    of_wasm.then(|| Row { cell, outcome, ..row.clone() })
}

#[test]
fn wasm_is_compared_with_native_code_by_its_calls_alone() {
    let report = Report::from_run(&with_native(0.8));
    let against: Vec<_> = report.comparisons.iter().filter(|one| one.baseline == "native").collect();
    assert!(!against.is_empty());
    assert!(against.iter().all(|one| one.metric == Metric::CALL && one.kernel == KERNEL));
    let wasm = against.iter().find(|one| one.candidate == "wasm").unwrap();
    assert!((wasm.ratio.unwrap() - 1.25).abs() < 1e-9, "{wasm:?}");
    assert_eq!(wasm.outcome, report::Outcome::Slower);
}

#[test]
fn native_code_is_in_the_tables_and_the_history_as_others_are() {
    let report = Report::from_run(&with_native(0.8));
    let native = report.cells.iter().find(|cell| cell.kind == Kind::Native && cell.input == "1MB").unwrap();
    let beside: Vec<_> = report.cells_of(KERNEL, "1MB", "chromium").map(|cell| cell.contender.as_str()).collect();
    assert_eq!(beside.last(), Some(&"native"));
    assert!(report.comparison(native, "js", Metric::CALL).is_some_and(|one| one.ratio.is_some()));
    let entry = Entry::of(&report).unwrap();
    let followed = entry.figures.iter().find(|figure| figure.key.contender == "native").unwrap();
    assert_eq!((followed.key.runtime.as_deref(), followed.ratio.is_some()), (Some("native"), true));
}

#[test]
fn native_code_is_no_candidate() {
    let report = Report::from_run(&with_native(0.001));
    assert!(report.verdicts.iter().all(|verdict| verdict.candidate != "native"));
    let headline = report.headlines().into_iter().find(|headline| headline.kernel.name == KERNEL).unwrap();
    assert_ne!(headline.candidate.map(|cell| cell.contender.as_str()), Some("native"));
    assert!(report.failures.iter().all(|row| row.contender != "native"), "it has no start and no size, and lacks none");
}

#[test]
fn every_format_shows_the_part_of_native_speed() {
    let report = Report::from_run(&with_native(0.8));
    let text = terminal(&report, Colour::Never);
    let row = text.lines().find(|line| line.contains("hashing-blake3 · wasm ")).unwrap_or_else(|| panic!("{text}"));
    assert!(row.contains("0.80 ("), "{row}");
    assert!(!export(&report, Format::Html).unwrap().contains("no samples"), "nothing is asked of it that it has not");
    for format in [Format::Html, Format::Markdown] {
        let text = export(&report, format).unwrap();
        assert!(text.contains("Part of native speed") && text.contains("0.80 ("), "{}", format.name());
    }
    let without = Report::from_run(&synthetic::four_kernels(6));
    assert!(!terminal(&without, Colour::Never).contains("native"));
}
