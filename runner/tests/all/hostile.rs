//! What a user's system can do to the command: files that never end, readers that have gone, disks that are full.
#![cfg(target_os = "linux")]

use crate::common;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::results::write_run;
use crate::common::{Output, Suite, crossover};
use tempfile::TempDir;

/// The command, not yet started.
fn command(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossover"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// Runs it to its end, which has to come soon: nothing here is measured.
fn soon(arguments: &[&str], folder: &Path) -> Output {
    let child = command(arguments, folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    ended(child, arguments)
}

fn ended(mut child: Child, arguments: &[&str]) -> Output {
    let end = Instant::now() + Duration::from_secs(60);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            child.kill().unwrap();
            panic!("{arguments:?} waits for ever");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output().unwrap();
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A folder with two runs and a profile.
fn runs() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_run(&folder.path().join("a.jsonl"), 1, 1e6);
    write_run(&folder.path().join("b.jsonl"), 2, 1e6);
    let profile = common::root().join("runner/tests/fixtures/profiles/page.cpuprofile");
    fs::copy(profile, folder.path().join("p.cpuprofile")).unwrap();
    folder
}

/// Commands that print what they found, and measure nothing.
const PRINTING: &[&[&str]] = &[
    &["report", "a.jsonl", "--format", "json"],
    &["report", "a.jsonl"],
    &["report", "a.jsonl", "--format", "csv"],
    &["compare", "a.jsonl", "b.jsonl", "--json"],
    &["merge", "a.jsonl", "--out", "merged", "--json", "-q"],
    &["charts", "a.jsonl", "--theme", "light", "-q"],
    &["history", "add", "a.jsonl"],
    &["history", "trend", "--json"],
    &["scout", "p.cpuprofile"],
    &["scout", "p.cpuprofile", "--json"],
];

#[test]
fn a_result_that_cannot_be_written_is_an_error() {
    let folder = runs();
    for arguments in PRINTING {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let child = command(arguments, folder.path()).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
        let output = ended(child, arguments);
        assert_eq!(output.code, 2, "{arguments:?}: {}", output.stderr);
        assert!(output.stderr.contains("the result could not be written"), "{arguments:?}: {}", output.stderr);
    }
}

#[test]
fn a_reader_that_has_gone_is_a_quiet_end() {
    let folder = runs();
    for arguments in PRINTING {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = command(arguments, folder.path()).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let output = ended(child, arguments);
        assert_eq!(output.code, 0, "{arguments:?}: {}", output.stderr);
        assert!(!output.stderr.contains("written to stdout"), "{arguments:?}: {}", output.stderr);
    }
}

#[test]
fn progress_and_errors_to_a_closed_pipe_are_dropped() {
    let folder = runs();
    for (arguments, code) in [
        (&["merge", "a.jsonl", "--out", "merged"][..], 0),
        (&["history", "add", "a.jsonl"], 0),
        (&["history", "trend"], 0),
        (&["report", "none.jsonl"], 2),
        (&["scout", "none.cpuprofile"], 2),
    ] {
        let (reader, gone) = std::io::pipe().unwrap();
        drop(reader);
        let full = File::options().write(true).open("/dev/full").unwrap();
        for stderr in [Stdio::from(gone), Stdio::from(full)] {
            let child = command(arguments, folder.path()).stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
            assert_eq!(ended(child, arguments).code, code, "{arguments:?}");
        }
    }
}

/// A named pipe without a writer.
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn what_is_no_file_is_named_before_it_is_opened() {
    let suite = Suite::new();
    write_run(&suite.path().join("a.jsonl"), 1, 1e6);
    suite.write("for.js", "export const run = (x) => x;");
    pipe(&suite.path().join("pipe"));
    fs::create_dir(suite.path().join("folder")).unwrap();
    for (arguments, expected) in [
        (&["list", "--suite", "pipe"][..], "pipe: cannot be read: it is a named pipe"),
        (&["list", "--suite", "/dev/zero"], "/dev/zero: cannot be read: it is a device"),
        (&["list", "--suite", "folder"], "folder: cannot be read: it is a folder"),
        (&["list", "--input", "sum=pipe"], "--input pipe: it is a named pipe"),
        (&["list", "--input", "sum=folder"], "--input folder: it is a folder"),
        (&["list", "--input", "sum=/dev/zero"], "--input /dev/zero: it is a device"),
        (&["list", "--input", "sum=none"], "--input none: "),
        (&["report", "pipe"], "pipe: cannot read the results file: it is a named pipe"),
        (&["report", "/dev/zero"], "/dev/zero: cannot read the results file: it is a device"),
        (&["compare", "a.jsonl", "pipe"], "pipe: cannot read the results file: it is a named pipe"),
        (&["merge", "a.jsonl", "pipe", "--out", "out"], "pipe: cannot read the results file: it is a named pipe"),
        (&["history", "add", "pipe"], "pipe: cannot read the results file: it is a named pipe"),
        (&["history", "add", "a.jsonl", "--history", "pipe"], "pipe: "),
        (&["history", "trend", "--history", "pipe"], "pipe: "),
        (&["charts", "a.jsonl", "--theme", "pipe"], "it is a named pipe"),
        (&["scout", "pipe"], "pipe: cannot read the profile: it is a named pipe"),
        (&["scout", "folder"], "folder: cannot read the profile: it is a folder"),
        (&["scout", "/dev/zero"], "/dev/zero: cannot read the profile: it is a device"),
        (&["port", "--js", "for.js#run", "--input", "pipe"], "--input pipe: it is a named pipe"),
        (&["port", "--js", "for.js#run", "--input", "folder"], "--input folder: it is a folder"),
        (&["port", "--js", "for.js#run", "--input-module", "pipe"], "--input-module pipe: it is a named pipe"),
    ] {
        let output = soon(arguments, suite.path());
        assert_eq!(output.code, 2, "{arguments:?}: {}", output.stderr);
        assert!(output.stderr.contains(expected), "{arguments:?}: no `{expected}` in: {}", output.stderr);
        let advice = output.stderr.lines().skip(1).all(|line| line.starts_with("help: "));
        assert!(output.stderr.starts_with("error: ") && advice, "{arguments:?}: {}", output.stderr);
    }
}

#[test]
fn what_a_manifest_names_is_looked_at_before_it_is_opened() {
    let cases = [
        ("generate = { random = { seed = 1, bytes = 65536 } }", "file = \"pipe\"", "field `input.file`: "),
        ("module = \"for.js\"", "module = \"pipe\"", "field `contender.js.module`: "),
        ("module = \"for.js\"", "source = \"pipe\"", "field `contender.js.source`: "),
        ("module = \"for.js\"", "pkg = \"pipe\"", "field `contender.js.pkg`: "),
        ("module = \"for.js\"", "crate = \"pipe\"", "field `contender.js.crate`: "),
        ("[contender.js]", "[asset]\nx = \"pipe\"\n[contender.js]", "field `asset.x`: "),
    ];
    for (old, new, field) in cases {
        let suite = Suite::new();
        let manifest = "kernels/sum/kernel.toml";
        suite.write(manifest, &suite.read(manifest).replacen(old, new, 1));
        pipe(&suite.path().join("kernels/sum/pipe"));
        let output = soon(&["list"], suite.path());
        assert_eq!(output.code, 2, "{new}: {}", output.stdout);
        for expected in ["kernel.toml: line ", field, "pipe: it is a named pipe"] {
            assert!(output.stderr.contains(expected), "{new}: no `{expected}` in: {}", output.stderr);
        }
    }
    let suite = Suite::new();
    fs::remove_file(suite.path().join("kernels/sum/kernel.toml")).unwrap();
    pipe(&suite.path().join("kernels/sum/kernel.toml"));
    let output = soon(&["list", "sum"], suite.path());
    assert_eq!(output.code, 2, "{}", output.stdout);
    assert!(output.stderr.contains("kernel.toml: cannot be read: it is a named pipe"), "{}", output.stderr);
}

#[test]
fn what_a_shell_hands_over_is_read() {
    let folder = runs();
    for (file, arguments) in
        [("a.jsonl", &["report", "/dev/stdin", "--format", "json"][..]), ("p.cpuprofile", &["scout", "/dev/stdin"])]
    {
        let mut child = command(arguments, folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let text = fs::read(folder.path().join(file)).unwrap();
        let mut stdin = child.stdin.take().unwrap();
        std::thread::spawn(move || stdin.write_all(&text));
        let output = ended(child, arguments);
        assert_eq!(output.code, 0, "{arguments:?}: {}", output.stderr);
    }
}

#[test]
fn a_name_that_no_terminal_can_show_is_refused_with_line_and_field() {
    let cases = [
        ("kernels/sum/kernel.toml", "name = \"1kB\"", "name = \"1\\u0000kB\"", "field `input.name`"),
        ("kernels/sum/kernel.toml", "name = \"1kB\"", "name = \"1\\nkB\"", "field `input.name`"),
        ("kernels/sum/kernel.toml", "[contender.js-reduce]", "[contender.\"a\\u001b[2J\"]", "field `contender`"),
        (
            "kernels/sum/kernel.toml",
            "[contender.js]",
            "[scenario.\"a\\nb\"]\ncalls = 1\n[contender.js]",
            "field `scenario`",
        ),
        ("kernels/sum/kernel.toml", "domain = \"test\"", "domain = \"te\\u0007st\"", "field `domain`"),
        ("kernels/sum/kernel.toml", "module = \"for.js\"", "module = \"for\\u0000.js\"", "field `contender.js.module`"),
        ("crossover.toml", "[\"kernels/*\"]", "[\n\"ker\\u0000nels/*\"]", "field `kernels`"),
        (
            "crossover.toml",
            "[\"kernels/*\"]",
            "[\"kernels/*\"]\n[defaults]\ncargo-profile = \"re\\nlease\"",
            "field `defaults.cargo-profile`",
        ),
        (
            "crossover.toml",
            "[\"kernels/*\"]",
            "[\"kernels/*\"]\n[compare.kernel.\"a\\u0000\"]\ncall = 1",
            "field `compare.kernel`",
        ),
    ];
    for (file, old, new, field) in cases {
        let suite = Suite::new();
        let text = suite.read(file);
        suite.write(file, &text.replacen(old, new, 1));
        let output = soon(&["list"], suite.path());
        assert_eq!(output.code, 2, "{new}: {}", output.stdout);
        let line = text[..text.find(old).unwrap()].matches('\n').count() + 1;
        // The name itself is in the last line of what was put in, or its only one.
        let line = line + new.lines().position(|line| line.contains('\\')).unwrap();
        let expected = format!("{file}: line {line}, {field}: ");
        assert!(output.stderr.contains(&expected), "{new}: no `{expected}` in: {}", output.stderr);
        assert!(output.stderr.contains("control character"), "{}", output.stderr);
        assert!(!output.stderr.contains(['\0', '\u{7}', '\u{1b}']), "{:?}", output.stderr);
    }
}

#[test]
fn a_folder_whose_name_no_terminal_can_show_is_no_kernel() {
    let suite = Suite::new();
    fs::rename(suite.path().join("kernels/sum"), suite.path().join("kernels/su\nm\u{1b}[2J")).unwrap();
    let output = soon(&["list"], suite.path());
    assert_eq!(output.code, 2, "{}", output.stdout);
    assert!(output.stderr.ends_with("has a control character\nhelp: rename the folder\n"), "{}", output.stderr);
    assert!(!output.stderr.contains('\u{1b}') && output.stderr.lines().count() == 2, "{:?}", output.stderr);
}

#[test]
fn a_second_run_into_an_output_folder_is_refused_and_harms_nothing() {
    let folder = runs();
    let out = folder.path().join("out");
    let merge = ["merge", "a.jsonl", "--out", "out", "-q"];
    assert_eq!(soon(&merge, folder.path()).code, 0);
    let before = fs::read(out.join("run.jsonl")).unwrap();
    // As a run holds it that is still measuring.
    let lock = File::options().write(true).open(out.join(".lock")).unwrap();
    lock.lock().unwrap();
    for arguments in [&["merge", "b.jsonl", "--out", "out"][..], &["compare", "a.jsonl", "b.jsonl", "--out", "out"]] {
        let output = soon(arguments, folder.path());
        assert_eq!(output.code, 2, "{}", output.stderr);
        assert!(output.stderr.contains("out: another run is writing there"), "{}", output.stderr);
        assert_eq!(fs::read(out.join("run.jsonl")).unwrap(), before);
    }
    drop(lock);
    assert_eq!(soon(&merge, folder.path()).code, 0);
}

#[test]
fn results_of_other_tools_are_called_by_their_names() {
    let folder = runs();
    for (file, format) in [
        ("gab.json", "github-action-benchmark"),
        ("tach.json", "tachometer"),
        ("report.json", "json"),
        ("bmf.json", "bmf"),
    ] {
        let report = ["report", "a.jsonl", "--format", format, "--out", "made"];
        assert_eq!(soon(&report, folder.path()).code, 0, "{format}");
        let made = folder.path().join("made");
        let first = || fs::read_dir(&made).unwrap().next().unwrap().unwrap().path();
        fs::rename(if made.is_dir() { first() } else { made.clone() }, folder.path().join(file)).unwrap();
        let _ = fs::remove_dir_all(&made);
    }
    let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
    write(
        "hyperfine.json",
        "{\n  \"results\": [\n    { \"command\": \"sleep 1\", \"mean\": 1.0, \"times\": [1.0] }\n  ]\n}\n",
    );
    write("one-line.json", "[{\"name\":\"a\",\"unit\":\"ns\",\"value\":1}]");
    write("data.js", "window.BENCHMARK_DATA = {\n  \"lastUpdate\": 1\n}");
    write("other.json", "{ \"a\": 1 }\n");
    write("notes.txt", "hello\nworld\n");
    let gate = ["compare", "a.jsonl", "b.jsonl", "--out", "gate"];
    assert_eq!(soon(&gate, folder.path()).code, 0);
    fs::copy(folder.path().join("gate/compare.json"), folder.path().join("gate.json")).unwrap();
    for (file, expected) in [
        ("gab.json", "looks like results of github-action-benchmark"),
        ("one-line.json", "looks like results of github-action-benchmark"),
        ("data.js", "looks like results of github-action-benchmark"),
        ("tach.json", "looks like results of tachometer"),
        ("hyperfine.json", "looks like results of hyperfine"),
        ("report.json", "is a `crossover/report/2`"),
        ("gate.json", "is a `crossover/compare/2`"),
        ("bmf.json", "looks like Bencher's metric format"),
        ("other.json", "is JSON, but not a results file"),
        ("notes.txt", "is not a results file"),
    ] {
        for arguments in [&["report", file][..], &["compare", "a.jsonl", file], &["merge", file, "--out", "m"]] {
            let output = soon(arguments, folder.path());
            assert_eq!(output.code, 2, "{file}");
            assert!(output.stderr.contains(expected), "{file}: no `{expected}` in: {}", output.stderr);
            assert!(output.stderr.contains("run.jsonl"), "{file}: {}", output.stderr);
            assert!(
                !output.stderr.contains("damaged") && !output.stderr.contains("empty"),
                "{file}: {}",
                output.stderr
            );
        }
    }
}

#[test]
fn a_budget_too_short_for_two_blocks_is_refused_with_the_least_that_would_do() {
    let suite = Suite::new();
    suite.write("a.txt", "a");
    suite.write("b.txt", "b");
    suite.write("f.js", "export const f = (x) => x.length;");
    for arguments in [
        &["run", "--budget", "1s", "--preset", "quick"][..],
        &["run", "--budget", "1s"],
        &["port", "--js", "f.js#f", "--platform", "f.js#f", "--input", "a.txt", "--input", "b.txt", "--budget", "1s"],
    ] {
        let output = crossover(arguments, suite.path());
        assert_eq!(output.code, 2, "{arguments:?}: {}", output.stderr);
        assert!(output.stderr.contains("--budget: 1 s is too short"), "{}", output.stderr);
        let least = output.stderr.split("give at least ").nth(1).unwrap().split('s').next().unwrap();
        assert!(least.parse::<u32>().unwrap() > 1, "{}", output.stderr);
        assert!(!suite.path().join("target").exists(), "{arguments:?}: it had begun");
    }
}
