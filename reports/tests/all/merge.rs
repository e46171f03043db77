//! Runs side by side: measurements of one machine are never mixed with those of another.

use std::collections::BTreeSet;

use crossover_reports::chart;
use crossover_reports::export::{Colour, Format, export, terminal};
use crossover_reports::report::Report;
use crossover_reports::run::{Cell, Header, JoinError, Machine, Run, Shards};

use crate::synthetic;

/// A whole run with a name of its own.
fn whole(id: &str) -> Run {
    let mut run = synthetic::four_kernels(3);
    run.header.id = id.to_owned();
    run
}

/// What a shard has of a whole run: every `of`-th pair of kernel and input, from `number` on.
fn shard(number: u32, of: u32) -> Run {
    let mut run = whole(&format!("shard-{number}"));
    let plan = run.header.whole_plan();
    let mut at = 0;
    for kernel in &mut run.header.kernels {
        kernel.inputs.retain(|_| {
            at += 1;
            at % of == number % of
        });
    }
    run.header.kernels.retain(|kernel| !kernel.inputs.is_empty());
    run.header.shards = Some(Shards { numbers: vec![number], of, plan });
    let (header, rows) = (&run.header, &mut run.rows);
    let groups: BTreeSet<_> = header.groups(&header.strata[0]).map(|group| (group.kernel, group.input)).collect();
    rows.retain(|row| groups.contains(&(row.cell.kernel.clone(), row.cell.input.clone())));
    run
}

fn on(cpu: &str, mut run: Run) -> Run {
    run.header.machine.cpu = cpu.to_owned();
    run
}

fn cells(run: &Run) -> BTreeSet<Cell> {
    run.rows.iter().map(|row| row.cell.clone()).collect()
}

fn labels(run: &Run) -> Vec<String> {
    let labels = run.header.labels();
    run.header.strata.iter().map(|stratum| labels[&stratum.id].clone()).collect()
}

#[test]
fn all_shards_of_machines_that_look_alike_are_a_whole_run() {
    let merged = Run::merge(vec![shard(3, 3), shard(1, 3), shard(2, 3)]).unwrap();
    let whole = whole("whole");
    assert_eq!(cells(&merged), cells(&whole));
    let but_for_names = |header: &Header| Header { id: String::new(), ..header.clone() };
    assert_eq!(but_for_names(&merged.header), but_for_names(&whole.header));
    let [mut merged, mut whole] = [merged, whole].map(|run| Report::from_run(&run));
    // Blocks are numbered anew, so that none has a number twice.
    for cell in merged.cells.iter_mut().chain(&mut whole.cells) {
        cell.calls_by_block.iter_mut().for_each(|calls| calls.block = 0);
    }
    assert_eq!(merged.cells, whole.cells);
    assert_eq!(merged.comparisons, whole.comparisons);
    assert_eq!(merged.failures, whole.failures);
    assert_eq!(merged.verdicts.len(), whole.verdicts.len());
}

#[test]
fn one_shard_lacks_nothing_that_was_not_its_own() {
    let report = Report::from_run(&shard(2, 3));
    assert!(
        report.failures.iter().all(|row| !row.reason.starts_with("the run ended before this was measured")),
        "{:?}",
        report.failures
    );
    let part = "This is shard 2 of 3 of a plan, without what shards 1 and 3 would measure";
    assert!(terminal(&report, Colour::Never).split_whitespace().collect::<Vec<_>>().join(" ").contains(part));
    for format in [Format::Html, Format::Markdown] {
        assert!(export(&report, format).unwrap().contains(part), "{}", format.name());
    }
}

#[test]
fn shards_that_are_missing_are_known_and_the_others_kept() {
    let merged = Run::merge(vec![shard(1, 4), shard(3, 4)]).unwrap();
    let shards = merged.header.shards.as_ref().unwrap();
    assert_eq!((shards.words().as_str(), shards.missing()), ("shards 1 and 3 of 4", vec![2, 4]));
    // The others can be added later.
    let rest = Run::merge(vec![shard(2, 4), shard(4, 4)]).unwrap();
    let all = Run::merge(vec![merged, rest]).unwrap();
    assert_eq!(all.header.shards, None);
    assert_eq!(cells(&all), cells(&whole("whole")));
    // There are eight pairs of kernel and input: of more shards, the rest have nothing to measure.
    let many = Shards { numbers: (1..=8).collect(), of: 20, plan: whole("whole").header.whole_plan() };
    assert!(many.missing().is_empty());
}

#[test]
fn machines_stand_side_by_side_in_every_format() {
    let merged = Run::merge(vec![whole("a"), on("Intel(R) Xeon(R) CPU @ 2.20GHz", whole("b"))]).unwrap();
    assert_eq!(labels(&merged), ["chromium (AMD EPYC 7B13, 2 cores)", "chromium (Intel Xeon, 2 cores)"]);
    assert_eq!(merged.header.shards, None);
    let report = Report::from_run(&merged);
    let single = Report::from_run(&whole("a"));
    assert_eq!(report.cells.len(), 2 * single.cells.len());
    assert_eq!(report.comparisons.len(), 2 * single.comparisons.len());
    assert_eq!(report.headlines().len(), 2 * single.headlines().len());
    for comparison in &report.comparisons {
        assert!(comparison.blocks <= 3, "{} was pooled", comparison.stratum);
    }
    for text in [export(&report, Format::Html), export(&report, Format::Markdown), Ok(terminal(&report, Colour::Never))]
    {
        let text = text.unwrap();
        for label in labels(&merged) {
            assert!(text.contains(&label), "no `{label}`");
        }
    }
    let page = export(&report, Format::Html).unwrap();
    assert!(page.contains("Side by side"));
    assert!(!export(&single, Format::Html).unwrap().contains("Side by side"), "one place is beside nothing");
    assert!(
        page.contains("on Intel(R) Xeon(R) CPU @ 2.20GHz, 2 logical cores"),
        "the report does not show the machine"
    );
    let charts: BTreeSet<_> = chart::all(&report).unwrap().into_iter().map(|(name, _)| name).collect();
    assert!(charts.iter().any(|name| name.contains("intel-xeon")), "{charts:?}");
}

#[test]
fn shards_of_unlike_machines_are_strata_and_none_lacks_what_the_other_has() {
    let merged = Run::merge(vec![shard(1, 2), on("Other", shard(2, 2))]).unwrap();
    assert_eq!(labels(&merged), ["chromium (AMD EPYC 7B13, 2 cores)", "chromium (Other, 2 cores)"]);
    let report = Report::from_run(&merged);
    let missing: Vec<_> =
        report.failures.iter().filter(|row| row.reason.starts_with("the run ended before this was measured")).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(report.cells.len(), cells(&merged).len());
    // The same with the machine that a browser has instead of the header's.
    let mut elsewhere = shard(2, 2);
    elsewhere.header.strata[0].machine = Some(Machine { memory_bytes: None, ..elsewhere.header.machine.clone() });
    assert_eq!(Run::merge(vec![shard(1, 2), elsewhere]).unwrap().header.strata.len(), 2);
}

#[test]
fn what_was_measured_twice_is_never_pooled() {
    let merged = Run::merge(vec![whole("a"), whole("b"), shard(1, 3)]).unwrap();
    let label = |number| format!("chromium (AMD EPYC 7B13, 2 cores) #{number}");
    assert_eq!(labels(&merged), [label(1), label(2), label(3)]);
    assert!(Report::from_run(&merged).cells.iter().all(|cell| cell.blocks <= 3));
}

#[test]
fn other_versions_of_a_browser_are_distinguished() {
    let mut newer = whole("b");
    newer.header.strata[0].runtime.version = "144.0".to_owned();
    let merged = Run::merge(vec![whole("a"), newer]).unwrap();
    let place = "(AMD EPYC 7B13, 2 cores)";
    assert_eq!(labels(&merged), [format!("chromium 143.0.7499.40 {place}"), format!("chromium 144.0 {place}")]);
}

#[test]
fn several_browsers_of_one_machine_keep_their_names() {
    let mut firefox = whole("b");
    firefox.header.strata[0].id = "firefox".to_owned();
    firefox.header.strata[0].runtime.id = "firefox".to_owned();
    firefox.rows.iter_mut().for_each(|row| row.cell.stratum = "firefox".to_owned());
    let merged = Run::merge(vec![whole("a"), firefox]).unwrap();
    assert_eq!(labels(&merged), ["chromium", "firefox"]);
}

#[test]
fn runs_that_are_of_no_one_plan_are_refused_and_the_difference_is_named() {
    type Change = fn(&mut Header);
    let cases: [(Change, &str); 8] = [
        (|h| h.seed = 8, "`seed`: 7 against 8"),
        (|h| h.kernels[0].contenders[1].build = vec!["-O9".to_owned()], "`build` of contender"),
        (|h| h.kernels[0].inputs[0].sha256 = "00".to_owned(), "`sha256` of input `64KB` of kernel"),
        (|h| h.toolchain.rustc = Some("rustc 1.97.0".to_owned()), "`rustc` of `toolchain`"),
        (|h| h.shards.as_mut().unwrap().of = 3, "the number of shards: 2 against 3"),
        (|h| h.shards.as_mut().unwrap().plan.truncate(2), "kernels: `hashing-blake3`"),
        (|h| h.shards.as_mut().unwrap().plan[0].inputs.truncate(1), "`inputs` of kernel `hashing-blake3`"),
        (|h| h.strata[0].emulation.cpu_throttle = Some(4.0), "`emulation`"),
    ];
    for (change, words) in cases {
        // The same pairs in both, so that there is something in common to differ in.
        let mut other = shard(1, 2);
        other.header.id = "other".to_owned();
        change(&mut other.header);
        match Run::merge(vec![shard(1, 2), other]).unwrap_err() {
            JoinError::OtherPlan { other: 1, difference } => {
                assert!(difference.contains(words), "no `{words}` in: {difference}");
            }
            error => panic!("{error}"),
        }
    }
}

#[test]
fn what_may_differ_between_machines_is_no_difference() {
    let mut other = shard(2, 2);
    other.header.toolchain.rustc = None;
    other.header.started_at = "2026-02-01T00:00:00Z".to_owned();
    other.header.git_revision = Some("327d5f4c0ffee-dirty".to_owned());
    let merged = Run::merge(vec![shard(1, 2), other]).unwrap().header;
    assert_eq!(merged.toolchain.rustc.as_deref(), Some("rustc 1.96.0"));
    assert_eq!(merged.started_at, "2026-02-01T00:00:00Z");
    assert_eq!((merged.id.as_str(), merged.git_revision), ("shard-1+shard-2", None));
}

#[test]
fn a_run_given_twice_is_refused_also_inside_of_what_was_merged() {
    let error = Run::merge(vec![shard(1, 3), shard(1, 3)]).unwrap_err();
    assert_eq!(error, JoinError::Twice { first: 0, second: 1, id: "shard-1".to_owned() });
    let merged = Run::merge(vec![shard(1, 3), shard(2, 3)]).unwrap();
    let error = Run::merge(vec![merged, shard(2, 3)]).unwrap_err();
    assert_eq!(error, JoinError::Twice { first: 0, second: 1, id: "shard-2".to_owned() });
    assert_eq!(Run::merge(Vec::new()).unwrap_err(), JoinError::Nothing);
}

#[test]
fn rows_that_a_run_does_not_plan_do_not_get_among_those_of_another() {
    let mut foreign = shard(2, 3);
    foreign.rows.extend(shard(1, 3).rows);
    let merged = Run::merge(vec![shard(1, 3), foreign]).unwrap();
    assert!(Report::from_run(&merged).cells.iter().all(|cell| cell.blocks <= 3));
    assert!(merged.rows.iter().any(|row| row.cell.stratum == "chromium of run shard-2"));
}
