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
    run(stdin, command.args(arguments).current_dir(folder), "esbuild", |lines| match mend(lines) {
        Some(mend) => format!("{mend}: {}", first_message(lines)),
        None => first_message(lines),
    })
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

/// Runs AssemblyScript's compiler in `folder`.
///
/// # Errors
/// Its messages, when it fails.
pub fn asc(environment: &Environment, folder: &Path, arguments: &[&OsStr]) -> anyhow::Result<Output> {
    let program = environment.npm_file("assemblyscript/bin/asc.js");
    let mut command = Command::new(&environment.node.path);
    run(Stdio::null(), command.arg(program).args(arguments).current_dir(folder), "asc", |lines| lines.join("\n"))
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

/// What to do about a module that is not found; esbuild's own hint, which comes after the error, is about a flag of its own.
fn mend(lines: &[String]) -> Option<String> {
    let mut of_first = lines.iter().skip_while(|line| !line.contains("[ERROR]"));
    let module = of_first.next()?.split("Could not resolve \"").nth(1)?.split('"').next()?;
    if of_first.take_while(|line| !line.contains("[ERROR]")).any(|line| line.contains("is built into node")) {
        Some(format!("it needs `{module}` of Node.js, which no browser has: give a module without it"))
    } else if module.starts_with(['.', '/']) {
        None
    } else {
        Some(format!("it needs the package `{module}`, which is not installed there: npm install"))
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

    #[test]
    fn a_module_that_is_not_found_is_told_with_what_to_do() {
        let lines = |module: &str, hint: &str| {
            [&*format!("✘ [ERROR] Could not resolve \"{module}\""), "    a/b.js:1:16:", hint].map(str::to_owned)
        };
        let built_in = "  The package \"fs\" wasn't found on the file system but is built into node.";
        assert!(mend(&lines("fs", built_in)).unwrap().contains("of Node.js, which no browser has"));
        assert!(mend(&lines("gone", "")).unwrap().contains("the package `gone`, which is not installed"));
        assert_eq!(mend(&lines("./gone.js", "")), None);
        let second = [&lines("gone", "")[..], &lines("fs", built_in)[..]].concat();
        assert!(mend(&second).unwrap().contains("the package `gone`"), "the hint of another error is not its own");
        assert_eq!(mend(&["plain".to_owned()]), None);
    }
}
