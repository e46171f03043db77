//! Builds a crate to Wasm with cargo, for one set of target features.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use super::{cargo_messages, dep_info, features, remap};
use crate::environment::{Clang, Environment, Library, WasmToolchain};
use crate::lock::Lock;
use crate::process;

/// No build takes longer than this; the first one may have to build the standard library.
const LIMIT: Duration = Duration::from_secs(1800);

/// How many of the compiler's lines are shown when a build fails.
const MOST_LINES: usize = 60;

/// How a crate is built.
pub struct CrateBuild<'a> {
    /// Its folder.
    pub dir: &'a Path,
    /// Cargo features.
    pub features: &'a [String],
    /// Features of the Wasm target.
    pub target_features: &'a [String],
    /// Cargo profile.
    pub profile: &'a str,
    /// The compiler for the C within it, if there is any.
    pub clang: Option<&'a Clang>,
    /// Level that replaces the profile's `opt-level`.
    pub opt_level: Option<&'a str>,
}

/// A crate as rustc leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledCrate {
    /// The library's name, e.g. `hashing_blake3`.
    pub name: String,
    /// The module, not yet ready for the web.
    pub bytes: Vec<u8>,
    /// The files that went in.
    pub inputs: Vec<PathBuf>,
    /// The version of the `wasm-bindgen` crate that it was linked against.
    pub wasm_bindgen: Option<String>,
    /// How it was built, for a person.
    pub build: String,
}

impl CrateBuild<'_> {
    /// Builds it.
    ///
    /// # Errors
    /// The compiler's last lines, or that the crate builds no Wasm.
    pub fn run(&self, environment: &Environment, toolchain: &WasmToolchain) -> anyhow::Result<CompiledCrate> {
        let manifest = self.dir.join("Cargo.toml");
        ensure!(manifest.is_file(), "{} holds no Cargo.toml", self.dir.display());
        let workspace = self.workspace(toolchain, &manifest)?;
        let folder = build_folder(environment).join(features::variant(self.target_features)?);
        // cargo's own lock ends with cargo, and until the file is read another build could put its own in the place.
        let _alone = Lock::take(&folder.join("crossover.lock"), || ())?;

        let flags: Vec<String> = features::rustc_flags(self.target_features)
            .into_iter()
            .chain(remap::of_machine(environment, toolchain))
            .collect();
        let mut command = Command::new(&toolchain.compiler.cargo);
        command
            .args(["rustc", "--lib", "--message-format=json-render-diagnostics", "--color=never"])
            .arg("--manifest-path")
            .arg(&manifest)
            .args(self.cargo_arguments(toolchain))
            .arg("--")
            .args(remap::of_workspace(&workspace))
            .current_dir(self.dir)
            .envs(toolchain.environment())
            .envs(self.clang.iter().flat_map(|clang| clang.environment()))
            .env("CARGO_TARGET_DIR", &folder)
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
            // A wrapper of the compiler that builds crossover is not meant for the contenders.
            .env_remove("RUSTC_WORKSPACE_WRAPPER");
        let output = process::run(&mut command, LIMIT).map_err(|error| {
            let lines = error.telling_lines(MOST_LINES);
            anyhow::anyhow!("building {}: {error}\n{}", self.dir.display(), lines.join("\n"))
        })?;

        let built = cargo_messages::read(&output.stdout, &manifest);
        let Some(wasm) = built.wasm else {
            bail!("{} builds no Wasm: it needs `[lib] crate-type = [\"cdylib\", \"rlib\"]`", manifest.display());
        };
        let name = wasm.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&wasm).with_context(|| format!("reading {}", wasm.display()))?;
        let sources = wasm.with_extension("d");
        let sources = fs::read_to_string(&sources).with_context(|| format!("reading {}", sources.display()))?;
        let mut inputs = dep_info::sources(&sources);
        inputs.extend(built.manifests);
        inputs.extend(settings(self.dir, &workspace));
        inputs.retain(|input| !is_of_toolchain(input, toolchain) && !input.starts_with(&folder));
        inputs.sort();
        inputs.dedup();
        Ok(CompiledCrate { name, bytes, inputs, wasm_bindgen: built.wasm_bindgen, build: self.describe(toolchain) })
    }

    fn cargo_arguments(&self, toolchain: &WasmToolchain) -> Vec<String> {
        let mut arguments: Vec<String> = toolchain.arguments().into_iter().map(str::to_owned).collect();
        arguments.push(format!("--profile={}", self.profile));
        if let Some(level) = self.opt_level {
            // cargo takes the numbers as numbers only.
            let level = if level.parse::<u8>().is_ok() { level.to_owned() } else { format!("{level:?}") };
            arguments.push(format!("--config=profile.{}.opt-level={level}", self.profile));
        }
        if !self.features.is_empty() {
            arguments.push(format!("--features={}", self.features.join(",")));
        }
        arguments
    }

    fn describe(&self, toolchain: &WasmToolchain) -> String {
        let flags = features::rustc_flags(self.target_features);
        let flags = flags.first().map(|flag| format!(" with {flag}")).unwrap_or_default();
        let clang = self.clang.map(|clang| format!("; C by {}", clang.version)).unwrap_or_default();
        format!("cargo rustc --lib {}{flags}{clang}", self.cargo_arguments(toolchain).join(" "))
    }

    /// The root of the cargo workspace that the crate belongs to.
    fn workspace(&self, toolchain: &WasmToolchain, manifest: &Path) -> anyhow::Result<PathBuf> {
        let mut command = Command::new(&toolchain.compiler.cargo);
        command.args(["locate-project", "--workspace", "--message-format=plain", "--manifest-path"]).arg(manifest);
        let output = process::run(command.current_dir(self.dir), Duration::from_secs(60)).map_err(|error| {
            anyhow::anyhow!("{}: {error}\n{}", manifest.display(), error.telling_lines(MOST_LINES).join("\n"))
        })?;
        let root = Path::new(output.stdout.trim()).parent().context("cargo locate-project names no file")?;
        Ok(root.to_owned())
    }
}

/// Where cargo builds contenders.
#[must_use]
pub fn build_folder(environment: &Environment) -> PathBuf {
    environment.root.own().join("build")
}

/// The files that decide about a build without being its sources.
fn settings(dir: &Path, workspace: &Path) -> Vec<PathBuf> {
    let configs = dir
        .ancestors()
        .take_while(|folder| folder.starts_with(workspace))
        .flat_map(|folder| [folder.join(".cargo/config.toml"), folder.join(".cargo/config")]);
    let files = [workspace.join("Cargo.toml"), workspace.join("Cargo.lock"), dir.join("Cargo.toml")];
    files.into_iter().chain(configs).filter(|file| file.is_file()).collect()
}

/// Whether a file belongs to the standard library, which is covered by the compiler's version.
fn is_of_toolchain(file: &Path, toolchain: &WasmToolchain) -> bool {
    let Library::Source(library) = &toolchain.library else { return false };
    file.starts_with(library) || library.canonicalize().is_ok_and(|real| file.starts_with(real))
}
