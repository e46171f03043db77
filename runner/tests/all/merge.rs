//! Shards of one plan and what `crossover merge` makes of them: the same cells as one run of all, and no two machines in one.
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::{Suite, crossover, rows};
use serde_json::Value;

/// A suite with three inputs of one kernel.
fn suite() -> Suite {
    let suite = Suite::new();
    let more = "\n[[input]]\nname = \"4kB\"\nas = \"bytes\"\ngenerate = { random = { seed = 1, bytes = 4096 } }\n";
    suite.write("kernels/sum/kernel.toml", &(suite.read("kernels/sum/kernel.toml") + more));
    suite
}

/// Measures; its exit code. On a very busy machine a block may fail, and that is a row like any other.
fn run(suite: &Suite, more: &[&str]) -> i32 {
    let arguments = ["run", "sum", "--preset", "quick", "--all-inputs", "--quiet"];
    let output = crossover(&[&arguments[..], more].concat(), suite.path());
    assert!([0, 4].contains(&output.code), "{}", output.stderr);
    output.code
}

/// Kernel, input, contender and stratum of every row.
fn cells(run: &Path) -> BTreeSet<[String; 4]> {
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    let cell = |row: &Value| ["kernel", "input", "contender", "stratum"].map(|field| text(row, field));
    rows(run)[1..].iter().map(cell).collect()
}

#[test]
fn three_shards_merged_are_the_whole_and_two_machines_stand_apart() {
    let suite = suite();
    let file = |folder: &str| suite.path().join(folder).join("run.jsonl");
    run(&suite, &["--out", "whole"]);
    let mut code = 0;
    for (shard, out) in [("1/3", "one"), ("2/3", "two"), ("3/3", "three")] {
        code = code.max(run(&suite, &["--shard", shard, "--out", out]));
        assert_eq!(cells(&file(out)).len(), 2, "one input, two contenders");
    }

    let output = crossover(&["merge", "three", "one/run.jsonl", "two", "--out", "merged"], suite.path());
    assert_eq!(output.code, code, "{}", output.stderr);
    assert_eq!(cells(&file("merged")), cells(&file("whole")));
    let (merged, whole) = (rows(&file("merged")).remove(0), rows(&file("whole")).remove(0));
    for field in ["kernels", "machine", "schedule", "toolchain", "shards"] {
        assert_eq!(merged[field], whole[field], "{field}");
    }
    assert!(suite.path().join("merged/report.html").is_file());
    assert!(suite.path().join("merged/charts").read_dir().unwrap().next().is_some());

    let output = crossover(&["merge", "one", "three", "--out", "part"], suite.path());
    assert_eq!(output.code, 4, "{}", output.stderr);
    assert!(output.stderr.contains("shard 2/3 is not among them"), "{}", output.stderr);

    // The second shard on another machine.
    fs::create_dir(suite.path().join("elsewhere")).unwrap();
    let text = fs::read_to_string(file("two")).unwrap();
    let cpu = format!("\"cpu\":{}", merged["machine"]["cpu"]);
    let moved = text.replace(&cpu, "\"cpu\":\"Another\"").replace(merged["id"].as_str().unwrap(), "moved");
    assert_ne!(moved, text);
    fs::write(file("elsewhere"), moved).unwrap();
    let output = crossover(&["merge", "one", "elsewhere", "three", "--out", "apart", "--json"], suite.path());
    assert_eq!(output.code, code, "{}", output.stderr);
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    let labels: Vec<_> = report["run"]["labels"].as_object().unwrap().values().collect();
    assert_eq!(labels.len(), 2);
    assert!(labels[1].as_str().unwrap().starts_with("chromium (Another, "), "{labels:?}");
    assert_eq!(report["cells"].as_array().unwrap().len(), 6, "each cell is on one machine");
    let page = fs::read_to_string(suite.path().join("apart/report.html")).unwrap();
    for label in labels {
        assert!(page.contains(label.as_str().unwrap()), "{label} is not in the report");
    }

    let output = crossover(&["merge", "one", "one", "--out", "twice"], suite.path());
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("are the same run"), "{}", output.stderr);
    let output = crossover(&["merge", "one", "two", "--out", "one"], suite.path());
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("one/run.jsonl: would be written over"), "{}", output.stderr);
    fs::create_dir(suite.path().join("other")).unwrap();
    fs::write(file("other"), text.replacen("\"seed\":1", "\"seed\":2", 1)).unwrap();
    let output = crossover(&["merge", "one", "other", "--out", "refused"], suite.path());
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("they differ in `seed`: 1 against 2"), "{}", output.stderr);
    let output = crossover(&["report", "one", "two", "--format", "json"], suite.path());
    assert!(output.stderr.contains("`crossover merge`"), "{}", output.stderr);
}

#[test]
fn shards_are_listed_and_what_is_none_is_refused() {
    let suite = suite();
    let list = |shard: &str| crossover(&["list", "sum", "--plan", "--shard", shard], suite.path());
    let inputs = |shard: &str| list(shard).stdout.lines().filter(|line| line.starts_with("  input ")).count();
    assert_eq!(["1/2", "2/2"].map(inputs), [2, 1]);
    assert!(list("2/2").stdout.contains("This is shard 2 of 2"));
    assert!(list("4/4").stdout.contains("shard 4 of 4 has nothing to measure"));
    let table = |shard: &str| crossover(&["list", "sum", "--shard", shard], suite.path()).stdout;
    assert!(table("2/2").contains("This is shard 2 of 2"), "{}", table("2/2"));
    assert_eq!(table("4/4"), "shard 4 of 4 has nothing to measure\n");
    for (shard, fix) in [("0/4", "1/4 to 4/4"), ("5/4", "1/4 to 4/4"), ("two", "write NUMBER/OF")] {
        let output = list(shard);
        assert_eq!(output.code, 2);
        assert!(output.stderr.contains(fix), "{}", output.stderr);
    }
}

#[test]
fn a_shard_without_anything_is_no_failure() {
    let suite = suite();
    let output = crossover(&["run", "sum", "--all-inputs", "--shard", "4/4", "--out", "out"], suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stderr.contains("shard 4/4 has nothing to measure"), "{}", output.stderr);
    assert!(!suite.path().join("out").exists());
}
