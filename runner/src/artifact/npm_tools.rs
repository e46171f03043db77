//! The JavaScript tools that build: where they are, which they are, and how they are run.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::environment::Environment;
use crate::process::{self, Output};

/// No tool works longer than this on one contender.
const LIMIT: Duration = Duration::from_secs(600);

/// The installed version of an npm package.
///
/// # Errors
/// It is not installed.
pub fn version(environment: &Environment, package: &str) -> anyhow::Result<String> {
    #[derive(Deserialize)]
    struct Manifest {
        version: String,
    }
    let path = environment.npm_file(&format!("{package}/package.json"));
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let manifest: Manifest = serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    Ok(manifest.version)
}

/// Runs esbuild in `folder`, with `stdin` for a module that is no file.
///
/// # Errors
/// Its first message, when it fails.
pub fn esbuild(environment: &Environment, folder: &Path, arguments: &[&OsStr], stdin: Stdio) -> anyhow::Result<Output> {
    let program = environment.npm_file("esbuild/bin/esbuild");
    // esbuild's install script puts the native program there; where npm runs no such scripts, it is a script itself.
    let mut start = [0; 2];
    let is_script = fs::File::open(&program)
        .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut start))
        .with_context(|| format!("reading {}", program.display()))
        .map(|()| start == *b"#!")?;
    let mut command = if is_script { Command::new(&environment.node.path) } else { Command::new(&program) };
    if is_script {
        command.arg(&program);
    }
    run(stdin, command.args(arguments).current_dir(folder), "esbuild", first_message)
}

/// Runs binaryen's wasm-opt.
///
/// # Errors
/// Its last lines, when it fails.
pub fn wasm_opt(environment: &Environment, arguments: &[&OsStr]) -> anyhow::Result<Output> {
    let program = environment.npm_file("binaryen/bin/wasm-opt");
    run(Stdio::null(), Command::new(&environment.node.path).arg(program).args(arguments), "wasm-opt", |lines| {
        lines.join("\n")
    })
}

fn run(
    stdin: Stdio,
    command: &mut Command,
    name: &str,
    message: impl Fn(&[String]) -> String,
) -> anyhow::Result<Output> {
    match process::run_on(stdin, command, LIMIT) {
        Ok(output) => Ok(output),
        Err(error) => {
            let lines = error.last_lines(200);
            if lines.is_empty() { Err(error).context(name.to_owned()) } else { bail!("{name}: {}", message(&lines)) }
        }
    }
}

/// esbuild's first error with the place that it names, on one line.
fn first_message(lines: &[String]) -> String {
    let Some(first) = lines.iter().position(|line| line.contains("[ERROR]")) else { return lines.join("\n") };
    let text = lines[first].split("[ERROR]").last().unwrap_or_default().trim();
    let place = lines.get(first + 1).map(|line| line.trim().trim_end_matches(':')).unwrap_or_default();
    if place.is_empty() || place.contains("[ERROR]") { text.to_owned() } else { format!("{place}: {text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn esbuilds_first_message_is_told_with_its_place() {
        let lines = [
            "✘ [ERROR] Could not resolve \"gone\"",
            "    a/b.js:1:16:",
            "      1 │ import x from 'gone'",
            "✘ [ERROR] Other",
        ]
        .map(str::to_owned);
        assert_eq!(first_message(&lines), "a/b.js:1:16: Could not resolve \"gone\"");
        assert_eq!(first_message(&["plain".to_owned()]), "plain");
    }
}
