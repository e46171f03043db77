//! Browsers that are made slower than they are.
use crate::common::{Suite, crossover, rows_that_count};

#[test]
fn a_slow_phone_is_emulated_recorded_and_reported() {
    let suite = Suite::new();
    let arguments =
        ["run", "sum", "--preset", "quick", "--network", "fast-4g", "--cpu-throttle", "2", "--out", "out", "-q"];
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    let shown = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("emulated: network fast-4g (9 Mbit/s, 60 ms), pages 2 times slower"), "{shown}");
    let rows = rows_that_count(&suite.path().join("out/run.jsonl"));
    assert_eq!(rows[0]["strata"][0]["emulation"]["cpu_throttle"], 2.0);
    assert_eq!(rows.len(), 1 + 6 * 2);
    for row in &rows[1..] {
        let start = &row["samples"]["cold_start"][0];
        // Nothing comes sooner than the network's first byte.
        assert!(start["fetch"].as_f64().unwrap() >= 60e6, "{start}");
        assert!(!row["samples"]["call"].as_array().unwrap().is_empty(), "{row}");
    }
    // Blocks of another pace are not of the same plan.
    let other = crossover(&["run", "sum", "--preset", "quick", "--resume", "--out", "out", "-q"], suite.path());
    assert_eq!(other.code, 2, "{}", other.stderr);
    assert!(other.stderr.contains("emulation"), "{}", other.stderr);
}

#[test]
fn a_network_or_a_pace_that_is_none_is_bad_usage() {
    let suite = Suite::new();
    for (flag, value, fix) in [
        ("--network", "6g", "give slow-4g, fast-4g or a number of Mbit/s"),
        ("--network", "0", "give slow-4g, fast-4g or a number of Mbit/s"),
        ("--cpu-throttle", "0.5", "give how many times slower, from 1 to 20"),
        ("--cpu-throttle", "NaN", "give how many times slower, from 1 to 20"),
    ] {
        let output = crossover(&["run", "sum", flag, value], suite.path());
        assert_eq!(output.code, 2, "{flag} {value}");
        assert!(output.stderr.contains(fix), "{}", output.stderr);
    }
}
