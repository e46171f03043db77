//! The Wasm target: how Rust is compiled for `wasm32-unknown-unknown` on this machine.
//!
//! This is the one place in the code that knows it. Most machines have the target from rustup; where rustup cannot
//! download, the standard library is built from its source, with the active toolchain or the distribution's.

use std::path::{Path, PathBuf};

use super::compiler::{Compiler, TARGET};
use super::host::Host;
use super::linker::Linker;
use super::remedy::{PackageSet, Remedy};
use super::step::{LONG, SetupStep};

/// The oldest compiler that builds the contenders: the workspace's `rust-version`.
pub const OLDEST: (u32, u32) = (1, 95);

/// How to install the source of the standard library.
pub const RUST_SRC_FIX: &str = "rustup component add rust-src";

/// A compiler that can build for Wasm, with its library and linker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasmToolchain {
    /// The compiler.
    pub compiler: Compiler,
    /// Where the standard library comes from.
    pub library: Library,
    /// The linker.
    pub linker: Linker,
}

/// Where the standard library for Wasm comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Library {
    /// It is installed: a plain `cargo build --target` will do.
    Prebuilt,
    /// It is built along with the contender, from the source in this folder.
    Source(PathBuf),
}

impl WasmToolchain {
    /// Finds the toolchain: the active one, with the target or with the library's source; else the distribution's.
    ///
    /// # Errors
    /// Why none of them can be used, in one sentence.
    pub fn find(host: &Host, folder: &Path) -> Result<Self, String> {
        choose(host, Compiler::active(host, folder), || Compiler::of_distribution(host))
    }

    /// The same toolchain with the standard library built along with the contender, which some target features need; `None`
    /// where the library's source is not installed.
    #[must_use]
    pub fn with_library_from_source(&self) -> Option<Self> {
        let source = match &self.library {
            Library::Source(source) => source.clone(),
            Library::Prebuilt => self.compiler.library_source()?,
        };
        Some(Self { library: Library::Source(source), ..self.clone() })
    }

    /// Where the source of the standard library is, and which it is.
    ///
    /// # Errors
    /// Why there is none, and how to install it.
    pub fn standard_library(&self) -> Result<(String, String), (String, String)> {
        let version = &self.compiler.version.text;
        match self.compiler.library_source() {
            Some(source) => Ok((source.display().to_string(), format!("of {version}"))),
            None => Err((format!("{version} has none"), RUST_SRC_FIX.to_owned())),
        }
    }

    /// The arguments of `cargo build` that choose the target.
    #[must_use]
    pub fn arguments(&self) -> Vec<&'static str> {
        match self.library {
            Library::Prebuilt => vec!["--target", TARGET],
            Library::Source(_) => vec!["--target", TARGET, "-Zbuild-std=std,panic_abort"],
        }
    }

    /// The environment in which cargo uses exactly this toolchain.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let mut variables = vec![("RUSTC", self.compiler.rustc.clone())];
        if let Library::Source(_) = self.library {
            // Building the library is an unstable option of cargo; stable toolchains accept it with this.
            variables.push(("RUSTC_BOOTSTRAP", PathBuf::from("1")));
        }
        if let Linker::At(linker) = &self.linker {
            variables.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.clone()));
        }
        variables
    }

    /// For a person, e.g. `rustc 1.96.0 (…), standard library from source`.
    #[must_use]
    pub fn describe(&self) -> String {
        let library = match self.library {
            Library::Prebuilt => "its own standard library",
            Library::Source(_) => "standard library from source",
        };
        format!("{}, {library}", self.compiler.version.text)
    }
}

/// How to install the target on this machine, or where to begin if neither tool is there.
#[must_use]
pub fn fix(host: &Host) -> String {
    let commands = [
        ("rustup", "rustup target add wasm32-unknown-unknown"),
        ("apt-get", "apt-get install rustc-web cargo-web rust-web-src lld"),
    ];
    let usable: Vec<&str> =
        commands.iter().filter(|(tool, _)| host.which(tool).is_some()).map(|(_, command)| *command).collect();
    if usable.is_empty() {
        return format!("install rustup (https://rustup.rs), then: {}", commands[0].1);
    }
    usable.join(", or: ")
}

/// Ways to install the target, in the order in which they are tried.
#[must_use]
pub fn remedies(host: &Host, folder: &Path) -> Vec<Remedy> {
    const WHY: &str = "the Rust target of the Wasm contenders";
    let rustup = host.which("rustup").map(|rustup| {
        // rustup may wait for ever without network access, and there is another way.
        let limit = std::time::Duration::from_secs(120);
        Remedy::Run(SetupStep::new(rustup, &["target", "add", TARGET], WHY, limit).in_folder(folder))
    });
    // A linker is installed only where there is none; it is found without the compiler that is still to be installed.
    let lld: &[&str] = match Compiler::active(host, folder) {
        Ok(active) if Linker::find(host, &active, None).is_some() => &[],
        _ => &["lld"],
    };
    let packages = |names: &[&'static str]| [names, lld].concat();
    let sets = vec![packages(&["rustc-web", "cargo-web", "rust-web-src"]), packages(&["rustc", "cargo", "rust-src"])];
    let apt = PackageSet::new(host, sets, WHY, LONG).map(Remedy::Install);
    rustup.into_iter().chain(apt).collect()
}

/// The first that can be used, with the reasons why others cannot. The second is only asked for when it is needed.
fn choose(
    host: &Host,
    active: Result<Compiler, String>,
    distribution: impl FnOnce() -> Result<Compiler, String>,
) -> Result<WasmToolchain, String> {
    let first = active.clone().and_then(|compiler| fit(host, compiler, active.as_ref().ok()));
    let reason = match first {
        Ok(toolchain) => return Ok(toolchain),
        Err(reason) => reason,
    };
    let second = distribution().and_then(|compiler| {
        if active.as_ref().is_ok_and(|active| active.sysroot == compiler.sysroot) {
            return Err(String::new());
        }
        fit(host, compiler, active.as_ref().ok())
    });
    second.map_err(|other| if other.is_empty() { reason.clone() } else { format!("{reason}; {other}") })
}

fn fit(host: &Host, compiler: Compiler, active: Option<&Compiler>) -> Result<WasmToolchain, String> {
    let name = format!("{} ({})", compiler.rustc.display(), compiler.version.text);
    if compiler.version.number < OLDEST {
        return Err(format!("{name} is older than {}.{}", OLDEST.0, OLDEST.1));
    }
    let library = match (compiler.has_target(), compiler.library_source()) {
        (true, _) => Library::Prebuilt,
        (false, Some(source)) => Library::Source(source),
        (false, None) => return Err(format!("{name} has neither {TARGET} nor the standard library's source")),
    };
    let Some(linker) = Linker::find(host, &compiler, active) else {
        return Err(format!("{name} has no linker for Wasm: there is no rust-lld and no wasm-ld"));
    };
    Ok(WasmToolchain { compiler, library, linker })
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::{FakeHost, HOST};
    use super::*;

    #[test]
    fn the_installed_target_comes_first() {
        let fake = FakeHost::new();
        let active = fake.compiler("active", "1.95.0");
        fake.program(&format!("active/lib/rustlib/{HOST}/bin/rust-lld"), "");
        fake.library_source("active");
        let from_source = choose(&fake.host, Ok(active.clone()), || unreachable!()).unwrap();
        assert!(matches!(&from_source.library, Library::Source(folder) if folder.ends_with("src/rust/library")));
        assert_eq!(from_source.linker, Linker::Own);
        assert!(from_source.environment().iter().any(|(name, _)| *name == "RUSTC_BOOTSTRAP"));
        assert!(from_source.arguments().contains(&"-Zbuild-std=std,panic_abort"));

        fake.file("active/lib/rustlib/wasm32-unknown-unknown/lib/libstd-0.rlib", "");
        let prebuilt = choose(&fake.host, Ok(active), || unreachable!()).unwrap();
        assert_eq!(prebuilt.library, Library::Prebuilt);
        assert_eq!(prebuilt.arguments(), ["--target", TARGET]);
        assert_eq!(prebuilt.environment().len(), 1, "only RUSTC");
        assert_eq!(prebuilt.with_library_from_source().unwrap().library, from_source.library);
    }

    #[test]
    fn the_distribution_steps_in_with_the_active_linker() {
        let fake = FakeHost::new();
        let active = fake.compiler("active", "1.95.0");
        let linker = fake.program(&format!("active/lib/rustlib/{HOST}/bin/rust-lld"), "");
        let distribution = fake.compiler("usr", "1.96.0");
        fake.library_source("usr");
        let found = choose(&fake.host, Ok(active), || Ok(distribution.clone())).unwrap();
        assert_eq!(found.compiler, distribution);
        assert_eq!(found.linker, Linker::At(linker.clone()));
        assert!(found.environment().contains(&("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)));
    }

    #[test]
    fn every_reason_is_told() {
        let fake = FakeHost::new();
        let old = fake.compiler("usr", "1.63.0");
        let reason = choose(&fake.host, Err("there is no rustc on PATH".into()), || Ok(old.clone())).unwrap_err();
        assert!(reason.starts_with("there is no rustc on PATH; "), "{reason}");
        assert!(reason.ends_with("is older than 1.95"), "{reason}");

        let bare = fake.compiler("active", "1.95.0");
        let reason = choose(&fake.host, Ok(bare.clone()), || Ok(bare)).unwrap_err();
        assert_eq!(reason.matches("has neither").count(), 1, "the same compiler is judged once: {reason}");

        let unlinked = fake.compiler("unlinked", "1.95.0");
        fake.library_source("unlinked");
        let reason = choose(&fake.host, Ok(unlinked), || Err("no other".into())).unwrap_err();
        assert!(reason.contains("has no linker for Wasm"), "{reason}");
    }

    #[test]
    fn a_compiler_is_found_by_asking_it() {
        let fake = FakeHost::new();
        fake.rustc("bin/rustc", "active", "1.95.0");
        fake.program("active/bin/cargo", "");
        fake.program(&format!("active/lib/rustlib/{HOST}/bin/rust-lld"), "");
        fake.library_source("active");
        let found = WasmToolchain::find(&fake.host, fake.root()).unwrap();
        assert_eq!(found.compiler.cargo, fake.root().join("active/bin/cargo"));
        assert_eq!(found.describe(), "rustc 1.95.0 (fake), standard library from source");
    }

    #[test]
    fn rustup_is_asked_before_apt() {
        let mut fake = FakeHost::new();
        assert!(remedies(&fake.host, fake.root()).is_empty(), "nothing can be done without either");
        assert!(fix(&fake.host).starts_with("install rustup"));
        fake.program("bin/rustup", "");
        fake.program("bin/apt-get", "");
        assert_eq!(remedies(&fake.host, fake.root()).len(), 1, "only root installs packages");
        fake.become_root();
        let commands: Vec<String> = remedies(&fake.host, fake.root()).iter().map(Remedy::command).collect();
        assert!(commands[0].ends_with("rustup target add wasm32-unknown-unknown"), "{commands:?}");
        let typed =
            "rustup target add wasm32-unknown-unknown, or: apt-get install rustc-web cargo-web rust-web-src lld";
        assert_eq!(fix(&fake.host), typed);
        assert_eq!(commands[1], "apt-get install -y rustc-web cargo-web rust-web-src lld");
        fake.program("bin/wasm-ld", "");
        fake.rustc("bin/rustc", "active", "1.95.0");
        fake.program("bin/cargo", "");
        assert_eq!(
            remedies(&fake.host, fake.root())[1].command(),
            "apt-get install -y rustc-web cargo-web rust-web-src"
        );
    }
}
