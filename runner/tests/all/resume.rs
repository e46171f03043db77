//! Going on with an interrupted run, and reporting on several runs as one.
use crate::common;
use std::fs;
use std::path::Path;

use crate::common::{Suite, crossover};

/// A results file of one kernel without any rows.
fn results(id: &str, cpu: &str) -> String {
    let size = serde_json::json!({ "raw": 10, "gzip": 9, "brotli": 8 });
    let contender = serde_json::json!(
        { "name": "js", "kind": "js", "track": "ecosystem", "build": [], "size_bytes": size }
    );
    let header = serde_json::json!({
        "schema": "crossover/run/2", "id": id, "tool_version": "0.1.0", "git_revision": null,
        "started_at": "2026-03-01T09:30:00Z", "seed": 1,
        "schedule": { "preset": "quick", "looks": [6], "precision": 0.01, "goal": "outcome", "rounds": 20, "cold_starts": 1 },
        "machine": { "os": "Debian", "arch": "x86_64", "cpu": cpu, "cores": 2, "memory_bytes": 8_000_000_000_u64 },
        "toolchain": { "rustc": null, "wasm_bindgen": null, "binaryen": null, "esbuild": null },
        "strata": [{ "id": "chromium", "runtime": { "id": "chromium", "version": "1" }, "cross_origin_isolated": true,
                     "timer_quantum_ns": null }],
        "kernels": [{ "name": "sum", "summary": "", "domain": "test", "baseline": "js", "check": "exact",
                      "inputs": [{ "name": "1kB", "as": "bytes", "bytes": 1024, "sha256": "00", "headline": true }],
                      "contenders": [contender] }],
    });
    format!("{header}\n")
}

/// A folder with the results file of one run.
fn run(folder: &Path, name: &str, id: &str, cpu: &str) {
    fs::create_dir_all(folder.join(name)).unwrap();
    fs::write(folder.join(name).join("run.jsonl"), results(id, cpu)).unwrap();
}

#[test]
fn several_runs_are_reported_on_as_one_next_to_the_first() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "first", "one", "A");
    run(folder.path(), "second", "two", "A");
    let output = crossover(&["report", "first", "second/run.jsonl"], folder.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(folder.path().join("first/report.html").is_file());
    let output = crossover(&["report", "first", "second", "--format", "json"], folder.path());
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(report["run"]["id"], "one+two");
}

#[test]
fn runs_of_two_plans_are_not_reported_on_as_one() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "first", "one", "A");
    run(folder.path(), "second", "two", "A");
    run(folder.path(), "third", "three", "B");
    let output = crossover(&["report", "first", "second", "third"], folder.path());
    assert_eq!(output.code, 2);
    for part in ["first/run.jsonl and third/run.jsonl", "`cpu` of `machine`: `A` against `B`", "one by one"] {
        assert!(output.stderr.contains(part), "no `{part}` in: {}", output.stderr);
    }
    assert!(!folder.path().join("first/report.html").exists());
}

#[test]
fn a_run_given_twice_is_not_counted_twice() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), "first", "one", "A");
    run(folder.path(), "copy", "one", "A");
    let output = crossover(&["report", "first", "copy"], folder.path());
    assert_eq!(output.code, 2);
    let message =
        "first/run.jsonl and copy/run.jsonl are the same run `one`, and would count twice\nhelp: leave one out";
    assert!(output.stderr.contains(message), "{}", output.stderr);
}

#[test]
fn what_is_no_run_is_not_resumed() {
    let suite = Suite::new();
    fs::create_dir_all(suite.path().join("out")).unwrap();
    suite.write("out/run.jsonl", "{\"schema\":");
    let output = crossover(&["run", "sum", "--preset", "quick", "--out", "out", "--resume"], suite.path());
    assert_eq!(output.code, 2, "{}", output.stderr);
    assert!(output.stderr.contains("run.jsonl: the file is empty"), "{}", output.stderr);
    assert!(output.stderr.contains("without --resume"), "{}", output.stderr);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_is_resumed_by_the_same_command_and_by_no_other() {
    use std::time::Duration;

    let suite = Suite::new();
    // Where there is no run yet, it starts afresh.
    let arguments = ["run", "sum", "--preset", "quick", "--out", "out", "--resume", "--json"];
    let mut child = common::start(&arguments, suite.path());
    let file = suite.path().join("out/run.jsonl");
    common::wait_for_rows(&file, 3, Duration::from_secs(300));
    common::interrupt(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let before = suite.read("out/run.jsonl");

    let output = crossover(&[&arguments[..], &["--seed", "2"]].concat(), suite.path());
    assert_eq!(output.code, 2, "{}", output.stderr);
    for part in ["out/run.jsonl", "differ in `seed`: 1 against 2", "leave out --resume", "--out"] {
        assert!(output.stderr.contains(part), "no `{part}` in: {}", output.stderr);
    }
    assert_eq!(suite.read("out/run.jsonl"), before);

    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stderr.contains("going on after "), "{}", output.stderr);
    assert!(suite.read("out/run.jsonl").starts_with(&before));
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    for cell in report["cells"].as_array().unwrap() {
        assert_eq!(cell["blocks"], 6, "{cell}");
    }
}

/// Kills the command without a warning at arbitrary moments, and goes on each time.
#[cfg(target_os = "linux")]
#[test]
fn ten_kills_lose_no_block_but_those_in_flight() {
    use std::time::{Duration, Instant};

    let suite = Suite::new();
    let arguments = ["run", "sum", "--preset", "quick", "--out", "out", "--resume", "--json"];
    let start = || common::start(&arguments, suite.path());
    // The first one shows how long a block takes on this machine.
    let began = Instant::now();
    let mut child = start();
    common::wait_for_rows(&suite.path().join("out/run.jsonl"), 2, Duration::from_secs(300));
    let to_first_block = began.elapsed();
    child.kill().unwrap();
    child.wait().unwrap();

    let mut random = crossover_inputs::Rng::new(20_261_123);
    let mut moments = Vec::new();
    for _ in 1..10 {
        let before = whole_blocks(&suite);
        let mut child = start();
        moments.push(to_first_block.mul_f64(2.0 * (random.next_u64() % 1_000) as f64 / 1_000.0));
        std::thread::sleep(moments[moments.len() - 1]);
        let is_over = child.try_wait().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(whole_blocks(&suite).starts_with(&before), "killed after {moments:?}: a block is not there any more");
        if let Some(status) = is_over {
            // It was quicker than the kill; the next one meets a new run.
            assert_eq!(status.code(), Some(0), "after {moments:?}");
            fs::remove_dir_all(suite.path().join("out")).unwrap();
        }
    }
    let before = whole_blocks(&suite);
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    let rows = whole_blocks(&suite);
    assert!(rows.starts_with(&before));
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let cells = report["cells"].as_array().unwrap();
    assert!(cells.iter().all(|cell| cell["blocks"] == 6), "{cells:?}");
    // A disturbed block stays beside the one that was measured in its place.
    let measured = rows.iter().filter(|row| row.contains("\"samples\":{")).count();
    assert_eq!(measured, 6 * cells.len(), "a block was measured twice");
}

/// The rows of every block that all contenders have gone through, as they stand in the file.
#[cfg(target_os = "linux")]
fn whole_blocks(suite: &Suite) -> Vec<String> {
    let text = fs::read_to_string(suite.path().join("out/run.jsonl")).unwrap_or_default();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let rows: Vec<&str> = whole.lines().skip(1).collect();
    let header: serde_json::Value = serde_json::from_str(whole.lines().next().unwrap_or("null")).unwrap();
    let contenders = header["kernels"][0]["contenders"].as_array().map_or(1, Vec::len);
    rows.chunks_exact(contenders).flatten().map(|row| (*row).to_owned()).collect()
}
