//! Scripts of the repository, run where some programs only report what they were called with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{make_executable, root};

/// A folder with programs in `bin`, which come before all others.
pub struct Machine(TempDir);

impl Machine {
    pub fn new() -> Self {
        let machine = Self(tempfile::tempdir().unwrap());
        fs::create_dir(machine.path("bin")).unwrap();
        machine
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let file = self.path(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// A program that is this shell script.
    pub fn program(&self, name: &str, body: &str) {
        let name = format!("bin/{name}");
        self.write(&name, &format!("#!/bin/sh\n{body}\n"));
        make_executable(&self.path(&name));
    }

    /// A program that adds a line to the file `called`: its name, and what it was called with.
    pub fn reporting(&self, name: &str, then: &str) {
        let log = self.path("called");
        self.program(name, &format!("echo {name} \"$@\" >> {}\n{then}", log.display()));
    }

    pub fn git(&self, folder: &str, arguments: &[&str]) {
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let status = Command::new("git").args(who).args(arguments).current_dir(self.path(folder)).status();
        assert!(status.unwrap().success(), "git {arguments:?}");
    }

    /// Copies files of the repository into a folder, as a checkout of its own.
    pub fn check_out(&self, folder: &str, files: &[&str]) {
        for name in files {
            let (from, to) = (root().join(name), self.path(folder).join(name));
            if from.is_dir() {
                super::copy(&from, &to);
            } else {
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::copy(from, to).unwrap();
            }
        }
    }

    /// Runs a script of the repository in a folder: exit code, standard output and standard error.
    pub fn call(
        &self,
        script: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
        folder: &str,
    ) -> (i32, String, String) {
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        let mut command = Command::new(script);
        command.args(arguments).current_dir(self.path(folder)).env("PATH", path);
        let output = command.envs(variables.iter().copied()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// The same of a script that is named by its path in the repository: exit code and standard output.
    pub fn run(&self, script: &str, arguments: &[&str], variables: &[(&str, &str)], folder: &str) -> (i32, String) {
        let (code, stdout, _) = self.call(&root().join(script), arguments, variables, folder);
        (code, stdout)
    }
}
