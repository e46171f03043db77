//! Made-up results files, for commands that need no browser.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// A results file of one kernel with two contenders, of which `wasm` takes so many nanoseconds a call.
pub fn write_run(file: &Path, number: u32, wasm_ns: f64) {
    let contender = |name: &str, kind: &str, size: u32| {
        json!({ "name": name, "kind": kind, "track": "ecosystem", "build": [],
                "size_bytes": { "raw": size * 3, "gzip": size * 2, "brotli": size } })
    };
    let header = json!({
        "schema": "crossover/run/2", "id": format!("run-{number:03}"), "tool_version": "0.1.0",
        "git_revision": format!("{:032x}", u128::from(number + 1) << 120),
        "started_at": format!("2026-03-{:02}T{:02}:00:00Z", number / 24 + 1, number % 24), "seed": 1,
        "schedule": { "preset": "quick", "looks": [2], "precision": 0.01, "goal": "outcome", "rounds": 3, "cold_starts": 0 },
        "machine": { "os": "Linux", "arch": "x86_64", "cpu": "<b>cpu", "cores": 2, "memory_bytes": 8_000_000_000_u64 },
        "toolchain": { "rustc": null, "wasm_bindgen": null, "binaryen": null, "esbuild": null },
        "strata": [{ "id": "chromium", "runtime": { "id": "chromium", "version": "143" }, "cross_origin_isolated": true, "timer_quantum_ns": 5000.0 }],
        "kernels": [{ "name": "sum", "summary": "", "domain": "other", "baseline": "js", "check": "exact",
            "inputs": [{ "name": "1kB", "as": "bytes", "bytes": 1000, "sha256": "00ff", "headline": true }],
            "contenders": [contender("js", "js", 500), contender("wasm", "wasm", 900)] }],
    });
    let mut lines = vec![header.to_string()];
    for block in 0..2 {
        for (contender, ns) in [("js", 2e6), ("wasm", wasm_ns)] {
            // A few thousandths up and down, as from run to run.
            let ns = ns * (1.0 + f64::from((number * 7 + block) % 5) / 1000.0);
            let call: Vec<Value> =
                (0..3).map(|round| json!({ "round": round, "calls": 10, "ns": ns * 10.0 })).collect();
            let row = json!({ "kernel": "sum", "input": "1kB", "contender": contender, "stratum": "chromium",
                              "block": block, "samples": { "call": call } });
            lines.push(row.to_string());
        }
    }
    fs::write(file, lines.join("\n") + "\n").unwrap();
}
