//! `crossover build-matrix`: what it is asked for wrongly, and a small matrix in a real Chromium.
use std::fs;

use crate::common::{Suite, crossover, rows};
use serde_json::Value;

const LIB: &str = r#"//! Sums of bytes by their place, without vectors.

#[cfg(target_feature = "simd128")]
compile_error!("no vectors here");

kernel_contract::contender!(sums, [u8] => Vec<u8>);

fn sums(input: &[u8]) -> Result<Vec<u8>, String> {
    let mut sums = [0u8; 16];
    for (at, byte) in input.iter().enumerate() {
        sums[at % 16] = sums[at % 16].wrapping_mul(3).wrapping_add(*byte);
    }
    Ok(sums.to_vec())
}
"#;

const MANIFEST: &str = r#"summary = "Sums of bytes"
domain = "test"
baseline = "wasm"

[[input]]
name = "16kB"
as = "bytes"
generate = { random = { seed = 1, bytes = 16384 } }
headline = true

[[input]]
name = "1kB"
as = "bytes"
generate = { random = { seed = 1, bytes = 1024 } }

[contender.wasm]
kind = "wasm"
crate = "."
wasm-opt = "-O2"
"#;

/// The test suite with a kernel whose crate takes no vectors.
fn suite() -> Suite {
    let suite = Suite::new();
    suite.add_crate("sums", LIB);
    suite.write("kernels/sums/kernel.toml", MANIFEST);
    suite
}

#[test]
fn wrong_arguments_are_refused_with_a_fix() {
    let suite = suite();
    for (arguments, expected) in [
        (&["summs"][..], "there is no kernel `summs`\nhelp: did you mean `sums`?"),
        (&["test"], "there is no kernel `test`"),
        (&["sum"], "kernel `sum` has no contender that is built from a crate"),
        (&["sums", "--contender", "wsm"], "did you mean `wasm`?"),
        (&["sums", "--opt-level", "3,4"], "`4` is not a level\nhelp: use 0 to 3, s or z"),
        (&["sums", "--wasm-opt", "-O2,-O9"], "`-O9` is not a level\nhelp: use -O0 to -O4, -Os, -Oz or none"),
        (&["sums", "--simd", "perhaps"], "[possible values: off, on, both]"),
        (&[], "<KERNEL>"),
    ] {
        let output = crossover(&[&["build-matrix"], arguments].concat(), suite.path());
        assert_eq!(output.code, 2, "{arguments:?}: {}", output.stdout);
        assert!(output.stderr.contains(expected), "no `{expected}` in: {}", output.stderr);
    }
    assert!(!suite.path().join("target").exists(), "something was made for nothing");
}

#[test]
fn a_level_of_wasm_opt_in_a_manifest_is_checked_with_its_line() {
    let suite = suite();
    suite.write("kernels/sums/kernel.toml", &MANIFEST.replace("\"-O2\"", "\"-O9\""));
    let output = crossover(&["list"], suite.path());
    assert_eq!(output.code, 2);
    for part in ["kernel.toml: line 19, field `contender.wasm.wasm-opt`", "use -O0 to -O4, -Os, -Oz or none"] {
        assert!(output.stderr.contains(part), "no `{part}` in: {}", output.stderr);
    }
}

#[test]
fn variants_are_built_checked_and_measured_and_the_file_alone_makes_the_report() {
    let suite = suite();
    let matrix = |more: &[&str]| {
        let arguments = ["build-matrix", "sums", "--opt-level", "3", "--wasm-opt", "none,-O2", "--json"];
        crossover(&[&arguments, more].concat(), suite.path())
    };
    let output = matrix(&[]);
    assert_eq!(output.code, 4, "half of the variants do not build: {}", output.stderr);
    assert_eq!(output.stderr.matches("build: Rust by rustc ").count(), 1, "said once: {}", output.stderr);
    assert!(output.stderr.matches("(cargo, ").count() > 1, "{}", output.stderr);
    let folder = suite.path().join("target/crossover/build-matrix/sums");
    assert!(folder.join("report.html").is_file() && folder.join("charts/sums-chromium-build-matrix.svg").is_file());

    let header = &rows(&folder.join("run.jsonl"))[0];
    let kernel = &header["kernels"][0];
    assert_eq!((&kernel["baseline"], kernel["inputs"].as_array().unwrap().len()), (&Value::from("wasm"), 1));
    let contenders = kernel["contenders"].as_array().unwrap();
    let names: Vec<_> = contenders.iter().map(|contender| contender["name"].as_str().unwrap()).collect();
    let variants = ["opt-3-none-scalar", "opt-3-O2-scalar", "opt-3-none-simd", "opt-3-O2-simd"];
    assert_eq!(names, [&["wasm"][..], &variants].concat());
    let steps = |at: usize| -> Vec<&str> {
        let steps = contenders[at]["size_steps"].as_array().unwrap();
        steps.iter().map(|step| step["step"].as_str().unwrap()).collect()
    };
    assert_eq!((steps(0).len(), steps(1), steps(2).len()), (3, vec!["rustc", "wasm-bindgen"], 3));
    let raw = |at: usize, step: usize| contenders[at]["size_steps"][step]["raw"].as_u64().unwrap();
    assert!(raw(2, 2) < raw(2, 1) && raw(2, 1) < raw(2, 0), "each step makes it smaller: {contenders:?}");

    let report: Value = serde_json::from_str(&output.stdout).expect("JSON and nothing else on stdout");
    let matrix_of = |report: &Value| report["build_matrices"][0].clone();
    for row in matrix_of(&report)["variants"].as_array().unwrap() {
        if row["variant"]["simd"] == true {
            assert!(row["failure"].as_str().unwrap().contains("no vectors here"), "{row}");
            assert!(row["size_bytes"].is_null() && row["call_ns"].is_null(), "{row}");
        } else {
            assert_eq!(row["comparison"]["blocks"], 6, "{row}");
            assert!(row["call_ns"]["median"].as_f64().unwrap() > 0.0 && row["failure"].is_null(), "{row}");
        }
    }
    // The variant that is what the manifest says is the same file.
    assert_eq!(contenders[0]["size_bytes"], contenders[2]["size_bytes"]);
    let advice = &matrix_of(&report)["advice"]["recommended"]["kernel_toml"];
    assert!(advice.as_str().unwrap().starts_with("[contender.wasm]\nwasm-opt = \""), "{advice}");

    let again = crossover(&["report", "--format", "json", &folder.to_string_lossy()], suite.path());
    let again: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(matrix_of(&again), matrix_of(&report), "the file alone says the same");

    let lines = fs::read_to_string(folder.join("run.jsonl")).unwrap();
    assert_eq!(matrix(&["--resume"]).code, 4);
    assert_eq!(fs::read_to_string(folder.join("run.jsonl")).unwrap(), lines, "nothing was left to measure");
    let other = matrix(&["--resume", "--simd", "off"]);
    assert_eq!(other.code, 2);
    assert!(other.stderr.contains("contenders of kernel `sums`"), "{}", other.stderr);
}
