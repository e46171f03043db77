//! Builds the files that ship from a contender's definition, and keeps them.

mod bindgen;
mod bundler;
mod cache;
mod cargo_messages;
mod compress;
mod dep_info;
mod evaluate;
mod features;
mod foreign;
mod imports;
mod inputs;
mod js;
mod names;
mod native;
mod needs;
pub mod npm_package;
mod npm_tools;
mod opcodes;
mod optimise;
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
use crossover_reports::run::{BuildStep, Failure, SizeStep, Stage, Toolchain};

pub use bindgen::version as wasm_bindgen_version;
pub use compress::Compressor;
pub use evaluate::evaluate;
pub use names::{Names, function_names, same_code};
pub use native::{NativeBench, has_native_bench};
pub use opcodes::v128_opcodes;
pub use recipe::{BuildSource, Recipe, ShippedAsset};
pub use shipped::{Artifact, Origin, Role, ShippedFile};

use crate::call_path::CallPath;
use crate::environment::{Clang, Environment, Host, RUST_SRC_FIX, Say, WasmToolchain};
use crate::path_guard::inside;
use crate::suite::{Extra, ModuleTarget, OptLevel, has_simd, has_threads};
use inputs::BuildInput;
use js::BundleScope;
use safe_name::safe_name;
use wasm::CrateBuild;

/// Raise it whenever the same recipe with the same tools would be built differently.
const BUILD_VERSION: u32 = 3;

/// Something optional is missing on this machine. That is not a failure of the run.
#[derive(Debug, thiserror::Error)]
#[error("not available here: {0}")]
pub struct Missing(pub String);

/// An error as a failure. [`Missing`] has a separate stage.
#[must_use]
pub fn failure(error: &anyhow::Error, stage: Stage) -> Failure {
    match error.downcast_ref::<Missing>() {
        Some(missing) => Failure { stage: Stage::Available, reason: missing.to_string() },
        None => Failure { stage, reason: format!("{error:#}") },
    }
}

/// Builds the contender, unless it is built already and its inputs are unchanged.
///
/// # Errors
/// A path leaves the suite, a tool fails, the export is missing, or a scalar build holds SIMD instructions. The
/// message names the manifest.
pub fn build(recipe: &Recipe, environment: &Environment, names: Names, say: Say) -> anyhow::Result<Artifact> {
    build_one(recipe, environment, names, say).with_context(|| {
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

/// A module that exports `export` of the user's file, bundled for the page to import.
///
/// # Errors
/// Why it cannot be bundled.
pub fn function(environment: &Environment, file: &Path, export: &CallPath) -> anyhow::Result<Vec<u8>> {
    let path = file.canonicalize().with_context(|| format!("{} is not there", file.display()))?;
    Ok(js::bundle(environment, &ModuleTarget::Path { path }, export.root(), BundleScope::Function, Names::Kept)?.bytes)
}

/// What was made, before it is compressed.
struct Made {
    files: Vec<(String, Role, Vec<u8>)>,
    inputs: Vec<PathBuf>,
    build: Vec<String>,
    /// The Wasm module as each step left it.
    steps: Vec<(BuildStep, Vec<u8>)>,
}

fn build_one(recipe: &Recipe, environment: &Environment, names: Names, say: Say) -> anyhow::Result<Artifact> {
    let artifacts = environment.root.own().join("artifacts");
    let entry = cache::CacheEntry::open(&artifacts, &key(recipe, environment, names)?)?;
    if let Some(artifact) = entry.load() {
        return Ok(artifact);
    }
    let start = SystemTime::now();
    let mut made = match &recipe.source {
        BuildSource::Module { path } => make_js(recipe, path, environment, names, say)?,
        BuildSource::Package { target, starts } => {
            let wanted = if *starts { BundleScope::Started } else { BundleScope::StartedIfWasm };
            make_package(recipe, target, wanted, environment, names, say)?
        }
        BuildSource::Whole { target } => make_package(recipe, target, BundleScope::All, environment, names, say)?,
        BuildSource::Handed { path } => make_handed(recipe, path, environment, names)?,
        BuildSource::Foreign { path } => make_foreign(recipe, path, environment, names, say)?,
        BuildSource::Crate { .. } => make_wasm(recipe, environment, names, say)?,
    };
    add_assets(recipe, &mut made)?;
    let inputs = made.inputs.iter().map(|path| BuildInput::record(path, start)).collect();
    let files = made.files.into_iter().map(|(name, role, bytes)| ShippedFile::new(name, role, bytes)).collect();
    let compressor = Compressor::of(environment);
    let size_step = |(step, bytes): &(BuildStep, Vec<u8>)| {
        Ok(SizeStep { step: *step, size: compressor.compress(bytes)?.size(bytes) })
    };
    let size_steps = made.steps.iter().map(size_step).collect::<anyhow::Result<Vec<_>>>()?;
    let artifact = Artifact::new(files, made.build, size_steps, Origin::Built);
    entry.store(&artifact, inputs)?;
    Ok(artifact)
}

/// Everything that decides about the result but the contents of the inputs.
fn key(recipe: &Recipe, environment: &Environment, names: Names) -> anyhow::Result<String> {
    let mut tools =
        BTreeMap::from([("esbuild", npm_tools::version(environment, "esbuild")?), ("bundler", bundler::version())]);
    // cargo lets the environment change a profile.
    let mut profiles = BTreeMap::new();
    if let BuildSource::Foreign { .. } = recipe.source {
        tools.insert("assemblyscript", npm_tools::version(environment, "assemblyscript")?);
        tools.insert("wat", foreign::WAT.to_owned());
    }
    if let BuildSource::Crate { needs, .. } = &recipe.source {
        if let Some(clang) = clang(needs)? {
            tools.insert("clang", format!("{} {}", clang.compiler.display(), clang.version));
        }
        let wasm = toolchain_of(environment)?;
        tools.insert("rustc", format!("{} {:?}", wasm.compiler.verbose, wasm.library));
        tools.insert("wasm-bindgen", bindgen::version());
        tools.insert("binaryen", npm_tools::version(environment, "binaryen")?);
        profiles =
            std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_PROFILE_")).collect();
    }
    let text = serde_json::to_string(&(BUILD_VERSION, recipe, tools)).context("describing the recipe")?;
    let names = match names {
        Names::Stripped => "",
        Names::Kept => "with names",
    };
    Ok(inputs::sha256(format!("{text}{profiles:?}{names}").as_bytes())[..32].to_owned())
}

fn make_js(recipe: &Recipe, path: &Path, environment: &Environment, names: Names, say: Say) -> anyhow::Result<Made> {
    let module = inside(&recipe.root, path)?;
    ensure!(module.is_file(), "{} is no file", path.display());
    say(&format!("build: {} of {} (esbuild)", recipe.contender, recipe.kernel));
    let target = ModuleTarget::Path { path: module };
    let bundle = js::bundle(environment, &target, recipe.export.root(), BundleScope::Whole, names)
        .with_context(|| format!("bundling {}", path.display()))?;
    let (inputs, build) = (bundle.inputs.clone(), vec![bundle.build.clone()]);
    Ok(Made { files: bundle.into_files(module_name(recipe)), inputs, build, steps: Vec::new() })
}

/// A package that is built already ships as it is: its Wasm is not optimised again.
fn make_package(
    recipe: &Recipe,
    target: &ModuleTarget,
    wanted: BundleScope,
    environment: &Environment,
    names: Names,
    say: Say,
) -> anyhow::Result<Made> {
    let (target, what) = match target {
        ModuleTarget::Path { path } => {
            (ModuleTarget::Path { path: inside(&recipe.root, path)? }, path.display().to_string())
        }
        ModuleTarget::Package { name, .. } => (target.clone(), name.clone()),
    };
    say(&format!("build: {} of {} (esbuild)", recipe.contender, recipe.kernel));
    let bundle = js::bundle(environment, &target, recipe.export.root(), wanted, names)
        .with_context(|| format!("bundling {what}"))?;
    let (inputs, build) = (bundle.inputs.clone(), vec![bundle.build.clone()]);
    Ok(Made { files: bundle.into_files(module_name(recipe)), inputs, build, steps: Vec::new() })
}

fn make_handed(recipe: &Recipe, path: &Path, environment: &Environment, names: Names) -> anyhow::Result<Made> {
    let target = ModuleTarget::Path { path: inside(&recipe.root, path)? };
    let bundle = js::bundle(environment, &target, recipe.export.root(), BundleScope::Started, names)?;
    let wasm = inside(&recipe.root, &path.with_extension("wasm"))?;
    let bytes = fs::read(&wasm).with_context(|| format!("reading {}", wasm.display()))?;
    let (inputs, build) = ([bundle.inputs.clone(), vec![wasm]].concat(), vec![bundle.build.clone()]);
    let module = (module_name(recipe), Role::Module, bundle.bytes);
    let wasm = (format!("{}.wasm", safe_name(&recipe.contender)), Role::Wasm, bytes);
    Ok(Made { files: vec![module, wasm], inputs, build, steps: Vec::new() })
}

fn module_name(recipe: &Recipe) -> String {
    format!("{}.js", safe_name(&recipe.contender))
}

/// The output of its compiler is a package, like one that was built already.
fn make_foreign(
    recipe: &Recipe,
    path: &Path,
    environment: &Environment,
    names: Names,
    say: Say,
) -> anyhow::Result<Made> {
    let folder = tempfile::tempdir().context("making a folder for a compiler")?;
    let source = inside(&recipe.root, path)?;
    let compiled = foreign::compile(environment, &source, folder.path(), names)
        .with_context(|| format!("compiling {}", path.display()))?;
    say(&format!("build: {} of {} ({})", recipe.contender, recipe.kernel, compiled.build));
    let target = ModuleTarget::Path { path: compiled.wasm };
    let bundle = js::bundle(environment, &target, recipe.export.root(), BundleScope::Function, names)
        .with_context(|| format!("the module of {}", path.display()))?;
    let build = vec![compiled.build, bundle.build.clone()];
    // The glue was made from the sources; its own files are gone with the folder.
    Ok(Made { files: bundle.into_files(module_name(recipe)), inputs: compiled.inputs, build, steps: Vec::new() })
}

fn make_wasm(recipe: &Recipe, environment: &Environment, names: Names, say: Say) -> anyhow::Result<Made> {
    let BuildSource::Crate { dir, features, target_features, needs, wasm_opt, cargo_profile: profile, opt_level } =
        &recipe.source
    else {
        bail!("{} is no crate", recipe.contender);
    };
    let dir = &inside(&recipe.root, dir)?;
    let wasm = &toolchain_for(target_features, environment)?;
    let opt_level = opt_level.map(OptLevel::name);
    // An unknown feature in the manifest is reported before minutes are spent.
    let variant = features::variant(target_features)?;
    say(&format!("build: Rust by {}", wasm.describe()));
    say(&format!("build: {} of {} (cargo, {variant})", recipe.contender, recipe.kernel));
    let clang = clang(needs)?;
    let clang = clang.as_ref();
    let compiled = CrateBuild { dir, features, target_features, profile, clang, opt_level }.run(environment, wasm)?;

    let glue = tempfile::tempdir().context("making a folder for wasm-bindgen")?;
    let bound = bindgen::glue(&compiled, glue.path(), names)?;
    let mut build = vec![compiled.build, format!("wasm-bindgen {} --target web", bindgen::version())];
    let mut steps = vec![(BuildStep::Rustc, compiled.bytes), (BuildStep::WasmBindgen, bound.clone())];
    let shipped = match wasm_opt.level() {
        None => bound,
        Some(level) => {
            let (optimised, optimiser) = optimise::optimise(environment, &bound, level, target_features, names)?;
            build.push(optimiser);
            steps.push((BuildStep::WasmOpt, optimised.clone()));
            optimised
        }
    };
    if !has_simd(target_features) {
        let count = v128_opcodes(&shipped)?;
        ensure!(count == 0, "{count} SIMD instructions in a scalar build: ask for target-features = [\"simd128\"]");
    }
    let glue_file = glue.path().join(format!("{}.js", compiled.name));
    let target = ModuleTarget::Path { path: glue_file };
    let bundle = js::bundle(environment, &target, recipe.export.root(), BundleScope::Whole, names)
        .with_context(|| format!("the exports of {}", dir.display()))?;
    build.push(bundle.build.clone());
    let mut files = vec![(format!("{}.js", compiled.name), Role::Module, bundle.bytes)];
    // The Wasm as wasm-bindgen left it is there as well, and is handed over once it is optimised.
    files.extend(bundle.beside.into_iter().filter(|(name, ..)| !name.ends_with(".wasm")));
    files.push((format!("{}_bg.wasm", compiled.name), Role::Wasm, shipped));
    // The glue was made from the crate; its own inputs are gone with the folder.
    Ok(Made { files, inputs: compiled.inputs, build, steps })
}

fn add_assets(recipe: &Recipe, made: &mut Made) -> anyhow::Result<()> {
    for (index, (name, asset)) in recipe.assets.iter().enumerate() {
        let path = match asset {
            ShippedAsset::File(path) => inside(&recipe.root, path).with_context(|| format!("asset {name:?}"))?,
            ShippedAsset::Generated(path) => path.clone(),
        };
        let bytes = fs::read(&path).with_context(|| format!("asset {name:?}: reading {}", path.display()))?;
        // The number keeps names apart that differ only in what is not safe.
        made.files.push((format!("asset-{index}-{}", safe_name(name)), Role::Asset(name.clone()), bytes));
        made.inputs.push(path);
    }
    Ok(())
}

/// The toolchain for a set of target features. Where memory is shared, the standard library is built for that, too.
fn toolchain_for(target_features: &[String], environment: &Environment) -> anyhow::Result<WasmToolchain> {
    let wasm = toolchain_of(environment)?;
    if !has_threads(target_features) {
        return Ok(wasm.clone());
    }
    wasm.with_library_from_source().ok_or_else(|| {
        let compiler = &wasm.compiler.version.text;
        Missing(format!(
            "threads need the standard library built for them, and {compiler} has no source of it; help: {RUST_SRC_FIX}"
        ))
        .into()
    })
}

/// The C compiler, where one is needed.
fn clang(needs: &[Extra]) -> Result<Option<Clang>, Missing> {
    let find = || Clang::find(&Host::here()).map_err(|error| Missing(error.to_string()));
    needs.contains(&Extra::Clang).then(find).transpose()
}

fn toolchain_of(environment: &Environment) -> anyhow::Result<&WasmToolchain> {
    environment.wasm.as_ref().context("the environment was set up without a Wasm toolchain")
}

#[cfg(test)]
mod tests;
