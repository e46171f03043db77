//! A module that is named on the command line: a file, a folder, or a package of npm.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use crossover_reports::report::wording::printable;
use crossover_reports::run::Package;
use serde::Deserialize;

use crate::artifact::npm_package;
use crate::call_path::CallPath;
use crate::environment::{Environment, Say};
use crate::suite::ModuleTarget;

/// A module, and the function of it that is meant, if one is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Where it is.
    pub place: ModuleLocation,
    /// The function.
    pub path: Option<CallPath>,
}

/// Where a module is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModuleLocation {
    /// A file, a folder, or the name of a package that is installed.
    Path(PathBuf),
    /// A package of npm: `npm:NAME@VERSION/PATH`.
    Npm(NpmPackage),
}

/// A package of npm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NpmPackage {
    /// Its name, e.g. `@scope/name`.
    pub name: String,
    /// The version that is asked for.
    pub version: Option<String>,
    /// A path below the package, as an `import` has it.
    pub below: String,
}

/// What an npm package begins with on the command line.
const NPM: &str = "npm:";

impl Module {
    /// Reads `FILE#PATH`, `FOLDER#PATH`, `PACKAGE#PATH` or `npm:NAME@VERSION#PATH`; what is behind the `#` may be left out.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (place, path) = match split(text) {
            Some((place, path)) => (place, Some(path)),
            None if text.contains('#') && !Path::new(text).exists() => {
                let path = text.rsplit_once('#').map(|(_, path)| path).unwrap_or_default();
                return Err(CallPath::parse(path).err().unwrap_or_default());
            }
            None => (text, None),
        };
        if place.is_empty() {
            return Err("write FILE#FUNCTION, as in src/md.js#render".to_owned());
        }
        let place = match place.strip_prefix(NPM) {
            Some(package) => ModuleLocation::Npm(NpmPackage::parse(package)?),
            None => ModuleLocation::Path(place.into()),
        };
        Ok(Self { place, path })
    }

    /// Finds what to bundle. A package that is not installed in the current folder is downloaded.
    ///
    /// # Errors
    /// When it does not exist, or npm cannot download it.
    pub fn target(&self, environment: &Environment, say: Say<'_>) -> anyhow::Result<ModuleTarget> {
        match &self.place {
            ModuleLocation::Path(path) => match path.canonicalize() {
                Ok(path) => Ok(ModuleTarget::Path { path }),
                Err(error) => imported(path)?.ok_or(error).with_context(|| not_there(path)),
            },
            ModuleLocation::Npm(package) => {
                let folder = match package.installed()? {
                    Some(folder) => folder,
                    None => npm_package::bring(environment, &package.name, package.version.as_deref(), say)?,
                };
                Ok(package.target(folder))
            }
        }
    }

    /// Its name, as the user wrote it.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.place {
            ModuleLocation::Path(path) => path.display().to_string(),
            ModuleLocation::Npm(package) => {
                let version = package.version.iter().map(|version| format!("@{version}")).collect::<String>();
                format!("{NPM}{}{version}{}", package.name, package.below)
            }
        }
    }

    /// Its short name, without its location.
    #[must_use]
    pub fn stem(&self) -> String {
        match &self.place {
            ModuleLocation::Path(path) => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            ModuleLocation::Npm(package) => package.name.rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }
}

/// What is no file may be the name of a package that is installed here, as an `import` has it.
fn imported(path: &Path) -> anyhow::Result<Option<ModuleTarget>> {
    let Some(Ok(package)) = path.to_str().map(NpmPackage::parse) else { return Ok(None) };
    Ok(package.installed()?.map(|folder| package.target(folder)))
}

fn not_there(path: &Path) -> String {
    let name = path.display();
    match path.to_str().map(NpmPackage::parse) {
        Some(Ok(NpmPackage { below, .. })) if below.is_empty() && path.extension().is_none() => {
            format!(
                "{name}: there is no such file here, nor a package of this name in node_modules; help: npm:{name} downloads it"
            )
        }
        _ => format!("{name}: cannot be opened"),
    }
}

/// At the first `#` that a path follows.
fn split(text: &str) -> Option<(&str, CallPath)> {
    let mut marks = text.match_indices('#');
    marks.find_map(|(at, _)| Some((&text[..at], CallPath::parse(&text[at + 1..]).ok()?)))
}

impl NpmPackage {
    fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`npm:{text}` names no package: write npm:NAME or npm:NAME@VERSION, as in npm:marked@18.0.0");
        // The first character of a scope is no mark of a version.
        let scope = if text.starts_with('@') { text.find('/').ok_or_else(wrong)? + 1 } else { 0 };
        let end = text[scope..].find(['@', '/']).map_or(text.len(), |at| scope + at);
        let (name, rest) = text.split_at(end);
        let (version, below) = match rest.strip_prefix('@') {
            Some(rest) => {
                let (version, below) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                (Some(version.to_owned()), below)
            }
            None => (None, rest),
        };
        let is_safe =
            |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~@/^+".contains(c));
        let is_plain =
            !name.trim_start_matches('@').split('/').any(|part| part.is_empty() || part.starts_with(['.', '-', '@']));
        let is_version = version.as_deref().is_none_or(|version| is_safe(version) && !version.starts_with('-'));
        if !is_safe(name) || !is_plain || !is_version || below.split('/').any(|part| part == "..") {
            return Err(wrong());
        }
        Ok(Self { name: name.to_owned(), version, below: below.to_owned() })
    }

    /// It, installed in `folder`.
    fn target(&self, folder: PathBuf) -> ModuleTarget {
        ModuleTarget::Package { folder, name: format!("{}{}", self.name, self.below) }
    }

    /// The nearest folder whose `node_modules` has it, in the version that is asked for.
    fn installed(&self) -> anyhow::Result<Option<PathBuf>> {
        let here = std::env::current_dir().context("this folder cannot be read")?;
        for folder in here.ancestors() {
            let Some(installed) = self.version_in(folder)? else { continue };
            let is_wanted = self.version.as_ref().is_none_or(|version| *version == installed);
            return Ok(is_wanted.then(|| folder.to_owned()));
        }
        Ok(None)
    }

    /// The version in the `node_modules` of a folder; `None` if it is not there.
    fn version_in(&self, folder: &Path) -> anyhow::Result<Option<String>> {
        #[derive(Deserialize)]
        struct PackageVersion {
            version: String,
        }
        let file = folder.join("node_modules").join(&self.name).join("package.json");
        let Ok(text) = fs::read_to_string(&file) else { return Ok(None) };
        let manifest: PackageVersion =
            serde_json::from_str(&text).with_context(|| format!("{}: is no package.json", file.display()))?;
        Ok(Some(manifest.version))
    }
}

/// The npm package that is bundled, with the version that is installed; `None` for a file.
pub fn package_of(target: &ModuleTarget) -> Option<Package> {
    let ModuleTarget::Package { folder, name } = target else { return None };
    let package = NpmPackage::parse(name).ok()?;
    let version = package.version_in(folder).ok().flatten().map(|version| printable(&version));
    Some(Package { name: package.name, version })
}

/// The function that a module is asked for: the one that is named, or the one with the name of `other`.
///
/// # Errors
/// When neither names one.
pub fn function_of(module: &Module, other: &CallPath, flag: &str) -> anyhow::Result<CallPath> {
    if let Some(path) = &module.path {
        return Ok(path.clone());
    }
    ensure!(
        other.name().is_some(),
        "{flag} {}: no function given; help: write {flag} {0}#FUNCTION, or name one in --js that has the same name",
        module.name()
    );
    Ok(CallPath::export(other.name().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn npm(text: &str) -> Result<(String, Option<String>, String), String> {
        NpmPackage::parse(text).map(|package| (package.name, package.version, package.below))
    }

    #[test]
    fn a_module_is_a_place_and_a_path() {
        let parsed = Module::parse("src/c#/md.js#Encoder.new().encode").unwrap();
        assert_eq!(parsed.place, ModuleLocation::Path("src/c#/md.js".into()));
        assert_eq!(parsed.path.unwrap().as_str(), "Encoder.new().encode");
        let parsed = Module::parse("npm:tiktoken@1.0.22#get_encoding(\"a#b\").encode").unwrap();
        assert_eq!((parsed.name(), parsed.stem()), ("npm:tiktoken@1.0.22".to_owned(), "tiktoken".to_owned()));
        assert_eq!(Module::parse("pkg").unwrap().path, None);
        assert!(Module::parse("a.js#no-name").is_err() && Module::parse("#a").is_err());
    }

    #[test]
    fn a_package_that_is_bundled_has_the_version_that_is_installed() {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("node_modules/@a/b");
        fs::create_dir_all(&package).unwrap();
        fs::write(package.join("package.json"), r#"{ "name": "@a/b", "version": "1.2.3" }"#).unwrap();
        let target = |name: &str| ModuleTarget::Package { folder: folder.path().to_owned(), name: name.to_owned() };
        let shown = |target: &ModuleTarget| package_of(target).map(|package| package.to_string());
        assert_eq!(shown(&target("@a/b/lite/x.js")).as_deref(), Some("@a/b 1.2.3"));
        assert_eq!(shown(&target("gone")).as_deref(), Some("gone"));
        assert_eq!(shown(&ModuleTarget::Path { path: package }), None);
    }

    #[test]
    fn a_package_has_a_name_a_version_and_a_path_below() {
        let package = |name: &str, version: Option<&str>, below: &str| {
            Ok((name.to_owned(), version.map(str::to_owned), below.to_owned()))
        };
        assert_eq!(npm("marked"), package("marked", None, ""));
        assert_eq!(npm("@a/b@1.2.3/lite/x.js"), package("@a/b", Some("1.2.3"), "/lite/x.js"));
        assert_eq!(npm("a/lite"), package("a", None, "/lite"));
        for wrong in ["", "@a", "@/b", "../a", "a@", "a@--x", "-g", "a/../b", "a b"] {
            assert!(npm(wrong).is_err(), "{wrong}");
        }
    }
}
