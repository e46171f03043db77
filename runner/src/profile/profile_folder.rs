//! The files of a profile: its summary, and for each state the profile itself and a flame graph.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::export;
use crossover_reports::profile::{Profile, StateProfile};
use crossover_reports::report::profiles;
use sha2::{Digest as _, Sha256};

use super::flame_graph;
use crate::hex;
use crate::sampling::cpuprofile::CpuProfile;

/// The folder of a contender's profiles.
#[derive(Debug)]
pub struct ProfileFolder {
    folder: PathBuf,
    name: String,
}

impl ProfileFolder {
    /// Makes the folder below `out`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(out: &Path, [kernel, contender, input, browser]: [&str; 4]) -> anyhow::Result<Self> {
        let folder = out.join("profiles");
        fs::create_dir_all(&folder).with_context(|| {
            format!("{}: the output folder cannot be written; help: name another one with --out DIR", folder.display())
        })?;
        Ok(Self { folder, name: name([kernel, contender, input, browser]) })
    }

    /// Writes the profile of a state and its flame graph; returns the files.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn write_state(
        &self,
        profile: &Profile,
        state: &StateProfile,
        recorded: &CpuProfile,
    ) -> anyhow::Result<Vec<PathBuf>> {
        let text = serde_json::to_string(recorded).context("writing the profile")?;
        let mut files = vec![self.write(&format!("-{}.cpuprofile", state.state.name()), &text)?];
        let Profile { kernel, contender, input, .. } = profile;
        let title = format!("{kernel} {contender}, {input}: {}", profiles::state(state.state).to_lowercase());
        if let Some(svg) = flame_graph(state, &title)? {
            files.push(self.write(&format!("-{}.svg", state.state.name()), &svg)?);
        }
        Ok(files)
    }

    /// Writes the summary; returns the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_summary(&self, profile: &Profile) -> anyhow::Result<PathBuf> {
        self.write(".json", &export::profile::json(profile)?)
    }

    fn write(&self, end: &str, text: &str) -> anyhow::Result<PathBuf> {
        let file = self.folder.join(format!("{}{end}", self.name));
        fs::write(&file, text).with_context(|| format!("{}: cannot be written", file.display()))?;
        Ok(file)
    }
}

/// A file name for the profile of a kernel's contender. A name that had to be changed gets a part of its digest, so that
/// it replaces no other file.
fn name(names: [&str; 4]) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let plain = names.map(|name| name.chars().filter(|c| is_plain(*c)).take(40).collect::<String>());
    let name = plain.join(".");
    if plain.iter().zip(names).all(|(plain, name)| plain == name && !plain.is_empty()) {
        return name;
    }
    let digest = hex(&Sha256::digest(names.join("\0").as_bytes()));
    format!("profile.{name}.{}", &digest[..8])
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn file_names_are_safe_and_of_one_profile_each() {
        assert_eq!(name(["hashing-blake3", "wasm-simd", "1MB", "chromium"]), "hashing-blake3.wasm-simd.1MB.chromium");
        let hostile =
            [["../../etc", "a", "b", "c"], ["....etc", "a", "b", "c"], ["", "a.b", "\u{202e}", &"x".repeat(400)]];
        let names = hostile.map(name);
        assert!(
            names.iter().all(|name| name.len() < 200 && !name.contains(['/', '\\']) && !name.starts_with('.')),
            "{names:?}"
        );
        assert_ne!(names[0], names[1]);
    }
}
