//! What ends a run from outside: it ends in good order, whatever it is about, and leaves nothing behind.
#![cfg(target_os = "linux")]

use crate::common;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::common::{Suite, crossover};

const PATIENCE: Duration = Duration::from_secs(120);

/// Starts the command with a folder of its own for what browsers keep.
fn start(arguments: &[&str], suite: &Suite) -> Child {
    fs::create_dir_all(suite.path().join("tmp")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossover"));
    command.args(arguments).current_dir(suite.path()).env("TMPDIR", suite.path().join("tmp"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn wait_until(what: &str, is_so: impl FnMut() -> bool) {
    common::wait_until(what, PATIENCE, is_so);
}

/// Sends a signal, waits for the end, and returns the exit code. Everything that was started has to be gone then, and
/// browsers' folders as well.
fn ended_by(signal: &str, mut child: Child, suite: &Suite) -> Option<i32> {
    let below: Vec<u32> = common::processes_below(child.id()).into_iter().map(|(id, _)| id).collect();
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    let code = child.wait().unwrap().code();
    wait_until("all that it had started is gone", || !below.iter().any(common::is_alive));
    let left: Vec<_> =
        fs::read_dir(suite.path().join("tmp")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let is_profile = |name: &std::ffi::OsString| name.to_string_lossy().starts_with("playwright");
    assert!(!left.iter().any(is_profile), "{left:?}");
    code
}

fn has_browser(child: &Child) -> bool {
    common::processes_below(child.id()).iter().any(|(_, line)| line.contains("--remote-debugging-pipe"))
}

#[test]
fn a_cancelled_job_and_a_closed_terminal_keep_what_was_measured() {
    for (signal, code) in [("-TERM", 143), ("-HUP", 129)] {
        let suite = Suite::new();
        crossover(&["list"], suite.path());
        let child = start(&["run", "sum", "--preset", "thorough", "--sessions", "0", "--out", "out"], &suite);
        let run = suite.path().join("out/run.jsonl");
        common::wait_for_rows(&run, 3, PATIENCE);
        assert_eq!(ended_by(signal, child, &suite), Some(code), "{signal}");
        assert!(common::rows(&run).len() >= 3);
        assert!(suite.path().join("out/report.html").is_file(), "{signal}");
    }
}

/// A kernel whose contender never answers.
fn hanging() -> Suite {
    let suite = Suite::new();
    suite.write("kernels/sum/for.js", "export const run = () => { for (;;); };\n");
    suite
}

#[test]
fn while_answers_are_checked_a_signal_ends_the_browser_too() {
    for (arguments, signal, code) in [
        (&["verify", "sum"][..], "-TERM", 143),
        (&["run", "sum", "--out", "out"], "-HUP", 129),
        (&["port", "--js", "kernels/sum/for.js#run", "--args", "[1]"], "-TERM", 143),
        (&["profile", "sum", "js"], "-INT", 130),
    ] {
        let suite = hanging();
        crossover(&["list"], suite.path());
        let child = start(&[arguments, &["--call-timeout", "600"]].concat(), &suite);
        wait_until("a browser runs", || has_browser(&child));
        assert_eq!(ended_by(signal, child, &suite), Some(code), "{arguments:?}");
    }
}

#[test]
fn while_something_is_built_a_signal_ends_the_build_too() {
    let suite = Suite::new();
    suite.add_crate("sum", "kernel_contract::contender!(job, [u8] => Vec<u8>);\n");
    suite.write(
        "kernels/sum/build.rs",
        "fn main() {\n    std::fs::write(\"begun\", \"\").unwrap();\n    \
         std::thread::sleep(std::time::Duration::from_secs(600));\n}\n",
    );
    let manifest = suite.read("kernels/sum/kernel.toml");
    suite.write("kernels/sum/kernel.toml", &format!("{manifest}\n[contender.wasm]\nkind = \"wasm\"\ncrate = \".\"\n"));
    let child = start(&["verify", "sum"], &suite);
    wait_until("the crate is built", || suite.path().join("kernels/sum/begun").exists());
    assert_eq!(ended_by("-TERM", child, &suite), Some(143));
}

#[test]
fn what_is_to_outlive_its_terminal_does() {
    let suite = Suite::new();
    crossover(&["list"], suite.path());
    let mut command = Command::new("nohup");
    command.arg(env!("CARGO_BIN_EXE_crossover")).args(["verify", "sum"]).current_dir(suite.path());
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait_until("a browser runs", || has_browser(&child));
    assert!(Command::new("kill").args(["-HUP", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
