//! `scout` as a user meets it: a page recorded in a real Chromium, and files that are no profiles.
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::common::{chromium, crossover, node, root};
use serde_json::Value;

/// The findings of a profile in a folder.
fn findings(profile: &str, folder: &Path) -> Value {
    let output = crossover(&["scout", profile, "--json"], folder);
    assert_eq!(output.code, 0, "{profile}: {}", output.stderr);
    serde_json::from_str(&output.stdout).expect("JSON and nothing else on stdout")
}

#[test]
fn a_page_recorded_in_chromium_has_its_pure_function_first_and_the_others_skipped() {
    let folder = tempfile::tempdir().unwrap();
    record(folder.path());
    let trace = findings("page.trace.json", folder.path());
    let best = &trace["worth"][0];
    assert_eq!(best["name"], "hotPure", "{trace:#}");
    assert_eq!(best["url"], "http://page.test/src/app.js");
    assert!(best["visits"].as_u64().unwrap() >= 5, "it is called five times: {best}");
    assert!(why(&trace, "forcesLayout").contains("touches the DOM"), "{trace:#}");
    assert!(why(&trace, "tiny").contains("too short per visit"), "{trace:#}");

    // Without the events of a trace, layout is the script's own time.
    let profile = findings("page.cpuprofile", folder.path());
    let is_worth = |name: &str| profile["worth"].as_array().unwrap().iter().any(|finding| finding["name"] == name);
    assert!(is_worth("hotPure"), "{profile:#}");
    assert!(why(&profile, "tiny").contains("too short per visit"), "{profile:#}");
    assert_eq!((&trace["layout_known"], &profile["layout_known"]), (&Value::Bool(true), &Value::Bool(false)));
    let shown = crossover(&["scout", "page.cpuprofile"], folder.path()).stdout;
    assert!(shown.contains("Caution: this kind of profile hides layout"), "{shown}");
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/app.js"), "").unwrap();
    let shown = crossover(&["scout", "page.trace.json"], folder.path()).stdout;
    assert!(shown.ends_with("next: crossover port --js src/app.js#hotPure --input …\n"), "{shown}");
}

/// Why a function is skipped.
fn why(findings: &Value, name: &str) -> String {
    let skipped = findings["skip"].as_array().unwrap().iter().find(|skipped| skipped["name"] == name);
    skipped.unwrap_or_else(|| panic!("{name} is not skipped: {findings:#}"))["reason"].to_string()
}

/// Records the page, in the browser that measures.
fn record(folder: &Path) {
    let output = Command::new(node())
        .arg(root().join("runner/tests/fixtures/profiles/record.js"))
        .arg(root().join("runner/tools/node_modules/playwright-core"))
        .arg(chromium())
        .arg(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_packed_profile_is_read_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read(root().join("runner/tests/fixtures/profiles/firefox.json")).unwrap();
    let file = fs::File::create(folder.path().join("profile.json.gz")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::default());
    packed.write_all(&text).unwrap();
    packed.finish().unwrap();
    assert_eq!(findings("profile.json.gz", folder.path())["worth"][0]["name"], "hot");
}

#[test]
fn profiles_from_the_field_are_read_as_they_are() {
    let folder = root().join("runner/tests/fixtures/field/profiles");
    for (profile, samples, left_out) in [
        ("firefox-v66.json", 28, 0),
        ("firefox-v70.json", 28, 0),
        ("null-ts.json", 51, 0),
        ("orphan-chunk.json", 51, 2),
    ] {
        let findings = findings(profile, &folder);
        assert_eq!(findings["worth"][0]["name"], "hot", "{profile}: {findings:#}");
        assert_eq!((&findings["samples"], &findings["left_out"]), (&samples.into(), &left_out.into()), "{profile}");
    }
    let shown = crossover(&["scout", "orphan-chunk.json"], &folder).stdout;
    assert!(shown.contains("2 more samples are left out"), "{shown}");
    let node = crossover(&["scout", "node10.cpuprofile"], &folder).stdout;
    assert!(node.contains("Nothing is worth a look.") && node.contains("of which the program worked"), "{node}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_rather_than_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
    for path in ["pipe", ".", "/dev/zero"] {
        let output = crossover(&["scout", path], folder.path());
        assert!(output.code == 2 && output.stderr.contains(", not a file"), "{path}: {}", output.stderr);
    }
}

#[test]
fn what_is_no_profile_is_refused_with_a_fix() {
    let folder = tempfile::tempdir().unwrap();
    let node = |id: u32, children: &str| {
        format!(r#"{{"id":{id},"callFrame":{{"functionName":"f","url":"a.js"}},"children":{children}}}"#)
    };
    let profile = |nodes: String, samples: &str| {
        format!(r#"{{"nodes":[{nodes}],"startTime":0,"endTime":9,"samples":{samples},"timeDeltas":{samples}}}"#)
    };
    let deep = "[".repeat(100_000);
    let long = format!("{{\"meta\": {{}}, \"threads\": [{{\"samples\": \"{}\"}}]}}", "x".repeat(100_000));
    for (text, message) in [
        ("PK\u{3}\u{4}", "a ZIP archive\nhelp: unpack it"),
        ("{\"head\": {\"selfSize\": 1}}", "a heap sampling profile"),
        ("{\"head\": {}}", "the profile holds no samples"),
        ("{\"head\": {\"id\": \"x\"}}", "field `head`"),
        ("{\"head\": 3, \"profile\": 4, \"recording\": []}", "the profile holds no samples"),
        ("{\"profileJSON\": []}", "a profile of Cleopatra"),
        ("\"{}\"", "this JSON is no profile"),
        ("\"\\\"{}\\\"\"", "this is not JSON"),
        (
            "{\"traceEvents\": [{\"name\": \"ProfileChunk\", \"args\": {\"data\": 3}}]}",
            "field `args.data` of a ProfileChunk event",
        ),
        (&long, "this is not JSON as profiles are"),
        ("", "the file is empty"),
        ("no JSON", "this is not JSON"),
        ("{\"nodes\": [", "the file is cut off"),
        ("[{\"name\": \"Profile\"", "the file is cut off"),
        ("{\"a\": 1}", "this JSON is no profile"),
        ("{\"snapshot\": {}, \"nodes\": []}", "a heap snapshot"),
        ("{\"log\": {\"entries\": []}}", "a HAR file"),
        ("{\"lighthouseVersion\": \"12\"}", "a Lighthouse report"),
        ("{\"version\": 3, \"mappings\": \"\"}", "a source map"),
        ("[]", "the trace holds no JavaScript samples"),
        ("{\"meta\": {\"preprocessedProfileVersion\": 50}, \"threads\": []}", "the profile holds no samples"),
        ("{\"meta\": {}, \"threads\": []}", "the profile holds no samples"),
        (&profile(node(1, "[]"), "[]"), "the profile holds no samples"),
        (&profile(node(1, "[]"), "[7]"), "`samples` names node 7, which is not there"),
        (&profile(r#"{"id":1,"parent":9,"callFrame":{}}"#.to_owned(), "[1]"), "node 9 is named and not there"),
        (&profile(format!("{},{}", node(1, "[2]"), node(2, "[1]")), "[1]"), "calls itself by way of its own callees"),
        (&profile(format!("{},{}", node(1, "[]"), node(1, "[]")), "[1]"), "two nodes have the id 1"),
        (&deep, "this is not JSON as profiles are"),
    ] {
        fs::write(folder.path().join("file.json"), text).unwrap();
        let output = crossover(&["scout", "file.json"], folder.path());
        let text = &text[..text.len().min(80)];
        assert_eq!(output.code, 2, "{text}: {}", output.stdout);
        assert!(output.stderr.contains("file.json"), "{}", output.stderr);
        assert!(output.stderr.len() < 1000, "{text}: {} bytes of message", output.stderr.len());
        assert!(output.stderr.contains(message), "{text}: no `{message}` in: {}", output.stderr);
    }
    let gone = crossover(&["scout", "gone.json"], folder.path());
    assert!(gone.code == 2 && gone.stderr.contains("gone.json: cannot read the profile"), "{}", gone.stderr);
}
