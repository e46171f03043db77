//! Joining runs: of one plan only, none twice, and no two blocks made into a pair that were none.

use std::collections::BTreeSet;

use crossover_reports::metric::Metric;
use crossover_reports::report::Report;
use crossover_reports::run::{JoinError, Run};

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
    assert_eq!(joined.blocks.len(), 3 * single.blocks.len());
    for (at, row) in joined.blocks.iter().enumerate() {
        let (run, old) = (at / single.blocks.len(), &single.blocks[at % single.blocks.len()]);
        assert_eq!((&row.cell, row.block), (&old.cell, old.block + 3 * run as u32));
    }
    let cells: BTreeSet<_> = joined.blocks.iter().map(|row| (&row.cell, row.block)).collect();
    assert_eq!(cells.len(), joined.blocks.len());
}

#[test]
fn more_blocks_than_a_plan_has_narrow_the_interval() {
    let width = |run: &Run| {
        let report = Report::from_run(run);
        let comparison = report.comparisons.iter().find(|comparison| comparison.metric == Metric::CallNs).unwrap();
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
    runs[0].blocks[0].block = u32::MAX;
    let joined = Run::join(runs).unwrap();
    assert!(joined.blocks.iter().all(|row| row.block < 7));
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
