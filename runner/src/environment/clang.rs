//! A C compiler for Wasm: clang, for contenders that contain C. Nothing else needs it, and set-up does not install it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::error::SetupError;
use super::host::{Host, is_program};
use super::linker::newest;
use super::version;
use crate::process;

/// A program that does not answer in this time is not used.
const ANSWER_LIMIT: Duration = Duration::from_secs(20);

/// A clang that compiles to Wasm, with the archiver that came with it: others leave symbols of Wasm out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clang {
    /// The compiler.
    pub compiler: PathBuf,
    /// `llvm-ar`.
    pub archiver: PathBuf,
    /// The version as the compiler reports it.
    pub version: String,
}

impl Clang {
    /// The first that compiles to Wasm: `clang` on `PATH`, or the newest of a distribution's numbered ones.
    ///
    /// # Errors
    /// Why there is none, with the command that installs one.
    pub fn find(host: &Host) -> Result<Self, SetupError> {
        let candidates = host.which("clang").into_iter().chain(newest(host, "clang-"));
        let mut reasons = Vec::new();
        for compiler in candidates {
            match Self::of(host, compiler) {
                Ok(found) => return Ok(found),
                Err(reason) => reasons.push(reason),
            }
        }
        if reasons.is_empty() {
            reasons.push("there is none on PATH".to_owned());
        }
        Err(SetupError {
            what: "it needs clang".to_owned(),
            why: reasons.join("; "),
            attempts: Vec::new(),
            fix: fix(host),
        })
    }

    fn of(host: &Host, compiler: PathBuf) -> Result<Self, String> {
        let version = version::ask(&compiler)?.text;
        let targets = answer(&compiler, "--print-targets")?;
        if !targets.split_whitespace().any(|word| word == "wasm32") {
            return Err(format!("{} does not compile to Wasm", compiler.display()));
        }
        let archiver = PathBuf::from(answer(&compiler, "-print-prog-name=llvm-ar")?.trim());
        let archiver = Some(archiver).filter(|path| path.is_absolute() && is_program(path));
        match archiver.or_else(|| host.which("llvm-ar")) {
            Some(archiver) => Ok(Self { compiler, archiver, version }),
            None => Err(format!("{} has no llvm-ar beside it", compiler.display())),
        }
    }

    /// What makes build scripts compile C with it.
    #[must_use]
    pub fn environment(&self) -> [(&'static str, &Path); 2] {
        [("CC_wasm32_unknown_unknown", &self.compiler), ("AR_wasm32_unknown_unknown", &self.archiver)]
    }
}

fn answer(compiler: &Path, argument: &str) -> Result<String, String> {
    let output = process::run(Command::new(compiler).arg(argument), ANSWER_LIMIT).map_err(|error| error.to_string())?;
    Ok(output.stdout)
}

fn fix(host: &Host) -> String {
    match host.os.as_str() {
        "macos" => "brew install llvm, and put its bin folder on PATH: Apple's own clang does not compile to Wasm",
        "windows" => "winget install LLVM.LLVM",
        _ => "apt-get install clang-19 llvm-19, or your distribution's clang and llvm",
    }
    .to_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::FakeHost;
    use super::*;

    fn script(targets: &str, archiver: &str) -> String {
        format!(
            "case $1 in --version) echo 'clang version 19.1.7';; --print-targets) echo '  {targets} - x';; \
             *) echo '{archiver}';; esac"
        )
    }

    #[test]
    fn the_first_that_compiles_to_wasm_is_taken_with_its_archiver() {
        let fake = FakeHost::new();
        let none = Clang::find(&fake.host).unwrap_err();
        assert!(none.to_string().contains("clang-19"), "{none}");

        fake.program("bin/clang", &script("x86-64", "llvm-ar"));
        assert!(Clang::find(&fake.host).unwrap_err().why.contains("does not compile to Wasm"));

        let numbered = fake.program("usr/bin/clang-19", &script("wasm32", "llvm-ar"));
        fake.program("usr/bin/clang-9", "exit 1");
        fake.program("usr/bin/clang-format-20", "exit 1");
        assert!(Clang::find(&fake.host).unwrap_err().why.contains("no llvm-ar"));

        let on_path = fake.program("bin/llvm-ar", "");
        let found = Clang::find(&fake.host).unwrap();
        assert_eq!((&found.compiler, &found.archiver), (&numbered, &on_path));

        let own = fake.program("usr/lib/llvm/bin/llvm-ar", "");
        fake.program("bin/clang", &script("wasm32", own.to_str().unwrap()));
        assert_eq!(Clang::find(&fake.host).unwrap().archiver, own);
    }
}
