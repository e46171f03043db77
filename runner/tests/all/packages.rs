//! The packages of the three crates that are published: each holds what it includes, and nothing of this machine.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use crate::common::root;

const CRATES: [&str; 3] = ["crossover-inputs", "crossover-reports", "crossover"];

/// Packages all three at once, as they depend on each other; what is in each, by its path.
fn packages() -> Vec<(&'static str, BTreeMap<PathBuf, Vec<u8>>)> {
    let target = tempfile::tempdir().unwrap();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["package", "--no-verify", "--allow-dirty", "--locked", "--offline", "--target-dir"]);
    cargo.arg(target.path()).args(CRATES.iter().flat_map(|name| ["--package", name])).current_dir(root());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &'static str| {
        let folder = format!("{name}-{}", env!("CARGO_PKG_VERSION"));
        let file = File::open(target.path().join(format!("package/{folder}.crate"))).unwrap();
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
        let files = archive.entries().unwrap().map(|entry| {
            let mut entry = entry.unwrap();
            let path = entry.path().unwrap().strip_prefix(&folder).unwrap().to_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (path, bytes)
        });
        (name, files.collect())
    };
    CRATES.map(read).into()
}

/// The files that a module includes, as paths in its package.
fn included(module: &Path, text: &str) -> Vec<PathBuf> {
    let files = ["include_str!(\"", "include_bytes!(\""].into_iter().flat_map(|call| text.split(call).skip(1));
    let files = files.filter_map(|rest| rest.split_once('"')).map(|(file, _)| module.parent().unwrap().join(file));
    files.map(|file| normal(&file)).collect()
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => assert!(normal.pop(), "{} leads out of its package", path.display()),
            other => normal.push(other),
        }
    }
    normal
}

#[test]
fn every_package_holds_what_it_includes_and_says_what_it_is() {
    for (name, files) in packages() {
        let text = |path: &str| {
            let bytes = files.get(Path::new(path)).unwrap_or_else(|| panic!("{name}: no {path}"));
            String::from_utf8(bytes.clone()).unwrap()
        };
        let mut count = 0;
        let modules = files.keys().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
        // Tests may read what is beside the crate.
        for module in modules.filter(|path| !path.components().any(|part| part.as_os_str() == "tests")) {
            for file in included(module, &text(module.to_str().unwrap())) {
                assert!(files.contains_key(&file), "{name}: {} includes {}", module.display(), file.display());
                count += 1;
            }
        }
        assert!(count >= 6, "{name} includes {count} files");
        assert!(!files.keys().any(|path| path.to_string_lossy().contains("node_modules")), "{name}");

        let manifest: toml::Table = text("Cargo.toml").parse().unwrap();
        let package = &manifest["package"];
        for field in ["description", "license", "repository", "readme", "keywords", "categories", "rust-version"] {
            assert!(package.get(field).is_some(), "{name}: Cargo.toml has no {field}");
        }
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            assert!(text(licence).len() > 1000, "{name}: {licence} is a link");
        }
        // A build script that downloads would be one of ours, and there is none.
        assert!(!files.contains_key(Path::new("build.rs")), "{name}");
    }
}
