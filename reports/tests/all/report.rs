//! The contents of a run's report: every planned cell, failures once, tracks apart.

use crossover_reports::export::{Colour, Format, export, terminal};
use crossover_reports::metric::Metric;
use crossover_reports::report::{
    CellReport, Comparison, FailureRow, Outcome, Report, wording::comparison as comparison_words,
};
use crossover_reports::run::{self, Failure, Stage};

use crate::synthetic;

fn cell<'a>(report: &'a Report, kernel: &str, input: &str, contender: &str) -> &'a CellReport {
    report
        .cells
        .iter()
        .find(|cell| (&*cell.kernel, &*cell.input, &*cell.contender) == (kernel, input, contender))
        .unwrap()
}

#[test]
fn every_planned_cell_is_there_once() {
    let run = synthetic::four_kernels(3);
    let report = Report::from_run(&run);
    let planned: usize = run.header.kernels.iter().map(|k| k.inputs.len() * k.contenders.len()).sum();
    assert_eq!(report.cells.len(), planned);
}

#[test]
fn figures_of_a_cell() {
    let report = Report::from_run(&synthetic::four_kernels(6));
    let cell = cell(&report, "hashing-blake3", "1MB", "wasm-simd");
    let call = cell.call_ns.unwrap();
    let [low, high] = call.ci.unwrap();
    assert!(low < call.median && call.median < high && call.median < call.p95.unwrap());
    assert!((call.median / 0.574e6 - 1.0).abs() < 0.03, "{call:?}");
    assert_eq!((cell.blocks, cell.rounds, cell.steady_blocks), (6, 120, 6));
    assert!((cell.throughput_bytes_per_s.unwrap() * call.median / 1e9 / 1_048_576.0 - 1.0).abs() < 1e-9);
    let boundary = cell.boundary_ns.unwrap();
    assert!((boundary.share - 0.13).abs() < 0.01);
    assert!(boundary.residual_share.unwrap().abs() < 0.02);
    let cold = cell.cold_start_ns.as_ref().unwrap();
    assert_eq!((cold.samples, cold.phases.setup), (18, None));
    assert!(cold.residual > 0.0 && cold.residual < 0.2e6);
}

#[test]
fn the_headline_gives_both_factors_and_the_hardest_outcome() {
    let report = Report::from_run(&synthetic::four_kernels(6));
    let headlines = report.headlines();
    let [hashing, text, image, zstd] = &headlines[..] else { panic!("four kernels, one browser") };

    assert_eq!(hashing.candidate.unwrap().contender, "wasm-simd");
    let against: Vec<String> = hashing.factors.iter().map(|factor| factor.against()).collect();
    assert_eq!(against, ["js (ecosystem)", "js-tuned (controlled)"]);
    assert_eq!((hashing.outcome(), hashing.finding()), (Outcome::Faster, "Port it"));

    assert_eq!((text.outcome(), text.finding()), (Outcome::Slower, "Keep JavaScript"));
    assert_eq!((image.outcome(), image.factors.len()), (Outcome::Faster, 1));
    assert_eq!((zstd.outcome(), zstd.finding()), (Outcome::Unsure, "Can't tell yet"));
}

#[test]
fn candidates_meet_every_javascript_contender() {
    let report = Report::from_run(&synthetic::four_kernels(6));
    let pairs: Vec<(&str, &str)> = report
        .comparisons
        .iter()
        .filter(|c| c.kernel == "hashing-blake3" && c.input == "1MB" && c.metric == Metric::CALL)
        .map(|c| (&*c.baseline, &*c.candidate))
        .collect();
    assert_eq!(
        pairs,
        [
            ("js", "js-tuned"),
            ("js", "wasm"),
            ("js", "wasm-simd"),
            ("js", "platform"),
            ("js-tuned", "wasm"),
            ("js-tuned", "wasm-simd"),
            ("js-tuned", "platform"),
        ]
    );
    assert!(report.comparisons.iter().all(|c| c.metric != Metric::SIZE || c.ci == c.ratio.map(|r| [r, r])));
}

#[test]
fn failures_are_listed_once_with_their_blocks() {
    let report = Report::from_run(&synthetic::four_kernels(6));
    let [failure] = &report.failures[..] else { panic!("one reason: {:?}", report.failures) };
    assert_eq!((&*failure.contender, failure.stage, failure.blocks), ("wasm-simd", Stage::Verify, 6));
    let cell = cell(&report, "image-thumbnail", "64KB", "wasm-simd");
    assert_eq!(cell.failure.as_ref(), Some(&failure.reason));
    assert_eq!(cell.call_ns, None);
}

#[test]
fn one_block_has_figures_and_no_interval() {
    let report = Report::from_run(&synthetic::four_kernels(1));
    let cell = cell(&report, "hashing-blake3", "1MB", "wasm");
    assert_eq!(cell.call_ns.unwrap().ci, None);
    let timed = report.comparisons.iter().filter(|c| c.metric != Metric::SIZE);
    assert!(timed.into_iter().all(|c| c.ci.is_none() && c.outcome == Outcome::Unsure));
}

#[test]
fn a_contender_without_another_to_compare_with_is_reported_as_alone() {
    let mut run = synthetic::four_kernels(1);
    let (kernel, baseline) = (run.header.kernels[0].name.clone(), run.header.kernels[0].baseline.clone());
    run.rows.retain(|row| row.cell.kernel != kernel || row.cell.contender != baseline);
    for row in run.rows.iter_mut().filter(|row| row.cell.kernel == kernel) {
        row.outcome = run::RowOutcome::Failure(Failure { stage: Stage::Verify, reason: "wrong".to_owned() });
    }
    let report = Report::from_run(&run);
    let of_baseline = |row: &&FailureRow| row.kernel == kernel && row.contender == baseline;
    let reasons: Vec<_> = report.failures.iter().filter(of_baseline).map(|row| row.reason.as_str()).collect();
    assert!(!reasons.is_empty());
    assert!(reasons.iter().all(|reason| reason.contains("nothing was left to compare it with")), "{reasons:?}");
}

#[test]
fn a_stopped_run_says_what_it_did_not_reach() {
    let mut run = synthetic::four_kernels(1);
    run.truncated = true;
    run.rows.truncate(1);
    let report = Report::from_run(&run);
    assert!(report.run.truncated);
    let reason = "the run was stopped before this was measured";
    assert_eq!(report.failures.iter().filter(|row| row.reason == reason).count(), report.cells.len() - 1);
}

#[test]
fn samples_of_an_unplanned_cell_are_named_and_left_out() {
    let mut run = synthetic::four_kernels(1);
    let mut stranger = run.rows[0].clone();
    stranger.cell.contender = "stranger".to_owned();
    let failure = Failure { stage: Stage::Load, reason: "404".to_owned() };
    run.rows.push(run::Row { outcome: run::RowOutcome::Failure(failure), ..stranger.clone() });
    run.rows.push(stranger);
    let report = Report::from_run(&run);
    let reasons: Vec<&str> =
        report.failures.iter().filter(|row| row.contender == "stranger").map(|row| &*row.reason).collect();
    assert_eq!(reasons, ["404", "samples left out: the run's header does not name this cell"]);
}

#[test]
fn a_resumed_block_counts_once() {
    let mut run = synthetic::four_kernels(2);
    run.rows.extend(run.rows.clone());
    assert_eq!(Report::from_run(&run).cells, Report::from_run(&synthetic::four_kernels(2)).cells);
}

#[test]
fn a_bimodal_comparison_says_so_in_every_format() {
    let mut run = synthetic::four_kernels(12);
    for row in &mut run.rows {
        let run::RowOutcome::Samples(samples) = &mut row.outcome else { continue };
        if row.cell.contender == "wasm" && row.cell.kernel == "text-highlight" && row.block % 3 == 0 {
            samples.call.iter_mut().for_each(|sample| sample.ns *= 1.3);
        }
    }
    let report = Report::from_run(&run);
    let call = |c: &&Comparison| c.kernel == "text-highlight" && c.input == "1MB" && c.metric == Metric::CALL;
    let comparison = report.comparisons.iter().find(call).unwrap();
    let [low, high] = comparison.modes.unwrap();
    assert!((high / low - 1.3).abs() < 0.05 && comparison.outcome == Outcome::Slower, "{comparison:?}");
    assert_eq!(report.comparisons.iter().filter(|c| c.modes.is_some()).count(), 2, "one per input");
    let said = comparison_words(comparison);
    assert!(said.ends_with("slower (bimodal)"), "{said}");
    for text in [
        terminal(&report, Colour::Never),
        export(&report, Format::Markdown).unwrap(),
        export(&report, Format::Html).unwrap(),
    ] {
        assert!(text.contains(&said), "{text}");
    }
}
