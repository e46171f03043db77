//! The npm packages that a contender is made of, with their versions from the nearest `package-lock.json`.

use std::collections::HashMap;
use std::path::Path;

use crossover_reports::regular;
use crossover_reports::run::Package;
use serde::Deserialize;

/// npm's lock file.
const LOCK_FILE: &str = "package-lock.json";

/// Lock files of other package managers: where one is nearer, npm's is another project's.
const OTHER_LOCK_FILES: [&str; 4] = ["pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb"];

/// The largest lock file that is read, bytes.
const LIMIT: u64 = 64 << 20;

/// The most packages of a contender.
const MOST: usize = 8;

/// The longest name of a package, as npm has it, bytes.
const LONGEST_NAME: usize = 214;

/// The longest version that is shown, bytes.
const LONGEST_VERSION: usize = 64;

/// A lock file, as far as versions need it.
#[derive(Deserialize)]
struct LockFile {
    /// By path from the file's folder: since npm 7.
    #[serde(default)]
    packages: HashMap<String, Locked>,
    /// By name: before npm 7.
    #[serde(default)]
    dependencies: HashMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    version: Option<String>,
}

/// The packages of these names, with the versions that `module` gets. Without a lock file no version is known.
///
/// # Errors
/// When a name is no package's, or the lock file cannot be read or lacks it; with the fix.
pub fn read_packages(names: Vec<String>, module: &Path) -> Result<Vec<Package>, String> {
    if names.len() > MOST {
        return Err(format!("there are {}; help: name the {MOST} that matter most", names.len()));
    }
    if let Some(name) = names.iter().find(|name| !is_name(name)) {
        return Err(format!(
            "`{name}` is not the name of an npm package; help: write it as in an import, such as \"@a/b\""
        ));
    }
    let folder = module.ancestors().find(|folder| has_lock_file(folder));
    let Some((folder, file)) = folder.map(|folder| (folder, folder.join(LOCK_FILE))).filter(|(_, file)| file.is_file())
    else {
        return Ok(names.into_iter().map(|name| Package { name, version: None }).collect());
    };
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let lock = regular::read_text(&file, LIMIT).map_err(|error| error.to_string());
    let lock = lock.and_then(|text| serde_json::from_str::<LockFile>(&text).map_err(|error| error.to_string()));
    let lock = lock
        .map_err(|error| format!("{} cannot be read: {error}; help: `npm install` writes it anew", file.display()))?;
    let package = |name: String| match lock.find(module.strip_prefix(folder).unwrap_or(Path::new("")), &name) {
        Some(locked) => Ok(Package { version: locked.version.clone().filter(|version| is_version(version)), name }),
        None => Err(format!(
            "`{name}` is not in {}; help: correct the name, or add the package with `npm install {name}`",
            file.display()
        )),
    };
    names.into_iter().map(package).collect()
}

fn has_lock_file(folder: &Path) -> bool {
    OTHER_LOCK_FILES.into_iter().chain([LOCK_FILE]).any(|file| folder.join(file).is_file())
}

impl LockFile {
    /// The package that an import of `name` finds, from a module at this path from the file's folder.
    fn find(&self, module: &Path, name: &str) -> Option<&Locked> {
        let key = |folder: &Path| folder.join("node_modules").join(name).to_string_lossy().replace('\\', "/");
        let installed = module.ancestors().find_map(|folder| self.packages.get(&key(folder)));
        installed.or_else(|| self.dependencies.get(name))
    }
}

fn is_name(text: &str) -> bool {
    let parts: Vec<&str> = text.strip_prefix('@').unwrap_or(text).split('/').collect();
    let is_part = |part: &&str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b))
    };
    text.len() <= LONGEST_NAME && parts.len() == 1 + usize::from(text.starts_with('@')) && parts.iter().all(is_part)
}

fn is_version(text: &str) -> bool {
    (1..=LONGEST_VERSION).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(names: &[&str], module: &Path) -> Result<Vec<String>, String> {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        read_packages(names, module).map(|packages| packages.iter().map(Package::to_string).collect())
    }

    #[test]
    fn versions_are_those_that_the_module_gets() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let module = root.join("bench/js/index.js");
        fs::create_dir_all(module.parent().unwrap()).unwrap();
        let named = |names: &[&str]| read(names, &module);
        assert_eq!(named(&["pica"]), Ok(vec!["pica".to_owned()]));

        let lock = root.join(LOCK_FILE);
        fs::write(
            &lock,
            r#"{ "lockfileVersion": 3, "packages": {
                "": { "name": "x" }, "node_modules/pica": { "version": "10.0.3" }, "node_modules/@a/b": { "version": "1.0.0" },
                "bench/node_modules/@a/b": { "version": "2.0.0" }, "node_modules/linked": { "link": true },
                "node_modules/strange": { "version": "1\u001b[31m" } } }"#,
        )
        .unwrap();
        assert_eq!(named(&["pica", "@a/b"]), Ok(vec!["pica 10.0.3".to_owned(), "@a/b 2.0.0".to_owned()]));
        assert_eq!(named(&["linked", "strange"]), Ok(vec!["linked".to_owned(), "strange".to_owned()]));
        assert_eq!(
            named(&["picca"]).unwrap_err(),
            format!(
                "`picca` is not in {}; help: correct the name, or add the package with `npm install picca`",
                lock.display()
            )
        );
        fs::write(&lock, r#"{ "lockfileVersion": 1, "dependencies": { "pica": { "version": "9.0.0" } } }"#).unwrap();
        assert_eq!(named(&["pica"]), Ok(vec!["pica 9.0.0".to_owned()]));
        fs::write(&lock, "{").unwrap();
        assert!(named(&["pica"]).unwrap_err().ends_with("`npm install` writes it anew"));
        assert_eq!(named(&[]), Ok(Vec::new()));
        // That of the folder above is another project's.
        fs::write(root.join("bench/yarn.lock"), "").unwrap();
        assert_eq!(named(&["pica"]), Ok(vec!["pica".to_owned()]));
    }

    #[test]
    fn a_name_is_one_of_npm() {
        for name in ["pica", "@noble/hashes", "highlight.js", "zstd_wasm"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "a/b", "@a", "@a/b/c", "../a", "a b", "@/a", "<b>", &"x".repeat(215)] {
            assert!(!is_name(name), "{name}");
        }
        assert!(read(&["x"; 9], Path::new("x.js")).unwrap_err().contains("name the 8"));
    }
}
