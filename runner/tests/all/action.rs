//! The scripts of the GitHub Action, with programs that only tell what they were called with.
#![cfg(unix)]
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/actions/compare").join(name)
}

/// A folder with programs in `bin`.
struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        let machine = Self(tempfile::tempdir().unwrap());
        fs::create_dir(machine.path("bin")).unwrap();
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn program(&self, name: &str, body: &str) {
        let file = self.path("bin").join(name);
        fs::write(&file, format!("#!/bin/sh\n{body}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn git(&self, folder: &str, arguments: &[&str]) {
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let status = Command::new("git").args(who).args(arguments).current_dir(self.path(folder)).status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    }

    /// Exit code and standard output.
    fn run(&self, name: &str, arguments: &[&str], variables: &[(&str, &str)], folder: &str) -> (i32, String) {
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command.arg(script(name)).args(arguments).current_dir(self.path(folder)).env("PATH", path);
        let output = command.envs(variables.iter().copied()).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }
}

/// What `comment.sh` has `gh` do, where `gh` lists these comments.
fn commented(listing: &str) -> (i32, String, String) {
    let machine = Machine::new();
    fs::write(machine.path("compare.md"), "<!-- crossover compare -->\n### Text\n").unwrap();
    machine.program(
        "gh",
        &format!("case \"$*\" in *--jq*) {listing};; *) echo \"$@\" >> called; cat < compare.md >> body;; esac"),
    );
    let report = "https://github.com/a/b/actions/runs/1/artifacts/2";
    let variables = [("GITHUB_REPOSITORY", "a/b"), ("PULL_REQUEST", "7"), ("REPORT", report)];
    let (code, stdout) = machine.run("comment.sh", &["compare.md"], &variables, ".");
    let comment = fs::read_to_string(machine.path("compare.md")).unwrap();
    assert_eq!(comment, format!("<!-- crossover compare -->\n### Text\n\n[Report and samples]({report})\n"));
    (code, stdout, fs::read_to_string(machine.path("called")).unwrap_or_default())
}

#[test]
fn a_comment_is_written_over_the_one_that_is_there() {
    let (code, _, called) = commented("echo 41; echo 42");
    assert_eq!(
        (code, called.as_str()),
        (0, "api --method PATCH repos/a/b/issues/comments/41 --field body=@compare.md --silent\n")
    );
    let (code, _, called) = commented("true");
    assert_eq!(
        (code, called.as_str()),
        (0, "api --method POST repos/a/b/issues/7/comments --field body=@compare.md --silent\n")
    );
}

#[test]
fn without_the_right_to_comment_it_does_not_fail() {
    let (code, stdout, called) = commented("exit 1");
    assert_eq!((code, called.as_str()), (0, ""));
    assert!(stdout.starts_with("::warning title=crossover::"), "{stdout}");
}

#[test]
fn the_base_is_fetched_into_a_shallow_checkout() {
    let machine = Machine::new();
    fs::create_dir(machine.path("origin")).unwrap();
    machine.git("origin", &["init", "--quiet", "--initial-branch=main"]);
    for message in ["one", "two"] {
        machine.git("origin", &["commit", "--quiet", "--allow-empty", "--message", message]);
    }
    machine.git("origin", &["checkout", "--quiet", "-b", "feature"]);
    machine.git("origin", &["commit", "--quiet", "--allow-empty", "--message=three"]);
    let url = format!("file://{}", machine.path("origin").display());
    machine.git(".", &["clone", "--quiet", "--depth=1", "--branch=feature", &url, "clone"]);
    machine.program("crossover", "echo \"$@\"; git merge-base origin/main HEAD > /dev/null");
    let crossover = machine.path("bin/crossover");
    let run = |base: &str, kernels: &str, suite: &str| {
        let variables = [("BASE", base), ("KERNELS", kernels), ("SUITE", suite)];
        machine.run("compare.sh", &[crossover.to_str().unwrap(), "out"], &variables, "clone")
    };
    let (code, called) = run("main", "a b", "bench/crossover.toml");
    assert_eq!(
        (code, called.as_str()),
        (0, "compare a b --suite bench/crossover.toml --base-ref origin/main --out out\n")
    );
    let (code, called) = run("HEAD~1", "", "");
    assert_eq!((code, called.as_str()), (0, "compare --base-ref HEAD~1 --out out\n"));
    let (code, shown) = run("", "", "");
    assert!(code == 2 && shown.contains("no base to compare with"), "{shown}");
}
