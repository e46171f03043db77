//! Memory from a results file to its text: what a contender adds, what its sessions leave, and what stays unsure.

use crossover_reports::chart;
use crossover_reports::export::{Colour, Format, export, terminal};
use crossover_reports::report::memory::{self, Leak, finding};
use crossover_reports::report::{Report, SessionMemory};
use crossover_reports::run::*;

use crate::scratch::Scratch;
use crate::synthetic;

const KIB: u64 = 1024;

fn report() -> Report {
    Report::from_run(&synthetic::with_sessions(6))
}

fn sessions<'a>(report: &'a Report, contender: &str) -> &'a SessionMemory {
    report.session_memory.iter().find(|one| one.kernel == "hashing-blake3" && one.contender == contender).unwrap()
}

/// A report in which one contender's sessions did this.
fn of_sessions(of: Sessions) -> Report {
    let mut run = synthetic::with_sessions(2);
    let is_of = |row: &&mut Row| row.cell.contender == "wasm" && matches!(row.outcome, RowOutcome::Sessions(_));
    run.rows.iter_mut().find(is_of).unwrap().outcome = RowOutcome::Sessions(Box::new(of));
    Report::from_run(&run)
}

fn heaps(bytes: impl IntoIterator<Item = u64>) -> MemoryReadings {
    let memory = |js_heap| Memory { js_heap: Some(js_heap), buffers: None, linear: None };
    MemoryReadings { memory: bytes.into_iter().map(memory).collect(), stopped: None }
}

#[test]
fn what_a_contender_adds_is_against_a_page_without_it() {
    let report = report();
    let cell = |contender| {
        let memory = report.cells_of("hashing-blake3", "1MB", "chromium").find(|cell| cell.contender == contender);
        memory.unwrap().memory_bytes.unwrap()
    };
    let (js, wasm) = (cell("js"), cell("wasm"));
    assert_eq!((js.linear_peak, js.js_heap, js.buffers), (None, Some(200_000), Some(65_560)));
    assert_eq!(
        (wasm.linear_peak, wasm.js_heap, wasm.buffers),
        (Some(1_179_672_u64.next_multiple_of(65_536)), Some(200_000), Some(0))
    );
}

#[test]
fn each_finding_is_put_in_words() {
    let report = report();
    let wasm = sessions(&report, "wasm");
    assert_eq!((wasm.kept.outcome, wasm.released.as_ref().unwrap().outcome), (Some(Leak::Leaks), Some(Leak::Clean)));
    assert_eq!(finding("wasm", wasm), "wasm: each session keeps 65.6 kB until it is released");
    assert_eq!(finding("js", sessions(&report, "js")), "js: sessions leave nothing behind");
    let platform = sessions(&report, "platform");
    assert_eq!((platform.kept.outcome, platform.kept.sessions), (Some(Leak::Unsure), 12));
    assert_eq!(
        finding("platform", platform),
        "platform: unsure: 12 sessions, and fewer than 50 are too few (Error: no more sessions)"
    );
    // Memory that every further instance is meant to add is not a leak.
    assert_eq!((wasm.at_once.outcome, wasm.at_once.sessions), (None, 8));
    assert!(wasm.at_once.growth.unwrap().ci[0] > 1e6);
}

#[test]
fn a_leak_that_release_does_not_fix_or_that_it_makes_is_reported() {
    let leak = || heaps((0..=50).map(|session| 1_000_000 + session * 64 * KIB));
    let flat = || heaps([1_000_000; 51]);
    let of = |kept, released| of_sessions(Sessions { kept, released, at_once: MemoryReadings::default() });
    for (kept, released, expected) in [
        (leak(), None, "wasm: each session keeps 65.5 kB, and there is no release() to give it back"),
        (leak(), Some(leak()), "wasm: each session keeps 65.5 kB, and 65.5 kB once it is released"),
        (flat(), Some(flat()), "wasm: sessions leave nothing behind, released or not"),
        (flat(), Some(leak()), "wasm: sessions leave nothing behind but when they are released: 65.5 kB each"),
        (
            flat(),
            Some(heaps([1_000_000; 3])),
            "wasm: sessions leave nothing behind; once released, unsure: 2 sessions are too few",
        ),
    ] {
        assert_eq!(finding("wasm", sessions(&of(kept, released), "wasm")), expected);
    }
}

#[test]
fn an_old_file_has_no_memory_and_says_so() {
    let mut run = synthetic::four_kernels(2);
    for row in &mut run.rows {
        if let RowOutcome::Samples(samples) = &mut row.outcome {
            samples.memory = None;
        }
    }
    let report = Report::from_run(&run);
    assert!(
        report.cells.iter().all(|cell| cell.memory_bytes.is_none() && memory::MemoryRow::of(&report, cell).is_none())
    );
    assert!(export(&report, Format::Html).unwrap().contains("Memory was not read"));
    assert!(!terminal(&report, Colour::Never).contains("Memory ·"));
    assert!(chart::all(&report).unwrap().iter().all(|(name, _)| !name.contains("memory")));
}

#[test]
fn sessions_alone_are_no_measurement() {
    let mut run = synthetic::with_sessions(1);
    run.rows.retain(Row::is_of_sessions);
    run.truncated = true;
    let report = Report::from_run(&run);
    assert!(report.failures.iter().any(|row| row.reason == "the run was stopped before this was measured"));
    assert_eq!(report.session_memory.len(), run.rows.len());
    assert!(export(&report, Format::Markdown).unwrap().contains("each session keeps 65.6 kB until it is released"));
}

#[test]
fn what_cannot_be_memory_is_left_out_and_every_format_is_made() {
    let mut kept = heaps([1, 2, u64::MAX, 4]);
    kept.memory[1].linear = Some(u64::MAX);
    for kept in [kept, heaps([u64::MAX; 51]), heaps([0; 60]), heaps([1 << 40, 0, 1 << 40]), heaps([])] {
        let released = Some(heaps((0..60).map(|session| if session % 2 == 0 { 0 } else { 1 << 40 })));
        let report = of_sessions(Sessions { kept, released, at_once: heaps([5]) });
        let mut texts = vec![terminal(&report, Colour::Never)];
        texts.extend(Format::ALL.map(|format| export(&report, format).unwrap()));
        texts.extend(chart::all(&report).unwrap().into_iter().map(|(_, svg)| svg));
        for text in texts {
            let text = crate::page::markup_of(&text);
            assert!(!text.contains("NaN") && !text.contains("inf ") && !text.contains("18446744073709551615"));
        }
    }
}

#[test]
fn a_page_s_reason_is_no_code() {
    let stopped = Some(Stopped::Failure("<img src=x>|\u{1b}[2J".to_owned()));
    let report = of_sessions(Sessions { kept: MemoryReadings { stopped, ..heaps([1, 2]) }, ..Sessions::default() });
    assert!(report.failures.iter().any(|row| row.reason.starts_with("sessions ended early: <img")));
    for format in [Format::Html, Format::Markdown] {
        let text = export(&report, format).unwrap();
        assert!(!text.contains("<img") && !text.contains('\u{1b}'), "{}", format.name());
    }
}

#[test]
fn sessions_are_written_and_read_and_outlast_a_block_in_flight() {
    let run = synthetic::with_sessions(2);
    let scratch = Scratch::new("sessions");
    let mut written = Writer::create(&scratch.0, &run.header).unwrap();
    written.append_all(&run.rows).unwrap();
    assert_eq!(scratch.read().unwrap().rows, run.rows);

    let scratch = Scratch::new("sessions-in-flight");
    let sessions: Vec<Row> = run.rows.iter().filter(|row| row.is_of_sessions()).cloned().collect();
    // One row of the first block is all that was measured.
    let begun = run.rows[sessions.len()].clone();
    Writer::create(&scratch.0, &run.header).unwrap().append_all(&[sessions.clone(), vec![begun]].concat()).unwrap();
    let (_, resumed) = Writer::resume(&scratch.0, &run.header).unwrap();
    assert_eq!(resumed.rows, sessions);
}
