//! The JavaScript tools that build and drive: pinned ones, or those of an installation.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::host::Host;
use super::pinned::{Pinned, tool_files};
use super::remedy::Remedy;

/// Why they are installed.
pub const WHY: &str = "the JavaScript tools that bundle contenders, optimise their Wasm and drive browsers";

/// Where the tools are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tools {
    /// Where set-up installs them.
    Pinned(Pinned),
    /// In this `node_modules` folder of an installation, or in one above it. Nothing is ever written there.
    Given(PathBuf),
}

impl Tools {
    /// Where a package is, or should be.
    #[must_use]
    pub fn package(&self, name: &str) -> PathBuf {
        match self {
            Self::Pinned(pinned) => pinned.package(name),
            Self::Given(folder) => {
                // As Node.js finds it from there: package managers put what several packages need into a folder above.
                let above = folder.ancestors().skip(1).map(|folder| folder.join("node_modules"));
                let mut all = std::iter::once(folder.clone()).chain(above).map(|modules| modules.join(name));
                all.find(|package| package.join("package.json").is_file()).unwrap_or_else(|| folder.join(name))
            }
        }
    }

    /// Where they are and which they are, for a person, when those that every command needs are as pinned.
    ///
    /// # Errors
    /// Names the first package that is missing or differs.
    pub fn installed(&self) -> Result<(String, String), String> {
        let (folder, count) = match self {
            Self::Pinned(pinned) => (pinned.folder.join("node_modules"), pinned.installed()?),
            Self::Given(folder) => (folder.clone(), self.as_pinned(folder)?),
        };
        Ok((folder.display().to_string(), format!("{count} packages, as pinned")))
    }

    /// What a person can do where they are missing.
    #[must_use]
    pub fn fix(&self) -> String {
        match self {
            Self::Pinned(pinned) => pinned.fix(),
            Self::Given(_) => {
                "install crossover again, or unset CROSSOVER_TOOLS and CROSSOVER_HOME: then `crossover setup` \
                               brings them into your cache"
                    .to_owned()
            }
        }
    }

    /// Ways to install them; none into an installation.
    #[must_use]
    pub fn remedies(&self, host: &Host) -> Vec<Remedy> {
        match self {
            Self::Pinned(pinned) => pinned.remedies(host, WHY),
            Self::Given(_) => Vec::new(),
        }
    }

    /// How many of the pinned packages an installation has, none in another version.
    fn as_pinned(&self, folder: &Path) -> Result<usize, String> {
        let mut count = 0;
        let manifest = Manifest::of_tools();
        for (name, wanted) in manifest.dependencies {
            match version(&self.package(&name)) {
                Some(found) if found == wanted => count += 1,
                Some(found) => return Err(format!("{name} is {found}, and this crossover needs {wanted}")),
                None if manifest.crossover.for_builds.contains(&name) => {}
                None => return Err(format!("{}: has no package {name}", folder.display())),
            }
        }
        Ok(count)
    }
}

/// The pinned version of a tool.
#[must_use]
pub fn pin(package: &str) -> Option<String> {
    Manifest::of_tools().dependencies.remove(package)
}

/// What `runner/tools/package.json` says.
#[derive(Default, Deserialize)]
struct Manifest {
    /// The version of each tool.
    dependencies: BTreeMap<String, String>,
    crossover: Own,
}

/// What is in it for this program, and for the script that makes the npm packages.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Own {
    /// What an installation may leave out: only contenders that are built here need it.
    for_builds: Vec<String>,
}

impl Manifest {
    fn of_tools() -> Self {
        serde_json::from_str(&tool_files().files[0].1).unwrap_or_default()
    }
}

/// The version of the package in a folder; `None` where there is none.
fn version(package: &Path) -> Option<String> {
    #[derive(Deserialize)]
    struct Manifest {
        version: String,
    }
    let text = fs::read_to_string(package.join("package.json")).ok()?;
    serde_json::from_str::<Manifest>(&text).ok().map(|manifest| manifest.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package in a version.
    fn install(modules: &Path, name: &str, version: &str) {
        let folder = modules.join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("package.json"), format!("{{ \"version\": {version:?} }}")).unwrap();
    }

    #[test]
    fn every_pin_is_one_version() {
        let Manifest { dependencies: pins, crossover } = Manifest::of_tools();
        assert!(pins.len() >= 5, "{pins:?}");
        for (name, version) in &pins {
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{name}: {version}");
        }
        assert!(!crossover.for_builds.is_empty() && crossover.for_builds.iter().all(|name| pins.contains_key(name)));
    }

    #[test]
    fn the_tools_of_an_installation_are_found_as_node_finds_them_and_must_be_as_pinned() {
        let folder = tempfile::tempdir().unwrap();
        let above = folder.path().join("node_modules");
        let beside = above.join("crossover/node_modules");
        let tools = Tools::Given(beside.clone());
        let Manifest { dependencies: mut needed, crossover } = Manifest::of_tools();
        needed.retain(|name, _| !crossover.for_builds.contains(name));
        assert!(tools.installed().unwrap_err().contains(": has no package "));
        for (name, version) in &needed {
            install(&above, name, version);
        }
        let (at, which) = tools.installed().unwrap();
        assert_eq!(at, beside.display().to_string());
        assert_eq!(which, format!("{} packages, as pinned", needed.len()));
        assert_eq!(tools.package("esbuild"), above.join("esbuild"));

        install(&beside, "esbuild", "0.0.1");
        assert_eq!(tools.package("esbuild"), beside.join("esbuild"), "the nearest one counts");
        let why = tools.installed().unwrap_err();
        assert_eq!(why, format!("esbuild is 0.0.1, and this crossover needs {}", pin("esbuild").unwrap()));
        assert!(tools.fix().contains("unset CROSSOVER_TOOLS"));
    }
}
