//! Resuming a results file: wherever it was cut off, it can be resumed, and at most the block in flight is lost.

use crossover_reports::run::*;

use crate::scratch::Scratch;
use crate::synthetic;

/// A run of one small group, with a name that is more than one byte per character.
fn small(blocks: u32) -> Run {
    let mut run = synthetic::four_kernels(0);
    run.header.kernels.truncate(1);
    let kernel = &mut run.header.kernels[0];
    kernel.name = "größe".to_owned();
    kernel.inputs.truncate(1);
    kernel.contenders.truncate(3);
    for block in 0..blocks {
        run.rows.extend(rows(&run.header, block));
    }
    run
}

/// One block of all contenders: the first two are sampled, the last one is given up after block 0.
fn rows(header: &Header, block: u32) -> Vec<Row> {
    let kernel = &header.kernels[0];
    let live = &kernel.contenders[..if block == 0 { 3 } else { 2 }];
    let rows = live.iter().enumerate().map(|(at, contender)| {
        let outcome = if at == 2 {
            RowOutcome::Failure(Failure { stage: Stage::Measure, reason: "no answer – stopped".to_owned() })
        } else {
            let call = vec![Sample { round: 0, calls: 3, ns: f64::from(block + 1) / 3.0 }];
            RowOutcome::Samples(Box::new(Samples { call, ..Samples::default() }))
        };
        let cell = synthetic::cell(&kernel.name, "64KB", &contender.name);
        Row { cell, block, conditions: None, outcome }
    });
    rows.collect()
}

fn written(name: &str, run: &Run) -> Scratch {
    let scratch = Scratch::new(name);
    Writer::create(&scratch.0, &run.header).unwrap().append_all(&run.rows).unwrap();
    scratch
}

#[test]
fn a_file_cut_off_at_any_byte_is_resumed_and_loses_at_most_the_block_in_flight() {
    let run = small(4);
    let bytes = std::fs::read(&written("every-byte", &run).0).unwrap();
    let ends: Vec<_> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').map(|at| at + 1).collect();
    // The header's line, three rows of block 0, two of each further one.
    let block_ends = [ends[3], ends[5], ends[7], ends[9]];
    for cut in ends[0]..=bytes.len() {
        // A new file each time: emptying one makes the system write to the disk.
        let scratch = Scratch::new("every-byte");
        std::fs::write(&scratch.0, &bytes[..cut]).unwrap();
        let (mut writer, resumed) = Writer::resume(&scratch.0, &run.header).unwrap();
        let whole = block_ends.iter().filter(|end| **end <= cut).count() as u32;
        assert_eq!(resumed.rows, small(whole).rows, "cut at {cut}");

        for block in whole..4 {
            writer.append_all(&rows(&run.header, block)).unwrap();
        }
        drop(writer);
        let repaired = scratch.read().unwrap();
        assert!(!repaired.truncated);
        assert_eq!(repaired.rows, run.rows, "cut at {cut}");
    }
}

#[test]
fn a_file_without_a_whole_header_is_refused_with_a_fix() {
    let run = small(1);
    let scratch = written("half-header", &run);
    let bytes = std::fs::read(&scratch.0).unwrap();
    let header = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    for cut in [0, 1, header / 2, header] {
        std::fs::write(&scratch.0, &bytes[..cut]).unwrap();
        let message = Writer::resume(&scratch.0, &run.header).unwrap_err().to_string();
        assert!(message.contains("without --resume"), "{message}");
        assert_eq!(std::fs::read(&scratch.0).unwrap().len(), cut);
    }
}

#[test]
fn another_schema_is_refused() {
    let scratch = Scratch::with("resume-schema", "{\"schema\":\"crossover/run/9\"}\n");
    assert!(matches!(Writer::resume(&scratch.0, &small(0).header), Err(RunError::Schema { .. })));
}

#[test]
fn another_plan_is_refused_and_the_file_is_left_as_it_is() {
    let run = small(2);
    let scratch = written("other-plan", &run);
    let mut bytes = std::fs::read(&scratch.0).unwrap();
    bytes.truncate(bytes.len() - 5);
    std::fs::write(&scratch.0, &bytes).unwrap();
    let mut header = run.header.clone();
    header.seed = 8;
    let message = Writer::resume(&scratch.0, &header).unwrap_err().to_string();
    for part in ["other-plan.jsonl", "differ in `seed`: 7 against 8", "leave out --resume", "--out"] {
        assert!(message.contains(part), "no `{part}` in: {message}");
    }
    assert_eq!(std::fs::read(&scratch.0).unwrap(), bytes);
}

#[test]
fn rows_of_a_block_in_flight_are_dropped_except_failures_before_measuring() {
    let mut run = small(1);
    let verify = Failure { stage: Stage::Verify, reason: "wrong answer".to_owned() };
    run.rows[2].outcome = RowOutcome::Failure(verify.clone());
    let refused = run.rows[2].clone();
    // The first contender is the only one that was measured when the process was killed.
    run.rows.remove(1);
    let scratch = written("in-flight", &run);
    let (_, resumed) = Writer::resume(&scratch.0, &run.header).unwrap();
    assert_eq!(resumed.rows, std::slice::from_ref(&refused));
    let contenders = run.header.kernels[0].contenders.iter().map(|contender| contender.name.as_str());
    let progress = Progress::of(&refused.cell, contenders, &resumed.rows);
    assert_eq!((progress.blocks, progress.out("wasm")), (0, Some(&verify)));
}

#[test]
fn rows_that_the_header_does_not_name_are_dropped() {
    let mut run = small(1);
    run.rows.push(Row { cell: synthetic::cell("another", "64KB", "js"), ..run.rows[0].clone() });
    let scratch = written("strangers", &run);
    let (_, resumed) = Writer::resume(&scratch.0, &run.header).unwrap();
    assert_eq!(resumed.rows, small(1).rows);
}
