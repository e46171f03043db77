//! `crossover compare`: two commits of a suite in a real Chromium, and two runs without one.
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{Output, Suite, crossover_with};
use serde_json::Value;

/// The test suite in a git repository, with a cache folder of its own for the base.
struct Repository {
    suite: Suite,
    cache: tempfile::TempDir,
}

/// Work that takes some milliseconds and does nothing else.
const WORK: &str = "export function run(text) {\n  let sum = 0;\n  for (let i = 0; i < TIMES; i++) sum = (sum * 31 + text.length + i) | 0;\n  return String(sum & 0);\n}\n";

const MANIFEST: &str = r#"summary = "Work of a known length"
domain = "test"

[[input]]
name = "word"
as = "string"
file = "word.txt"

[contender.js]
kind = "js"
module = "js.js"

[contender.other]
kind = "js"
module = "other.js"
"#;

impl Repository {
    fn new() -> Self {
        let (suite, cache) = (Suite::new(), tempfile::tempdir().unwrap());
        let repository = Self { suite, cache };
        fs::create_dir(repository.path().join("kernels/work")).unwrap();
        repository.write("kernel.toml", MANIFEST);
        repository.write("word.txt", "word");
        repository.work("js", 4_000_000);
        repository.work("other", 4_000_000);
        repository.git(&["init", "--quiet"]);
        repository.commit();
        repository
    }

    fn path(&self) -> &Path {
        self.suite.path()
    }

    fn write(&self, file: &str, text: &str) {
        self.suite.write(&format!("kernels/work/{file}"), text);
    }

    fn work(&self, contender: &str, times: u32) {
        self.write(&format!("{contender}.js"), &WORK.replace("TIMES", &times.to_string()));
    }

    fn git(&self, arguments: &[&str]) {
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let status = Command::new("git").args(who).args(arguments).current_dir(self.path()).status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message=a"]);
    }

    fn compare(&self, arguments: &[&str]) -> Output {
        self.compare_with(arguments, &[])
    }

    /// The same with variables of the environment.
    fn compare_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let cache = self.cache.path().to_str().unwrap();
        let arguments = [&["compare", "--quiet", "--call-timeout", "120"], arguments].concat();
        crossover_with(&arguments, self.path(), &[&[("XDG_CACHE_HOME", cache)], variables].concat())
    }

    fn result(&self, file: &str) -> String {
        fs::read_to_string(self.path().join("target/crossover/compare").join(file)).unwrap()
    }
}

fn found<'a>(gate: &'a Value, finding: &str) -> Vec<(&'a str, &'a str)> {
    let rows = gate["rows"].as_array().unwrap().iter().filter(|row| row["finding"] == finding);
    rows.map(|row| (row["contender"].as_str().unwrap(), row["cost"].as_str().unwrap())).collect()
}

#[test]
fn commits_that_ship_the_same_are_the_same() {
    let repository = Repository::new();
    // Comments do not ship.
    repository.write("js.js", &format!("// A comment.\n{}", WORK.replace("TIMES", "4000000")));
    repository.commit();
    let output = repository.compare(&["--base-ref", "HEAD~1", "work", "--json"]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    let gate: Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(found(&gate, "identical"), [("js", "size"), ("other", "size")]);
    assert_eq!(gate["failures"].as_array().unwrap().len(), 0, "{}", gate["failures"]);
    assert_eq!(repository.result("run.jsonl").lines().count(), 1, "nothing was measured");
}

#[test]
fn what_got_slower_is_named_and_what_got_faster_never_fails() {
    let repository = Repository::new();
    repository.suite.write("crossover.toml", "kernels = [\"kernels/*\"]\n[compare.limit]\nsize = 50\n");
    repository.work("js", 6_000_000);
    repository.work("other", 3_000_000);
    let output = repository.compare(&["--base-ref", "HEAD", "work"]);
    assert_eq!(output.code, 1, "{}{}", output.stdout, output.stderr);
    let gate: Value = serde_json::from_str(&repository.result("compare.json")).unwrap();
    assert!(found(&gate, "regressed").contains(&("js", "call")), "{gate:#}");
    assert!(!found(&gate, "regressed").iter().any(|(contender, _)| *contender == "other"), "{gate:#}");
    assert!(found(&gate, "improved").contains(&("other", "call")), "{gate:#}");
    assert!(gate["rows"][0]["confirmation"]["agrees"].as_bool().unwrap());
    assert!(output.stdout.contains("in work: +"), "{}", output.stdout);
    assert!(output.stdout.contains("  crossover compare work --contender js --base-ref HEAD\n"), "{}", output.stdout);
    let comment = repository.result("compare.md");
    assert!(comment.contains("regressed: over the 5 % limit; confirmed in a second measurement: +"), "{comment}");
    assert!(repository.result("junit.xml").contains("<failure"));
    assert!(repository.result("report.html").contains("js@base"));

    // The same again, accepted as the comment suggests.
    let (_, after) = comment.split_once("```toml\n").unwrap();
    let (exceptions, _) = after.split_once("```").unwrap();
    let limits = "[compare.limit]\nsize = 50\ncold-start = 1000\n";
    repository.suite.write("crossover.toml", &format!("kernels = [\"kernels/*\"]\n{limits}\n{exceptions}"));
    let output = repository.compare(&["--base-ref", "HEAD", "work", "--contender", "js"]);
    assert_eq!(output.code, 0, "{}{}", output.stdout, output.stderr);
    assert!(output.stdout.contains("1 accepted") && output.stdout.contains("      until "), "{}", output.stdout);
}

#[test]
fn bytes_are_counted_and_what_is_new_gone_or_broken_is_reported() {
    let repository = Repository::new();
    let letters: String = (0..200).map(|at| char::from(b'a' + (at * at % 23) as u8)).collect();
    repository.write(
        "js.js",
        &format!(
            "{}export const letters = '{letters}';\nglobalThis.letters = letters;\n",
            WORK.replace("TIMES", "4000000")
        ),
    );
    repository
        .write("kernel.toml", &MANIFEST.replace("contender.other", "contender.third").replace("other.js", "third.js"));
    repository.write("third.js", "export function run() { return 1 +; }\n");
    let summary = repository.cache.path().join("summary.md");
    fs::write(&summary, "# Before\n").unwrap();
    let github = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    let output = repository.compare_with(&["--base-ref", "HEAD", "work", "--json"], &github);
    let gate: Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(output.code, 1, "{gate:#}");
    assert_eq!(found(&gate, "regressed"), [("js", "size")]);
    assert_eq!(found(&gate, "gone"), [("other", "size")]);
    let failures = gate["failures"].as_array().unwrap();
    assert!(failures.iter().any(|failure| failure["stage"] == "build" && failure["contender"] == "third"), "{gate:#}");
    assert!(
        output.stderr.contains("::error title=crossover%3A work · js is worse::work · js: size, brotli (`size`) +"),
        "{}",
        output.stderr
    );
    let summary = fs::read_to_string(summary).unwrap();
    assert!(summary.starts_with("# Before\n<!-- crossover compare -->"), "{summary}");
}

#[test]
fn an_answer_that_changed_is_reported_and_not_timed() {
    let repository = Repository::new();
    repository.write("other.js", "export const run = () => '0!';\n");
    let output = repository.compare(&["--base-ref", "HEAD", "work", "--json", "--contender", "other"]);
    let gate: Value = serde_json::from_str(&output.stdout).unwrap();
    let reasons: Vec<_> =
        gate["failures"].as_array().unwrap().iter().map(|row| row["reason"].as_str().unwrap()).collect();
    assert!(reasons[0].contains("because the other revision of it failed"), "{reasons:?}");
    assert!(reasons[1].contains("wrong answer, compared with `other@base`"), "{reasons:?}");
    assert_eq!(output.code, 4, "{gate:#}");
}

#[test]
fn wrong_arguments_are_refused_with_a_fix() {
    let repository = Repository::new();
    for (arguments, expected) in [
        (&[][..], "nothing to compare\nhelp: name two runs"),
        (&["a.jsonl"], "nothing to compare\nhelp: name two runs"),
        (&["a.jsonl", "b.jsonl"], "a.jsonl: cannot read the results file"),
        (&["--base-ref", "nowhere"], "there is no commit `nowhere` here"),
        (&["--base-ref", "HEAD", "wrk"], "there is no kernel `wrk`\nhelp: did you mean `work`?"),
    ] {
        let output = repository.compare(arguments);
        assert_eq!(output.code, 2, "{arguments:?}: {}", output.stdout);
        assert!(output.stderr.contains(expected), "no `{expected}` in: {}", output.stderr);
    }
    repository.suite.write("crossover.toml", "kernels = [\"kernels/*\"]\n\n[compare.limit]\ncall = -1\n");
    let output = repository.compare(&["--base-ref", "HEAD"]);
    assert!(output.stderr.contains("crossover.toml: line 4, field `compare.limit.call`"), "{}", output.stderr);
}

#[test]
fn a_base_cannot_reach_out_of_its_worktree() {
    let repository = Repository::new();
    let outside = repository.cache.path().join("outside.js");
    fs::write(&outside, "export const run = () => '0';\n").unwrap();
    for (module, expected) in [
        ("../../../../../../outside.js".to_owned(), "leads out of the suite's folder"),
        (outside.to_str().unwrap().to_owned(), "leads out of the suite's folder"),
    ] {
        repository.write("kernel.toml", &MANIFEST.replace("js.js", &module));
        repository.commit();
        repository.write("kernel.toml", MANIFEST);
        let output = repository.compare(&["--base-ref", "HEAD", "work"]);
        assert_eq!(output.code, 2, "{}{}", output.stdout, output.stderr);
        assert!(output.stderr.contains(expected) && output.stderr.contains("the base's suite"), "{}", output.stderr);
    }
}
