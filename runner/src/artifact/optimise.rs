//! Optimises a Wasm module with binaryen's wasm-opt, and removes sections that do not run.

use std::ffi::OsStr;
use std::fs;

use anyhow::Context;

use super::{Names, features, npm_tools};
use crate::environment::Environment;

/// Sections that are always removed: the compilers' signatures, and the note of the target's features.
const STRIP: [&str; 2] = ["--strip-producers", "--strip-target-features"];

/// `wasm` optimised at a `level` of [`WasmOpt`](crate::suite::WasmOpt), e.g. `-O3`, and the flags for a person.
///
/// # Errors
/// A feature is not known, or wasm-opt refuses the module.
pub fn optimise(
    environment: &Environment,
    wasm: &[u8],
    level: &str,
    target_features: &[String],
    names: Names,
) -> anyhow::Result<(Vec<u8>, String)> {
    let scratch = tempfile::tempdir().context("making a folder for wasm-opt")?;
    let (before, after) = (scratch.path().join("before.wasm"), scratch.path().join("after.wasm"));
    fs::write(&before, wasm).context("writing the module for wasm-opt")?;
    let names = match names {
        Names::Stripped => "--strip-debug",
        Names::Kept => "--debuginfo",
    };
    let flags = [vec![level, names], STRIP.to_vec(), features::wasm_opt_flags(target_features)?].concat();
    let files = [before.as_os_str(), OsStr::new("-o"), after.as_os_str()];
    let arguments: Vec<&OsStr> = flags.iter().map(OsStr::new).chain(files).collect();
    npm_tools::wasm_opt(environment, &arguments)?;
    let optimised = fs::read(&after).context("reading what wasm-opt wrote")?;
    Ok((optimised, format!("wasm-opt {}", flags.join(" "))))
}
