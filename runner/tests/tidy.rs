//! The house rules that a compiler does not check: who may import what, and what every module says of itself.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

/// Modules of `runner/src`, lowest first: a module may name those of a lower row, and itself.
const RUNNER: &[&[&str]] = &[
    &["answer", "call_path"],
    &[
        "all_cores",
        "contain",
        "encoding",
        "exit",
        "hex",
        "lock",
        "process",
        "progress",
        "protocol",
        "sampling",
        "scaffold",
    ],
    &["runtime", "environment", "interrupt", "scout", "server", "suite"],
    &["artifact", "plan"],
    &["port"],
    &["cli", "execute"],
    &["prepare", "profile"],
    &["cmd"],
];

/// Modules of `reports/src`, lowest first.
const REPORTS: &[&[&str]] = &[
    &["regular"],
    &["metric", "run"],
    &["measurement", "profile"],
    &["stats"],
    &["comparison"],
    &["calibration", "verdict"],
    &["report"],
    &["gate", "history"],
    &["chart"],
    &["export"],
];

/// A word, and the only places of `runner/src` and `reports/src` that may name it.
const CONFINED: &[(&str, &[&str])] = &[
    ("playwright_rs", &["runner/src/runtime/playwright"]),
    ("Command::new(", &["runner/src/environment/", "runner/src/artifact/", "runner/src/process"]),
    ("rusqlite", &["reports/src/history/"]),
    ("plotters", &["reports/src/chart/", "reports/src/chart.rs"]),
    ("resvg", &["reports/src/chart/slide/"]),
    (
        "tokio::",
        &[
            "runner/src/runtime/",
            "runner/src/server",
            "runner/src/cmd/",
            "runner/src/execute/tests",
            "runner/src/interrupt.rs",
        ],
    ),
];

/// Modules that are pure: no clock, no files, no processes.
const PURE: &[&str] = &[
    "runner/src/encoding.rs",
    "runner/src/plan",
    "runner/src/suite/input_names.rs",
    "runner/src/execute/warm_up.rs",
    "runner/src/cmd/run/earlier.rs",
    "runner/src/profile/attribution.rs",
    "runner/src/profile/part.rs",
    "runner/src/profile/readable.rs",
    "runner/src/profile/summary.rs",
    "runner/src/scout/findings.rs",
    "runner/src/scout/tree.rs",
    "reports/src/run/difference.rs",
    "reports/src/run/join.rs",
    "reports/src/run/merge.rs",
    "reports/src/run/shard.rs",
    "reports/src/run/stratum.rs",
    "reports/src/run/progress",
    "reports/src/stats",
    "reports/src/comparison",
    "reports/src/gate",
    "reports/src/history/entry.rs",
    "reports/src/history/series.rs",
    "reports/src/history/trend.rs",
    "reports/src/history/words.rs",
    "reports/src/measurement",
    "reports/src/verdict",
    "reports/src/profile/tree.rs",
    "reports/src/report/memory",
    "reports/src/report/profiles.rs",
    "reports/src/calibration/power.rs",
    "reports/src/calibration/tally.rs",
    "reports/src/report/build_matrix",
];

const IMPURE: &[&str] = &["std::fs", "std::env", "Instant::now", "SystemTime", "now_utc", "std::net"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Rust files below `folder`, as (path from the root, text).
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no Rust files below {folder}");
    found.sort();
    found
}

fn all_sources() -> Vec<(String, String)> {
    let kernels: Vec<_> = fs::read_dir(root().join("kernels")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let crates = kernels
        .iter()
        .filter(|path| path.join("src").is_dir())
        .map(|path| format!("kernels/{}/src", path.file_name().unwrap().to_string_lossy()));
    ["runner/src", "runner/inputs/src", "runner/calibration/calibration-wasm/src", "reports/src"]
        .map(str::to_owned)
        .into_iter()
        .chain(crates)
        .flat_map(|f| sources(&f))
        .collect()
}

/// Comments may name anything.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
}

#[test]
fn every_module_says_what_it_is() {
    for (name, text) in all_sources() {
        assert!(text.starts_with("//! "), "{name} does not open with a //! line");
    }
}

#[test]
fn no_file_has_grown_over_400_lines() {
    for (name, text) in all_sources() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{name} has {lines} lines; split it by noun");
    }
}

#[test]
fn words_stay_where_they_belong() {
    for (name, text) in sources("runner/src").into_iter().chain(sources("reports/src")) {
        for (word, homes) in CONFINED.iter().filter(|(_, homes)| !homes.iter().any(|home| name.starts_with(home))) {
            for (line, code) in code(&text) {
                assert!(!code.contains(word), "{name}:{line} names {word}; only {homes:?} may");
            }
        }
    }
}

#[test]
fn pure_modules_are_pure() {
    for (name, text) in sources("runner/src").into_iter().chain(sources("reports/src")) {
        if !PURE.iter().any(|pure| name.starts_with(pure)) {
            continue;
        }
        for (line, code) in code(&text) {
            for word in IMPURE {
                assert!(!code.contains(word), "{name}:{line} names {word}, but {name} is pure");
            }
        }
    }
}

#[test]
fn imports_run_one_way() {
    one_way("runner/src", RUNNER);
    one_way("reports/src", REPORTS);
}

fn one_way(folder: &str, rows: &[&[&str]]) {
    let rank = |module: &str| rows.iter().position(|row| row.contains(&module));
    for (name, text) in sources(folder) {
        let below = name.trim_start_matches(folder).trim_start_matches('/');
        let module = below.split(['/', '.']).next().unwrap();
        let Some(own) = rank(module) else {
            assert!(["main", "lib"].contains(&module), "{name}: module `{module}` has no place in tidy.rs");
            continue;
        };
        for (line, code) in code(&text) {
            for used in code.split("crate::").skip(1) {
                let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                let Some(other) = rank(used) else { continue };
                assert!(used == module || other < own, "{name}:{line}: `{module}` may not import `{used}`");
            }
        }
    }
}

#[test]
fn the_reports_and_the_kernels_need_no_browser_and_no_runtime() {
    let kernels = fs::read_dir(root().join("kernels")).unwrap().map(|entry| entry.unwrap().path().join("Cargo.toml"));
    for manifest in kernels.filter(|path| path.is_file()).chain([root().join("reports/Cargo.toml")]) {
        let text = fs::read_to_string(&manifest).unwrap();
        for word in ["tokio", "axum", "playwright", "reqwest", "hyper"] {
            assert!(!text.contains(word), "{} names {word}", manifest.display());
        }
    }
}

#[test]
fn the_packages_install_with_every_npm() {
    // npm 9, which Debian 12 has, takes no notice of overrides when it compares the lock file, and then installs nothing.
    let text = fs::read_to_string(root().join("js-baselines/package.json")).unwrap();
    assert!(
        !text.contains("\"overrides\""),
        "js-baselines/package.json has overrides: `npm ci` of npm 9 fails with them"
    );
}
