//! `run --native`: criterion benches of a suite's own crates, as cells beside the others.
use crate::common;
use std::time::{Duration, Instant};

use crate::common::{Suite, crossover, root, rows_that_count};

#[test]
fn native_code_is_measured_in_every_block_and_wasm_is_held_against_it() {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let arguments = ["run", "objects-trees", "--contender", "wasm*", "--native", "--preset", "quick", "--budget", "4s"];
    let output = crossover(&[&arguments[..], &["--out", folder]].concat(), &root());
    assert!(output.is_measured(), "{}\n{}", output.stdout, output.stderr);
    assert!(output.stdout.contains("Native ceiling"), "{}", output.stdout);
    assert!(output.stdout.contains("Trees of small objects · Wasm GC"), "{}", output.stdout);
    let rows = rows_that_count(&out.path().join("run.jsonl"));
    let contenders = rows[0]["kernels"][0]["contenders"].as_array().unwrap();
    assert_eq!(contenders.last().unwrap()["kind"], "native");
    let of = |name: &str| rows[1..].iter().filter(|row| row["contender"] == name && row["samples"].is_object()).count();
    assert!(of("native") > 0 && of("native") == of("js"), "one beside every block: {} and {}", of("native"), of("js"));
    assert!(rows[1..].iter().all(|row| (row["contender"] == "native") == (row["stratum"] == "native")), "{rows:?}");
    assert_eq!(rows[0]["strata"][1]["runtime"]["family"], "native");
}

#[test]
fn a_bench_that_cannot_be_built_is_a_row_and_harms_no_other() {
    let suite = Suite::new();
    suite.add_crate("sum", "kernel_contract::contender!(job, [u8] => Vec<u8>);\n\nfn job(input: &[u8]) -> Result<Vec<u8>, String> {\n    Ok(input.to_vec())\n}\n");
    std::fs::create_dir(suite.path().join("kernels/sum/benches")).unwrap();
    suite.write("kernels/sum/benches/native.rs", "fn main() { nowhere() }\n");
    let manifest = suite.read("kernels/sum/kernel.toml");
    suite.write("kernels/sum/kernel.toml", &format!("{manifest}\n[contender.wasm]\nkind = \"wasm\"\ncrate = \".\"\n"));
    let arguments = ["run", "sum", "--native", "--preset", "quick", "--contender", "js*", "--out", "out"];
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 4, "{}\n{}", output.stdout, output.stderr);
    let rows = rows_that_count(&suite.path().join("out/run.jsonl"));
    let native: Vec<_> = rows[1..].iter().filter(|row| row["contender"] == "native").collect();
    assert_eq!(native.len(), 1, "{native:?}");
    assert_eq!(native[0]["failure"]["stage"], "build");
    assert!(native[0]["failure"]["reason"].as_str().unwrap().contains("nowhere"), "{}", native[0]);
    assert_eq!(rows.len(), 1 + 6 * 2 + 1);
}

#[cfg(unix)]
#[test]
fn an_interrupt_is_heard_while_native_code_runs() {
    let suite = Suite::new();
    suite.add_crate("sum", "kernel_contract::contender!(job, [u8] => Vec<u8>);\n\nfn job(input: &[u8]) -> Result<Vec<u8>, String> {\n    Ok(input.to_vec())\n}\n");
    let cargo = suite.read("kernels/sum/Cargo.toml");
    suite.write("kernels/sum/Cargo.toml", &format!("{cargo}\n[[bench]]\nname = \"native\"\nharness = false\n"));
    std::fs::create_dir(suite.path().join("kernels/sum/benches")).unwrap();
    let endless = "fn main() { std::thread::sleep(std::time::Duration::from_secs(250)) }\n";
    suite.write("kernels/sum/benches/native.rs", endless);
    let manifest = suite.read("kernels/sum/kernel.toml");
    suite.write("kernels/sum/kernel.toml", &format!("{manifest}\n[contender.wasm]\nkind = \"wasm\"\ncrate = \".\"\n"));
    let arguments = ["run", "sum", "--native", "--preset", "quick", "--contender", "js*", "--out", "out"];
    let mut child = common::start(&arguments, suite.path());
    let run = suite.path().join("out/run.jsonl");
    // The header, and the first block of the two contenders in JavaScript: native code comes next.
    common::wait_for_rows(&run, 3, Duration::from_secs(300));
    let asked = Instant::now();
    common::interrupt(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(asked.elapsed() < Duration::from_secs(120), "the bench was waited for");
    assert!(suite.path().join("out/report.html").is_file());
}

#[test]
fn what_native_code_cannot_be_measured_beside_is_bad_usage() {
    let suite = Suite::new();
    let output = crossover(&["run", "sum", "--native", "--connect", "ws://127.0.0.1:1"], suite.path());
    assert_eq!(output.code, 2, "{}", output.stderr);
    assert!(output.stderr.contains("leave one of the two out"), "{}", output.stderr);
}
