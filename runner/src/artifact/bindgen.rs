//! Generates the glue between JavaScript and a Wasm module with wasm-bindgen, in process.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use wasm_bindgen_cli_support::Bindgen;

use super::Names;
use super::wasm::CompiledCrate;

/// The version of wasm-bindgen that crossover generates glue for.
#[must_use]
pub fn version() -> String {
    wasm_bindgen_shared::version()
}

/// Writes `NAME.js` (the glue), `NAME_bg.wasm` and what the glue imports into `folder`, as for `--target web`, and
/// returns the Wasm.
///
/// # Errors
/// The crate uses another version of wasm-bindgen, or none, or exports what wasm-bindgen cannot.
pub fn glue(compiled: &CompiledCrate, folder: &Path, names: Names) -> anyhow::Result<Vec<u8>> {
    let wanted = version();
    match &compiled.wasm_bindgen {
        Some(version) if *version == wanted => {}
        Some(version) => bail!(
            "{} is built with wasm-bindgen {version}, and this crossover makes glue for {wanted}: \
             set `wasm-bindgen = \"={wanted}\"` in its Cargo.toml",
            compiled.name
        ),
        None => bail!("{} does not use wasm-bindgen: add `wasm-bindgen = \"={wanted}\"`", compiled.name),
    }
    Bindgen::new()
        .input_bytes(&compiled.name, compiled.bytes.clone())
        .web(true)?
        .typescript(false)
        .remove_name_section(names == Names::Stripped)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen for {}", compiled.name))?;
    let wasm = folder.join(format!("{}_bg.wasm", compiled.name));
    fs::read(&wasm).with_context(|| format!("reading {}", wasm.display()))
}
