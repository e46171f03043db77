//! The program on its own, outside of any checkout: what it needs, what it reads, and what it leaves as it is.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::common::results::write_run;
use crate::common::{Output, crossover, root};

/// A copy of the program, a folder to work in, and a home of its own.
struct Alone(TempDir);

impl Alone {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["bin", "home", "work"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let (from, to) = (env!("CARGO_BIN_EXE_crossover"), folder.path().join("bin/crossover"));
        // A link is no copy, but lies outside of the checkout all the same.
        if fs::hard_link(from, &to).is_err() {
            fs::copy(from, &to).unwrap();
        }
        Self(folder)
    }

    fn work(&self) -> PathBuf {
        self.0.path().join("work")
    }

    /// The program with these variables and no others.
    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new(self.0.path().join("bin/crossover"));
        command.args(arguments).current_dir(self.work()).env_clear().env("HOME", self.0.path().join("home"));
        let output = command.env("NO_COLOR", "1").envs(variables.iter().copied()).output().unwrap();
        Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs it where there is no other program at all, and expects success.
    fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, &[("PATH", "")]);
        assert_eq!(output.code, 0, "{arguments:?}: {}{}", output.stdout, output.stderr);
        output.stdout
    }

    /// What is in its home, as paths.
    fn kept(&self) -> Vec<PathBuf> {
        files(&self.0.path().join("home")).into_keys().collect()
    }
}

/// Every file below a folder, with the time of its last change.
fn files(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let (mut folders, mut found) = (vec![folder.to_owned()], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let data = fs::symlink_metadata(&path).unwrap();
            found.insert(path.clone(), data.modified().unwrap());
            if data.is_dir() {
                folders.push(path);
            }
        }
    }
    found
}

#[test]
fn what_works_on_files_needs_no_other_program() {
    let alone = Alone::new();
    let file = |name: &str| alone.work().join(name);
    write_run(&file("a.jsonl"), 0, 1e6);
    write_run(&file("b.jsonl"), 1, 1e6);
    let elsewhere =
        fs::read_to_string(file("a.jsonl")).unwrap().replace("<b>cpu", "another").replace("run-000", "run-009");
    fs::write(file("c.jsonl"), elsewhere).unwrap();
    fs::copy(root().join("runner/tests/fixtures/profiles/firefox.json"), file("profile.json")).unwrap();

    assert!(alone.succeeds(&["scout", "profile.json"]).contains("hot"));
    alone.succeeds(&["report", "a.jsonl", "--out", "report.html"]);
    assert!(alone.succeeds(&["report", "a.jsonl", "--format", "text"]).contains("wasm"));
    alone.succeeds(&["charts", "a.jsonl", "--out", "slides"]);
    alone.succeeds(&["history", "add", "a.jsonl", "b.jsonl"]);
    alone.succeeds(&["history", "trend", "--out", "trend"]);
    alone.succeeds(&["merge", "a.jsonl", "c.jsonl", "--out", "merged"]);
    alone.succeeds(&["compare", "a.jsonl", "b.jsonl", "--out", "compared"]);
    for made in ["report.html", "slides", "trend", "merged/run.jsonl", "compared/compare.json"] {
        assert!(file(made).exists(), "{made}");
    }
    assert_eq!(alone.kept(), [""; 0].map(PathBuf::from), "nothing of it is kept elsewhere");
}

#[test]
fn its_tools_are_its_own_and_not_the_checkouts_that_it_was_built_from() {
    let alone = Alone::new();
    let output = alone.run(&["doctor"], &[("PATH", "")]);
    assert_eq!(output.code, 3, "{}", output.stderr);
    let row = "missing  JavaScript tools     nothing is installed in";
    assert!(output.stdout.contains(row), "{}", output.stdout);
    assert!(output.stdout.contains("home/.cache/crossover/tools/"), "{}", output.stdout);
    assert!(!output.stdout.contains(root().to_str().unwrap()), "{}", output.stdout);
    assert_eq!(alone.kept(), [""; 0].map(PathBuf::from), "to look changes nothing");

    let output = alone.run(&["doctor"], &[("PATH", ""), ("CROSSOVER_HOME", "elsewhere")]);
    assert_eq!(output.code, 3, "{}", output.stderr);
    assert!(output.stderr.starts_with("error: CROSSOVER_HOME: "), "{}", output.stderr);
    assert!(output.stderr.contains("\nhelp: name one, or unset CROSSOVER_HOME"), "{}", output.stderr);
}

#[test]
fn what_is_no_bundle_is_refused_and_a_checkout_takes_none() {
    let alone = Alone::new();
    fs::write(alone.work().join("tools.tar.gz"), "no archive").unwrap();
    let output = alone.run(&["setup", "--from-bundle", "tools.tar.gz"], &[("PATH", "")]);
    assert_eq!(output.code, 2, "{}", output.stderr);
    assert!(output.stderr.starts_with("error: tools.tar.gz: cannot be taken: "), "{}", output.stderr);
    assert!(output.stderr.contains("\nhelp: make one by `crossover setup --offline-bundle FILE`"), "{}", output.stderr);
    let both = alone.run(&["setup", "--from-bundle", "a", "--offline-bundle", "b"], &[("PATH", "")]);
    assert_eq!(both.code, 2, "{}", both.stderr);

    let output = crossover(&["setup", "--from-bundle", "tools.tar.gz"], &alone.work());
    assert_eq!(output.code, 2, "{}", output.stderr);
    assert!(output.stderr.starts_with("error: --from-bundle: a bundle fills the user's cache"), "{}", output.stderr);
}

#[test]
fn a_port_with_the_tools_of_an_installation_changes_nothing_in_it() {
    // Set-up has brought everything, once.
    let doctor = crossover(&["doctor"], &root());
    assert_eq!(doctor.code, 0, "{}{}", doctor.stdout, doctor.stderr);
    let alone = Alone::new();
    let modules = root().join("runner/tools/node_modules");
    let before = files(&modules);
    let module = "export const sum = (values) => values.reduce((sum, value) => sum + value, 0);";
    fs::write(alone.work().join("a.js"), module).unwrap();
    let path = std::env::var("PATH").unwrap();
    let variables = [("PATH", path.as_str()), ("CROSSOVER_TOOLS", modules.to_str().unwrap())];
    let arguments = ["port", "--js", "a.js#sum", "--args", "[[1,2,3]]", "--preset", "quick", "--budget", "10s"];
    let output = alone.run(&arguments, &variables);
    assert!(output.is_measured(), "{}{}", output.stdout, output.stderr);
    assert!(alone.work().join("target/crossover/port/sum/report.html").is_file());
    assert!(files(&modules) == before, "something in {} has changed", modules.display());
    assert!(alone.kept().iter().all(|path| !path.ends_with("crossover/tools")), "the tools are not kept twice");
}
