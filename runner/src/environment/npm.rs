//! npm, and the packages that it installs: checks that exactly what a lock file pins is installed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::host::Host;
use super::step::{LONG, SetupStep};

/// The parts of `package-lock.json`, and of npm's record of what it installed, that matter.
#[derive(Debug, Deserialize)]
struct PackageLock {
    packages: BTreeMap<String, LockedPackage>,
}

#[derive(Debug, Deserialize)]
struct LockedPackage {
    version: Option<String>,
    integrity: Option<String>,
    #[serde(default)]
    optional: bool,
}

/// Checks that every package that the lock file of `folder` pins is installed, and returns their number.
///
/// Optional packages may be missing (most of them are for other machines), and more packages may be there.
///
/// # Errors
/// Names the first package that is missing or differs.
pub fn installed(folder: &Path) -> Result<usize, String> {
    let wanted = read(&folder.join("package-lock.json"))?;
    let record = folder.join("node_modules/.package-lock.json");
    if !record.is_file() {
        return Err(format!("nothing is installed in {}", folder.join("node_modules").display()));
    }
    let count = compare(&wanted, &read(&record)?)?;
    let gone = pinned(&wanted).find(|(path, _)| !folder.join(path).join("package.json").is_file());
    match gone {
        Some((path, _)) => Err(format!("{path} was installed and is gone")),
        None => Ok(count),
    }
}

/// Finds npm, without asking it anything: it takes long to answer.
///
/// # Errors
/// There is none.
pub fn find(host: &Host) -> Result<PathBuf, String> {
    host.which("npm").ok_or_else(|| "there is no npm on PATH".to_owned())
}

/// The command that installs what the lock file pins.
#[must_use]
pub fn fix(folder: &Path) -> String {
    ci("npm".as_ref(), folder, "").command()
}

/// Installs exactly what the lock file of `folder` pins, because of `why`. No script of a package is ever run.
#[must_use]
pub fn ci(npm: &Path, folder: &Path, why: &'static str) -> SetupStep {
    SetupStep::new(npm, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"], why, LONG).in_folder(folder)
}

fn read(path: &Path) -> Result<PackageLock, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// How many packages are pinned, when all of them are installed.
fn compare(wanted: &PackageLock, installed: &PackageLock) -> Result<usize, String> {
    let mut count = 0;
    for (path, package) in pinned(wanted) {
        let Some(there) = installed.packages.get(path) else {
            return Err(format!("{path} is not installed"));
        };
        if there.version != package.version || there.integrity != package.integrity {
            let version = |package: &LockedPackage| package.version.clone().unwrap_or_else(|| "unknown".to_owned());
            return Err(format!("{path} is {} and the lock file wants {}", version(there), version(package)));
        }
        count += 1;
    }
    Ok(count)
}

/// The packages that have to be there. The entry without a name is the project itself.
fn pinned(lock: &PackageLock) -> impl Iterator<Item = (&String, &LockedPackage)> {
    lock.packages.iter().filter(|(path, package)| !path.is_empty() && !package.optional)
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::fake::FakeHost;
    use super::*;

    const WANTED: &str = r#"{ "packages": { "": { "name": "x" },
        "node_modules/a": { "version": "1.0.0", "integrity": "sha512-a" },
        "node_modules/other-machine": { "version": "1.0.0", "integrity": "sha512-o", "optional": true } } }"#;

    #[test]
    fn what_is_installed_must_be_what_is_pinned() {
        let fake = FakeHost::new();
        let folder = fake.root().join("js");
        assert!(installed(&folder).unwrap_err().contains("package-lock.json"));
        fake.file("js/package-lock.json", WANTED);
        assert!(installed(&folder).unwrap_err().starts_with("nothing is installed"));

        let record = |packages: &str| fake.file("js/node_modules/.package-lock.json", packages);
        record(r#"{ "packages": {} }"#);
        assert_eq!(installed(&folder).unwrap_err(), "node_modules/a is not installed");
        record(r#"{ "packages": { "node_modules/a": { "version": "0.9.0", "integrity": "sha512-b" } } }"#);
        assert_eq!(installed(&folder).unwrap_err(), "node_modules/a is 0.9.0 and the lock file wants 1.0.0");
        record(r#"{ "packages": { "node_modules/a": { "version": "1.0.0", "integrity": "sha512-b" } } }"#);
        assert!(installed(&folder).is_err(), "the same version with other contents");
        record(r#"{ "packages": { "node_modules/a": { "version": "1.0.0", "integrity": "sha512-a" } } }"#);
        assert_eq!(installed(&folder).unwrap_err(), "node_modules/a was installed and is gone");
        fake.file("js/node_modules/a/package.json", "{}");
        assert_eq!(installed(&folder), Ok(1));
        record("{");
        assert!(installed(&folder).is_err());
    }

    #[test]
    fn npm_installs_what_is_pinned() {
        let fake = FakeHost::new();
        assert!(find(&fake.host).is_err());
        fake.program("bin/npm", "");
        let command = ci(&find(&fake.host).unwrap(), Path::new("js"), "a test").command();
        assert_eq!(command, "cd js && npm ci --ignore-scripts --no-audit --no-fund");
        assert_eq!(command, fix(Path::new("js")));
    }
}
