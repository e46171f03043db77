//! The gallery: packages that people have, each through `crossover port`. `gallery/README.md` says how it is run and
//! how it grows. It downloads packages and takes the better part of an hour, so it runs only when it is asked for.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "all/common/mod.rs"]
mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use common::{Output, crossover};
use serde::Deserialize;
use serde_json::Value;

const FILES: [&str; 3] = ["pairs.toml", "packages.toml", "shapes.toml"];

/// How long one entry is measured. The lane asks whether there is a verdict, not how narrow its intervals are.
const BUDGET: &str = "20s";

/// The same where that was too short for the machine.
const LONG_BUDGET: &str = "90s";

/// What the command says then.
const TOO_SHORT: &str = "the budget was over before";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Entry>,
}

/// One call of the command, and what has to come of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    /// The arguments of `crossover port`.
    port: Vec<String>,
    /// Whether `--js` is the same job in JavaScript, not only a stand-in.
    twin: bool,
    want: Want,
    /// Words that the message has to have.
    says: Option<String>,
    /// What the entry is there for, or why it ends as it does.
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Want {
    /// Measured, with a verdict.
    Verdict,
    /// Not measured, with a message.
    Refused,
    /// Not measured, because the two answers differ.
    Different,
}

/// What came of an entry.
struct Ending {
    outcome: Result<Want, String>,
    seconds: f64,
    said: String,
}

#[test]
fn entries_have_different_names_and_say_why_they_end_without_a_verdict() {
    let entries = entries();
    let mut names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), entries.len(), "two entries have the same name");
    let silent = |entry: &&Entry| entry.want == Want::Refused && entry.says.is_none();
    assert_eq!(entries.iter().find(silent).map(|entry| &entry.name), None, "a refusal needs `says`");
    let aimless = |entry: &&Entry| entry.want == Want::Different && entry._why.is_none();
    assert_eq!(entries.iter().find(aimless).map(|entry| &entry.name), None, "a difference needs `why`");
}

#[test]
#[ignore = "downloads packages, and takes the better part of an hour"]
fn the_gallery_stays_true() {
    let folder = hall();
    let wanted = std::env::var("GALLERY").unwrap_or_default();
    let wanted: Vec<&str> = wanted.split(',').filter(|name| !name.is_empty()).collect();
    let entries: Vec<Entry> =
        entries().into_iter().filter(|entry| wanted.is_empty() || wanted.contains(&entry.name.as_str())).collect();
    assert!(!entries.is_empty(), "no entry is called {}", wanted.join(" or "));

    let (mut wrong, mut asked, mut reached) = (Vec::new(), 0, 0);
    println!("{:<22} {:<10} {:>7}  what came of it", "entry", "outcome", "seconds");
    for entry in &entries {
        let ending = try_out(entry, &folder);
        let outcome = ending.outcome.as_ref().map_or_else(|_| "WRONG".to_owned(), |want| format!("{want:?}"));
        println!("{:<22} {outcome:<10} {:>7.1}  {}", entry.name, ending.seconds, ending.said);
        if entry.twin && entry.want == Want::Verdict {
            asked += 1;
            reached += usize::from(ending.outcome.is_ok());
        }
        if let Err(message) = ending.outcome {
            wrong.push(format!("--- {}: wanted {:?}\n{message}", entry.name, entry.want));
        }
    }
    println!("{reached} of {asked} twins ended with a verdict");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn gallery() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gallery")
}

fn entries() -> Vec<Entry> {
    let read = |name: &&str| {
        let text = fs::read_to_string(gallery().join("entries").join(name)).unwrap();
        toml::from_str::<File>(&text).unwrap_or_else(|error| panic!("{name}: {error}")).entry
    };
    FILES.iter().flat_map(read).collect()
}

/// A copy of the gallery with its packages installed, as a user's project has them.
fn hall() -> PathBuf {
    let folder = common::root().join("target/gallery");
    common::copy(&gallery(), &folder);
    let locked = fs::read(folder.join("package-lock.json")).unwrap();
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).ok().as_deref() != Some(&locked) {
        let npm = common::npm();
        // By force, since packages for `wasm32` say that they are for no other processor.
        let arguments = ["ci", "--force", "--ignore-scripts", "--no-audit", "--no-fund"];
        let status = Command::new(npm).args(arguments).current_dir(&folder).stdin(Stdio::null()).status().unwrap();
        assert!(status.success(), "npm ci failed in {}", folder.display());
        fs::write(installed, locked).unwrap();
    }
    folder
}

fn try_out(entry: &Entry, folder: &Path) -> Ending {
    let out = format!("out/{}", entry.name);
    let measured = |budget| {
        let mut arguments = vec!["port", "--preset", "quick", "--budget", budget, "--out", &out, "--json", "--quiet"];
        arguments.extend(entry.port.iter().map(String::as_str));
        crossover(&arguments, folder)
    };
    let started = Instant::now();
    let mut output = measured(BUDGET);
    if output.stderr.contains(TOO_SHORT) {
        output = measured(LONG_BUDGET);
    }
    let seconds = started.elapsed().as_secs_f64();
    let outcome = judge(entry, &output);
    let said = verdict(&output).unwrap_or_else(|| message(&output).lines().next().unwrap_or_default().to_owned());
    Ending { outcome, seconds, said }
}

/// The outcome that was wanted, or what came in its place.
fn judge(entry: &Entry, output: &Output) -> Result<Want, String> {
    let message = message(output);
    let says = entry.says.as_deref().unwrap_or(if entry.want == Want::Different { DIFFERENT } else { "" });
    let reached = match entry.want {
        Want::Verdict => output.code == 0 && verdict(output).is_some(),
        Want::Refused => output.code != 0 && !message.contains(DIFFERENT),
        Want::Different => output.code != 0 && message.contains(DIFFERENT),
    };
    if reached && (entry.want == Want::Verdict || message.contains(says)) {
        Ok(entry.want)
    } else {
        let missing = if says.is_empty() { String::new() } else { format!(" (the message needs `{says}`)") };
        Err(format!("exit code {}{missing}\n{message}", output.code))
    }
}

/// What the command says where two answers are not the same.
const DIFFERENT: &str = "gives another answer than";

/// The verdict on the Wasm, where both sides were measured.
fn verdict(output: &Output) -> Option<String> {
    let report: Value = serde_json::from_str(&output.stdout).ok()?;
    let measured = report["cells"].as_array()?.iter().all(|cell| cell["failure"].is_null());
    let verdict = report["verdicts"].as_array()?.iter().find(|verdict| verdict["candidate"] == "wasm")?;
    let words = verdict["verdict"].as_str()?;
    measured.then(|| words.to_owned())
}

fn message(output: &Output) -> &str {
    let error = output.stderr.trim();
    if error.is_empty() { output.stdout.trim() } else { error }
}
