//! Compiles one file in another language than Rust to Wasm: AssemblyScript, or Wasm's text format.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{Names, npm_tools};
use crate::environment::Environment;

/// The version of the assembler for Wasm's text form; that of `wat` in `Cargo.toml`.
pub const WAT: &str = "1.245.1";

/// How AssemblyScript is compiled: for speed, with its own glue.
const ASC: [&str; 4] = ["--bindings", "esm", "-O3", "--noAssert"];

/// A file, compiled.
pub struct CompiledFile {
    /// The module; its glue, if it has any, is beside it.
    pub wasm: PathBuf,
    /// The files that went in.
    pub inputs: Vec<PathBuf>,
    /// The compiler and its flags, in words.
    pub build: String,
}

/// Compiles `source` into `folder`.
///
/// # Errors
/// What its compiler says, or that there is none for its extension.
pub fn compile(environment: &Environment, source: &Path, folder: &Path, names: Names) -> anyhow::Result<CompiledFile> {
    let wasm = folder.join("module.wasm");
    let extension = source.extension().and_then(OsStr::to_str).unwrap_or_default();
    let build = match extension {
        "ts" => {
            let arguments = [source.as_os_str(), OsStr::new("-o"), wasm.as_os_str()];
            let mut arguments: Vec<&OsStr> = arguments.into_iter().chain(ASC.map(OsStr::new)).collect();
            if names == Names::Kept {
                arguments.push(OsStr::new("--debug"));
            }
            npm_tools::asc(environment, folder_of(source), &arguments)?;
            format!("asc {} {}", npm_tools::version(environment, "assemblyscript")?, ASC.join(" "))
        }
        "wat" => {
            let bytes = wat::parse_file(source)?;
            fs::write(&wasm, bytes).with_context(|| format!("writing {}", wasm.display()))?;
            format!("wat {WAT}")
        }
        _ => {
            bail!("`source` takes .ts (AssemblyScript) and .wat (Wasm's text form); help: name JavaScript in `module`")
        }
    };
    Ok(CompiledFile { wasm, inputs: of_extension(folder_of(source), extension)?, build })
}

fn folder_of(source: &Path) -> &Path {
    source.parent().unwrap_or(Path::new("/"))
}

/// Every file of a language below a folder: the one that is compiled may import any of them. Links to folders are not
/// followed, and packages are left to their versions.
fn of_extension(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        let reading = || format!("reading {}", folder.display());
        for entry in fs::read_dir(&folder).with_context(reading)? {
            let entry = entry.with_context(reading)?;
            let path = entry.path();
            if entry.file_type().with_context(reading)?.is_dir() {
                folders.extend((entry.file_name() != "node_modules").then_some(path));
            } else if path.extension().and_then(OsStr::to_str) == Some(extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
