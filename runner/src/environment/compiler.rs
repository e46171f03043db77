//! A Rust compiler on this machine, with its version and the contents of its installation.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::host::{Host, is_program};
use super::version::Version;
use crate::process;

/// Time limit of an answer; rustup's proxy for rustc may take a while.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// The target of every Wasm contender.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler with its cargo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiler {
    /// The compiler itself, not rustup's stand-in, so that no `rust-toolchain.toml` turns it into another.
    pub rustc: PathBuf,
    /// The cargo that belongs to it.
    pub cargo: PathBuf,
    /// Its installation.
    pub sysroot: PathBuf,
    /// The machine it runs on, e.g. `x86_64-unknown-linux-gnu`.
    pub host: String,
    /// Its version.
    pub version: Version,
    /// All it says about itself: `rustc -Vv`.
    pub verbose: String,
}

impl Compiler {
    /// The compiler that a plain `cargo build` in `folder` would use.
    ///
    /// # Errors
    /// A sentence: there is none, or it does not answer.
    pub fn active(host: &Host, folder: &Path) -> Result<Self, String> {
        let rustc = host.var("RUSTC").map(PathBuf::from).or_else(|| host.which("rustc"));
        Self::ask(host, &rustc.ok_or("there is no rustc on PATH")?, folder)
    }

    /// The compiler that the distribution installed.
    ///
    /// # Errors
    /// A sentence: there is none, or it does not answer.
    pub fn of_distribution(host: &Host) -> Result<Self, String> {
        let rustc = host.prefix.join("bin/rustc");
        if !is_program(&rustc) {
            return Err(format!("there is no {}", rustc.display()));
        }
        Self::ask(host, &rustc, &host.prefix)
    }

    /// Whether the standard library for [`TARGET`] is installed ready-made.
    #[must_use]
    pub fn has_target(&self) -> bool {
        let Ok(entries) = self.rustlib().join(TARGET).join("lib").read_dir() else { return false };
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    }

    /// The source of the standard library, when it is installed: `…/lib/rustlib/src/rust/library`.
    #[must_use]
    pub fn library_source(&self) -> Option<PathBuf> {
        let library = self.rustlib().join("src/rust/library");
        (library.join("std/Cargo.toml").is_file() && library.join("Cargo.lock").is_file()).then_some(library)
    }

    /// The linker that came with this compiler.
    #[must_use]
    pub fn own_linker(&self) -> Option<PathBuf> {
        let linker = self.rustlib().join(&self.host).join("bin").join(linker_name());
        is_program(&linker).then_some(linker)
    }

    fn rustlib(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib")
    }

    fn ask(host: &Host, rustc: &Path, folder: &Path) -> Result<Self, String> {
        let answer = |arguments: &[&str]| {
            let mut command = Command::new(rustc);
            command.args(arguments).current_dir(folder);
            let output = process::run(&mut command, ANSWER_LIMIT)
                .map_err(|error| format!("{error} {}", error.last_lines(3).join(" / ")))?;
            Ok::<_, String>(output.stdout)
        };
        let sysroot = PathBuf::from(answer(&["--print", "sysroot"])?.trim());
        Self::describe(host, rustc, sysroot, &answer(&["-Vv"])?)
    }

    fn describe(host: &Host, rustc: &Path, sysroot: PathBuf, verbose: &str) -> Result<Self, String> {
        let unclear = || format!("{} -Vv does not answer as rustc does", rustc.display());
        let version = Version::parse(verbose).ok_or_else(unclear)?;
        let triple = verbose.lines().find_map(|line| line.strip_prefix("host: ")).ok_or_else(unclear)?.to_owned();
        let in_sysroot = |name: &str| {
            let path = sysroot.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
            is_program(&path).then_some(path)
        };
        let cargo = in_sysroot("cargo")
            .or_else(|| host.which("cargo"))
            .ok_or_else(|| format!("there is no cargo for {}", rustc.display()))?;
        Ok(Self {
            rustc: in_sysroot("rustc").unwrap_or_else(|| rustc.to_owned()),
            cargo,
            host: triple,
            version,
            verbose: verbose.trim().to_owned(),
            sysroot,
        })
    }
}

/// What Rust calls the linker that it ships.
#[must_use]
pub fn linker_name() -> String {
    format!("rust-lld{}", std::env::consts::EXE_SUFFIX)
}
