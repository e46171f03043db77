//! Bundling and minifying a JavaScript module with esbuild, as it would ship.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail};
use serde::Deserialize;

use super::{Names, Role, npm_tools};
use crate::environment::Environment;

/// How a module is bundled. Settings of the folder it lies in (`tsconfig.json`) have no say.
const FLAGS: [&str; 10] = [
    "--bundle",
    "--format=esm",
    "--platform=browser",
    "--target=es2022",
    "--legal-comments=none",
    // A `.wasm` file that is imported ships beside the bundle, for as text within it it would be a third larger.
    "--loader:.wasm=file",
    "--asset-names=[name]",
    "--tsconfig-raw={}",
    "--log-level=error",
    "--color=false",
];

/// So many of them, at the end, are of no interest to a person.
const UNTOLD: usize = 5;

/// On top where names are not kept.
const MINIFY: &str = "--minify";

/// Files that a module imports for their address. They ship beside it, and it fetches them itself, from
/// `new URL(address, import.meta.url)`.
const FETCHED: [&str; 2] = ["wasm", "onnx"];

/// A bundle, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The module.
    pub bytes: Vec<u8>,
    /// What it fetches itself, by the names that it knows them by.
    pub fetched: Vec<(String, Vec<u8>)>,
    /// The files that went in, and the manifests of the packages that they belong to.
    pub inputs: Vec<PathBuf>,
    /// esbuild's flags, for a person.
    pub build: String,
}

impl Bundle {
    /// What ships of it, the module, called `name`, first.
    pub fn into_files(self, name: String) -> Vec<(String, Role, Vec<u8>)> {
        let fetched = self.fetched.into_iter().map(|(name, bytes)| (name, Role::Fetched, bytes));
        std::iter::once((name, Role::Module, self.bytes)).chain(fetched).collect()
    }
}

/// What esbuild tells about a bundle.
#[derive(Deserialize)]
struct Metafile {
    inputs: BTreeMap<String, Input>,
    outputs: BTreeMap<String, Output>,
}

#[derive(Deserialize)]
struct Input {
    /// `esm` or `cjs`; of other files there is none.
    #[serde(default)]
    format: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    #[serde(default)]
    exports: Vec<String>,
    entry_point: Option<String>,
}

/// Modules of Node.js that the glue of a package names and no browser ever gets to.
const NODE_ONLY: [&str; 5] = ["node:*", "fs", "module", "path", "url"];

/// What is bundled.
#[derive(Debug, Clone, Copy)]
pub enum Entry<'a> {
    /// A module.
    File(&'a Path),
    /// The text of a module that is made here, with the folder that its imports are relative to.
    Made(&'a str, &'a Path),
    /// The same for a package, whose own glue may be for Node.js as well.
    Glue(&'a str, &'a Path),
}

/// Bundles a module, which has to export `export`.
///
/// # Errors
/// esbuild's first message, or the exports that there are where the wanted one is not.
pub fn bundle(environment: &Environment, entry: Entry<'_>, export: &str, names: Names) -> anyhow::Result<Bundle> {
    let scratch = tempfile::tempdir().context("making a folder for esbuild")?;
    let (outfile, metafile) = (scratch.path().join("module.js"), scratch.path().join("metafile.json"));
    let mut flags = FLAGS.to_vec();
    if names == Names::Stripped {
        flags.insert(1, MINIFY);
    }
    let mut arguments: Vec<OsString> = flags.iter().map(OsString::from).collect();
    let (module, folder, stdin) = match entry {
        Entry::File(module) => {
            arguments.push(module.into());
            (module, module.parent().unwrap_or(Path::new("/")), Stdio::null())
        }
        Entry::Made(text, folder) | Entry::Glue(text, folder) => {
            let file = scratch.path().join("entry.js");
            fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
            if matches!(entry, Entry::Glue(..)) {
                arguments.extend(NODE_ONLY.map(|name| format!("--external:{name}").into()));
            }
            let file = fs::File::open(&file).with_context(|| format!("reading {}", file.display()))?;
            (folder, folder, file.into())
        }
    };
    arguments.extend(FETCHED.map(|extension| format!("--loader:.{extension}=file").into()));
    // Without the files' own names, which may hold anything.
    arguments.push("--asset-names=fetched-[hash]".into());
    arguments.push(flag("--outfile=", &outfile));
    arguments.push(flag("--metafile=", &metafile));
    let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
    npm_tools::esbuild(environment, folder, &arguments, stdin)
        .with_context(|| format!("bundling {}", module.display()))?;

    let text = fs::read_to_string(&metafile).context("reading what esbuild tells about its bundle")?;
    let told: Metafile = serde_json::from_str(&text).context("reading what esbuild tells about its bundle")?;
    let output = told.outputs.values().find(|output| output.entry_point.is_some());
    let exports = output.map(|output| output.exports.as_slice()).unwrap_or_default();
    if !exports.iter().any(|name| name == export) {
        if let (Entry::File(file), true) = (entry, is_common_js(&told, output)) {
            return bundle(environment, Entry::Made(&reexport(file, export), folder), export, names);
        }
        let there = if exports.is_empty() { "nothing".to_owned() } else { exports.join(", ") };
        bail!("{} does not export {export:?}; it exports {there}. Name one of these, or export it", module.display());
    }
    let bytes = fs::read(&outfile).context("reading esbuild's bundle")?;
    let fetched = told.outputs.keys().filter_map(|path| fetched(scratch.path(), path)).collect::<Result<_, _>>()?;
    let inputs = with_package_manifests(told.inputs.keys().filter_map(|path| input(folder, path)).collect());
    Ok(Bundle { bytes, fetched, inputs, build: format!("esbuild {}", flags[..flags.len() - UNTOLD].join(" ")) })
}

/// The output at `path` with its name, if it is one that the module fetches.
fn fetched(scratch: &Path, path: &str) -> Option<anyhow::Result<(String, Vec<u8>)>> {
    let name = Path::new(path).file_name()?.to_str()?;
    let is_fetched = FETCHED.iter().any(|extension| name.ends_with(&format!(".{extension}")));
    let read = || fs::read(scratch.join(name)).with_context(|| format!("reading {name} of esbuild's bundle"));
    is_fetched.then(|| Ok((name.to_owned(), read()?)))
}

/// CommonJS exports by assignments, which only the running module knows.
fn is_common_js(told: &Metafile, output: Option<&Output>) -> bool {
    let entry = output.and_then(|output| told.inputs.get(output.entry_point.as_ref()?));
    entry.is_some_and(|input| input.format.as_deref() == Some("cjs"))
}

/// A module that exports `export` of a file beside it.
fn reexport(file: &Path, export: &str) -> String {
    let name = format!("./{}", file.file_name().unwrap_or_default().to_string_lossy());
    let [name, export] = [&*name, export].map(|text| serde_json::Value::from(text).to_string());
    format!("export {{ {export} }} from {name};\n")
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
