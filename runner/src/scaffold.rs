//! A kernel pair that already builds, verifies and runs, for the user to change into their own.

mod workspace;

pub use workspace::takes_in;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;

/// A `crossover.toml` for a project that has none.
pub const SUITE: &str = include_str!("scaffold/crossover.toml.txt");

/// Writes a file that is not there yet, with its folders.
///
/// # Errors
/// When it is there already, or cannot be written.
pub fn write_new(file: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    let written = File::create_new(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("{} cannot be written", file.display()))
}

/// The kernel to make.
#[derive(Debug, Clone)]
pub struct Scaffold {
    /// Name of the kernel, its folder and its crate.
    pub name: String,
    /// Domain.
    pub domain: String,
    /// A function to be ported: its module, relative to the suite's folder, and its export.
    pub from: Option<(PathBuf, String)>,
    /// The cargo profile that the suite builds with.
    pub cargo_profile: String,
    /// Whether the suite's cargo workspace takes the crate in.
    pub is_member: bool,
    /// Whether the suite keeps its JavaScript in `js-baselines/`.
    pub has_baselines: bool,
    /// The version of wasm-bindgen that glue is made for.
    pub wasm_bindgen: String,
}

/// Why a name is none, if it is none: it becomes a folder and a crate.
///
/// # Errors
/// The reason, with what to do about it.
pub fn check_name(name: &str) -> Result<(), String> {
    let is_known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    if starts && name.len() <= 64 && name.chars().all(is_known) && !name.ends_with('-') {
        return Ok(());
    }
    Err(format!("`{}` is no name for a kernel: write a letter, then up to 63 of a-z, 0-9 and -", name.escape_debug()))
}

impl Scaffold {
    /// The kernel's folder, relative to the suite's.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        Path::new("kernels").join(&self.name)
    }

    /// Every file, relative to the suite's folder.
    #[must_use]
    pub fn files(&self) -> Vec<(PathBuf, String)> {
        let folder = self.folder();
        let mut files = vec![
            (folder.join("Cargo.toml"), self.filled(include_str!("scaffold/Cargo.toml.txt"))),
            (folder.join("kernel.toml"), self.filled(include_str!("scaffold/kernel.toml.txt"))),
            (folder.join("README.md"), self.filled(include_str!("scaffold/README.md.txt"))),
        ];
        let rust = match &self.from {
            Some(_) => include_str!("scaffold/port.rs.txt"),
            None => include_str!("scaffold/lib.rs.txt"),
        };
        files.push((folder.join("src/lib.rs"), self.filled(rust)));
        if self.from.is_none() {
            files.push((self.javascript(), self.filled(include_str!("scaffold/index.js.txt"))));
        }
        files
    }

    /// Where the JavaScript is: the user's own module, or a new one.
    fn javascript(&self) -> PathBuf {
        match &self.from {
            Some((module, _)) => module.clone(),
            None if self.has_baselines => Path::new("js-baselines").join(&self.name).join("index.js"),
            None => self.folder().join("index.js"),
        }
    }

    fn filled(&self, template: &str) -> String {
        let workspace = if self.is_member { "" } else { include_str!("scaffold/workspace.txt") };
        let inherits = if self.cargo_profile == "release" { "" } else { "inherits = \"release\"\n" };
        let export = self.from.as_ref().map_or("run", |(_, export)| export);
        let from = self.from.as_ref().map_or_else(String::new, |(module, _)| slashed(module));
        let (kind, small, large) = match &self.from {
            None => ("bytes", "{ random = { seed = 7, bytes = 1000 } }", "{ random = { seed = 7, bytes = 1000000 } }"),
            Some(_) => (
                "string",
                "{ text = { seed = 7, bytes = 1000, script = \"ascii\" } }",
                "{ text = { seed = 7, bytes = 1000000, script = \"ascii\" } }",
            ),
        };
        let (summary, about) = match &self.from {
            None => (
                "Adler-32 of one buffer".to_owned(),
                "A kernel that works as it is, to be made into your own: replace the bodies of `run` in JavaScript and of \
                 `job` in Rust."
                    .to_owned(),
            ),
            Some(_) => (
                format!("`{export}` of {from}"),
                format!("Whether `{export}` of `{from}` is worth a port. Give it inputs of yours in `kernel.toml`, and write \
                         `job` in `src/lib.rs`."),
            ),
        };
        // The workspace comes first, because it has places of its own.
        [
            ("workspace", workspace),
            ("inherits", inherits),
            ("profile", &self.cargo_profile),
            ("name", &self.name),
            ("domain", &self.domain),
            ("wasm-bindgen", &self.wasm_bindgen),
            ("module", &from_folder(&self.folder(), &self.javascript())),
            ("export", export),
            ("from", &from),
            ("summary", &summary),
            ("about", &about),
            ("as", kind),
            ("small", small),
            ("large", large),
        ]
        .into_iter()
        .fold(template.to_owned(), |text, (place, filling)| text.replace(&format!("{{{{{place}}}}}"), filling))
    }
}

/// `path` as seen from `folder`; both are relative to the same place and climb nowhere.
fn from_folder(folder: &Path, path: &Path) -> String {
    let climbed = folder.components().count();
    match path.strip_prefix(folder) {
        Ok(inside) => slashed(inside),
        Err(_) => format!("{}{}", "../".repeat(climbed), slashed(path)),
    }
}

/// With slashes, whatever the system uses.
fn slashed(path: &Path) -> String {
    let parts = path.components().filter(|part| matches!(part, Component::Normal(_)));
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaffold() -> Scaffold {
        Scaffold {
            name: "my-hotspot".to_owned(),
            domain: "text".to_owned(),
            from: None,
            cargo_profile: "release".to_owned(),
            is_member: false,
            has_baselines: false,
            wasm_bindgen: "0.2.1".to_owned(),
        }
    }

    fn text(scaffold: &Scaffold, path: &str) -> String {
        let files = scaffold.files();
        let file = files.iter().find(|(file, _)| file == Path::new(path));
        file.unwrap_or_else(|| panic!("no {path} in {files:?}")).1.clone()
    }

    #[test]
    fn every_place_is_filled() {
        let from = Some((PathBuf::from("src/md.js"), "render".to_owned()));
        for scaffold in [
            scaffold(),
            Scaffold { is_member: true, has_baselines: true, ..scaffold() },
            Scaffold { from, cargo_profile: "wasm".to_owned(), ..scaffold() },
        ] {
            for (path, text) in scaffold.files() {
                assert!(!text.contains("{{") && !text.contains("}}"), "{}: {text}", path.display());
            }
        }
    }

    #[test]
    fn paths_are_seen_from_the_manifest() {
        let manifest = |scaffold: &Scaffold| text(scaffold, "kernels/my-hotspot/kernel.toml");
        assert!(manifest(&scaffold()).contains("module = \"index.js\""));
        let repository = Scaffold { has_baselines: true, ..scaffold() };
        assert!(manifest(&repository).contains("module = \"../../js-baselines/my-hotspot/index.js\""));
        let from = Some((PathBuf::from("src/md.js"), "render".to_owned()));
        let port = Scaffold { from, ..scaffold() };
        let manifest = manifest(&port);
        assert!(manifest.contains("module = \"../../src/md.js\"\nexport = \"render\""), "{manifest}");
        assert_eq!(port.files().len(), 4, "the JavaScript is the user's own");
    }

    #[test]
    fn only_a_crate_that_no_workspace_takes_in_is_one_of_its_own() {
        let cargo = |scaffold: &Scaffold| text(scaffold, "kernels/my-hotspot/Cargo.toml");
        assert!(cargo(&scaffold()).contains("[workspace]\n\n[profile.release]\nopt-level"));
        let other = Scaffold { cargo_profile: "wasm".to_owned(), ..scaffold() };
        assert!(cargo(&other).contains("[profile.wasm]\ninherits = \"release\"\nopt-level"));
        assert!(!cargo(&Scaffold { is_member: true, ..scaffold() }).contains("[workspace]"));
    }

    #[test]
    fn names_that_are_no_folder_and_no_crate_are_refused() {
        assert_eq!(check_name("my-hotspot-2"), Ok(()));
        for name in ["", "2fast", "My", "a b", "../x", "a/b", "-a", "a-", "ä", &"x".repeat(65)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
