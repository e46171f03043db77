//! What `cargo build --message-format=json` reports about what it built.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The messages that matter: one per crate that is part of the build, fresh or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// The library's `.wasm`.
    pub wasm: Option<PathBuf>,
    /// The program that was built from the crate.
    pub program: Option<PathBuf>,
    /// The manifests of the crates that are built from a folder, not from a registry.
    pub manifests: Vec<PathBuf>,
    /// The version of the `wasm-bindgen` crate in the build.
    pub wasm_bindgen: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    package_id: String,
    #[serde(default)]
    manifest_path: PathBuf,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    executable: Option<PathBuf>,
}

/// Reads the messages of a build of the crate whose manifest is `manifest`.
#[must_use]
pub fn read(messages: &str, manifest: &Path) -> Built {
    let mut built = Built { wasm: None, program: None, manifests: Vec::new(), wasm_bindgen: None };
    // Build scripts may print lines of their own in between.
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok());
    for message in messages.filter(|message| message.reason == "compiler-artifact") {
        if message.package_id.starts_with("path+") && !built.manifests.contains(&message.manifest_path) {
            built.manifests.push(message.manifest_path.clone());
        }
        if let Some((_, version)) = message.package_id.rsplit_once("#wasm-bindgen@") {
            built.wasm_bindgen = Some(version.to_owned());
        }
        if message.manifest_path == manifest {
            let is_wasm = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "wasm");
            built.program = message.executable.or(built.program);
            built.wasm = message.filenames.into_iter().find(is_wasm).or(built.wasm);
        }
    }
    built
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_its_path_crates_and_wasm_bindgen_are_found() {
        let messages = r##"{"reason":"compiler-artifact","package_id":"registry+https://github.com/rust-lang/crates.io-index#wasm-bindgen@0.2.130","manifest_path":"/r/Cargo.toml","filenames":["/t/libwasm_bindgen.rlib"]}
not json
{"reason":"compiler-artifact","package_id":"path+file:///s/contract#kernel-contract@0.1.0","manifest_path":"/s/contract/Cargo.toml","filenames":["/t/x.rlib"]}
{"reason":"compiler-artifact","package_id":"path+file:///s/k#0.1.0","manifest_path":"/s/k/Cargo.toml","filenames":["/t/k.wasm","/t/libk.rlib"],"executable":null}
{"reason":"compiler-artifact","package_id":"path+file:///s/k#0.1.0","manifest_path":"/s/k/Cargo.toml","filenames":["/t/native-1"],"executable":"/t/native-1"}
{"reason":"build-finished","success":true}
"##;
        let built = read(messages, Path::new("/s/k/Cargo.toml"));
        assert_eq!(built.wasm.unwrap(), Path::new("/t/k.wasm"));
        assert_eq!(built.program.unwrap(), Path::new("/t/native-1"));
        assert_eq!(built.manifests, ["/s/contract/Cargo.toml", "/s/k/Cargo.toml"].map(Path::new));
        assert_eq!(built.wasm_bindgen.unwrap(), "0.2.130");
        assert_eq!(read(messages, Path::new("/other/Cargo.toml")).wasm, None);
    }
}
