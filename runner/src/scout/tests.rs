//! Small profiles of every format, which all describe the same second, and profiles that are broken.

mod firefox;
mod formats;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::findings::Skipped;
use super::recording::{Recording, ScriptFunction};
use super::tree::took;
use super::{Findings, read, text};
use crate::sampling::FrameOrigin;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/profiles").join(name)
}

fn skipped<'a>(findings: &'a Findings, name: &str) -> &'a Skipped {
    let found = findings.skip.iter().find(|skipped| skipped.finding.name == name);
    found.unwrap_or_else(|| panic!("{name} is not skipped: {findings:?}"))
}

/// A file of a report from the field.
fn field(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/field/profiles").join(name)
}

/// A fixture as JSON, for a test to change.
fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Reads a profile that a test made.
fn read_text(text: &str) -> anyhow::Result<Recording> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), text).unwrap();
    read(file.path())
}

/// What is wrong with a profile that a test made.
fn refused(profile: &Value) -> String {
    format!("{:#}", read_text(&profile.to_string()).map(|recording| recording.samples_without_scripts).unwrap_err())
}

/// The findings of a profile that a test made.
fn found(profile: &Value) -> Findings {
    Findings::new(&read_text(&profile.to_string()).unwrap(), 10)
}

#[test]
fn every_format_tells_the_same() {
    for name in ["page.cpuprofile", "trace.json", "firefox.json", "firefox-older.json", "gecko.json"] {
        tells_the_same(name, &Findings::new(&read(&fixture(name)).unwrap(), 10));
    }
    for name in ["firefox-v66.json", "firefox-v70.json"] {
        tells_the_same(name, &Findings::new(&read(&field(name)).unwrap(), 10));
    }
}

/// The second that every fixture describes.
fn tells_the_same(name: &str, findings: &Findings) {
    let [hot] = &findings.worth[..] else { panic!("{name}: {findings:?}") };
    assert_eq!((hot.name.as_str(), hot.line, hot.column), ("hot", Some(10), Some(13)), "{name}");
    assert_eq!(hot.url, "https://page.test/src/app.js", "{name}");
    let times = [hot.self_us, hot.total_us, hot.saves_at_most_us, findings.busy_us];
    assert_eq!(times.map(f64::round), [60e3, 62e3, 60e3, 104e3], "{name}: garbage is collected below it");
    assert_eq!(hot.visits, Some(1), "{name}: collecting garbage ends no visit");
    assert_eq!(findings.threads, ["main"], "{name}");
    let why = |function| skipped(findings, function).reason.as_str();
    assert!(why("measure").contains("96.8 % of its time is DOM, layout or timers"), "{name}: {}", why("measure"));
    assert!(why("tiny").contains("too short per visit: 1.00 ms on average, seen 10 times"), "{name}: {}", why("tiny"));
    assert!(why("(garbage collector)").contains("garbage collection"), "{name}");
    assert!(why("click").contains("touches the DOM: 31.9 %"), "{name}: {}", why("click"));
}

#[test]
fn counts_alone_tell_no_visits() {
    let findings = Findings::new(&read(&fixture("hits.cpuprofile")).unwrap(), 10);
    let names: Vec<_> = findings.worth.iter().map(|finding| finding.name.as_str()).collect();
    assert_eq!(names, ["hot", "tiny"], "nothing is known of tiny's visits");
    assert!(findings.worth.iter().all(|finding| finding.visits.is_none() && finding.visit_us.is_none()));
    assert_eq!(findings.worth[0].self_us.round(), 60e3);
}

#[test]
fn calls_are_known_where_the_browser_made_them() {
    let findings = Findings::new(&read(&fixture("trace.json")).unwrap(), 10);
    assert_eq!(skipped(&findings, "click").finding.calls, Some(1));
    assert_eq!(skipped(&findings, "tiny").finding.calls, None);
    let layout = &skipped(&findings, "layout").finding;
    assert_eq!((layout.kind, layout.self_us), (FrameOrigin::Dom, 30e3));
}

/// A recording of stacks written as `main>render>line`, sampled one after the other for so many milliseconds each.
fn recording(stacks: &[(&str, f64)]) -> Recording {
    let mut recording = Recording::default();
    recording.thread("main");
    let (mut now, mut samples) = (0.0, Vec::new());
    for (stack, ms) in stacks.iter().chain(&[("(idle)", 0.0)]) {
        let mut node = None;
        for name in stack.split('>') {
            let url = if name.starts_with(['(', '!']) { "" } else { "https://page.test/app.js" };
            let name = name.trim_start_matches('!').to_owned();
            let kind = FrameOrigin::of(&name, url);
            let function = ScriptFunction { name, url: url.to_owned(), line: Some(1), column: None, kind, thread: 0 };
            node = Some(recording.child(node, function));
        }
        samples.push((now, node));
        now += ms * 1e3;
    }
    recording.timeline(samples).unwrap();
    recording
}

fn worth(stacks: &[(&str, f64)]) -> Vec<String> {
    Findings::new(&recording(stacks), 10).worth.into_iter().map(|finding| finding.name).collect()
}

#[test]
fn of_a_chain_of_callers_the_one_with_the_work_is_taken() {
    assert_eq!(worth(&[("main>app>render", 50.0), ("main>app", 1.0)]), ["render"]);
    let two = [("main>hash", 40.0), ("main>sort_rows", 60.0), ("main", 1.0)];
    assert_eq!(worth(&two), ["sort_rows", "hash"], "main has no work of its own");
    let one = [("main>job>left", 35.0), ("main>job>right", 35.0), ("main>job", 30.0)];
    assert_eq!(worth(&one), ["job"], "left and right are parts of it");
    let findings = Findings::new(&recording(&one), 10);
    assert_eq!(skipped(&findings, "left").reason, "is a part of job, and would be ported with it");
    let short: Vec<_> = (0..30).flat_map(|_| [("main>line", 1.0), ("main", 0.5)]).collect();
    assert_eq!(worth(&short), ["main"], "line is too short to be called across the boundary");
}

#[test]
fn recursion_counts_once_and_calls_each_other_may_functions_too() {
    let stacks = [("a>b>a>b", 10.0), ("a>b>a", 10.0), ("a", 5.0), ("(idle)", 1.0), ("a>a>a", 5.0)];
    let recording = recording(&stacks);
    let a = took(&recording)[0];
    assert_eq!((a.total_us, a.self_us, a.visits), (30e3, 20e3, 2));
    assert_eq!(worth(&stacks).len(), 1, "both are one job");
}

#[test]
fn a_part_of_a_recursion_names_the_function_that_does_more_of_it() {
    let descent = "parse>statement>block>statement>block>statement>expression";
    let stacks = [(descent, 90.0), ("parse>statement>block>statement", 5.0), ("parse>statement", 9.0), ("parse", 1.0)];
    let findings = Findings::new(&recording(&stacks), 10);
    let block = &findings.worth[0];
    assert_eq!((block.name.as_str(), block.part_of_recursion.as_deref()), ("expression", None), "it calls nothing");
    let stacks = [("parse>statement>block>statement>block", 50.0), ("parse>statement", 9.0), ("parse", 1.0)];
    let findings = Findings::new(&recording(&stacks), 10);
    let block = &findings.worth[0];
    assert_eq!((block.name.as_str(), block.part_of_recursion.as_deref()), ("block", Some("statement")));
    let shown = text(&findings);
    assert!(shown.contains("calls itself by way of statement, which does more of the work"), "{shown}");
    for stacks in [[("main>fib>fib>fib", 50.0), ("main", 1.0)], [("emit>listen>emit", 3.0), ("emit>listen", 50.0)]] {
        let findings = Findings::new(&recording(&stacks), 10);
        assert_eq!(findings.worth[0].part_of_recursion, None, "{findings:?}");
    }
}

#[test]
fn whoever_waits_or_is_not_the_pages_is_skipped_with_the_reason() {
    let stacks = [
        ("page", 60.0),
        ("page>!sort", 30.0),
        ("sync>(idle)", 40.0),
        ("sync", 10.0),
        ("(anonymous)", 20.0),
        ("wasm-function[1]", 20.0),
        ("little", 0.5),
    ];
    let findings = Findings::new(&recording(&stacks), 20);
    for (name, reason) in [
        ("sync", "is mostly waiting: 80.0 % of its time"),
        ("(anonymous)", "has no name and no source"),
        ("sort", "the engine's own function"),
        ("wasm-function[1]", "is Wasm already"),
        ("little", "only 0.356 % of the busy time"),
    ] {
        let why = &skipped(&findings, name).reason;
        assert!(why.contains(reason), "{name}: {why}");
    }
    assert_eq!(findings.worth[0].saves_at_most_us, 60e3, "sort is native already");
}

#[test]
fn the_deepest_stacks_are_read_in_no_time_and_without_recursion() {
    let mut recording = Recording::default();
    let thread = recording.thread("main");
    let (mut node, mut samples) = (None, Vec::new());
    for depth in 0..100_000_u32 {
        let (name, url) = (format!("f{depth}"), "https://page.test/app.js".to_owned());
        let kind = FrameOrigin::of(&name, &url);
        node = Some(recording.child(node, ScriptFunction { name, url, line: None, column: None, kind, thread }));
        // From the top of the stack to its bottom and back, each time.
        samples.extend([(f64::from(depth * 2), node), (f64::from(depth * 2 + 1), Some(0))]);
    }
    recording.timeline(samples).unwrap();
    let took = took(&recording);
    assert_eq!((took[0].visits, took[99_999].visits), (1, 1));
    assert_eq!(took[1].visits, 99_999);
}

#[test]
fn what_is_printed_fits_80_columns_and_holds_no_escapes() {
    let long = format!("\u{1b}[31m{}", "render".repeat(40));
    let stacks = [(long.as_str(), 60.0), ("measure>!getBoundingClientRect", 30.0)];
    let printed = text(&Findings::new(&recording(&stacks), 10));
    assert!(printed.contains("renderrender") && printed.contains("measure"), "{printed}");
    for line in printed.lines() {
        assert!(line.chars().count() <= 80, "{line}");
        assert!(!line.contains('\u{1b}'), "{line:?}");
    }
}

#[test]
fn findings_name_their_function_in_json() {
    let json = serde_json::to_value(Findings::new(&read(&fixture("page.cpuprofile")).unwrap(), 1)).unwrap();
    assert_eq!(json["schema"], "crossover/scout/1");
    assert_eq!(json["worth"][0]["name"], "hot");
    assert_eq!(json["worth"][0]["kind"], "js");
    assert_eq!(json["skip"].as_array().map(Vec::len), Some(1), "--top holds for both lists");
}
