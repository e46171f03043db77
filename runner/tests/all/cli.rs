//! The command as a user meets it: every exit code, every kind of bad input, and what is kept.
use crate::common;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::common::{Suite, crossover, crossover_with, rows_that_count};

#[test]
fn list_needs_nothing_and_fits_the_terminal() {
    let suite = Suite::new();
    let manifest = suite.read("kernels/sum/kernel.toml");
    suite.write(
        "kernels/sum/kernel.toml",
        &manifest.replacen("module = \"for.js\"", "module = \"for.js\"\nneeds = [\"webgpu\"]", 1),
    );
    for columns in [60, 80, 120] {
        let table = crossover_with(&["list"], suite.path(), &[("COLUMNS", &columns.to_string())]).stdout;
        assert!(table.starts_with("KERNEL  INPUTS  CONTENDERS"), "{table}");
        let sum = table.lines().find(|line| line.starts_with("sum ")).unwrap();
        assert!(sum.contains("     2  js, js-reduce") && sum.contains("  webgpu  "), "{sum}");
        assert!(table.lines().all(|line| line.chars().count() <= columns), "{table}");
        assert!(table.contains("\n2 kernels, 16 contenders: about "), "{table}");
    }
    assert!(!suite.path().join("target").exists(), "list touched the folder");
}

#[test]
fn list_shows_the_plan_where_it_is_asked_for() {
    let suite = Suite::new();
    let output = crossover(&["list", "--preset", "quick", "--plan"], suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    for part in ["sum (test)", "64kB, headline", "js (js, ecosystem, baseline)", "6 blocks (preset quick, seed 1)"] {
        assert!(output.stdout.contains(part), "no `{part}` in:\n{}", output.stdout);
    }
    assert!(!output.stdout.contains("input      1kB\n  contender  js-reduce"), "quick keeps to the headline inputs");
}

#[test]
fn an_unknown_kernel_is_bad_usage_and_the_nearest_is_suggested() {
    let suite = Suite::new();
    let output = crossover(&["run", "summ"], suite.path());
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("there is no kernel `summ`\nhelp: did you mean `sum`?"), "{}", output.stderr);
}

#[test]
fn a_wrong_argument_is_refused_in_the_same_form() {
    let suite = Suite::new();
    for (arguments, expected) in [
        (
            &["run", "--calls", "abc"][..],
            "error: invalid value 'abc' for '--calls <N>': expected a whole number, such as 200\n",
        ),
        (&["run", "--seed", "x"], "expected a whole number, such as 1\n"),
        (
            &["run", "--presett", "quick"],
            "error: unexpected argument '--presett' found\nhelp: a similar argument exists: '--preset'\n",
        ),
        (&["lst"], "error: unrecognized subcommand 'lst'\nhelp: a similar subcommand exists: 'list'\n"),
    ] {
        let output = crossover(arguments, suite.path());
        assert_eq!(output.code, 2, "{}", output.stdout);
        assert!(output.stderr.contains(expected) && output.stdout.is_empty(), "{expected}: {}", output.stderr);
    }
    let help = crossover(&["run", "--help"], suite.path());
    assert!(help.code == 0 && help.stderr.is_empty(), "{}", help.stderr);
    let headings = ["What to run:", "How long:", "Judging:", "Conditions:", "Browser:", "Output:", "Examples:"];
    let at =
        headings.map(|heading| help.stdout.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no {heading}")));
    assert!(at.is_sorted(), "{}", help.stdout);
}

#[test]
fn a_runtime_that_does_not_exist_is_bad_usage_wherever_it_is_named() {
    let suite = Suite::new();
    for flag in ["--runtime", "--browser"] {
        let output = crossover(&["list", flag, "chromium,lynx"], suite.path());
        assert_eq!(output.code, 2, "{}", output.stderr);
        assert!(
            output.stderr.contains("there is no runtime of this name\nhelp: choose from chromium"),
            "{}",
            output.stderr
        );
    }
    let manifest = suite.read("crossover.toml");
    suite.write("crossover.toml", &format!("{manifest}[defaults]\nruntime = [\"lynx\"]\n"));
    let output = crossover(&["list"], suite.path());
    assert_eq!(output.code, 2, "{}", output.stderr);
    assert!(
        output.stderr.contains("crossover.toml: field `defaults.runtime`: `lynx`: there is no"),
        "{}",
        output.stderr
    );
    assert_eq!(crossover(&["list", "--runtime", "chromium"], suite.path()).code, 0, "what is asked for comes first");
}

#[test]
fn an_unknown_contender_is_bad_usage() {
    let suite = Suite::new();
    let output = crossover(&["list", "sum", "--contender", "js-reduced"], suite.path());
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("did you mean `js-reduce`?"), "{}", output.stderr);
}

#[test]
fn a_broken_manifest_is_named_with_line_and_field() {
    let cases = [
        ("sumary = 1\n", "line 1: unknown field `sumary`"),
        ("summary = 1\n", "line 1: invalid type: integer"),
        ("summary = \"x\ndomain = 1", "line 1:"),
    ];
    for (text, message) in cases {
        let suite = Suite::new();
        suite.write("kernels/sum/kernel.toml", text);
        let output = crossover(&["list"], suite.path());
        assert_eq!(output.code, 2);
        assert!(output.stderr.contains("kernels/sum/kernel.toml"), "{}", output.stderr);
        assert!(output.stderr.contains(message), "no `{message}` in: {}", output.stderr);
    }
}

#[test]
fn a_manifest_that_makes_no_sense_is_named_with_line_and_field() {
    let cases = [
        ("check = \"exact\"", "baseline = \"sj\"", "field `baseline`: there is no contender `sj`"),
        ("module = \"for.js\"", "module = \"../../../../for.js\"", "field `contender.js.module`:"),
        ("module = \"for.js\"", "module = \"/etc/passwd\"", "leads out of the suite's folder"),
        ("module = \"for.js\"", "module = \"none.js\"", "none.js is not there"),
        ("module = \"for.js\"", "module = \"for.js\"\nfeatures = [\"x\"]", "are for a `crate`"),
        ("headline = true", "", "field `input.headline`: no input is the headline"),
        ("name = \"1kB\"", "name = \"64kB\"", "two inputs are called `64kB`"),
    ];
    for (old, new, message) in cases {
        let suite = Suite::new();
        let manifest = "kernels/sum/kernel.toml";
        suite.write(manifest, &suite.read(manifest).replacen(old, new, 1));
        let output = crossover(&["list"], suite.path());
        assert_eq!(output.code, 2, "{new}: {}", output.stdout);
        assert!(output.stderr.contains(message), "no `{message}` in: {}", output.stderr);
        assert!(output.stderr.contains("kernel.toml: line "), "no line in: {}", output.stderr);
    }
}

#[test]
fn a_folder_without_a_suite_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let output = crossover(&["list"], folder.path());
    assert_eq!(output.code, 2);
    assert!(
        output.stderr.contains("error: no crossover.toml here or in any folder above\nhelp: create one"),
        "{}",
        output.stderr
    );
}

#[test]
fn an_unreadable_run_is_named_with_a_fix() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("run.jsonl");
    let report = || crossover(&["report", "run.jsonl", "--format", "json"], folder.path());
    let missing = report().stderr;
    assert!(missing.contains("run.jsonl: cannot read the results file"), "{missing}");
    assert_eq!(missing.matches("No such file").count(), 1, "{missing}");
    fs::write(&file, "").unwrap();
    assert!(report().stderr.contains("the file is empty"));
    fs::write(&file, "{\"schema\":\"crossover/run/9\"}\n").unwrap();
    assert!(report().stderr.contains("crossover/run/9"));
    fs::write(&file, "no JSON\n").unwrap();
    let output = report();
    assert!(output.stderr.contains("run.jsonl: the file is not a results file"), "{}", output.stderr);
    assert_eq!(output.code, 2);
}

#[test]
fn an_output_folder_that_cannot_be_had_is_known_before_anything_is_measured() {
    let suite = Suite::new();
    suite.write("file", "");
    let output = crossover(&["run", "sum", "--out", "file/below"], suite.path());
    assert_eq!(output.code, 2);
    assert!(
        output.stderr.contains("the output folder cannot be written: ")
            && output.stderr.ends_with("\nhelp: name another one with --out DIR\n"),
        "{}",
        output.stderr
    );
}

#[test]
fn a_browser_that_is_not_there_is_an_environment_that_is_not_able() {
    let suite = Suite::new();
    let output = crossover(&["run", "sum", "--browser-path", "/no/such/browser", "--no-setup"], suite.path());
    assert_eq!(output.code, 3);
    assert!(output.stderr.contains("/no/such/browser"), "{}", output.stderr);
}

#[test]
fn verify_names_kernel_input_contender_and_what_differs() {
    let suite = Suite::new();
    let output = crossover(&["verify", "--call-timeout", "2"], suite.path());
    assert_eq!(output.code, 1, "{}", output.stderr);
    let line =
        |cell: &str| output.stdout.lines().find(|line| line.contains(cell)).unwrap_or_else(|| panic!("no {cell}"));
    for right in ["sum 64kB js", "sum 1kB js-reduce", "faulty 1kB js", "faulty 1kB promises"] {
        assert!(line(right).starts_with("ok "), "{}", line(right));
    }
    let failed = [
        ("off-by-one", "wrong answer, compared with `js`: first difference at byte 1000"),
        ("throws", "RangeError: no luck with 1024 bytes"),
        ("hangs", "no answer within 2 s"),
        ("changes-its-input", "changed its input"),
        ("no-export", "walk"),
        ("aborts", "trap: abort or panic without a message"),
        ("divides-by-zero", "trap: RuntimeError: divide by zero"),
        ("recurses", "stack overflow: RangeError"),
        ("runs-out-of-memory", "out of memory: RangeError"),
        ("does-not-compile", "the module does not compile: CompileError"),
        ("is-not-found", "the server has no such module: TypeError"),
        ("has-the-wrong-type", "the server does not call the module application/wasm: TypeError"),
    ];
    for (contender, why) in failed {
        let line = line(&format!("faulty 1kB {contender}"));
        assert!(line.starts_with("FAILED ") && line.contains(why), "{line}");
    }
}

#[test]
fn a_run_keeps_all_other_cells_when_some_fail() {
    let suite = Suite::new();
    let arguments = ["run", "faulty", "--preset", "quick", "--call-timeout", "2", "--out", "out", "--json"];
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 4, "{}", output.stderr);
    let report: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON and nothing else on stdout");
    let cell = |contender: &str| {
        let cells = report["cells"].as_array().unwrap();
        cells.iter().find(|cell| cell["contender"] == contender).unwrap_or_else(|| panic!("no cell {contender}"))
    };
    for measured in ["js", "promises"] {
        assert_eq!(cell(measured)["blocks"], 6, "{measured}");
        assert!(cell(measured)["call_ns"]["median"].as_f64().unwrap() > 0.0);
    }
    for failed in ["off-by-one", "throws", "hangs", "changes-its-input", "no-export"] {
        assert!(cell(failed)["call_ns"].is_null(), "{failed} was timed");
        assert!(cell(failed)["failure"].is_string(), "{failed} has no reason");
    }
    let page = fs::read_to_string(suite.path().join("out/report.html")).unwrap();
    assert!(page.contains("no luck with 1024 bytes"));
    assert!(!page.contains("<script>alert(1)"), "a contender's message became markup");
}

#[test]
fn a_budget_that_turns_out_too_short_says_what_it_left_out() {
    let suite = Suite::new();
    let slow = "export const run = (x) => { const end = performance.now() + 400; while (performance.now() < end); return x; };\n";
    for file in ["for.js", "reduce.js"] {
        suite.write(&format!("kernels/sum/{file}"), slow);
    }
    let arguments = ["run", "sum", "--preset", "quick", "--budget", "2s", "--out", "out", "-q"];
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 4, "{}\n{}", output.stdout, output.stderr);
    let expected = "the budget was over before these had 2 blocks, and nothing follows from fewer: sum 64kB (1 block)\nhelp: give about --budget ";
    assert!(output.stderr.contains(expected), "{}", output.stderr);
}

#[test]
fn your_own_file_is_an_input() {
    let suite = Suite::new();
    suite.write("mine.txt", "some bytes of my own");
    let arguments = ["run", "sum", "--preset", "quick", "--input", "sum=mine.txt", "--out", "out", "-q"];
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stdout.contains("mine.txt"), "{}", output.stdout);
    assert!(output.stderr.is_empty(), "not quiet: {}", output.stderr);
    let rows = rows_that_count(&suite.path().join("out/run.jsonl"));
    assert_eq!(rows.len(), 1 + 6 * 2);
    assert!(rows[1..].iter().all(|row| row["input"] == "mine.txt" && row["samples"].is_object()));
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_what_was_measured() {
    let suite = Suite::new();
    let mut child =
        common::start(&["run", "sum", "--preset", "thorough", "--sessions", "0", "--out", "out"], suite.path());
    let run = suite.path().join("out/run.jsonl");
    let patience = Duration::from_secs(300);
    common::wait_for_rows(&run, 3, patience);
    let says_not_final = || {
        let page = fs::read_to_string(suite.path().join("out/report.html"));
        page.is_ok_and(|page| page.contains("Not final."))
    };
    common::wait_until("a first page is there", patience, says_not_final);
    common::interrupt(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(common::rows(&run).len() >= 3);
    assert!(suite.path().join("out/report.html").is_file() && !says_not_final());
}

#[cfg(target_os = "linux")]
#[test]
fn a_browser_that_dies_in_mid_run_is_replaced_and_nothing_is_lost() {
    let suite = Suite::new();
    let mut child = common::start(&["run", "sum", "--preset", "quick", "--out", "out"], suite.path());
    let run = suite.path().join("out/run.jsonl");
    common::wait_for_rows(&run, 3, Duration::from_secs(300));
    common::kill_browser_of(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(rows_that_count(&run).len(), 1 + 6 * 2);
}

#[test]
fn no_file_of_the_suite_is_changed() {
    let suite = Suite::new();
    let before = listing(suite.path());
    crossover(&["list"], suite.path());
    assert_eq!(listing(suite.path()), before);
}

fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
