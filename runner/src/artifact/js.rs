//! Bundling and minifying a JavaScript module with esbuild, as it would ship.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

use super::npm_tools;
use crate::environment::Environment;

/// How a module is bundled. Settings of the folder it lies in (`tsconfig.json`) have no say.
const FLAGS: [&str; 9] = [
    "--bundle",
    "--minify",
    "--format=esm",
    "--platform=browser",
    "--target=es2022",
    "--legal-comments=none",
    "--tsconfig-raw={}",
    "--log-level=error",
    "--color=false",
];

/// A bundle, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The module.
    pub bytes: Vec<u8>,
    /// The files that went in, and the manifests of the packages that they belong to.
    pub inputs: Vec<PathBuf>,
    /// esbuild's flags, for a person.
    pub build: String,
}

/// What esbuild tells about a bundle.
#[derive(Deserialize)]
struct Metafile {
    inputs: BTreeMap<String, serde::de::IgnoredAny>,
    outputs: BTreeMap<String, Output>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    #[serde(default)]
    exports: Vec<String>,
    entry_point: Option<String>,
}

/// Bundles `module`, which has to export `export`.
///
/// # Errors
/// esbuild's first message, or the exports that there are where the wanted one is not.
pub fn bundle(environment: &Environment, module: &Path, export: &str) -> anyhow::Result<Bundle> {
    let scratch = tempfile::tempdir().context("making a folder for esbuild")?;
    let (outfile, metafile) = (scratch.path().join("module.js"), scratch.path().join("metafile.json"));
    let folder = module.parent().unwrap_or(Path::new("/"));
    let mut arguments: Vec<OsString> = vec![module.into()];
    arguments.extend(FLAGS.map(OsString::from));
    arguments.push(flag("--outfile=", &outfile));
    arguments.push(flag("--metafile=", &metafile));
    let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
    npm_tools::esbuild(environment, folder, &arguments).with_context(|| format!("bundling {}", module.display()))?;

    let text = fs::read_to_string(&metafile).context("reading what esbuild tells about its bundle")?;
    let told: Metafile = serde_json::from_str(&text).context("reading what esbuild tells about its bundle")?;
    let entry = told.outputs.values().find(|output| output.entry_point.is_some());
    let exports = entry.map(|output| output.exports.as_slice()).unwrap_or_default();
    if !exports.iter().any(|name| name == export) {
        let there = if exports.is_empty() { "nothing".to_owned() } else { exports.join(", ") };
        bail!(
            "{} does not export {export:?}; it exports {there}. Name one with `export = \"…\"`, or export `run`",
            module.display()
        );
    }
    let bytes = fs::read(&outfile).context("reading esbuild's bundle")?;
    let inputs = with_package_manifests(told.inputs.keys().filter_map(|path| input(folder, path)).collect());
    Ok(Bundle { bytes, inputs, build: format!("esbuild {}", FLAGS[..6].join(" ")) })
}

/// The file that esbuild means. It marks files that a package disables for browsers, and some are none at all.
fn input(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = folder.join(path.strip_prefix("(disabled):").unwrap_or(path));
    path.is_file().then(|| path.canonicalize().unwrap_or(path))
}

/// Adds the nearest `package.json` of each file: it decides how the file is found and what may be left out of it.
fn with_package_manifests(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    let nearest = |file: &PathBuf| {
        file.ancestors().skip(1).map(|folder| folder.join("package.json")).find(|manifest| manifest.is_file())
    };
    let manifests: Vec<PathBuf> = files.iter().filter_map(nearest).collect();
    files.extend(manifests);
    files.sort();
    files.dedup();
    files
}

fn flag(name: &str, path: &Path) -> OsString {
    let mut flag = OsString::from(name);
    flag.push(path);
    flag
}
