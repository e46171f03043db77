//! The suite of `crossover calibrate`, which is part of this program: contenders whose true ratios are known.

use std::borrow::Cow;

use crate::artifact::wasm_bindgen_version;
use crate::embedded::Embedded;
use crate::environment::Root;
use crate::suite::Suite;

/// The files; where the crate's manifest and lock file lie in the sources, no package of this program would contain the crate.
const FILES: [(&str, &str); 7] = [
    ("crossover.toml", include_str!("../../calibration/crossover.toml")),
    ("iterations.json", include_str!("../../calibration/iterations.json")),
    ("calibration-js/index.js", include_str!("../../calibration/calibration-js/index.js")),
    ("calibration-js/kernel.toml", include_str!("../../calibration/calibration-js/kernel.toml")),
    ("calibration-wasm/kernel.toml", include_str!("../../calibration/calibration-wasm/kernel.toml")),
    ("calibration-wasm/src/lib.rs", include_str!("../../calibration/calibration-wasm/src/lib.rs")),
    ("calibration-wasm/Cargo.lock", include_str!("../../calibration/calibration-wasm/Cargo.lock.txt")),
];

const MANIFEST: &str = include_str!("../../calibration/calibration-wasm/Cargo.toml.txt");

fn files() -> Embedded {
    let mut files = Embedded::of("calibration-suite", &FILES);
    let manifest = MANIFEST.replace("{{wasm-bindgen}}", &wasm_bindgen_version());
    files.files.push(("calibration-wasm/Cargo.toml", Cow::Owned(manifest)));
    files
}

/// The suite, unpacked to where crossover keeps what it makes.
///
/// # Errors
/// It cannot be written.
pub fn known_differences(root: &Root) -> anyhow::Result<Suite> {
    let folder = files().unpack(&root.own())?;
    Ok(Suite::open(Some(&folder.join(crate::suite::FILE)))?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The packages of a lock file, with their versions.
    fn packages(lock: &str) -> BTreeSet<(String, String)> {
        let lock: toml::Table = toml::from_str(lock).unwrap();
        let text = |package: &toml::Value, field: &str| package[field].as_str().unwrap().to_owned();
        let all = lock["package"].as_array().unwrap().iter();
        all.map(|package| (text(package, "name"), text(package, "version"))).collect()
    }

    #[test]
    fn it_is_a_suite_wherever_it_is_unpacked() {
        let folder = tempfile::tempdir().unwrap();
        let suite = known_differences(&Root::of_user(folder.path(), None)).unwrap();
        let names: Vec<&str> = suite.kernels.iter().map(|kernel| kernel.name.as_str()).collect();
        assert_eq!(names, ["calibration-js", "calibration-wasm"]);
        assert!(suite.root.starts_with(folder.path().canonicalize().unwrap().join("crossover/calibration-suite")));
    }

    #[test]
    fn its_crate_has_the_pinned_versions_of_this_program() {
        let program = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        let program = packages(&std::fs::read_to_string(program).unwrap());
        let own = packages(FILES[6].1);
        assert!(own.contains(&("wasm-bindgen".to_owned(), wasm_bindgen_version())));
        let others: Vec<_> = own.difference(&program).filter(|(name, _)| name != "calibration-wasm").collect();
        assert!(
            others.is_empty(),
            "{others:?}: run `cargo update --precise` for them in calibration-wasm/Cargo.lock.txt"
        );
    }
}
