//! Results files: written rows can be read back, and damage is reported.

use crossover_reports::run::*;

use crate::scratch::Scratch;
use crate::synthetic;

fn header() -> String {
    format!("{}\n", serde_json::to_string(&synthetic::header(6)).unwrap())
}

const FAILURE: &str =
    r#"{"kernel":"k","input":"i","contender":"c","stratum":"b","block":0,"failure":{"stage":"load","reason":"no"}}"#;

#[test]
fn what_is_written_is_read() {
    let run = synthetic::four_kernels(2);
    let scratch = Scratch::new("round-trip");
    let mut writer = Writer::create(&scratch.0, &run.header).unwrap();
    let (one, others) = run.rows.split_first().unwrap();
    writer.append_all(std::slice::from_ref(one)).unwrap();
    writer.append_all(others).unwrap();
    assert_eq!(scratch.read().unwrap(), run);
}

#[test]
fn a_cut_last_line_is_left_out_and_flagged() {
    let scratch = Scratch::with("cut", &format!("{}{FAILURE}\n{}", header(), &FAILURE[..40]));
    let run = scratch.read().unwrap();
    assert!(run.truncated);
    assert_eq!(run.rows.len(), 1);
}

#[test]
fn a_line_that_was_cut_within_a_character_is_left_out_and_flagged() {
    let mut bytes = format!("{}{{\"kernel\":\"\u{e9}", header()).into_bytes();
    bytes.pop();
    let scratch = Scratch::new("character");
    std::fs::write(&scratch.0, bytes).unwrap();
    assert!(scratch.read().unwrap().truncated);
}

#[test]
fn a_disturbed_row_stays_beside_the_one_that_was_measured_again() {
    let disturbed = FAILURE.replace(r#""failure":{"stage":"load","reason":"no"}"#, r#""disturbed":{"call":[]}"#);
    let scratch = Scratch::with("disturbed", &format!("{}{disturbed}\n{FAILURE}\n", header()));
    let blocks = scratch.read().unwrap().rows;
    assert!(matches!(blocks[0].outcome, RowOutcome::Disturbed(_)) && blocks.len() == 2, "{blocks:?}");
}

#[test]
fn the_later_of_two_rows_of_a_cell_and_block_counts() {
    let later = FAILURE.replace("no", "not again");
    let other = FAILURE.replace("\"block\":0", "\"block\":1");
    let scratch = Scratch::with("twice", &format!("{}{FAILURE}\n{other}\n{later}\n", header()));
    let blocks = scratch.read().unwrap().rows;
    let [Row { block: 1, .. }, Row { block: 0, outcome: RowOutcome::Failure(failure), .. }] = &blocks[..] else {
        panic!("{blocks:?}")
    };
    assert_eq!(failure.reason, "not again");
}

#[test]
fn unknown_fields_are_ignored() {
    let line = FAILURE.replacen('{', r#"{"of_a_later_version":[1],"#, 1);
    let scratch = Scratch::with("fields", &format!("{}{line}\n", header().replacen('{', r#"{"later":{},"#, 1)));
    assert_eq!(scratch.read().unwrap().rows.len(), 1);
}

#[test]
fn another_schema_is_refused() {
    let scratch = Scratch::with("schema", "{\"schema\":\"crossover/run/1\",\"everything\":\"else\"}\n");
    let error = scratch.read().unwrap_err();
    assert!(matches!(&error, RunError::Schema { found, .. } if found == "crossover/run/1"), "{error}");
}

#[test]
fn a_damaged_line_is_named() {
    let scratch = Scratch::with("damaged", &format!("{}{FAILURE}\n{{\"kernel\":\n{FAILURE}\n", header()));
    let error = scratch.read().unwrap_err();
    assert!(matches!(error, RunError::Malformed { line: 3, .. }));
    let message = error.to_string();
    assert!(message.contains("damaged.jsonl, line 3"), "{message}");
}

#[test]
fn a_row_that_another_version_of_the_browser_measured_is_refused() {
    let mut header = synthetic::header(6);
    header.strata[0].runtime.version = "148.0".to_owned();
    let header = serde_json::to_string(&header).unwrap();
    let row = |version: &str| {
        FAILURE
            .replace("\"b\"", "\"chromium\"")
            .replace("\"block\":0", &format!("\"block\":0,\"conditions\":{{\"runtime_version\":\"{version}\"}}"))
    };
    let scratch = Scratch::with("update", &format!("{header}\n{FAILURE}\n{}\n", row("148.0")));
    assert_eq!(scratch.read().unwrap().rows.len(), 2);
    let scratch = Scratch::with("updated", &format!("{header}\n{}\n{}\n", row("148.0"), row("156.0")));
    let message = scratch.read().unwrap_err().to_string();
    assert!(message.contains("line 3: measured by chromium 156.0, and the header says 148.0"), "{message}");
}

#[test]
fn empty_and_missing_files_are_named() {
    let scratch = Scratch::with("empty", "");
    assert!(matches!(scratch.read().unwrap_err(), RunError::Empty(_)));
    let scratch = Scratch::with("half", "{\"schema\":");
    assert!(matches!(scratch.read().unwrap_err(), RunError::Empty(_)));
    assert!(matches!(Scratch::new("missing").read().unwrap_err(), RunError::Unreadable { .. }));
}

#[test]
fn absurd_numbers_are_read_and_no_figure_is_made_of_them() {
    let mut header = synthetic::header(6);
    let mut kernel = synthetic::four_kernels(0).header.kernels.remove(0);
    kernel.contenders.truncate(2);
    kernel.inputs.truncate(1);
    header.kernels.push(kernel);
    let line = |contender: &str| {
        format!(
            r#"{{"kernel":"hashing-blake3","input":"64KB","contender":"{contender}","stratum":"chromium","block":0,"samples":{{
            "call":[{{"round":0,"calls":1,"ns":null}},{{"round":1,"calls":0,"ns":5}},{{"round":2,"calls":1,"ns":-5}},
            {{"round":3,"calls":1,"ns":0}},{{"round":4,"calls":1,"ns":1e308}}],
            "warm_up":[{{"calls":0,"ns":null}}],
            "cold_start":[{{"total_ns":null,"fetch":-1}},{{"total_ns":0}}]}}}}"#
        )
        .replace('\n', "")
    };
    let text = format!("{}\n{}\n{}\n", serde_json::to_string(&header).unwrap(), line("js"), line("js-tuned"));
    let run = Scratch::with("absurd", &text).read().unwrap();
    let report = crossover_reports::report::Report::from_run(&run);
    assert!(report.cells.iter().all(|cell| cell.call_ns.is_none() && cell.cold_start_ns.is_none() && cell.blocks == 0));
    assert!(report.cells[0].failure.as_deref().unwrap().starts_with("8 samples left out"));
}
