//! The linker for Wasm: the compiler's own, another Rust toolchain's, or the distribution's lld.

use std::path::PathBuf;

use super::compiler::{Compiler, linker_name};
use super::host::{Host, is_program};

/// The linker of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linker {
    /// None: the compiler finds the one that it came with.
    Own,
    /// This one.
    At(PathBuf),
}

impl Linker {
    /// The linker for `compiler`: its own, `active`'s, that of any toolchain of rustup, or an lld on `PATH`.
    #[must_use]
    pub fn find(host: &Host, compiler: &Compiler, active: Option<&Compiler>) -> Option<Self> {
        if compiler.own_linker().is_some() {
            return Some(Self::Own);
        }
        active
            .and_then(Compiler::own_linker)
            .or_else(|| of_rustup(host, &compiler.host))
            .or_else(|| ["rust-lld", "wasm-ld"].iter().find_map(|name| host.which(name)))
            // Debian's lld packages with a version in their name bring `wasm-ld-19` and no `wasm-ld`.
            .or_else(|| newest(host, "wasm-ld-"))
            .map(Self::At)
    }
}

fn of_rustup(host: &Host, triple: &str) -> Option<PathBuf> {
    let toolchains = host.rustup_home()?.join("toolchains").read_dir().ok()?;
    let linker = |toolchain: PathBuf| toolchain.join("lib/rustlib").join(triple).join("bin").join(linker_name());
    let mut linkers: Vec<PathBuf> =
        toolchains.flatten().map(|entry| linker(entry.path())).filter(|path| is_program(path)).collect();
    // The order of a folder's entries is chance; a build must not depend on it.
    linkers.sort();
    linkers.pop()
}

/// The distribution's program with the highest version after that prefix of its name.
pub fn newest(host: &Host, prefix: &str) -> Option<PathBuf> {
    let entries = host.prefix.join("bin").read_dir().ok()?;
    let version = |path: &PathBuf| path.file_name()?.to_str()?.strip_prefix(prefix)?.parse::<u32>().ok();
    entries.flatten().map(|entry| entry.path()).filter(|path| is_program(path)).max_by_key(version).filter(|path| {
        // `max_by_key` also gives an entry when none has a version.
        version(path).is_some()
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::{FakeHost, HOST};
    use super::*;

    #[test]
    fn the_nearest_linker_is_taken() {
        let fake = FakeHost::new();
        let compiler = fake.compiler("usr", "1.96.0");
        assert_eq!(Linker::find(&fake.host, &compiler, None), None);

        let numbered = fake.program("usr/bin/wasm-ld-19", "");
        fake.program("usr/bin/wasm-ld-9", "");
        assert_eq!(Linker::find(&fake.host, &compiler, None), Some(Linker::At(numbered)));

        let plain = fake.program("bin/wasm-ld", "");
        assert_eq!(Linker::find(&fake.host, &compiler, None), Some(Linker::At(plain)));

        let rustup = fake.program(&format!("home/.rustup/toolchains/stable/lib/rustlib/{HOST}/bin/rust-lld"), "");
        assert_eq!(Linker::find(&fake.host, &compiler, None), Some(Linker::At(rustup)));

        let active = fake.compiler("active", "1.95.0");
        let of_active = fake.program(&format!("active/lib/rustlib/{HOST}/bin/rust-lld"), "");
        assert_eq!(Linker::find(&fake.host, &compiler, Some(&active)), Some(Linker::At(of_active)));

        fake.program(&format!("usr/lib/rustlib/{HOST}/bin/rust-lld"), "");
        assert_eq!(Linker::find(&fake.host, &compiler, Some(&active)), Some(Linker::Own));
    }
}
