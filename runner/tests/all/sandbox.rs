//! Chromium's sandbox, as an ordinary user has it. Where that cannot be tried, a test says so and does nothing.
#![cfg(target_os = "linux")]
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Output, Suite, chromium, crossover, processes_below, root};

/// The ids of an unprivileged user.
const NOBODY: [&str; 3] = ["--reuid=65534", "--regid=65534", "--clear-groups"];

/// A suite that belongs to an ordinary user; `None`, with the reason on stderr, where no such user can be had.
fn suite() -> Option<Suite> {
    let suite = Suite::new();
    open_to_all(suite.path());
    // Whatever is needed must be readable for that user, too.
    let needed =
        [Path::new(env!("CARGO_BIN_EXE_crossover")), &root().join("runner/tools/node_modules/esbuild/package.json")];
    for file in needed {
        let status = as_ordinary_user("test", suite.path()).arg("-r").arg(file).stderr(Stdio::null()).status();
        if !status.is_ok_and(|status| status.success()) {
            eprintln!("skipped: there is no ordinary user here who can read {}", file.display());
            return None;
        }
    }
    Some(suite)
}

fn open_to_all(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
        open_to_all(&entry.path());
    }
}

/// A program as an ordinary user runs it, which we are unless we are root.
fn as_ordinary_user(program: &str, folder: &Path) -> Command {
    let mut command = match is_root() {
        true => Command::new("setpriv"),
        false => Command::new("env"),
    };
    command.args(NOBODY.iter().filter(|_| is_root())).arg(program).current_dir(folder).stdin(Stdio::null());
    command.env("HOME", folder).env("CARGO_TARGET_DIR", folder.join("target")).env("NO_COLOR", "1");
    command.env_remove("CROSSOVER_NO_SANDBOX");
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().unwrap().stdout == b"0\n"
}

fn run(mut command: Command) -> Output {
    let output = command.output().unwrap();
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

const CROSSOVER: &str = env!("CARGO_BIN_EXE_crossover");

#[test]
fn an_ordinary_users_pages_run_in_the_sandbox() {
    let Some(suite) = suite() else { return };
    let mut doctor = as_ordinary_user(CROSSOVER, suite.path());
    doctor.arg("doctor");
    let doctor = run(doctor);
    assert!(doctor.stdout.contains("ok       Sandbox              on\n"), "{}", doctor.stdout);

    let mut command = as_ordinary_user(CROSSOVER, suite.path());
    command.args(["run", "sum", "--preset", "quick", "--out", "out"]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let filters = page_filters(child.id());
    assert!(!filters.is_empty() && filters.iter().all(|filter| filter == "2"), "{filters:?}");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let header: serde_json::Value = serde_json::from_str(suite.read("out/run.jsonl").lines().next().unwrap()).unwrap();
    let flags = header["strata"][0]["runtime"]["flags"].as_array().unwrap();
    assert!(flags.iter().all(|flag| flag != "--no-sandbox"), "{flags:?}");
}

/// What the system says of how the pages of a browser below `process` may call it: 0 for as they like, 2 for filtered.
fn page_filters(process: u32) -> Vec<String> {
    let end = Instant::now() + Duration::from_secs(300);
    loop {
        let pages = processes_below(process).into_iter().filter(|(_, line)| line.contains("--type=renderer"));
        let statuses = pages.filter_map(|(id, _)| fs::read_to_string(format!("/proc/{id}/status")).ok());
        let filters: Vec<String> = statuses
            .filter_map(|status| Some(status.lines().find_map(|line| line.strip_prefix("Seccomp:"))?.trim().to_owned()))
            .collect();
        // A page that is just being started has not closed the door behind itself yet.
        if !filters.is_empty() && filters.iter().all(|filter| filter == "2") {
            return filters;
        }
        assert!(Instant::now() < end, "no page with a sandbox was seen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn doctor_says_why_there_is_none() {
    if is_root() {
        let doctor = crossover(&["doctor"], &root());
        assert!(
            doctor.stdout.contains("ok       Sandbox              off, because you are root\n"),
            "{}",
            doctor.stdout
        );
    }
    let Some(suite) = suite() else { return };
    let mut doctor = as_ordinary_user(CROSSOVER, suite.path());
    doctor.arg("doctor").env("CROSSOVER_NO_SANDBOX", "1");
    let doctor = run(doctor);
    assert!(doctor.stdout.contains("off, because CROSSOVER_NO_SANDBOX is set\n"), "{}", doctor.stdout);
}

#[test]
fn a_browser_that_is_started_without_is_refused() {
    let Some(suite) = suite() else { return };
    let script = format!("#!/bin/sh\nexec '{}' --no-sandbox \"$@\"\n", chromium().display());
    suite.write("chromium", &script);
    let browser = suite.path().join("chromium");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let mut verify = as_ordinary_user(CROSSOVER, suite.path());
    verify.args(["verify", "sum", "--browser-path"]).arg(&browser);
    let output = run(verify);
    assert_eq!(output.code, 3, "{}", output.stderr);
    for part in ["runs without its sandbox", "--no-sandbox", "CROSSOVER_NO_SANDBOX=1"] {
        assert!(output.stderr.contains(part), "no `{part}` in: {}", output.stderr);
    }
}

#[test]
fn where_there_are_no_user_namespaces_the_way_out_is_named() {
    let Some(suite) = suite() else { return };
    suite.write("without.sh", "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"\n");
    // In a namespace of its own that has no further ones, and where no helper can become root.
    let without = |program: &str| {
        let mut command = as_ordinary_user("unshare", suite.path());
        command.args(["--user", "--map-user=1000", "--map-group=1000", "--keep-caps", "sh", "without.sh", program]);
        command
    };
    if !without("true").stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: user namespaces cannot be taken away here");
        return;
    }
    let mut verify = without(CROSSOVER);
    verify.args(["verify", "sum"]);
    let output = run(verify);
    assert_eq!(output.code, 3, "{}", output.stderr);
    for part in ["cannot set up its sandbox", "user namespaces", "CROSSOVER_NO_SANDBOX=1"] {
        assert!(output.stderr.contains(part), "no `{part}` in: {}", output.stderr);
    }
}
