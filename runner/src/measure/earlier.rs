//! What is left to do after an earlier part of the same run. Pure.

use crossover_reports::run::{Progress, Row, RowOutcome};

use crate::prepare::{Prepared, PreparedGroup};

/// Takes out the contenders that the rows of the `earlier` part took out. Returns rows for those that could not be built,
/// or whose answers are wrong, and that have no such row yet. Such a row belongs to the first incomplete block, so that it
/// replaces no samples.
#[must_use]
pub fn take_up(prepared: &mut Prepared, earlier: &[Row]) -> Vec<Row> {
    let mut refused = Vec::new();
    for group in prepared.values_mut() {
        let progress = progress(group, earlier);
        for at in 0..group.contenders.len() {
            let contender = &group.contenders[at];
            match (progress.out(&contender.name), &contender.urls) {
                (Some(failure), _) => group.fail(at, failure.clone()),
                (None, Err(failure)) => {
                    let outcome = RowOutcome::Failure(failure.clone());
                    refused.push(Row { cell: group.cell(at), block: progress.blocks, conditions: None, outcome });
                }
                (None, Ok(_)) => {}
            }
        }
    }
    refused
}

/// How far a group has come by the rows of the `earlier` part.
fn progress(group: &PreparedGroup, earlier: &[Row]) -> Progress {
    Progress::of(&group.cell(group.baseline), group.contenders.iter().map(|contender| &*contender.name), earlier)
}

#[cfg(test)]
mod tests {
    use crossover_reports::run::{Failure, Stage};

    use super::*;
    use crate::plan::Group;

    fn failure(stage: Stage) -> Failure {
        Failure { stage, reason: "no".to_owned() }
    }

    /// One group of `js`, `wasm` and `simd`, of which those named have failed before measuring.
    fn prepared(failed: &[&str]) -> Prepared {
        let mut group = PreparedGroup::example(&["js", "wasm", "simd"]);
        for at in 0..group.contenders.len() {
            if failed.contains(&&*group.contenders[at].name) {
                group.fail(at, failure(Stage::Verify));
            }
        }
        Prepared::from([(Group { stratum: 0, kernel: 0, input: 0 }, group)])
    }

    fn row(contender: usize, block: u32, outcome: RowOutcome) -> Row {
        Row { cell: prepared(&[]).values().next().unwrap().cell(contender), block, conditions: None, outcome }
    }

    fn samples() -> RowOutcome {
        RowOutcome::Samples(Box::default())
    }

    fn live(prepared: &Prepared) -> Vec<usize> {
        prepared.values().next().unwrap().live()
    }

    #[test]
    fn a_run_from_its_start_records_failures_in_block_0() {
        let mut prepared = prepared(&["wasm"]);
        assert_eq!(take_up(&mut prepared, &[]), [row(1, 0, RowOutcome::Failure(failure(Stage::Verify)))]);
        assert_eq!(live(&prepared), [0, 2]);
    }

    #[test]
    fn a_contender_that_failed_before_measuring_is_recorded_once() {
        let earlier =
            [row(1, 0, RowOutcome::Failure(failure(Stage::Verify))), row(0, 0, samples()), row(2, 0, samples())];
        // Also where it would pass now: the rows of a run are of contenders that were in it from its start.
        for failed in [&["wasm"][..], &[]] {
            let mut prepared = prepared(failed);
            assert_eq!(take_up(&mut prepared, &earlier), []);
            assert_eq!(live(&prepared), [0, 2]);
        }
    }

    #[test]
    fn a_contender_that_was_given_up_is_taken_out_without_a_row() {
        let given_up = row(2, 0, RowOutcome::Failure(failure(Stage::Runtime)));
        let earlier =
            [given_up, row(0, 0, samples()), row(1, 0, samples()), row(0, 1, samples()), row(1, 1, samples())];
        let mut prepared = prepared(&[]);
        assert_eq!(take_up(&mut prepared, &earlier), []);
        assert_eq!(live(&prepared), [0, 1]);
    }

    #[test]
    fn a_contender_that_fails_later_keeps_its_samples() {
        let earlier = [0, 1, 2].map(|contender| row(contender, 0, samples()));
        let mut prepared = prepared(&["simd"]);
        assert_eq!(take_up(&mut prepared, &earlier), [row(2, 1, RowOutcome::Failure(failure(Stage::Verify)))]);
    }
}
