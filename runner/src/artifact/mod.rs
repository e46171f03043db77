//! Building: from a contender's definition to the files that ship, with their sizes; and keeping what was built.

mod bindgen;
mod cache;
mod cargo_messages;
mod compress;
mod dep_info;
mod evaluate;
mod features;
mod imports;
mod inputs;
mod js;
mod npm_tools;
mod opcodes;
mod optimise;
mod package;
mod recipe;
mod remap;
mod safe_name;
mod shipped;
mod wasm;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, bail, ensure};
use crossover_reports::run::{BuildStep, Size, SizeStep, Toolchain};

pub use bindgen::version as wasm_bindgen_version;
pub use evaluate::evaluate;
pub use opcodes::v128_opcodes;
pub use recipe::{Recipe, Source};
pub use shipped::{Artifact, Origin, Role, ShippedFile};

use crate::contain::inside;
use crate::environment::{Environment, Say, WasmToolchain};
use inputs::Input;
use package::Package;
use safe_name::safe_name;
use wasm::CrateBuild;

/// To be raised whenever the same recipe with the same tools would be built in another way.
const BUILD_VERSION: u32 = 2;

/// Builds the contender, unless it was built before and nothing that it is made from has changed since.
///
/// # Errors
/// A path leaves the suite, a tool fails, the export is missing, or a scalar build holds SIMD instructions. The
/// message names the manifest.
pub fn build(recipe: &Recipe, environment: &Environment, say: Say) -> anyhow::Result<Artifact> {
    build_one(recipe, environment, say).with_context(|| {
        format!("{}: contender {} of kernel {}", recipe.manifest.display(), recipe.contender, recipe.kernel)
    })
}

/// The versions of the tools that contenders are built with, for the header of a run.
///
/// # Errors
/// A tool is not installed.
pub fn toolchain(environment: &Environment) -> anyhow::Result<Toolchain> {
    let wasm = environment.wasm.as_ref();
    let binaryen = wasm.map(|_| npm_tools::version(environment, "binaryen")).transpose()?;
    Ok(Toolchain {
        rustc: wasm.map(WasmToolchain::describe),
        wasm_bindgen: wasm.map(|_| bindgen::version()),
        binaryen,
        esbuild: Some(npm_tools::version(environment, "esbuild")?),
    })
}

/// What was made, before it is compressed.
struct Made {
    files: Vec<(String, Role, Vec<u8>)>,
    inputs: Vec<PathBuf>,
    build: Vec<String>,
    /// The Wasm module as each step left it.
    steps: Vec<(BuildStep, Vec<u8>)>,
}

fn build_one(recipe: &Recipe, environment: &Environment, say: Say) -> anyhow::Result<Artifact> {
    let artifacts = environment.root.own().join("artifacts");
    let entry = cache::Entry::open(&artifacts, &key(recipe, environment)?)?;
    if let Some(artifact) = entry.load() {
        return Ok(artifact);
    }
    let start = SystemTime::now();
    let mut made = match &recipe.source {
        Source::Module { path } => make_js(recipe, path, environment, say)?,
        Source::Package { path } => make_package(recipe, path, environment, say)?,
        Source::Crate { .. } => make_wasm(recipe, environment, say)?,
    };
    add_assets(recipe, &mut made)?;
    let inputs = made.inputs.iter().map(|path| Input::record(path, start)).collect();
    let compress = |(name, role, bytes)| ShippedFile::compressed(name, role, bytes);
    let files = made.files.into_iter().map(compress).collect::<anyhow::Result<Vec<_>>>()?;
    let size_step = |(step, bytes): &(BuildStep, Vec<u8>)| Ok(SizeStep { step: *step, size: size(bytes, &files)? });
    let size_steps = made.steps.iter().map(size_step).collect::<anyhow::Result<Vec<_>>>()?;
    let artifact = Artifact::new(files, made.build, size_steps, Origin::Built);
    entry.store(&artifact, inputs)?;
    Ok(artifact)
}

/// How large `bytes` are. What ships is compressed already.
fn size(bytes: &[u8], files: &[ShippedFile]) -> anyhow::Result<Size> {
    if let Some(file) = files.iter().find(|file| file.bytes == bytes) {
        return Ok(file.size());
    }
    let [gzip, brotli] = [compress::gzip(bytes)?, compress::brotli(bytes)?].map(|bytes| bytes.len() as u64);
    Ok(Size { raw: bytes.len() as u64, gzip, brotli })
}

/// Everything that decides about the result but the contents of the inputs.
fn key(recipe: &Recipe, environment: &Environment) -> anyhow::Result<String> {
    let mut tools = BTreeMap::from([("esbuild", npm_tools::version(environment, "esbuild")?)]);
    // cargo lets the environment change a profile.
    let mut profiles = BTreeMap::new();
    if let Source::Crate { .. } = recipe.source {
        let wasm = toolchain_of(environment)?;
        tools.insert("rustc", format!("{} {:?}", wasm.compiler.verbose, wasm.library));
        tools.insert("wasm-bindgen", bindgen::version());
        tools.insert("binaryen", npm_tools::version(environment, "binaryen")?);
        profiles =
            std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_PROFILE_")).collect();
    }
    let text = serde_json::to_string(&(BUILD_VERSION, recipe, tools)).context("describing the recipe")?;
    Ok(inputs::sha256(format!("{text}{profiles:?}").as_bytes())[..32].to_owned())
}

fn make_js(recipe: &Recipe, path: &Path, environment: &Environment, say: Say) -> anyhow::Result<Made> {
    let module = inside(&recipe.root, path)?;
    ensure!(module.is_file(), "{} is no file", path.display());
    say(&format!("build: {} of {} (esbuild)", recipe.contender, recipe.kernel));
    let bundle = js::bundle(environment, js::Entry::File(&module), recipe.export())?;
    let name = format!("{}.js", safe_name(&recipe.contender));
    let mut files = vec![(name, Role::Module, bundle.bytes)];
    files.extend(shipped_beside(bundle.beside));
    Ok(Made { files, inputs: bundle.inputs, build: vec![bundle.build], steps: Vec::new() })
}

/// What is prebuilt ships as it is: no tool of ours makes it smaller or faster.
fn make_package(recipe: &Recipe, path: &Path, environment: &Environment, say: Say) -> anyhow::Result<Made> {
    let package = Package::find(&inside(&recipe.root, path)?)?;
    say(&format!("build: {} of {} ({})", recipe.contender, recipe.kernel, package.made_by()));
    let entry = package.entry(recipe.export())?;
    let bundle = js::bundle(environment, js::Entry::Glue(&entry.text, &entry.folder), recipe.export())
        .with_context(|| format!("the module of {}", path.display()))?;
    let name = safe_name(&recipe.contender);
    let inputs = [package.files(), bundle.inputs].concat();
    let build = vec![package.made_by().to_owned(), bundle.build];
    let mut files =
        vec![(format!("{name}.js"), Role::Module, bundle.bytes), (format!("{name}.wasm"), Role::Wasm, package.wasm)];
    files.extend(shipped_beside(bundle.beside));
    Ok(Made { files, inputs, build, steps: Vec::new() })
}

/// What a module imports as a file is handed to its `setup` by what the import became.
fn shipped_beside(files: Vec<(String, Vec<u8>)>) -> impl Iterator<Item = (String, Role, Vec<u8>)> {
    files.into_iter().enumerate().map(|(index, (import, bytes))| {
        // The number keeps names apart that differ only in what is not safe.
        (format!("beside-{index}-{}", safe_name(import.trim_start_matches("./"))), Role::Asset(import), bytes)
    })
}

fn make_wasm(recipe: &Recipe, environment: &Environment, say: Say) -> anyhow::Result<Made> {
    let Source::Crate { dir, features, target_features, wasm_opt, cargo_profile: profile, opt_level } = &recipe.source
    else {
        bail!("{} is no crate", recipe.contender);
    };
    let dir = &inside(&recipe.root, dir)?;
    let wasm = toolchain_of(environment)?;
    // What is wrong with the manifest is told before minutes are spent.
    let level = wasm_opt.as_deref().map(features::level).transpose()?;
    let opt_level = opt_level.as_deref();
    let variant = features::variant(target_features)?;
    say(&format!("build: {} of {} (cargo, {variant}; {})", recipe.contender, recipe.kernel, wasm.describe()));
    let compiled = CrateBuild { dir, features, target_features, profile, opt_level }.run(environment, wasm)?;

    let glue = tempfile::tempdir().context("making a folder for wasm-bindgen")?;
    let bound = bindgen::glue(&compiled, glue.path())?;
    let mut build = vec![compiled.build, format!("wasm-bindgen {} --target web", bindgen::version())];
    let mut steps = vec![(BuildStep::Rustc, compiled.bytes), (BuildStep::WasmBindgen, bound.clone())];
    let shipped = match level {
        None => bound,
        Some(level) => {
            let (optimised, optimiser) = optimise::optimise(environment, &bound, level, target_features)?;
            build.push(optimiser);
            steps.push((BuildStep::WasmOpt, optimised.clone()));
            optimised
        }
    };
    if !features::has_simd(target_features) {
        let count = v128_opcodes(&shipped)?;
        ensure!(count == 0, "{count} SIMD instructions in a scalar build: ask for target-features = [\"simd128\"]");
    }
    let glue_file = glue.path().join(format!("{}.js", compiled.name));
    let bundle = js::bundle(environment, js::Entry::File(&glue_file), recipe.export())
        .with_context(|| format!("the exports of {}", dir.display()))?;
    let files = vec![
        (format!("{}.js", compiled.name), Role::Module, bundle.bytes),
        (format!("{}_bg.wasm", compiled.name), Role::Wasm, shipped),
    ];
    build.push(bundle.build);
    // The glue was made from the crate; its own inputs are gone with the folder.
    Ok(Made { files, inputs: compiled.inputs, build, steps })
}

fn add_assets(recipe: &Recipe, made: &mut Made) -> anyhow::Result<()> {
    for (index, (name, path)) in recipe.assets.iter().enumerate() {
        let path = inside(&recipe.root, path).with_context(|| format!("asset {name:?}"))?;
        let bytes = fs::read(&path).with_context(|| format!("asset {name:?}: reading {}", path.display()))?;
        // The number keeps names apart that differ only in what is not safe.
        made.files.push((format!("asset-{index}-{}", safe_name(name)), Role::Asset(name.clone()), bytes));
        made.inputs.push(path);
    }
    Ok(())
}

fn toolchain_of(environment: &Environment) -> anyhow::Result<&WasmToolchain> {
    environment.wasm.as_ref().context("the environment was set up without a Wasm toolchain")
}

#[cfg(test)]
mod tests;
