//! A module as it ships: bundled and minified by esbuild, with the files that it fetches.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::bundler::{self, Bundled, Request, Starts};
use super::{Names, Role};
use crate::environment::Environment;
use crate::suite::ModuleTarget;

/// How much of a module is bundled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleScope {
    /// The module as it is, which has to export the function.
    Whole,
    /// Whatever it exports.
    All,
    /// One function, and what loads it.
    Function,
    /// One function and the default export, which may be what loads its Wasm.
    Started,
    /// The same where the module has Wasm; else one function alone, as a page that imports it bundles it.
    StartedIfWasm,
}

/// A bundle, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The module.
    pub bytes: Vec<u8>,
    /// Files that it may fetch: the name in the module, the role and the bytes of each.
    pub beside: Vec<(String, Role, Vec<u8>)>,
    /// The input files, with the manifests and settings that apply to them.
    pub inputs: Vec<PathBuf>,
    /// How it was bundled, for a person.
    pub build: String,
}

impl Bundle {
    /// The files that ship; the module, called `name`, comes first.
    pub fn into_files(self, name: String) -> Vec<(String, Role, Vec<u8>)> {
        std::iter::once((name, Role::Module, self.bytes)).chain(self.beside).collect()
    }
}

/// Bundles a target, which has to export `root` or a default that leads to it.
///
/// # Errors
/// What is wrong with it, for a person.
pub fn bundle(
    environment: &Environment,
    target: &ModuleTarget,
    root: &str,
    wanted: BundleScope,
    names: Names,
) -> anyhow::Result<Bundle> {
    // Nothing belongs beside the outputs' folder: esbuild names outputs relative to it.
    let scratch = tempfile::tempdir().context("making a folder for esbuild")?;
    let outdir = scratch.path().canonicalize().context("making a folder for esbuild")?;
    let request = Request {
        esbuild: environment.root.tools.package("esbuild"),
        shim: environment.root.tools.package("@bjorn3/browser_wasi_shim"),
        target,
        root: (wanted != BundleScope::All).then_some(root),
        starts: match wanted {
            BundleScope::Started => Starts::Always,
            BundleScope::StartedIfWasm => Starts::IfWasm,
            BundleScope::Whole | BundleScope::All | BundleScope::Function => Starts::Never,
        },
        whole: matches!(wanted, BundleScope::Whole | BundleScope::All),
        minify: names == Names::Stripped,
        outdir: &outdir,
    };
    let bundled = bundler::run(environment, &request)?;
    let bytes = fs::read(outdir.join("module.js")).context("reading esbuild's bundle")?;
    let build = match names {
        Names::Stripped => "esbuild --bundle --minify --format=esm --platform=browser --target=es2022",
        Names::Kept => "esbuild --bundle --format=esm --platform=browser --target=es2022",
    };
    Ok(Bundle { bytes, beside: beside(&bundled)?, inputs: with_settings(bundled.inputs), build: build.to_owned() })
}

fn beside(bundled: &Bundled) -> anyhow::Result<Vec<(String, Role, Vec<u8>)>> {
    let read = |path: &Path| fs::read(path).with_context(|| format!("reading {}", path.display()));
    let mut files = Vec::new();
    for fetched in &bundled.fetched {
        let name = fetched.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let role = if fetched.optional { Role::Beside(name.clone()) } else { Role::Fetched };
        files.push((name, role, read(&fetched.path)?));
    }
    for (index, companion) in bundled.companions.iter().enumerate() {
        // Its own name may hold anything.
        let extension = companion.path.extension().and_then(|extension| extension.to_str()).unwrap_or("bin");
        let name = format!("beside-{index}.{}", super::safe_name(extension));
        files.push((name, Role::Beside(companion.name.clone()), read(&companion.path)?));
    }
    if let Some(path) = &bundled.handed {
        files.push(("handed.wasm".to_owned(), Role::Wasm, read(path)?));
    }
    Ok(files)
}

/// Adds the nearest `package.json` and `tsconfig.json` of each file: they decide how it is found and compiled.
fn with_settings(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    let nearest = |file: &PathBuf, name: &str| {
        file.ancestors().skip(1).map(|folder| folder.join(name)).find(|manifest| manifest.is_file())
    };
    let names = ["package.json", "tsconfig.json"];
    let settings: Vec<PathBuf> =
        files.iter().flat_map(|file| names.iter().filter_map(|name| nearest(file, name))).collect();
    files.extend(settings);
    files.sort();
    files.dedup();
    files
}
