//! The house rules that a compiler does not check: which module may import which, and what every module says of itself.

mod language;

use std::fs;
use std::path::{Path, PathBuf};

/// Modules of `runner/src`, lowest first: a module may name those of a lower row, and itself.
const RUNNER: &[&[&str]] = &[
    &["answer", "call_path"],
    &[
        "all_cores",
        "complaint",
        "path_guard",
        "encoding",
        "exit",
        "hex",
        "lock",
        "process",
        "progress",
        "protocol",
        "sampling",
        "scaffold",
        "wrap",
    ],
    &["embedded", "runtime", "interrupt", "scout", "server", "suite"],
    &["environment"],
    &["artifact", "plan", "stdout"],
    &["port"],
    &["cli", "prepare"],
    &["measure"],
    &["profile"],
    &["publish"],
    &["cmd"],
];

/// Modules of `reports/src`, lowest first.
const REPORTS: &[&[&str]] = &[
    &["regular", "shell"],
    &["run"],
    &["measurement", "profile"],
    &["stats"],
    &["metric"],
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
    (
        "Command::new(",
        &["runner/src/environment/", "runner/src/artifact/", "runner/src/process", "runner/src/runtime/"],
    ),
    ("rusqlite", &["reports/src/history/"]),
    ("plotters", &["reports/src/chart/", "reports/src/chart.rs"]),
    ("resvg", &["reports/src/chart/slide/"]),
    ("tokio::", &["runner/src/runtime/", "runner/src/server", "runner/src/measure/", "runner/src/interrupt.rs"]),
];

/// Modules that are pure: no clock, no files, no processes.
const PURE: &[&str] = &[
    "runner/src/encoding.rs",
    "runner/src/plan",
    "runner/src/suite/input_names.rs",
    "runner/src/measure/warm_up.rs",
    "runner/src/measure/earlier.rs",
    "runner/src/profile/attribution.rs",
    "runner/src/profile/clip.rs",
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
    "reports/src/history/trend_text.rs",
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
fn commands_only_wire() {
    for (name, text) in sources("runner/src/cmd") {
        let lines = text.lines().count();
        assert!(
            lines <= 60,
            "{name} has {lines} lines; a command takes arguments and gives an exit code, and what is between is a stage's"
        );
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
    for file in files_of(folder) {
        let Some(module) = file.module.first() else { continue };
        let own = rank(module).unwrap_or_else(|| panic!("{}: module `{module}` has no place in tidy.rs", file.name));
        for used in file.uses.iter().filter_map(|path| path.first()) {
            let Some(other) = rank(used) else { continue };
            assert!(used == module || other < own, "{}: `{module}` may not import `{used}`", file.name);
        }
    }
}

#[test]
fn no_two_files_import_each_other() {
    let kernels = fs::read_dir(root().join("kernels")).unwrap().map(|entry| entry.unwrap().path());
    let kernels = kernels.filter(|path| path.join("src").is_dir());
    let kernels = kernels.map(|path| format!("kernels/{}/src", path.file_name().unwrap().to_string_lossy()));
    for folder in ["runner/src".to_owned(), "reports/src".to_owned()].into_iter().chain(kernels) {
        let files = files_of(&folder);
        let beside: Vec<Vec<usize>> = files.iter().map(|file| file.beside(&files)).collect();
        for start in 0..files.len() {
            let mut trail = Vec::new();
            if leads_back(start, start, &beside, &mut vec![false; files.len()], &mut trail) {
                let names: Vec<&str> = trail.iter().map(|at| files[*at].name.as_str()).collect();
                panic!("these import each other, in a circle: {}", names.join(" → "));
            }
        }
    }
}

/// Whether imports lead from `at` to `start`; the way is in `trail` then.
fn leads_back(at: usize, start: usize, beside: &[Vec<usize>], seen: &mut [bool], trail: &mut Vec<usize>) -> bool {
    trail.push(at);
    for next in &beside[at] {
        if *next == start || !std::mem::replace(&mut seen[*next], true) && leads_back(*next, start, beside, seen, trail)
        {
            return true;
        }
    }
    trail.pop();
    false
}

/// A file, as a module of its crate.
struct File {
    name: String,
    module: Vec<String>,
    /// What it names of its own crate, as paths from the root of that.
    uses: Vec<Vec<String>>,
}

impl File {
    /// The files that this one names. Those that it is a part of, or that are a part of it, are no others.
    fn beside(&self, files: &[Self]) -> Vec<usize> {
        let named = |path: &Vec<String>| {
            let of = files.iter().enumerate().filter(|(_, file)| path.starts_with(&file.module));
            of.max_by_key(|(_, file)| file.module.len()).map(|(at, _)| at)
        };
        let is_other = |at: &usize| {
            let other = &files[*at].module;
            !other.starts_with(&self.module) && !self.module.starts_with(other)
        };
        self.uses.iter().filter_map(named).filter(is_other).collect()
    }
}

/// The files below a folder. Tests may name anything.
fn files_of(folder: &str) -> Vec<File> {
    let file = |(name, text): (String, String)| {
        let below = name.trim_start_matches(folder).trim_start_matches('/').trim_end_matches(".rs");
        let mut module: Vec<String> = below.split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| ["main", "lib", "mod"].contains(&last.as_str())) {
            module.pop();
        }
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let text: String = code(text).map(|(_, line)| format!("{line}\n")).collect();
        let uses = paths(&text).into_iter().filter_map(|path| resolved(&module, &path)).collect();
        File { name, module, uses }
    };
    let is_test = |module: &String| module == "tests" || module == "fake";
    sources(folder).into_iter().map(file).filter(|file| !file.module.iter().any(is_test)).collect()
}

/// Every path in a text that begins with `crate`, `super` or `self`, those in braces each on its own.
fn paths(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in text.match_indices(start) {
            let is_whole = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '$');
            if is_whole {
                branches(&text[at..], &mut Vec::new(), &mut found);
            }
        }
    }
    found
}

/// Reads one path, or one for each branch of it; what follows it.
fn branches<'a>(mut text: &'a str, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> &'a str {
    let own = before.len();
    loop {
        text = text.trim_start();
        if let Some(mut inside) = text.strip_prefix('{') {
            loop {
                inside = branches(inside, before, found).trim_start();
                match inside.strip_prefix(',') {
                    Some(rest) if !rest.trim_start().starts_with('}') => inside = rest,
                    rest => {
                        before.truncate(own);
                        return rest.unwrap_or(inside).trim_start().trim_start_matches('}');
                    }
                }
            }
        }
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        before.push(text[..end].to_owned());
        text = &text[end..];
        match text.strip_prefix("::") {
            Some(rest) => text = rest,
            None => {
                found.push(before.clone());
                before.truncate(own);
                // `as NAME` belongs to it.
                let rest = text.trim_start();
                return match rest.strip_prefix("as ") {
                    Some(alias) => alias.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'),
                    None => text,
                };
            }
        }
    }
}

/// A path from the root of the crate; `None` for one that leaves it.
fn resolved(module: &[String], path: &[String]) -> Option<Vec<String>> {
    let mut from = module.to_vec();
    let mut rest = path;
    match rest[0].as_str() {
        "crate" => {
            from.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        _ => {
            while rest.first().is_some_and(|part| part == "super") {
                from.pop()?;
                rest = &rest[1..];
            }
        }
    }
    from.extend(rest.iter().cloned());
    Some(from)
}

#[test]
fn paths_are_found_in_all_their_forms() {
    let text = "use crate::{a::{b, c as d}, e};\nuse super::super::f::G;\nlet x = self::h::i(1) + Self::J;";
    let module = ["m", "n", "o"].map(str::to_owned);
    let mut found: Vec<String> =
        paths(text).iter().filter_map(|path| resolved(&module, path)).map(|path| path.join("::")).collect();
    found.sort();
    found.dedup();
    assert_eq!(found, ["a::b", "a::c", "e", "m::f::G", "m::n::o::h::i"]);
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
    for name in ["js-baselines/package.json", "runner/tools/package.json", "runner/tools/node/package.json"] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        assert!(!text.contains("\"overrides\""), "{name} has overrides: `npm ci` of npm 9 fails with them");
    }
}
