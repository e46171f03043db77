//! One hotspot without a manifest: a kernel made from the command line.

mod inputs;
mod listing;
mod module;
mod stand_in;

pub use inputs::{made_by, no_arguments, of_arguments, of_files};
pub use listing::{listing, signatures};
use module::package_of;
pub use module::{Module, function_of};
use stand_in::{STAND_INS, StandIn};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crossover_reports::gate::Limits;
use crossover_reports::report::wording::printable;
use crossover_reports::run::{Check, Kind, Purpose};

use crate::call_path::CallPath;
use crate::suite::{
    Contender, ContenderSource, Function, Input, Judge, Kernel, LONGEST_LABEL, LONGEST_TITLE, ModuleTarget, Suite,
    shortened,
};

/// One side of the comparison.
#[derive(Debug, Clone)]
pub struct PortSide {
    /// The flag that named it.
    pub flag: &'static str,
    /// The module as it was named.
    pub module: Module,
    /// The target to bundle.
    pub target: ModuleTarget,
    /// The function.
    pub path: CallPath,
}

impl PortSide {
    /// The module and its function for people, in `most` characters or fewer: `src/lev.js#distance`.
    fn function(&self, most: usize) -> String {
        shortened(&printable(&format!("{}#{}", self.module.name(), self.path)), most)
    }

    /// What `crossover new --from` takes: an export of a file.
    fn as_source(&self) -> Option<String> {
        let text = format!("{}#{}", self.module.name(), self.path);
        let is_file = matches!(&self.target, ModuleTarget::Path { path } if path.is_file());
        (is_file && Function::parse(&text).is_ok()).then_some(text)
    }
}

/// A hotspot, and what might replace it.
#[derive(Debug, Clone)]
pub struct Hotspot {
    /// The function in JavaScript.
    pub js: PortSide,
    /// The same in Wasm that is built already.
    pub wasm: Option<PortSide>,
    /// The same by a browser API, as a module that calls it.
    pub platform: Option<PortSide>,
    /// Inputs: one or more sizes of the same thing.
    pub inputs: Vec<Input>,
    /// How answers are compared.
    pub check: Check,
    /// The user's own functions that judge answers.
    pub judge: Judge,
    /// Whether calls change their argument, which is the answer then.
    pub in_place: bool,
}

/// A stand-in that was written into `folder`, as a contender.
fn standing_in(stand_in: StandIn, folder: &Path) -> Contender {
    let source = ContenderSource::Handed(folder.join(stand_in::MODULE));
    let own = Contender::new(stand_in.name, Kind::StandIn, CallPath::export(stand_in::EXPORT), source);
    Contender { label: Some(stand_in.label.to_owned()), ..own }
}

/// Adds what stands in for Wasm that is not written yet; its packages are written below `folder`.
///
/// # Errors
/// When they cannot be written.
pub fn add_stand_ins(kernel: &mut Kernel, folder: &Path) -> anyhow::Result<()> {
    let packages = std::path::absolute(folder)?.join("stand-ins");
    for stand_in in STAND_INS {
        kernel.contenders.push(standing_in(stand_in, &stand_in.write(&packages)?));
    }
    Ok(())
}

/// The domain of a kernel that has no manifest.
const DOMAIN: &str = "port";

impl Hotspot {
    /// The kernel of the hotspot.
    #[must_use]
    pub fn kernel(mut self) -> Kernel {
        let sides = [("js", Kind::Js, Some(&self.js)), ("wasm", Kind::Wasm, self.wasm.as_ref())];
        let sides = sides.into_iter().chain([("platform", Kind::Platform, self.platform.as_ref())]);
        let of = |(name, kind, side): (&str, Kind, Option<&PortSide>)| {
            let side = side?;
            let PortSide { target, path, .. } = side;
            let source = ContenderSource::Package(target.clone());
            let packages: Vec<_> = package_of(target).into_iter().collect();
            let label = packages.is_empty().then(|| side.function(LONGEST_LABEL));
            let own = Contender::new(name, kind, path.clone(), source);
            Some(Contender { label, packages, in_place: self.in_place, ..own })
        };
        let contenders: Vec<Contender> = sides.filter_map(of).collect();
        choose_headline(&mut self.inputs);
        Kernel {
            name: name(&self.js.module, &self.js.path),
            file: contenders[0].source.path().to_owned(),
            title: Some(self.js.function(LONGEST_TITLE)),
            caveats: Vec::new(),
            summary: format!("{} of {}", self.js.path, self.js.module.name()),
            domain: DOMAIN.to_owned(),
            purpose: Purpose::Choice,
            baseline: "js".to_owned(),
            check: self.check,
            judge: self.judge,
            inputs: self.inputs,
            assets: BTreeMap::new(),
            contenders,
            scenarios: Vec::new(),
            revisions_of: None,
            from: self.js.as_source(),
        }
    }

    /// The side that is measured as the contender of this name.
    #[must_use]
    pub fn side(&self, contender: &str) -> Option<&PortSide> {
        match contender {
            "js" => Some(&self.js),
            "wasm" => self.wasm.as_ref(),
            "platform" => self.platform.as_ref(),
            _ => None,
        }
    }
}

/// A suite of one kernel, in the nearest folder that contains all of its files.
#[must_use]
pub fn suite_of(kernel: Kernel) -> Suite {
    let files: Vec<&Path> = kernel.contenders.iter().map(|contender| contender.source.path()).collect();
    let root = common_folder(&files);
    Suite {
        root,
        cargo_profile: "release".to_owned(),
        preset: None,
        runtimes: Vec::new(),
        share: Default::default(),
        limits: Limits::default(),
        default_kernels: Vec::new(),
        kernels: vec![kernel],
    }
}

/// The nearest folder that all files are in.
fn common_folder(files: &[&Path]) -> PathBuf {
    let first = files.first().and_then(|file| file.parent()).unwrap_or(Path::new("/"));
    let holds_all = |folder: &&Path| files.iter().all(|file| file.starts_with(folder));
    first.ancestors().find(holds_all).unwrap_or(Path::new("/")).to_owned()
}

/// The name of the kernel: that of its function, or of its module where the function is the default export.
fn name(module: &Module, path: &CallPath) -> String {
    let text = path.name().map_or_else(|| module.stem(), str::to_owned);
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

/// The one in the middle by size is what the verdict is about; the others show from which size on.
fn choose_headline(inputs: &mut [Input]) {
    inputs.sort_by_key(inputs::length);
    if let Some(middle) = inputs.get_mut(inputs.len().saturating_sub(1) / 2) {
        middle.headline = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_is_called_after_its_function_or_module() {
        for (text, called) in [
            ("src/md.js#renderToHtml", "render-to-html"),
            ("src/MD parser.js#default", "md-parser"),
            ("src/md.js#$", "hotspot"),
            ("src/md.js#SHA256", "sha256"),
            ("npm:@a/blurhash@1.0.0#default().decode", "decode"),
        ] {
            let module = Module::parse(text).unwrap();
            assert_eq!(name(&module, module.path.as_ref().unwrap()), called);
        }
    }

    #[test]
    fn the_common_folder_holds_all_files() {
        let files = ["/a/b/src/md.js", "/a/b/pkg", "/a/b/pkg/x.wasm"].map(Path::new);
        assert_eq!(common_folder(&files), Path::new("/a/b"));
        assert_eq!(common_folder(&files[..1]), Path::new("/a/b/src"));
    }
}
