//! Firefox and WebKit do what Chromium does: they measure, say why something failed, are replaced when they die, and leave nothing
//! behind.
#![cfg(target_os = "linux")]
use std::collections::BTreeSet;
use std::fs;
use std::process::Child;
use std::time::Duration;

use crate::common::{self, Suite, crossover, rows_that_count};

const PATIENCE: Duration = Duration::from_secs(300);

/// The engines beside Chromium, each with a word in the command line of its first process and in no other's.
const ENGINES: [(&str, &str); 2] = [("firefox", "--remote-debugging-port"), ("webkit", "MiniBrowser")];

/// The contenders of the kernel `faulty` that answer right.
const RIGHT: [&str; 3] = ["js", "promises", "stays"];

/// The suite with one more contender of its kernel `faulty` for each of these modules.
fn with(modules: &[(&str, &str)]) -> Suite {
    let suite = Suite::new();
    let mut manifest = suite.read("kernels/faulty/kernel.toml");
    for (name, module) in modules {
        suite.write(&format!("kernels/faulty/{name}.js"), module);
        manifest += &format!("\n[contender.{name}]\nkind = \"js\"\nmodule = \"{name}.js\"\n");
    }
    suite.write("kernels/faulty/kernel.toml", &manifest);
    suite
}

#[test]
fn a_contender_that_fails_is_reported_with_its_reason() {
    let never = "export const run = () => new Promise(() => {});";
    let suite = with(&[
        ("reloads", &format!("location.reload();\n{never}")),
        ("leaves", &format!("location.href = '/elsewhere';\n{never}")),
        ("leaves-for-another-process", &format!("location.href = location.href.replace(/p\\d+/, 'far');\n{never}")),
        (
            "stays",
            "export const run = (bytes) => { location.hash = 'x'; history.pushState(0, '', '/y'); return bytes.slice(); };",
        ),
    ]);
    let faults = [
        ("throws", "RangeError: no luck with 1024 bytes"),
        ("hangs", "no answer within 3 s: it was stopped"),
        ("aborts", "trap: abort or panic without a message"),
        ("recurses", "stack overflow: "),
        ("runs-out-of-memory", "out of memory: "),
        ("does-not-compile", "the module does not compile"),
        ("is-not-found", "the server has no such module"),
        ("reloads", "the contender reloaded the page"),
        ("leaves", "/elsewhere"),
        ("leaves-for-another-process", "the contender left the page for http://far.localhost:"),
    ];
    for (engine, _) in ENGINES {
        let contenders =
            faults.iter().map(|(contender, _)| *contender).chain(RIGHT).flat_map(|name| ["--contender", name]);
        let arguments = ["verify", "faulty", "--runtime", engine, "--call-timeout", "3"];
        let output = crossover(&arguments.into_iter().chain(contenders).collect::<Vec<_>>(), suite.path());
        let line = |contender: &str| {
            let mark = format!("faulty 1kB {contender}");
            let line =
                output.stdout.lines().find(|line| line.split(": ").next().is_some_and(|head| head.ends_with(&mark)));
            line.unwrap_or_else(|| panic!("no line of {contender} in {engine}:\n{}{}", output.stdout, output.stderr))
        };
        for (contender, reason) in faults {
            let line = line(contender);
            assert!(line.starts_with("FAILED") && line.contains(reason), "{engine}: {line}");
        }
        for contender in RIGHT {
            assert!(line(contender).starts_with("ok "), "{engine}: {}", line(contender));
        }
        assert_eq!(output.code, 1, "{engine}: {}", output.stderr);
    }
}

#[test]
fn one_run_measures_in_three_engines_by_turns() {
    let suite = Suite::new();
    let arguments = ["run", "sum", "--runtime", "chromium,firefox,webkit", "--preset", "quick", "--out", "out"];
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    let rows = rows_that_count(&suite.path().join("out/run.jsonl"));
    let strata = rows[0]["strata"].as_array().unwrap();
    for stratum in strata {
        assert_eq!(stratum["cross_origin_isolated"], true, "{stratum}");
        assert!(stratum["timer_quantum_ns"].as_f64().is_some_and(|ns| ns > 0.0), "{stratum}");
        assert!(stratum["runtime"]["version"].as_str().is_some_and(|text| text.contains('.')), "{stratum}");
    }
    // Two contenders in six blocks of each.
    assert_eq!(rows.len(), 1 + 3 * 6 * 2);
    let orders: BTreeSet<Vec<&str>> =
        rows[1..].chunks(6).map(|block| block.iter().map(|row| row["stratum"].as_str().unwrap()).collect()).collect();
    assert!(orders.len() > 1, "the engines always have the same order");
    for row in &rows[1..] {
        let samples = &row["samples"];
        let at = format!("{} in block {}", row["stratum"], row["block"]);
        for kind in ["call", "cold_start"] {
            assert!(samples[kind].as_array().is_some_and(|taken| !taken.is_empty()), "no {kind} of {at}");
        }
        // One engine does not say what it holds.
        assert_eq!(samples["memory"]["end"]["js_heap"].is_null(), row["stratum"] == "webkit", "{at}");
    }
}

/// V8 keeps 64-bit integers in registers where others allocate each, so that Wasm gains nothing in one engine and much in others.
#[test]
fn a_decision_that_flips_between_engines_is_reported_as_that() {
    let suite = common::root().join("runner/tests/fixtures/flips");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_string_lossy();
    let arguments = ["run", "fnv", "--runtime", "chromium,firefox", "--preset", "quick", "--out", &out, "--json"];
    let output = crossover(&arguments, &suite);
    assert!(output.is_measured(), "{}\n{}", output.stdout, output.stderr);
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let across = &report["across"][0];
    let decisions = [0, 1].map(|at| across["strata"][at]["decision"].as_str().unwrap());
    // A busy machine may not let it tell, but never lets it tell the opposite.
    assert!(["keep-js", "no-difference", "cannot-tell"].contains(&decisions[0]), "{across:#}");
    assert!(["port", "cannot-tell"].contains(&decisions[1]), "{across:#}");
    if decisions == ["keep-js", "port"] {
        assert_eq!(across["agreement"], "flips", "{across:#}");
        assert!(across["answer"].as_str().unwrap().starts_with("flips: keep JavaScript in Chromium (×"), "{across:#}");
    }
}

#[test]
fn a_browser_that_dies_in_mid_run_is_replaced_and_an_interrupted_run_goes_on() {
    for (engine, word) in ENGINES {
        let suite = Suite::new();
        let arguments = ["run", "sum", "--runtime", engine, "--preset", "quick", "--out", "out", "--resume"];
        let mut child = common::start(&arguments, suite.path());
        let run = suite.path().join("out/run.jsonl");
        common::wait_for_rows(&run, 3, PATIENCE);
        common::kill_process_below(child.id(), |line| line.contains(word));
        common::wait_for_rows(&run, 5, PATIENCE);
        common::interrupt(child.id());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{engine}");
        let before = suite.read("out/run.jsonl");
        let output = crossover(&arguments, suite.path());
        assert_eq!(output.code, 0, "{engine}: {}", output.stderr);
        assert!(suite.read("out/run.jsonl").starts_with(&before), "{engine}");
        assert_eq!(rows_that_count(&run).len(), 1 + 6 * 2, "{engine}");
    }
}

/// Whether a process with this word in its command line is below.
fn runs(child: &Child, word: &str) -> bool {
    common::processes_below(child.id()).iter().any(|(_, line)| line.contains(word))
}

#[test]
fn a_run_that_is_killed_leaves_no_process_and_no_folder() {
    let suite = Suite::new();
    suite.write("kernels/sum/for.js", "export const run = () => { for (;;); };\n");
    for (engine, word) in ENGINES {
        for signal in ["-KILL", "-TERM"] {
            let own = suite.path().join(format!("tmp-{engine}{signal}"));
            fs::create_dir(&own).unwrap();
            let arguments = ["verify", "sum", "--runtime", engine, "--call-timeout", "600"];
            let mut command = common::command(&arguments, suite.path());
            let mut child = command.env("TMPDIR", &own).stdout(std::process::Stdio::null()).spawn().unwrap();
            common::wait_until("a browser runs", PATIENCE, || runs(&child, word));
            let below: Vec<u32> = common::processes_below(child.id()).into_iter().map(|(id, _)| id).collect();
            common::signal(signal, child.id());
            child.wait().unwrap();
            let what = format!("all of {engine} is gone after {signal}");
            common::wait_until(&what, PATIENCE, || !below.iter().any(common::is_alive));
            common::wait_until(&what, PATIENCE, || fs::read_dir(&own).unwrap().next().is_none());
        }
    }
}

#[test]
fn what_an_engine_cannot_do_is_refused_before_anything_starts() {
    let suite = Suite::new();
    for (arguments, refused) in [
        (&["--runtime", "firefox", "--network", "slow-4g"][..], "--network: firefox cannot do that"),
        (&["--runtime", "chromium,webkit", "--cpu-throttle", "4"], "--cpu-throttle: webkit cannot do that"),
        (&["--runtime", "firefox", "--connect", "ws://127.0.0.1:1/"], "--connect: firefox cannot do that"),
        (&["--browser-path", "firefox=/opt/firefox"], "nothing is to be measured in Firefox"),
        (&["--runtime", "opera"], "choose from chromium, firefox, webkit, or all"),
    ] {
        let output = crossover(&[&["run", "sum", "--out", "out"], arguments].concat(), suite.path());
        assert!(output.code == 2 && output.stderr.contains(refused), "{arguments:?}: {}", output.stderr);
    }
    let profile = crossover(&["profile", "sum", "js", "--runtime", "webkit"], suite.path());
    assert!(profile.code == 2 && profile.stderr.contains("webkit cannot do that"), "{}", profile.stderr);
}

#[test]
fn a_browser_that_is_none_is_named() {
    let suite = Suite::new();
    suite
        .write("browser", "#!/bin/sh\ncase $1 in --version) echo Mozilla Firefox 140.0;; *) echo no luck >&2;; esac\n");
    common::make_executable(&suite.path().join("browser"));
    let arguments = ["verify", "sum", "--runtime", "firefox", "--browser-path", "browser"];
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 3, "{}", output.stderr);
    for part in ["Firefox could not be started", "it ended, and said: no luck", "crossover doctor --runtime firefox"] {
        assert!(output.stderr.contains(part), "no `{part}` in: {}", output.stderr);
    }
}
