//! Packages that a user names and has not installed: downloads them from the registry into a folder of crossover.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};

use super::npm_tools;
use super::safe_name::safe_name;
use crate::environment::{Environment, Host, Say, find_npm};
use crate::exit::Unable;
use crate::lock::Lock;

/// The folder that has the package installed. No script of a package is ever run.
///
/// # Errors
/// When npm is missing or does not find it.
pub fn bring(environment: &Environment, name: &str, version: Option<&str>, say: Say<'_>) -> anyhow::Result<PathBuf> {
    let wanted = format!("{name}@{}", version.unwrap_or("latest"));
    let folder = environment.root.own().join("npm").join(safe_name(&wanted));
    let _alone = Lock::take(&folder.with_extension("lock"), || ())?;
    let done = folder.join("node_modules").join(name).join("package.json");
    // A version stays what it is; the latest does not.
    if version.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit())) && done.is_file() {
        return Ok(folder);
    }
    say(&format!("npm install {wanted} (into {})", folder.display()));
    let npm = find_npm(&Host::here()).map_err(|reason| {
        Unable(anyhow::anyhow!("npm:{wanted} is not installed here, and npm cannot install it: {reason}"))
    })?;
    let context = || format!("{}: cannot be written", folder.display());
    fs::create_dir_all(&folder).with_context(context)?;
    fs::write(folder.join("package.json"), "{ \"private\": true }\n").with_context(context)?;
    let mut command = Command::new(&npm);
    command
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--no-package-lock", "--"])
        .arg(&wanted)
        .current_dir(&folder);
    if let Some(node) = environment.node.path.parent() {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(node.to_owned()).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(paths).context("making a PATH for npm")?);
    }
    npm_tools::run(Stdio::null(), &mut command, "npm", reason)?;
    ensure!(done.is_file(), "npm:{wanted}: npm installed something else");
    Ok(folder)
}

/// npm's first lines that name an error, without those that say where it keeps its logs.
fn reason(lines: &[String]) -> String {
    let errors = lines.iter().filter_map(|line| line.strip_prefix("npm error")).map(str::trim);
    let reasons = errors.filter(|line| !line.is_empty() && !line.starts_with("code") && !line.contains("complete log"));
    let reasons: Vec<&str> = reasons.take(2).collect();
    if reasons.is_empty() { lines.join("\n") } else { reasons.join(" ") }
}
