//! The scripts that bundle with esbuild. They are part of this program, and run from their own folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

use super::npm_tools;
use crate::embedded::Embedded;
use crate::environment::Environment;
use crate::suite::ModuleTarget;

const SCRIPTS: [(&str, &str); 13] = [
    ("bundle.mjs", include_str!("bundler/bundle.mjs")),
    ("bare.mjs", include_str!("bundler/bare.mjs")),
    ("binary.mjs", include_str!("bundler/binary.mjs")),
    ("companions.mjs", include_str!("bundler/companions.mjs")),
    ("entry.mjs", include_str!("bundler/entry.mjs")),
    ("node.mjs", include_str!("bundler/node.mjs")),
    ("settings.mjs", include_str!("bundler/settings.mjs")),
    ("sources.mjs", include_str!("bundler/sources.mjs")),
    ("target.mjs", include_str!("bundler/target.mjs")),
    ("urls.mjs", include_str!("bundler/urls.mjs")),
    ("wasi.mjs", include_str!("bundler/wasi.mjs")),
    ("wasm.mjs", include_str!("bundler/wasm.mjs")),
    ("words.mjs", include_str!("bundler/words.mjs")),
];

/// What to bundle, and how.
#[derive(Debug, Serialize)]
pub struct Request<'a> {
    /// The folder of esbuild's package.
    pub esbuild: PathBuf,
    /// The folder of the package that stands in for WASI.
    pub shim: PathBuf,
    /// What is bundled.
    pub target: &'a ModuleTarget,
    /// The export that the function's path begins with; `None` for all exports.
    pub root: Option<&'a str>,
    /// Whether the default export is kept, because it may load the Wasm.
    pub starts: Starts,
    /// Whether a module ships as it is, with all that it exports.
    pub whole: bool,
    /// Whether names are shortened.
    pub minify: bool,
    /// Where outputs go.
    pub outdir: &'a Path,
}

/// Whether a module's default export is kept beside the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Starts {
    /// It is not.
    Never,
    /// It is where the module has Wasm.
    IfWasm,
    /// It is.
    Always,
}

/// The result.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bundled {
    /// What the module fetches itself.
    pub fetched: Vec<Fetched>,
    /// Files beside its modules that it names.
    pub companions: Vec<Companion>,
    /// The `.wasm` that the default export may need as an argument.
    pub handed: Option<PathBuf>,
    /// The files that went in.
    pub inputs: Vec<PathBuf>,
}

/// An output beside the module.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Fetched {
    /// Where it is.
    pub path: PathBuf,
    /// Whether the module may work without it.
    pub optional: bool,
}

/// A file that the module may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Companion {
    /// Where it is.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum BundlerReply {
    Bundle(Bundled),
    Refused(String),
}

/// The beginning of the SHA-256 of all scripts: other scripts bundle differently.
#[must_use]
pub fn version() -> String {
    scripts().version()
}

fn scripts() -> Embedded {
    Embedded::of("bundler", &SCRIPTS)
}

/// Bundles; the module is `module.js` in the request's folder then.
///
/// # Errors
/// Why it cannot be bundled.
pub fn run(environment: &Environment, request: &Request<'_>) -> anyhow::Result<Bundled> {
    let folder = scripts().unpack(&environment.root.own())?;
    let input = request.outdir.join("request.json");
    fs::write(&input, serde_json::to_vec(request).context("writing the request of the bundler")?)
        .with_context(|| format!("writing {}", input.display()))?;
    let stdin = Stdio::from(fs::File::open(&input).with_context(|| format!("reading {}", input.display()))?);
    let mut node = Command::new(&environment.node.path);
    node.arg(folder.join("bundle.mjs")).current_dir(request.outdir);
    let output = npm_tools::run(stdin, &mut node, "esbuild", |lines| lines.join("\n"))?;
    match serde_json::from_str(&output.stdout).context("reading the answer of the bundler")? {
        BundlerReply::Bundle(bundled) => Ok(bundled),
        BundlerReply::Refused(reason) => bail!(reason),
    }
}
