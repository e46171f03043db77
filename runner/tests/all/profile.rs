//! `crossover profile` in a real Chromium: whose time it is, where that is known beforehand, and what cannot be profiled.
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Output, crossover, root};
use serde_json::Value;

fn suite() -> PathBuf {
    root().join("runner/tests/fixtures/profile")
}

fn profile(folder: &Path, out: &Path, arguments: &[&str]) -> Output {
    let out = out.to_string_lossy();
    crossover(&[&["profile", "--seconds", "0.5", "--out", &out], arguments].concat(), folder)
}

/// The summary of a profile, which has to be whole.
fn summary(output: &Output) -> Value {
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    let summary: Value = serde_json::from_str(&output.stdout).expect("JSON and nothing else on stdout");
    assert_eq!(summary["schema"], "crossover/profile/2");
    for state in summary["states"].as_array().unwrap() {
        assert!(state["samples"].as_u64().unwrap() > 0 && state["calls"].as_u64().unwrap() > 0, "{state}");
        let total = state["total_ns"].as_f64().unwrap();
        for (list, field) in [("categories", "ns"), ("frames", "self_ns")] {
            let sum: f64 = state[list].as_array().unwrap().iter().filter_map(|one| one[field].as_f64()).sum();
            assert!((sum / total - 1.0).abs() < 1e-6, "{list} add up to {sum} of {total}");
        }
    }
    summary
}

/// The share of a category in the steady state (0) or the cold start (1); `None` where it is unknown.
fn share(summary: &Value, state: usize, category: &str) -> Option<f64> {
    let state = &summary["states"][state];
    let categories = state["categories"].as_array().unwrap();
    let one = categories.iter().find(|one| one["category"] == category)?;
    Some(one["ns"].as_f64()? / state["total_ns"].as_f64().unwrap())
}

/// The share of a category in what the steady state spends on the contender: the page's own code and its garbage take
/// more of the time the busier the machine is.
fn share_of_the_contender(summary: &Value, category: &str) -> f64 {
    let of_the_page: f64 = ["harness", "gc"].iter().filter_map(|one| share(summary, 0, one)).sum();
    assert!(of_the_page < 0.5, "{summary:#}");
    share(summary, 0, category).unwrap() / (1.0 - of_the_page)
}

fn top(summary: &Value) -> &str {
    summary["states"][0]["functions"][0]["name"].as_str().unwrap()
}

/// A `.cpuprofile` as its readers want it.
fn check_file(file: &Path) {
    let profile: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let list = |field: &str| profile[field].as_array().unwrap();
    let ids: Vec<u64> = list("nodes").iter().map(|node| node["id"].as_u64().unwrap()).collect();
    assert_eq!(list("nodes")[0]["callFrame"]["functionName"], "(root)");
    for node in list("nodes") {
        let frame = &node["callFrame"];
        assert!(["functionName", "scriptId", "url"].iter().all(|field| frame[field].is_string()), "{node}");
        assert!(["lineNumber", "columnNumber"].iter().all(|field| frame[field].is_i64()), "{node}");
        let children = node["children"].as_array().into_iter().flatten();
        assert!(children.clone().all(|child| ids.contains(&child.as_u64().unwrap())), "{node}");
    }
    assert!(!list("samples").is_empty() && list("samples").len() == list("timeDeltas").len());
    assert!(list("samples").iter().all(|id| ids.contains(&id.as_u64().unwrap())));
    let length = profile["endTime"].as_f64().unwrap() - profile["startTime"].as_f64().unwrap();
    let sum: f64 = list("timeDeltas").iter().map(|delta| delta.as_f64().unwrap()).sum();
    assert!(
        list("timeDeltas").iter().all(|delta| delta.as_f64().unwrap() >= 0.0) && sum <= length,
        "{sum} of {length}"
    );
}

#[test]
fn time_is_attributed_to_the_code_that_spends_it() {
    let out = tempfile::tempdir().unwrap();
    let of = |contender: &str| summary(&profile(&suite(), out.path(), &["known", contender, "--json"]));
    for contender in ["js", "wat"] {
        let summary = of(contender);
        assert!(share_of_the_contender(&summary, "kernel") > 0.8, "{summary:#}");
        let function = if contender == "js" { "innerWork" } else { "inner_work" };
        assert_eq!(top(&summary), function, "{summary:#}");
        assert_eq!(share(&summary, 0, "glue").is_some(), contender == "wat");
        assert_eq!(share(&summary, 0, "compile"), None, "not known apart");
    }
    let encodes = of("encodes");
    assert!(share(&encodes, 0, "copying").unwrap() > 0.5, "{encodes:#}");
    assert_eq!(top(&encodes), "encode");
    let litters = of("litters");
    assert!(share(&litters, 0, "gc").unwrap() > 0.2, "{litters:#}");
}

#[cfg(target_os = "linux")]
#[test]
fn firefox_attributes_time_to_the_code_that_spends_it_too() {
    let out = tempfile::tempdir().unwrap();
    for (contender, function) in [("js", "innerWork"), ("wat", "inner_work")] {
        let output = profile(&suite(), out.path(), &["known", contender, "--json", "--runtime", "firefox"]);
        let summary = summary(&output);
        assert!(share_of_the_contender(&summary, "kernel") > 0.8, "{summary:#}");
        assert_eq!(top(&summary), function, "{summary:#}");
        assert!(share(&summary, 1, "fetch").is_some_and(|share| share > 0.0), "phases of a start: {summary:#}");
        check_file(&out.path().join(format!("profiles/known.{contender}.many.firefox-steady.cpuprofile")));
    }
}

#[test]
fn what_only_crosses_is_copying_even_where_the_engine_shows_no_function_for_it() {
    let out = tempfile::tempdir().unwrap();
    let summary = summary(&profile(&root(), out.path(), &["boundary-bytes", "wasm", "--json"]));
    assert!(share(&summary, 0, "copying").unwrap() > 0.5, "{summary:#}");
    assert!(share(&summary, 0, "glue").unwrap() < 0.3, "{summary:#}");
}

#[test]
fn a_contender_of_rust_has_the_names_of_its_functions_in_every_file_and_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let kernel = "hashing-blake3";
    let out = folder.path().to_string_lossy().into_owned();
    let run = ["run", kernel, "--contender", "wasm-simd", "--preset", "quick", "--budget", "5s", "--out", &out];
    assert!(crossover(&run, &root()).is_measured());
    let before = fs::read_to_string(folder.path().join("run.jsonl")).unwrap();
    let output = profile(&root(), folder.path(), &[kernel, "wasm-simd", "--json"]);
    let summary = summary(&output);
    assert_eq!(summary["same_code"], true, "what is profiled is what ships");
    assert!(share(&summary, 0, "kernel").unwrap() > 0.5, "{summary:#}");
    // Without the hash that linkers leave.
    assert_eq!(top(&summary), "blake3::wasm32_simd::hash4");
    let started: f64 = ["compile", "instantiate", "fetch"].iter().filter_map(|one| share(&summary, 1, one)).sum();
    assert!(started > 0.0, "{summary:#}");

    let file = |end: &str| folder.path().join(format!("profiles/{kernel}.wasm-simd.1MB.chromium{end}"));
    let written: Value = serde_json::from_str(&fs::read_to_string(file(".json")).unwrap()).unwrap();
    assert_eq!(written, summary);
    for state in ["steady", "cold"] {
        check_file(&file(&format!("-{state}.cpuprofile")));
        let svg = fs::read_to_string(file(&format!("-{state}.svg"))).unwrap();
        assert!(svg.contains("blake3::") && !svg.contains("<script") && !svg.contains("onload"));
    }
    // Our own reader takes it as well.
    let scouted = crossover(&["scout", &file("-steady.cpuprofile").to_string_lossy()], folder.path());
    assert!(scouted.code == 0 && scouted.stdout.contains("blake3::"), "{}", scouted.stdout);

    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(page.contains("Flame graph") && page.contains("blake3::"));
    crossover(&["report", "run.jsonl", "--out", "again.html"], folder.path());
    assert_eq!(fs::read_to_string(folder.path().join("again.html")).unwrap(), page);
    assert_eq!(fs::read_to_string(folder.path().join("run.jsonl")).unwrap(), before, "a run stays as it is");

    // A profile of other files than were measured is not shown, and a broken one is reported; the report is written.
    let other = fs::read_to_string(file(".json")).unwrap().replace("\"files_sha256\": \"", "\"files_sha256\": \"0");
    fs::write(file(".json"), other).unwrap();
    fs::write(folder.path().join("profiles/broken.json"), "{}").unwrap();
    let output = crossover(&["report", "run.jsonl"], folder.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stderr.contains("was recorded with other files than the run measured"), "{}", output.stderr);
    assert!(output.stderr.contains("broken.json: is not a crossover/profile/2"), "{}", output.stderr);
    assert!(!fs::read_to_string(folder.path().join("report.html")).unwrap().contains("Flame graph"));
}

#[test]
fn what_cannot_be_profiled_is_refused_with_what_can() {
    let out = tempfile::tempdir().unwrap();
    for (arguments, code, expected) in [
        (&["unknown", "js"][..], 2, "there is no kernel `unknown`"),
        (
            &["known", "wasm"],
            2,
            "there is no contender `wasm` of `known`\nhelp: choose from js, encodes, litters, wat, throws",
        ),
        (&["known", "native"], 2, "native code runs in no browser"),
        (&["known", "js", "--input", "none"], 2, "there is no input `none` of `known`\nhelp: choose from many, few"),
        (&["known", "js", "--seconds", "0"], 2, "give a number of seconds from 0.1 to 60"),
        (&["known", "throws"], 4, "known throws cannot be profiled: verify: Error: not today"),
    ] {
        let folder = out.path().to_string_lossy();
        let output = crossover(&[&["profile", "--out", &folder], arguments].concat(), &suite());
        assert_eq!(output.code, code, "{}", output.stderr);
        assert!(output.stderr.contains(expected) && output.stdout.is_empty(), "{expected}: {}", output.stderr);
    }
}
