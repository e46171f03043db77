//! A machine for the tests: a folder that plays `/`, with programs that are shell scripts.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::compiler::Compiler;
use super::host::{Host, User};
use super::version::Version;

/// What the fake compilers call their machine.
pub const HOST: &str = "fake-unknown-linux-gnu";

/// A faked machine; `bin` is first on its `PATH`, and its user is no root.
pub struct FakeHost {
    folder: TempDir,
    /// As the finders see it.
    pub host: Host,
}

impl FakeHost {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["bin", "home", "lists"] {
            fs::create_dir(root.join(name)).unwrap();
        }
        let text = |path: &str| root.join(path).to_str().unwrap().to_owned();
        let host = Host {
            vars: [("PATH".to_owned(), text("bin")), ("HOME".to_owned(), text("home"))].into(),
            os: "linux".to_owned(),
            user: User::Normal,
            prefix: root.join("usr"),
            applications: root.join("Applications"),
            apt_lists: root.join("lists"),
        };
        Self { folder, host }
    }

    pub fn become_root(&mut self) {
        self.host.user = User::Root;
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.host.vars.insert(name.to_owned(), value.to_owned());
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, path: &str, text: &str) -> PathBuf {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub fn program(&self, path: &str, script: &str) -> PathBuf {
        let text = self.file(&format!("{path}.sh"), &format!("#!/bin/sh\n{script}\n"));
        let path = self.root().join(path);
        // Not written by this process: another test's child that is just being started could still hold the file
        // open for writing, and then it cannot be run ("text file busy").
        let status = Command::new("install").arg("-m755").arg(text).arg(&path).status().unwrap();
        assert!(status.success());
        path
    }

    /// A program that answers `--version`.
    pub fn answering(&self, path: &str, version: &str) -> PathBuf {
        self.program(path, &format!("echo '{version}'"))
    }

    /// A compiler whose installation is the folder `sysroot`.
    pub fn compiler(&self, sysroot: &str, release: &str) -> Compiler {
        let verbose = verbose(release);
        let sysroot = self.root().join(sysroot);
        Compiler {
            rustc: sysroot.join("bin/rustc"),
            cargo: sysroot.join("bin/cargo"),
            host: HOST.to_owned(),
            version: Version::parse(&verbose).unwrap(),
            verbose,
            sysroot,
        }
    }

    /// A `rustc` that answers for that installation.
    pub fn rustc(&self, path: &str, sysroot: &str, release: &str) {
        let sysroot = self.root().join(sysroot);
        let answer =
            format!("case $1 in --print) echo '{}';; *) echo '{}';; esac", sysroot.display(), verbose(release));
        self.program(path, &answer);
    }

    /// Node.js, and an npm that installs what the lock file where it is run pins.
    pub fn with_npm(&self) {
        self.answering("bin/node", "v20.1.0");
        let names = r#"sed -n 's|^    "\(node_modules/.*\)": {|\1|p' package-lock.json"#;
        let record = "cp package-lock.json node_modules/.package-lock.json";
        let package =
            "mkdir -p $name && echo '{}' > $name/package.json && echo run > $name/program && chmod +x $name/program";
        let install = format!("mkdir -p node_modules/.bin && {record} && for name in $({names}); do {package}; done");
        self.program(
            "bin/npm",
            &format!("PATH=/usr/bin:/bin; case $1 in --version) echo 11.1.0;; ci) {install};; esac"),
        );
    }

    pub fn library_source(&self, sysroot: &str) {
        self.file(&format!("{sysroot}/lib/rustlib/src/rust/library/std/Cargo.toml"), "");
        self.file(&format!("{sysroot}/lib/rustlib/src/rust/library/Cargo.lock"), "");
    }
}

fn verbose(release: &str) -> String {
    format!("rustc {release} (fake)\nhost: {HOST}\nrelease: {release}")
}
