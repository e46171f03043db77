//! Whether two runs have the same plan: each difference that matters is named, and no other.

use crossover_reports::run::*;

use crate::synthetic;

fn header() -> Header {
    synthetic::four_kernels(0).header
}

/// The difference between a header and a changed copy of it.
fn plan_difference(change: impl Fn(&mut Header)) -> Option<String> {
    let mut other = header();
    change(&mut other);
    header().plan_difference(&other)
}

fn resume_difference(change: impl Fn(&mut Header)) -> Option<String> {
    let mut other = header();
    change(&mut other);
    header().resume_difference(&other)
}

#[test]
fn what_changes_from_run_to_run_is_no_difference() {
    let change = |header: &mut Header| {
        header.id = "another".to_owned();
        header.started_at = "2026-03-02T09:30:00Z".to_owned();
        header.git_revision = Some("327d5f4c0ffee-dirty".to_owned());
        header.strata[0].timer_quantum_ns = Some(5001.0);
        header.machine.memory_bytes = header.machine.memory_bytes.map(|bytes| bytes - 1_000_000);
        header.kernels[0].summary = "Other words".to_owned();
    };
    assert_eq!(plan_difference(change), None);
    assert_eq!(resume_difference(change), None);
}

#[test]
fn seed_and_version_matter_for_resuming_only() {
    assert_eq!(plan_difference(|header| header.seed = 8), None);
    assert_eq!(resume_difference(|header| header.seed = 8).unwrap(), "`seed`: 7 against 8");
    assert_eq!(plan_difference(|header| header.tool_version = "0.2.0".to_owned()), None);
    let version = resume_difference(|header| header.tool_version = "0.2.0".to_owned());
    assert_eq!(version.unwrap(), "`tool_version`: `0.1.0` against `0.2.0`");
}

#[test]
fn every_difference_that_matters_is_named_with_both_values() {
    type Change = fn(&mut Header);
    let cases: [(Change, &str); 17] = [
        (|h| h.schedule.preset = "quick".to_owned(), "`preset` of `schedule`: `standard` against `quick`"),
        (|h| h.schedule.looks = vec![6, 10], "`looks` of `schedule`: [0] against [6,10]"),
        (|h| h.schedule.precision = 0.005, "`precision` of `schedule`: 0.01 against 0.005"),
        (|h| h.machine.cpu = "Another".to_owned(), "`cpu` of `machine`: `AMD EPYC 7B13` against `Another`"),
        (
            |h| h.machine.memory_bytes = h.machine.memory_bytes.map(|bytes| bytes * 2),
            "`memory_bytes` of `machine`: `8 GiB` against `15 GiB`",
        ),
        (|h| h.strata[0].id = "firefox".to_owned(), "strata: `chromium` against `firefox`"),
        (
            |h| h.strata[0].runtime.version = "144".to_owned(),
            "`version` of `runtime` of stratum `chromium`: `143.0.7499.40` against `144`",
        ),
        (
            |h| h.strata[0].runtime.flags.push("--no-sandbox".to_owned()),
            "`flags` of `runtime` of stratum `chromium`: without these against `--no-sandbox`",
        ),
        (|h| h.toolchain.rustc = None, "`rustc` of `toolchain`: `rustc 1.96.0` against not known"),
        (
            |h| h.kernels.truncate(1),
            "kernels: `hashing-blake3`, `text-highlight`, `image-thumbnail`, `compression-zstd` against `hashing-blake3`",
        ),
        (|h| h.kernels[1].baseline = "wasm".to_owned(), "`baseline` of kernel `text-highlight`: `js` against `wasm`"),
        (
            |h| h.kernels[1].check = Check::Tolerance(0.5),
            "`check` of kernel `text-highlight`: `exact` against {\"tolerance\":0.5}",
        ),
        (
            |h| h.kernels[0].inputs[1].sha256 = "00".to_owned(),
            "`sha256` of input `1MB` of kernel `hashing-blake3`: \
             `9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08` against `00`",
        ),
        (
            |h| h.kernels[0].inputs[1].kind = InputKind::String,
            "`as` of input `1MB` of kernel `hashing-blake3`: `bytes` against `string`",
        ),
        (
            |h| h.kernels[1].contenders[1].size_bytes.as_mut().unwrap().raw += 1,
            "`raw` of `size_bytes` of contender `wasm` of kernel `text-highlight`: 262000 against 262001",
        ),
        (
            |h| h.kernels[1].contenders[1].size_bytes = None,
            "`size_bytes` of contender `wasm` of kernel `text-highlight`: \
             {\"brotli\":87333,\"gzip\":104800,\"raw\":262000} against not known",
        ),
        (
            |h| h.kernels[1].contenders[1].build[0] = "wasm-opt -O2".to_owned(),
            "`build` of contender `wasm` of kernel `text-highlight`: `wasm-opt -O3` against `wasm-opt -O2`",
        ),
    ];
    for (change, words) in cases {
        assert_eq!(plan_difference(change).as_deref(), Some(words));
        assert_eq!(resume_difference(change).as_deref(), Some(words));
    }
}

#[test]
fn names_of_a_file_do_not_reach_the_terminal_as_they_are() {
    let words = plan_difference(|header| header.machine.cpu = "\u{1b}[2J".to_owned()).unwrap();
    assert!(!words.contains('\u{1b}'), "{words}");
}
