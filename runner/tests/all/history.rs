//! `crossover history` as users run it: killed in mid-write, twice at once, with files that are none, and its trend.
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::common::results::write_run;
use serde_json::Value;

/// What a command did: exit code, stdout, stderr.
fn history(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = crossover(folder).arg("history").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

/// Nothing of it needs a browser, so nothing is set up.
fn crossover(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossover"));
    command.current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

fn write_runs(folder: &Path, count: u32) {
    fs::create_dir_all(folder).unwrap();
    for number in 0..count {
        let wasm_ns = if number < 20 { 1e6 } else { 1.05e6 };
        write_run(&folder.join(format!("{number:03}.jsonl")), number, wasm_ns);
    }
}

/// The ids of the runs in the default history, by SQLite's own order.
fn ids(folder: &Path) -> Vec<String> {
    use crossover_reports::history::{Filter, History};
    let mut history = History::open(&folder.join(".crossover/history.sqlite")).unwrap();
    history.read(&Filter::default()).unwrap().runs.into_iter().map(|run| run.id).collect()
}

#[cfg(unix)]
#[test]
fn killed_in_mid_write_it_opens_again_with_every_acknowledged_run() {
    let folder = tempfile::tempdir().unwrap();
    write_runs(&folder.path().join("runs"), 60);
    let mut acknowledged_runs = 0;
    for attempt in 0..50_u64 {
        let _ = fs::remove_dir_all(folder.path().join(".crossover"));
        let mut child =
            crossover(folder.path()).args(["history", "import", "runs"]).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reader = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<_>>());
        // From before the file is there to after its last run, differently each time.
        std::thread::sleep(Duration::from_micros(2_000 + attempt * attempt * 97 % 150_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let lines = reader.join().unwrap();
        let acknowledged: Vec<&str> =
            lines.iter().filter_map(|line| line.strip_prefix("added ")?.split(':').next()).collect();
        acknowledged_runs += acknowledged.len();
        if !folder.path().join(".crossover/history.sqlite").exists() {
            assert!(acknowledged.is_empty());
            continue;
        }
        // Going on is possible, and adds the rest and nothing twice.
        let (code, rest, stderr) = history(folder.path(), &["import", "runs"]);
        assert_eq!(code, 0, "attempt {attempt}: {stderr}");
        for id in &acknowledged {
            assert!(rest.contains(&format!("already there {id}:")), "attempt {attempt}: {id} is lost\n{rest}");
        }
        assert_eq!(ids(folder.path()).len(), 60);
    }
    assert!(acknowledged_runs > 0, "every attempt was killed before its first run");
}

#[test]
fn two_that_add_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write_runs(&folder.path().join("all"), 40);
    let start = |from: usize| {
        let runs = (from..40).step_by(2).map(|number| format!("all/{number:03}.jsonl"));
        crossover(folder.path()).args(["history", "add"]).args(runs).stdout(Stdio::null()).spawn().unwrap()
    };
    let both = [start(0), start(1)];
    for mut child in both {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(ids(folder.path()).len(), 40);
}

#[test]
fn a_step_is_reported_with_its_commits_on_the_terminal_in_json_and_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    write_runs(&folder.path().join("runs/2026/march"), 48);
    assert_eq!(history(folder.path(), &["import", "runs"]).0, 0);
    let (code, stdout, stderr) = history(folder.path(), &["trend", "--out", "out"]);
    assert_eq!(code, 0, "{stderr}");
    // Runs 19 and 20.
    let commits = "1400000..1500000";
    assert!(stdout.contains("% slower") && stdout.contains(commits), "{stdout}");
    let page = fs::read_to_string(folder.path().join("out/trend.html")).unwrap();
    assert!(page.contains(commits) && !page.contains("<b>cpu"));
    let chart = fs::read_to_string(folder.path().join("out/charts/trend-sum-wasm-call-ns-1kb-chromium.svg")).unwrap();
    assert!(chart.contains(commits));

    let (code, stdout, _) = history(folder.path(), &["trend", "sum", "--metric", "call_ns", "--json", "--out", "out"]);
    assert_eq!(code, 0);
    let trend: Value = serde_json::from_str(&stdout).expect("JSON and nothing else on stdout");
    assert_eq!((trend["schema"].as_str(), trend["runs"].as_u64()), (Some("crossover/trend/2"), Some(48)));
    let series = trend["series"].as_array().unwrap();
    let wasm = series.iter().find(|series| series["contender"] == "wasm").unwrap();
    assert_eq!((wasm["basis"].as_str(), wasm["changes"].as_array().unwrap().len()), (Some("ratio"), 1));
    assert_eq!(wasm["changes"][0]["after"]["id"], "run-020");
    let js = series.iter().find(|series| series["contender"] == "js").unwrap();
    assert_eq!((js["basis"].as_str(), js["changes"].as_array().unwrap().len()), (Some("absolute"), 0));

    let report =
        ["report", "runs/2026/march/047.jsonl", "--history", ".crossover/history.sqlite", "--out", "report.html"];
    assert!(crossover(folder.path()).args(report).stdout(Stdio::null()).status().unwrap().success());
    assert!(fs::read_to_string(folder.path().join("report.html")).unwrap().contains(commits));
}

#[test]
fn a_run_is_added_once_and_a_broken_one_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("runs");
    write_runs(&runs, 3);
    let first = history(folder.path(), &["add", "runs/000.jsonl"]);
    assert!(first.0 == 0 && first.1.starts_with("added run-000: "), "{first:?}");
    let again = history(folder.path(), &["add", "runs/000.jsonl"]);
    assert!(again.0 == 0 && again.1.starts_with("already there run-000: "), "{again:?}");

    fs::write(runs.join("001.jsonl"), "no JSON\n").unwrap();
    let (code, stdout, stderr) = history(folder.path(), &["import", "runs"]);
    assert_eq!(code, 4, "{stderr}");
    let lines: Vec<&str> = stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{stdout}");
    assert!(lines[0].starts_with("already there") && lines[2].starts_with("added run-002"), "{stdout}");
    assert!(
        lines[1].starts_with("left out: ") && lines[1].contains("001.jsonl: the file is not a results file"),
        "{stdout}"
    );
    assert_eq!(ids(folder.path()), ["run-000", "run-002"]);
    assert_eq!(history(folder.path(), &["add", "runs/001.jsonl"]).0, 2);
}

#[test]
fn what_is_no_history_is_refused_with_its_name_and_a_fix() {
    let folder = tempfile::tempdir().unwrap();
    write_runs(&folder.path().join("runs"), 1);
    let cases = [
        (vec!["trend"], "there is no history yet\nhelp: create one with `crossover history add RUN`"),
        (vec!["trend", "--history", "runs/000.jsonl"], "is not a history of crossover"),
        (vec!["add", "runs/000.jsonl", "--history", "runs/000.jsonl"], "is not a history of crossover"),
        (vec!["import", "runs", "--history", "runs/000.jsonl/below"], "the history's folder cannot be made"),
        (vec!["import", "nowhere"], "nowhere: the folder cannot be read"),
        (vec!["trend", "--metric", "fps"], "the metrics are call_ns"),
    ];
    let before = fs::read(folder.path().join("runs/000.jsonl")).unwrap();
    for (arguments, message) in cases {
        let (code, _, stderr) = history(folder.path(), &arguments);
        assert_eq!(code, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains(message), "no `{message}` in: {stderr}");
    }
    assert_eq!(fs::read(folder.path().join("runs/000.jsonl")).unwrap(), before);
    history(folder.path(), &["add", "runs/000.jsonl"]);
    let (code, _, stderr) = history(folder.path(), &["trend", "nothing"]);
    assert!(code == 2 && stderr.contains("has nothing of kernel `nothing`\nhelp: it has sum"), "{stderr}");
}
