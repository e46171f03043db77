//! `crossover report --format` for other programs, as they are called by users: where it writes, and what it says.
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::results::write_run;
use serde_json::Value;

/// What the command did: exit code, stdout, stderr.
fn report(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossover"));
    let output = command.current_dir(folder).arg("report").args(arguments).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn with_a_run() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    write_run(&folder.path().join("out/run.jsonl"), 1, 1e6);
    folder
}

#[test]
fn a_format_of_one_text_goes_to_stdout_or_a_file() {
    let folder = with_a_run();
    let (code, stdout, stderr) = report(folder.path(), &["out", "--format", "bmf"]);
    assert_eq!((code, &*stderr), (0, ""), "nothing is left out, so nothing is said");
    let bmf: Value = serde_json::from_str(&stdout).unwrap();
    assert!(bmf["sum/1kB/wasm/chromium"]["latency"]["value"].is_f64(), "{stdout}");

    let (code, named, _) = report(folder.path(), &["out", "--format", "bmf", "--out", "bmf.json"]);
    assert_eq!((code, &*named), (0, "bmf.json\n"));
    assert_eq!(fs::read_to_string(folder.path().join("bmf.json")).unwrap(), stdout);
}

#[test]
fn a_format_of_files_goes_to_a_folder_beside_the_run_or_the_one_that_is_named() {
    let folder = with_a_run();
    let files = [
        ("github-action-benchmark", "smaller-is-better.json"),
        ("tachometer", "sum-1kB-chromium.json"),
        ("criterion", "sum_1kB/wasm/chromium/crossover-run-001/estimates.json"),
    ];
    for (format, file) in files {
        let (code, stdout, stderr) = report(folder.path(), &["out", "--format", format]);
        assert_eq!((code, &*stdout, &*stderr), (0, &*format!("out/{format}\n"), ""));
        assert!(folder.path().join("out").join(format).join(file).is_file(), "{format}");

        let (code, stdout, _) = report(folder.path(), &["out/run.jsonl", "--format", format, "--out", "a/b"]);
        assert_eq!((code, &*stdout), (0, "a/b\n"));
        assert!(folder.path().join("a/b").join(file).is_file(), "{format}");

        let (code, _, stderr) = report(folder.path(), &["out", "--format", format, "--out", "-"]);
        assert_eq!(code, 2);
        assert!(stderr.contains("is a folder, which stdout cannot hold\nhelp: name one with --out DIR"), "{stderr}");
        let (code, _, stderr) = report(folder.path(), &["out", "--format", format, "--out", "out/run.jsonl"]);
        assert_eq!(code, 2);
        assert!(stderr.ends_with("\nhelp: name another folder with --out DIR\n"), "{stderr}");
    }
}

#[test]
fn what_is_left_out_is_said_on_stderr() {
    let folder = with_a_run();
    let file = folder.path().join("out/run.jsonl");
    let run = fs::read_to_string(&file).unwrap();
    // Of `wasm` there is one block.
    let lines: Vec<&str> = run.lines().collect();
    fs::write(&file, lines[..lines.len() - 1].join("\n") + "\n").unwrap();
    let (code, _, stderr) = report(folder.path(), &["out", "--format", "criterion"]);
    assert_eq!(
        (code, &*stderr),
        (0, "warning: criterion: 1 cell left out: known without an interval, which takes two blocks\n")
    );
    fs::write(&file, lines[0].to_owned() + "\n").unwrap();
    let (code, stdout, stderr) = report(folder.path(), &["out", "--format", "tachometer"]);
    assert_eq!((code, &*stdout), (0, ""));
    assert!(stderr.contains("2 cells left out: not measured (--format markdown has the reasons)"), "{stderr}");
    assert!(stderr.contains("there is nothing to write, so no file is written"), "{stderr}");
}

#[test]
fn a_format_that_is_none_is_refused_with_all_there_are() {
    let (code, _, stderr) = report(Path::new("."), &["out", "--format", "pdf"]);
    assert_eq!(code, 2);
    assert!(
        stderr.contains("html, markdown, json, csv, text, bmf, github-action-benchmark, tachometer, criterion"),
        "{stderr}"
    );
}
