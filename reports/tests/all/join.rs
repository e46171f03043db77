//! Joining runs: of one plan only, none twice, and blocks of two runs never become a pair.

use std::collections::BTreeSet;

use crossover_reports::metric::Metric;
use crossover_reports::report::{Look, Report};
use crossover_reports::run::{JoinError, Row, RowOutcome, Run, Sample, Samples, Schedule};

use crate::synthetic;

/// Runs of one plan with names of their own.
fn runs(count: usize) -> Vec<Run> {
    (0..count)
        .map(|number| {
            let mut run = synthetic::four_kernels(3);
            run.header.id = format!("run-{number}");
            run.header.seed = number as u64;
            run
        })
        .collect()
}

#[test]
fn blocks_are_numbered_anew_and_what_shared_one_still_does() {
    let joined = Run::join(runs(3)).unwrap();
    assert_eq!(joined.header.id, "run-0+run-1+run-2");
    let single = runs(1).remove(0);
    assert_eq!(joined.rows.len(), 3 * single.rows.len());
    for (at, row) in joined.rows.iter().enumerate() {
        let (run, old) = (at / single.rows.len(), &single.rows[at % single.rows.len()]);
        assert_eq!((&row.cell, row.block), (&old.cell, old.block + 3 * run as u32));
    }
    let cells: BTreeSet<_> = joined.rows.iter().map(|row| (&row.cell, row.block)).collect();
    assert_eq!(cells.len(), joined.rows.len());
}

#[test]
fn more_blocks_than_a_plan_has_narrow_the_interval() {
    let width = |run: &Run| {
        let report = Report::from_run(run);
        let comparison = report.comparisons.iter().find(|comparison| comparison.metric == Metric::CALL).unwrap();
        let [low, high] = comparison.ci.unwrap();
        (comparison.blocks, high - low)
    };
    let runs = runs(4);
    let (blocks, single) = width(&runs[0]);
    let (joined_blocks, joined) = width(&Run::join(runs).unwrap());
    assert_eq!((blocks, joined_blocks), (3, 12));
    assert!(joined < single, "{joined} is not below {single}");
}

#[test]
fn one_run_is_itself_and_no_run_is_none() {
    let run = runs(1).remove(0);
    assert_eq!(Run::join(vec![run.clone()]).unwrap(), run);
    assert_eq!(Run::join(Vec::new()).unwrap_err(), JoinError::Nothing);
}

#[test]
fn numbers_at_the_end_of_their_range_are_joined_as_well() {
    let mut runs = runs(2);
    runs[0].rows[0].block = u32::MAX;
    let joined = Run::join(runs).unwrap();
    assert!(joined.rows.iter().all(|row| row.block < 7));
}

#[test]
fn a_run_given_twice_is_refused() {
    let mut runs = runs(2);
    runs.push(runs[1].clone());
    let error = Run::join(runs).unwrap_err();
    assert_eq!(error, JoinError::Twice { first: 1, second: 2, id: "run-1".to_owned() });
    assert!(error.to_string().contains("runs 2 and 3 are the same run `run-1`"), "{error}");
}

#[test]
fn a_run_of_another_plan_is_refused_and_the_difference_is_named() {
    let mut runs = runs(3);
    runs[2].header.kernels[0].inputs[1].sha256 = "00".to_owned();
    let error = Run::join(runs).unwrap_err();
    assert!(matches!(error, JoinError::OtherPlan { other: 2, .. }));
    let message = error.to_string();
    assert!(
        message.starts_with("runs 1 and 3 differ in `sha256` of input `1MB` of kernel `hashing-blake3`"),
        "{message}"
    );
}

/// One block of two contenders that take equally long, but for 3 % from browser to browser.
fn equals(noise: &mut synthetic::Noise, block: u32) -> Vec<Row> {
    let row = |(contender, ns): (&str, f64)| {
        let call = vec![Sample { round: 0, calls: 1, ns }];
        let samples = Samples { call, ..Samples::default() };
        let cell = synthetic::cell("text-highlight", "64KB", contender);
        Row { cell, block, conditions: None, outcome: RowOutcome::Samples(Box::new(samples)) }
    };
    ["js", "wasm"].map(|contender| (contender, 1e6 * (0.03 * noise.gaussian()).exp())).map(row).into()
}

#[test]
fn equal_contenders_are_rarely_called_different_by_two_runs_that_each_stopped_at_a_look() {
    const TRIALS: u32 = 600;
    let mut header = synthetic::four_kernels(0).header;
    header.kernels = vec![header.kernels.remove(1)];
    header.schedule = Schedule { looks: vec![6, 10, 15, 20], ..header.schedule };
    let kernel = header.kernels[0].clone();
    let look = |rows: &[Row]| Look::at(&header.schedule, &kernel, "64KB", "chromium", rows);
    let mut noise = synthetic::Noise(1);
    let mut told_apart = 0;
    for _ in 0..TRIALS {
        let mut measure = |id: &str| {
            let mut run = Run { header: header.clone(), rows: Vec::new(), truncated: false };
            run.header.id = id.to_owned();
            for block in 0..header.schedule.most_blocks() {
                run.rows.extend(equals(&mut noise, block));
                if header.schedule.looks.contains(&(block + 1)) && look(&run.rows).is_enough(&header.schedule) {
                    break;
                }
            }
            run
        };
        let joined = Run::join(vec![measure("a"), measure("b")]).unwrap();
        let ci = look(&joined.rows).ratios[0].1.ci.unwrap();
        told_apart += u32::from(ci[0] > 1.0 || ci[1] < 1.0);
    }
    assert!(f64::from(told_apart) <= 0.05 * f64::from(TRIALS), "{told_apart} of {TRIALS}");
}
