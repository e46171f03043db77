//! The scripts of the GitHub Action, with programs that only tell what they were called with.
#![cfg(unix)]
use std::fs;

use crate::common::machine::Machine;

const SCRIPTS: &str = ".github/actions/compare";

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
    let (code, stdout) = machine.run(&format!("{SCRIPTS}/comment.sh"), &["compare.md"], &variables, ".");
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
        machine.run(&format!("{SCRIPTS}/compare.sh"), &[crossover.to_str().unwrap(), "out"], &variables, "clone")
    };
    let (code, called) = run("main", "a b", "bench/crossover.toml");
    assert_eq!(
        (code, called.as_str()),
        (0, "setup\ncompare a b --suite bench/crossover.toml --base-ref origin/main --out out\n")
    );
    let (code, called) = run("HEAD~1", "", "");
    assert_eq!((code, called.as_str()), (0, "setup\ncompare --base-ref HEAD~1 --out out\n"));
    let (code, shown) = run("", "", "");
    assert!(code == 2 && shown.contains("no base to compare with"), "{shown}");
}
