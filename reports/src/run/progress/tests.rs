//! Progress, read off short lists of rows: `s` stands for samples, the other letters for stages of failures.

use super::*;

fn cell(contender: &str) -> Cell {
    let [kernel, input, contender, stratum] = ["k", "i", contender, "b"].map(str::to_owned);
    Cell { kernel, input, contender, stratum }
}

/// A row: contender, block, and outcome.
fn row(text: &str) -> Row {
    let [contender, block, outcome] = text.split(' ').collect::<Vec<_>>()[..] else { panic!("{text}") };
    let failure = |stage| RowOutcome::Failure(Failure { stage, reason: "no".to_owned() });
    let outcome = match outcome {
        "s" => RowOutcome::Samples(Box::default()),
        "disturbed" => RowOutcome::Disturbed(Box::default()),
        "build" => failure(Stage::Build),
        "verify" => failure(Stage::Verify),
        "measure" => failure(Stage::Measure),
        "browser" => failure(Stage::Runtime),
        other => panic!("{other}"),
    };
    Row { cell: cell(contender), block: block.parse().unwrap(), conditions: None, outcome }
}

fn progress(rows: &[&str]) -> (u32, Vec<String>) {
    let rows: Vec<_> = rows.iter().map(|text| row(text)).collect();
    let progress = Progress::of(&cell("any"), ["a", "b"], &rows);
    (progress.blocks, progress.out.into_keys().collect())
}

/// The number of complete blocks, with no contender out.
fn all_in(blocks: u32) -> (u32, Vec<String>) {
    (blocks, Vec::new())
}

fn b_is_out(blocks: u32) -> (u32, Vec<String>) {
    (blocks, vec!["b".to_owned()])
}

#[test]
fn a_block_is_complete_with_a_row_of_every_contender() {
    assert_eq!(progress(&[]), all_in(0));
    assert_eq!(progress(&["a 0 s"]), all_in(0));
    assert_eq!(progress(&["a 0 s", "b 0 s"]), all_in(1));
    assert_eq!(progress(&["a 0 s", "b 0 s", "b 1 s"]), all_in(1));
    assert_eq!(progress(&["a 0 disturbed", "b 0 disturbed"]), all_in(0), "it was to be measured again");
}

#[test]
fn what_follows_a_hole_does_not_count() {
    assert_eq!(progress(&["a 0 s", "b 0 s", "a 2 s", "b 2 s"]), all_in(1));
    assert_eq!(progress(&["a 0 s", "a 1 s", "b 1 s"]), all_in(0));
    assert_eq!(progress(&["a 4294967295 s", "b 4294967295 s"]), all_in(0));
}

#[test]
fn a_contender_that_throws_in_a_block_is_tried_in_the_next() {
    assert_eq!(progress(&["a 0 s", "b 0 measure"]), all_in(1));
    assert_eq!(progress(&["a 0 s", "b 0 measure", "a 1 s", "b 1 measure"]), all_in(2));
    assert_eq!(progress(&["a 0 s", "b 0 measure", "a 1 s", "b 1 s"]), all_in(2));
    assert_eq!(progress(&["a 0 browser", "b 0 browser", "a 1 s", "b 1 s"]), all_in(2));
}

#[test]
fn a_given_up_contender_is_out_after_a_block_without_it() {
    assert_eq!(progress(&["b 0 measure", "a 0 s", "a 1 s"]), b_is_out(2));
    assert_eq!(progress(&["a 0 s", "b 0 s", "b 1 browser", "a 1 s", "a 2 s", "a 3 s"]), b_is_out(4));
}

#[test]
fn a_contender_that_comes_back_was_not_out_and_the_block_without_it_is_not_complete() {
    assert_eq!(progress(&["b 0 measure", "a 0 s", "a 1 s", "a 2 s", "b 2 s"]), all_in(1));
}

#[test]
fn given_up_in_a_block_that_was_never_finished_is_not_out() {
    assert_eq!(progress(&["a 0 s", "b 0 s", "b 1 browser"]), all_in(1));
}

#[test]
fn what_failed_before_measuring_is_out_at_once_and_begins_no_block() {
    assert_eq!(progress(&["b 0 build"]), b_is_out(0));
    assert_eq!(progress(&["b 0 verify", "a 0 s"]), b_is_out(1));
    assert_eq!(progress(&["b 0 verify", "a 0 s", "a 1 s"]), b_is_out(2));
    // Its answer was wrong when the run was resumed after two blocks.
    assert_eq!(progress(&["a 0 s", "b 0 s", "a 1 s", "b 1 s", "b 2 verify"]), b_is_out(2));
    assert_eq!(progress(&["a 0 s", "b 0 s", "a 1 s", "b 1 s", "b 2 verify", "a 2 s", "a 3 s"]), b_is_out(4));
    let (blocks, out) = progress(&["a 0 build", "b 0 verify"]);
    assert_eq!((blocks, out.len()), (0, 2));
}

#[test]
fn the_later_of_two_rows_counts() {
    assert_eq!(progress(&["a 0 s", "b 0 verify", "b 0 s"]), all_in(1));
    assert_eq!(progress(&["b 0 s", "a 0 s", "b 0 verify"]), b_is_out(1));
}

#[test]
fn rows_of_other_groups_and_contenders_do_not_count() {
    let mut rows = vec![row("a 0 s"), row("b 0 s"), row("c 1 s")];
    let changes: [fn(&mut Cell); 3] =
        [|cell| cell.kernel.push('2'), |cell| cell.input.push('2'), |cell| cell.stratum.push('2')];
    for change in changes {
        for mut other in [row("a 1 s"), row("b 1 s")] {
            change(&mut other.cell);
            rows.push(other);
        }
    }
    assert_eq!(Progress::of(&cell("any"), ["a", "b"], &rows).blocks, 1);
}

#[test]
fn the_kept_rows_give_the_same_progress_as_all_rows() {
    let samples = ["s", "measure", "verify", "-"];
    // Every outcome of two contenders in three blocks.
    for code in 0..samples.len().pow(6) {
        let outcome = |at: u32| samples[code / samples.len().pow(at) % samples.len()];
        let texts = (0..6).map(|at| format!("{} {} {}", ["a", "b"][at as usize % 2], at / 2, outcome(at)));
        let rows: Vec<_> = texts.filter(|text| !text.ends_with('-')).map(|text| row(&text)).collect();
        let before = Progress::of(&cell("any"), ["a", "b"], &rows);
        let kept: Vec<_> =
            rows.iter().filter(|row| row.is_never_measured() || row.block < before.blocks).cloned().collect();
        let after = Progress::of(&cell("any"), ["a", "b"], &kept);
        assert_eq!(before, after, "{rows:?}");
    }
}
