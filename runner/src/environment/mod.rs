//! The environment: what crossover needs on this machine, what of it is missing, and how to install that.
//!
//! Finders only look. Steps change the machine; each prints what it runs and why beforehand.

mod browser;
mod bundle;
mod clang;
mod compiler;
mod diagnosis;
mod error;
#[cfg(all(test, unix))]
mod fake;
mod fill;
mod git;
mod host;
mod installed;
mod linker;
mod node;
mod npm;
mod pinned;
mod playwright;
mod remedy;
mod revision;
mod root;
mod step;
mod tools;
mod tools_root;
mod version;
mod wasm_target;
mod worktree;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use bundle::{make_bundle, take_bundle};
pub use clang::Clang;
pub use diagnosis::{Diagnosis, Presence, Tool};
pub use error::SetupError;
pub use host::{Host, User};
pub use installed::installed_browsers;
pub use npm::find as find_npm;
pub use remedy::Installation;
pub use revision::revision;
pub use root::Root;
pub use step::Say;
pub use tools::pin;
pub use tools_root::tools_root;
pub use wasm_target::{Library, RUST_SRC_FIX, WasmToolchain};
pub use worktree::{Worktree, kept};

use crate::lock::Lock;
use crate::runtime::RuntimeId;
use remedy::Dependency;
use tools::Tools;

/// What a command needs. All of them need Node.js and the JavaScript tools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirements {
    /// The folder of the suite, if there is one: the kernels of a checkout have npm packages of their own.
    pub suite: Option<PathBuf>,
    /// For building Wasm contenders.
    pub wasm: Requirement,
    /// The browsers to measure in, with the one that the command line names (`--browser-path`).
    pub browsers: BrowserPaths,
}

/// Browsers, and where they are as far as the command line says.
pub type BrowserPaths = BTreeMap<RuntimeId, Option<PathBuf>>;

/// Whether something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// It is.
    Yes,
    /// It is not, and is not looked for.
    No,
}

impl Requirement {
    /// What `find` returns when this is required.
    fn then<T>(self, find: impl FnOnce() -> Result<T, SetupError>) -> Result<Option<T>, SetupError> {
        match self {
            Self::Yes => find().map(Some),
            Self::No => Ok(None),
        }
    }
}

/// What building and driving work with. All of it was found when this was made.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The folders.
    pub root: Root,
    /// Node.js.
    pub node: Tool,
    /// The Wasm toolchain, when it was required.
    pub wasm: Option<WasmToolchain>,
    /// The browsers that were required.
    pub browsers: BTreeMap<RuntimeId, Tool>,
    /// Where cargo keeps its registry.
    pub cargo_home: Option<PathBuf>,
    /// The user's home folder.
    pub home: Option<PathBuf>,
}

impl Environment {
    /// A file of the package of a tool, e.g. `cli.js` of `playwright-core`.
    #[must_use]
    pub fn tool(&self, package: &str, file: &str) -> PathBuf {
        self.root.tools.package(package).join(file)
    }
}

/// What was found on this machine.
#[derive(Debug, Clone)]
pub struct Examination {
    /// One diagnosis per thing, in the order in which set-up installs them.
    pub findings: Vec<Diagnosis>,
    /// The same for what only some contenders need, by the names in their manifests. Set-up does not install it.
    pub optional: Vec<Diagnosis>,
    /// The same for the browsers that were not asked for.
    pub other_browsers: Vec<(RuntimeId, Diagnosis)>,
    /// What is needed to drive the browsers that were asked for, if all of it is there.
    pub driving: Option<Environment>,
}

/// Looks for everything, changes nothing. What is missing and not required is optional.
#[must_use]
pub fn doctor(root: &Root, host: &Host, requirements: &Requirements) -> Examination {
    let (tools, browsers) = (&root.tools, &requirements.browsers);
    let tool = |tool: Tool| (tool.path.display().to_string(), tool.version.text);
    let node = node::find(host, &root.node);
    let npm = npm::find(host).and_then(|path| version::ask(&path).map(|version| Tool { path, version }));
    let installed = tools.installed();
    let packages = root.packages_of(requirements.suite.as_deref()).map(Tools::Pinned);
    let wasm = WasmToolchain::find(host, &root.rust);
    let clang = Clang::find(host)
        .map(|found| (found.compiler.display().to_string(), found.version))
        .map_err(|error| (error.why, error.fix));
    let mut optional = vec![Diagnosis::of(CLANG, clang)];
    // Without a compiler there is nothing that its source would be of.
    optional.extend(wasm.as_ref().ok().map(|wasm| Diagnosis::of(RUST_SRC, wasm.standard_library())));
    let wasm = wasm.map(|found| (found.compiler.sysroot.display().to_string(), found.describe()));
    let mut found = BTreeMap::new();
    let mut examined = |runtime: RuntimeId, path: Option<&Path>| {
        let kind = browser::kind(runtime)?;
        let named = kind.named(host, path);
        let browser = kind.find(host, named.as_deref(), tools);
        found.extend(browser.clone().ok().map(|tool| (runtime, tool)));
        let fix = kind.fix(host, named.as_deref(), tools);
        Some((runtime, Diagnosis::new(runtime.label(), browser.map(tool), fix)))
    };
    let asked: Vec<_> = browsers.iter().filter_map(|(one, path)| examined(*one, path.as_deref())).collect();
    let others = RuntimeId::ALL.iter().filter(|one| !browsers.contains_key(one));
    let other_browsers: Vec<_> = others.filter_map(|one| examined(*one, None)).collect();
    found.retain(|runtime, _| browsers.contains_key(runtime));
    let driving = match (&node, &installed) {
        (Ok(node), Ok(_)) if found.len() == browsers.len() => Some(Environment {
            root: root.clone(),
            node: node.clone(),
            wasm: None,
            browsers: found,
            cargo_home: host.cargo_home(),
            home: host.home(),
        }),
        _ => None,
    };
    let packages = packages.map(|packages| Diagnosis::new(PACKAGES, packages.installed(), packages.fix()));
    // Once it has brought the tools, it only brings what contenders name.
    let needs_npm = installed.is_err() || packages.as_ref().is_some_and(Diagnosis::is_missing);
    let mut findings = vec![Diagnosis::new(NODE, node.map(tool), node::FIX.to_owned())];
    let mut add = |diagnosis: Diagnosis, is_needed: bool| {
        if is_needed || !diagnosis.is_missing() { findings.push(diagnosis) } else { optional.push(diagnosis) }
    };
    add(Diagnosis::new(NPM, npm.map(tool), node::FIX.to_owned()), needs_npm);
    add(Diagnosis::new(TOOLS, installed, tools.fix()), true);
    packages.into_iter().for_each(|packages| add(packages, true));
    add(Diagnosis::new(WASM, wasm, wasm_target::fix(host)), requirements.wasm == Requirement::Yes);
    findings.extend(asked.into_iter().map(|(_, diagnosis)| diagnosis));
    Examination { findings, optional, other_browsers, driving }
}

/// Installs what is required and missing, in order, and returns what building and driving work with.
///
/// # Errors
/// The first thing that is missing and could not or must not be installed.
pub fn set_up(
    root: &Root,
    host: &Host,
    requirements: &Requirements,
    installation: Installation,
    say: Say,
) -> Result<Environment, SetupError> {
    let tools = &root.tools;
    // Two processes that install into the same folders would break each other's work.
    let _alone = Lock::take(&root.own().join(LOCK), || say(WAITING)).map_err(|error| SetupError {
        what: "Set-up".to_owned(),
        why: format!("{} cannot be written: {error:#}", root.own().display()),
        attempts: Vec::new(),
        fix: format!(
            "make {} writable, or set {}",
            root.target.display(),
            if root.checkout.is_some() { "CARGO_TARGET_DIR" } else { "XDG_CACHE_HOME" }
        ),
    })?;
    let dependency =
        Dependency { what: NODE, fix: node::FIX.to_owned(), remedies: || node::remedies(host, &root.node) };
    let node = dependency.ensure(installation, say, || node::find(host, &root.node))?;

    let dependency = Dependency { what: TOOLS, fix: tools.fix(), remedies: || tools.remedies(host) };
    dependency.ensure(installation, say, || tools.installed())?;

    if let Some(packages) = root.packages_of(requirements.suite.as_deref()) {
        let remedies = || packages.remedies(host, "what the contenders in JavaScript are made of");
        let dependency = Dependency { what: PACKAGES, fix: packages.fix(), remedies };
        dependency.ensure(installation, say, || packages.installed())?;
    }

    let wasm = requirements.wasm.then(|| {
        let remedies = || wasm_target::remedies(host, &root.rust);
        let dependency = Dependency { what: WASM, fix: wasm_target::fix(host), remedies };
        dependency.ensure(installation, say, || WasmToolchain::find(host, &root.rust))
    })?;

    let mut browsers = BTreeMap::new();
    for (runtime, path) in &requirements.browsers {
        let Some(kind) = browser::kind(*runtime) else { continue };
        let named = kind.named(host, path.as_deref());
        let named = named.as_deref();
        let remedies = || kind.remedies(host, named, &node.path, tools);
        let dependency = Dependency { what: runtime.label(), fix: kind.fix(host, named, tools), remedies };
        browsers.insert(*runtime, dependency.ensure(installation, say, || kind.find(host, named, tools))?);
    }

    Ok(Environment { root: root.clone(), node, wasm, browsers, cargo_home: host.cargo_home(), home: host.home() })
}

/// The lock that set-up holds, in the folder where it keeps things.
const LOCK: &str = "set-up.lock";
const WAITING: &str = "set-up: waiting for another crossover that is setting up";

const NODE: &str = "Node.js";
const NPM: &str = "npm";
const TOOLS: &str = "JavaScript tools";
const PACKAGES: &str = "JavaScript packages";
const WASM: &str = "Wasm target";
const CLANG: &str = "clang";
const RUST_SRC: &str = "rust-src";

#[cfg(all(test, unix))]
mod tests;
