//! One hotspot without a manifest: a kernel made from what the command line names.

mod inputs;
mod stand_in;

pub use inputs::{made_by, of_arguments, of_files};
pub use stand_in::{STAND_INS, StandIn};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use crossover_reports::gate::Limits;
use crossover_reports::run::{Check, Kind, Track};

use crate::suite::{Contender, ContenderSource, Input, Kernel, Suite};

/// A function in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The module, or the package.
    pub file: PathBuf,
    /// The export.
    pub export: String,
}

/// A hotspot, and what might take its place.
#[derive(Debug, Clone)]
pub struct Hotspot {
    /// The function as it is.
    pub js: Function,
    /// The same in Wasm that is built already.
    pub wasm: Option<Function>,
    /// The same by what the browser has, as a module that calls it.
    pub platform: Option<Function>,
    /// What it is called with: one or more sizes of the same.
    pub inputs: Vec<Input>,
    /// How answers are compared.
    pub check: Check,
}

/// A stand-in that was written into `folder`, as a contender.
#[must_use]
pub fn standing_in(stand_in: StandIn, folder: PathBuf) -> Contender {
    let function = Function { file: folder.clone(), export: stand_in::EXPORT.to_owned() };
    contender(stand_in.name, Kind::StandIn, &function, ContenderSource::Package(folder))
}

/// What kind of work it is, nobody has said.
const DOMAIN: &str = "port";

impl Hotspot {
    /// The kernel that it makes.
    ///
    /// # Errors
    /// When a file is not there.
    pub fn kernel(mut self) -> anyhow::Result<Kernel> {
        let js = file(&self.js)?;
        let mut contenders = vec![contender("js", Kind::Js, &self.js, ContenderSource::Module(js.clone()))];
        if let Some(wasm) = &self.wasm {
            contenders.push(contender("wasm", Kind::Wasm, wasm, ContenderSource::Package(file(wasm)?)));
        }
        if let Some(platform) = &self.platform {
            let source = ContenderSource::Module(file(platform)?);
            contenders.push(contender("platform", Kind::Platform, platform, source));
        }
        choose_headline(&mut self.inputs);
        Ok(Kernel {
            name: name(&self.js),
            file: js,
            summary: format!("{} of {}", self.js.export, self.js.file.display()),
            domain: DOMAIN.to_owned(),
            baseline: "js".to_owned(),
            check: self.check,
            inputs: self.inputs,
            assets: BTreeMap::new(),
            contenders,
            scenarios: Vec::new(),
            revisions_of: None,
        })
    }
}

/// A suite of one kernel, in the nearest folder that holds all that it is made from.
#[must_use]
pub fn suite_of(kernel: Kernel) -> Suite {
    let files: Vec<&Path> = kernel.contenders.iter().map(|contender| contender.source.path()).collect();
    let root = common_folder(&files);
    Suite { root, cargo_profile: "release".to_owned(), preset: None, limits: Limits::default(), kernels: vec![kernel] }
}

fn contender(name: &str, kind: Kind, function: &Function, source: ContenderSource) -> Contender {
    let (name, export) = (name.to_owned(), function.export.clone());
    Contender { name, kind, track: Track::default(), check: None, export, source, variant: None, tree: None }
}

fn file(function: &Function) -> anyhow::Result<PathBuf> {
    function.file.canonicalize().with_context(|| format!("{}: cannot be opened", function.file.display()))
}

/// The nearest folder that all files are in.
fn common_folder(files: &[&Path]) -> PathBuf {
    let first = files.first().and_then(|file| file.parent()).unwrap_or(Path::new("/"));
    let holds_all = |folder: &&Path| files.iter().all(|file| file.starts_with(folder));
    first.ancestors().find(holds_all).unwrap_or(Path::new("/")).to_owned()
}

/// What a kernel is called that nobody named: after its function, or, where that is the default export, its file.
fn name(function: &Function) -> String {
    let stem = function.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = if function.export == "default" { stem } else { function.export.clone() };
    let (mut name, mut before) = (String::new(), ' ');
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            'A'..='Z' => {
                if before.is_ascii_lowercase() {
                    name.push('-');
                }
                name.push(c.to_ascii_lowercase());
            }
            _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
        before = c;
    }
    let name: String = name.trim_end_matches('-').chars().take(64).collect();
    if name.is_empty() { "hotspot".to_owned() } else { name }
}

/// The one in the middle by size is what the verdict is about; the others tell from which size on.
fn choose_headline(inputs: &mut [Input]) {
    inputs.sort_by_key(inputs::length);
    if let Some(middle) = inputs.get_mut(inputs.len().saturating_sub(1) / 2) {
        middle.headline = true;
    }
}

/// The export of a package that is meant: the one that was named, or the one with the name of the function.
///
/// # Errors
/// When the function has none either.
pub fn export_of_package(named: Option<&str>, js: &Function) -> anyhow::Result<String> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    ensure!(
        js.export != "default",
        "--wasm: which function? Write PKG#EXPORT, as in pkg/#render; only where --js names one is it the same"
    );
    Ok(js.export.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(file: &str, export: &str) -> Function {
        Function { file: file.into(), export: export.to_owned() }
    }

    #[test]
    fn a_kernel_is_called_after_its_function_or_file() {
        for (file, export, called) in [
            ("src/md.js", "renderToHtml", "render-to-html"),
            ("src/MD parser.js", "default", "md-parser"),
            ("src/md.js", "$", "hotspot"),
            ("src/md.js", "SHA256", "sha256"),
        ] {
            assert_eq!(name(&function(file, export)), called);
        }
    }

    #[test]
    fn the_common_folder_holds_all_files() {
        let files = ["/a/b/src/md.js", "/a/b/pkg", "/a/b/pkg/x.wasm"].map(Path::new);
        assert_eq!(common_folder(&files), Path::new("/a/b"));
        assert_eq!(common_folder(&files[..1]), Path::new("/a/b/src"));
    }

    #[test]
    fn a_package_is_asked_for_the_function_of_the_same_name() {
        let render = function("a.js", "render");
        assert_eq!(export_of_package(None, &render).unwrap(), "render");
        assert_eq!(export_of_package(Some("other"), &render).unwrap(), "other");
        assert!(export_of_package(None, &function("a.js", "default")).is_err());
    }
}
