//! The JavaScript build tools: their versions, and how they are run.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use serde::Deserialize;

use crate::environment::{Environment, pin};
use crate::exit::Unable;
use crate::process::{self, ProgramOutput};

/// No tool works longer than this on one contender.
const LIMIT: Duration = Duration::from_secs(600);

/// The installed version of an npm package.
///
/// # Errors
/// It is not installed.
pub fn version(environment: &Environment, package: &str) -> anyhow::Result<String> {
    #[derive(Deserialize)]
    struct InstalledPackage {
        version: String,
    }
    let path = needed(environment, package, "package.json")?;
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let manifest: InstalledPackage =
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    Ok(manifest.version)
}

/// Runs binaryen's wasm-opt.
///
/// # Errors
/// Its last lines, when it fails.
pub fn wasm_opt(environment: &Environment, arguments: &[&OsStr]) -> anyhow::Result<ProgramOutput> {
    let program = needed(environment, "binaryen", "bin/wasm-opt")?;
    run(Stdio::null(), Command::new(&environment.node.path).arg(program).args(arguments), "wasm-opt", |lines| {
        lines.join("\n")
    })
}

/// Runs AssemblyScript's compiler in `folder`.
///
/// # Errors
/// Its messages, when it fails.
pub fn asc(environment: &Environment, folder: &Path, arguments: &[&OsStr]) -> anyhow::Result<ProgramOutput> {
    let program = needed(environment, "assemblyscript", "bin/asc.js")?;
    let mut command = Command::new(&environment.node.path);
    run(Stdio::null(), command.arg(program).args(arguments).current_dir(folder), "asc", |lines| lines.join("\n"))
}

/// A file of a tool, which an installation may have left out.
fn needed(environment: &Environment, package: &str, file: &str) -> anyhow::Result<PathBuf> {
    let path = environment.tool(package, file);
    if !path.is_file() {
        let wanted = pin(package).map(|version| format!("{package}@{version}")).unwrap_or_default();
        let missing = anyhow!("{package} is not installed beside crossover; help: npm install {wanted}");
        return Err(Unable(missing).into());
    }
    Ok(path)
}

/// Runs a tool called `name`, whose failure `message` puts into words from its last lines.
///
/// # Errors
/// That message.
pub fn run(
    stdin: Stdio,
    command: &mut Command,
    name: &str,
    message: impl Fn(&[String]) -> String,
) -> anyhow::Result<ProgramOutput> {
    match process::run_on(stdin, command, LIMIT) {
        Ok(output) => Ok(output),
        Err(error) => {
            let lines = error.last_lines(200);
            if lines.is_empty() { Err(error).context(name.to_owned()) } else { bail!("{name}: {}", message(&lines)) }
        }
    }
}
