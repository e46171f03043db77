//! An invented profile.

use crossover_reports::profile::{Call, Category, CategoryTime, Profile, Profiled, SCHEMA, StateProfile, Tree};
use crossover_reports::run::{Family, Kind, Runtime};

/// A profile of a run's kernel and contender, with functions of these names.
pub fn profile_of(kernel: &str, contender: &str, names: &[&str]) -> Profile {
    let mut tree = Tree::default();
    let stack: Vec<Call> =
        names.iter().map(|name| Call { name: (*name).to_owned(), category: Category::Kernel }).collect();
    tree.add(&stack, 6e9);
    tree.add(&[Call { name: "passArray8ToWasm0".to_owned(), category: Category::Copying }], 3e9);
    tree.add(&[Call { name: "(native)".to_owned(), category: Category::Native }], 1e9);
    let mut categories = tree.categories(&[Category::Kernel, Category::Glue, Category::Copying]);
    categories.push(CategoryTime { category: Category::Compile, ns: None });
    let state = |state| StateProfile {
        state,
        interval_ns: 2e5,
        samples: 50_000,
        calls: 1000,
        total_ns: tree.total_ns(),
        categories: categories.clone(),
        functions: tree.functions(10),
        frames: tree.frames(600),
    };
    Profile {
        schema: SCHEMA.to_owned(),
        tool_version: "0.1.0".to_owned(),
        started_at: "2026-01-01T00:00:00Z".to_owned(),
        kernel: kernel.to_owned(),
        input: "1MB".to_owned(),
        contender: contender.to_owned(),
        kind: Kind::Wasm,
        runtime: Runtime {
            id: "chromium".to_owned(),
            family: Family::Browser,
            version: "148.0".to_owned(),
            flags: Vec::new(),
        },
        files_sha256: "ab".repeat(32),
        same_code: Some(true),
        states: vec![state(Profiled::Steady), state(Profiled::Cold)],
    }
}
