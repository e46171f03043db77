//! The suite: all kernels that a `crossover.toml` names, read and validated.

mod extra;
mod generate;
mod input_names;
mod judge;
mod kernel;
mod levels;
mod limits;
mod manifest;
#[cfg(test)]
mod names;
mod packages;
#[cfg(test)]
mod reference;
mod source;
mod texts;
mod unprintable;

pub use extra::Extra;
pub use generate::{Generate, GeneratorModule, LIMIT as MOST_GENERATED};
pub use input_names::{distinct_names, shortened};
pub use judge::{Function, Judge, Normaliser};
pub use kernel::{Asset, Contender, Input, InputSource, Kernel, RevisionTree};
pub use levels::{OptLevel, WasmOpt};
pub use manifest::{ManifestError, field_of};
pub use source::{ATOMICS, ContenderSource, ModuleTarget, WasmBuild, has_simd, has_threads};
pub use texts::{LONGEST_LABEL, LONGEST_TITLE};

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use crossover_reports::gate::Limits;
use crossover_reports::report::wording::is_printable;

use manifest::{DefaultsToml, SuiteToml};

/// The name of a suite's own file.
pub const FILE: &str = "crossover.toml";

/// Accepted shares of visitors, percent.
pub const PERCENT_OF_VISITORS: RangeInclusive<f64> = 0.0..=100.0;

/// All kernels found.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The folder of `crossover.toml`, canonical; nothing outside it is read.
    pub root: PathBuf,
    /// The cargo profile that crates are built with.
    pub cargo_profile: String,
    /// The preset used when none is asked for.
    pub preset: Option<String>,
    /// The runtimes used when none is asked for, by name.
    pub runtimes: Vec<String>,
    /// Percent of visitors with each runtime, where no shares are given, by id of a stratum.
    pub share: BTreeMap<String, f64>,
    /// How much worse a cost may be than at an earlier revision.
    pub limits: Limits,
    /// Kernels, by name.
    pub kernels: Vec<Kernel>,
    /// The kernels, by name or domain, that `run` measures when none is asked for; all, if empty.
    pub default_kernels: Vec<String>,
}

impl Suite {
    /// Whether a contender is compiled from a crate.
    #[must_use]
    pub fn has_crates(&self) -> bool {
        let mut contenders = self.kernels.iter().flat_map(|kernel| &kernel.contenders);
        contenders.any(|contender| matches!(contender.source, ContenderSource::Crate(_)))
    }

    /// Reads the suite at `file`, or that of the current folder or the nearest one above it.
    ///
    /// # Errors
    /// When there is none, or one of its files is invalid.
    pub fn open(file: Option<&Path>) -> Result<Self, ManifestError> {
        let file = match file {
            Some(file) => file.to_owned(),
            None => find().ok_or_else(ManifestError::no_suite)?,
        };
        let toml: SuiteToml = manifest::read(&file)?;
        let root = file.parent().unwrap_or(Path::new("")).join(".");
        let root = root.canonicalize().map_err(|error| ManifestError::unreadable(&file, &error))?;
        let mut kernels = Vec::new();
        for pattern in &toml.kernels {
            kernels.extend(matching(&file, &root, pattern)?);
        }
        kernels.sort_by(|a, b| a.name.cmp(&b.name));
        kernels.dedup_by(|a, b| a.file == b.file);
        if let Some(pair) = kernels.windows(2).find(|pair| pair[0].name == pair[1].name) {
            return Err(ManifestError::of(
                &pair[1].file,
                "name",
                format!("two kernels are called `{}`; help: rename one of the folders", pair[0].name),
            ));
        }
        let limits = limits::read(&file, toml.compare)?;
        let DefaultsToml { cargo_profile, preset, kernels: default_kernels, runtime, share } = toml.defaults;
        if let Some((name, percent)) = share.iter().find(|(_, percent)| !PERCENT_OF_VISITORS.contains(percent)) {
            let message = format!("`{percent}` is no share of visitors; help: give percent from 0 to 100");
            return Err(ManifestError::of(&file, &format!("defaults.share.{name}"), message));
        }
        let suite = Self { root, cargo_profile, preset, runtimes: runtime, share, limits, kernels, default_kernels };
        let chosen = suite.select(&suite.default_kernels).map(|_| ());
        chosen.map_err(|error| ManifestError::of(&file, "defaults.kernels", error.to_string()))?;
        Ok(suite)
    }

    /// The kernels of these names or domains, in the suite's order; all, if none is given.
    ///
    /// # Errors
    /// When a name is neither a kernel's nor a domain's; the message suggests the nearest.
    pub fn select(&self, names: &[String]) -> anyhow::Result<Vec<&Kernel>> {
        let is_named = |kernel: &Kernel, name: &String| kernel.name == *name || kernel.domain == *name;
        for name in names {
            if !self.kernels.iter().any(|kernel| is_named(kernel, name)) {
                anyhow::bail!(unknown("kernel", name, self.kernels.iter().map(|kernel| kernel.name.as_str())));
            }
        }
        let wanted = |kernel: &&Kernel| names.is_empty() || names.iter().any(|name| is_named(kernel, name));
        Ok(self.kernels.iter().filter(wanted).collect())
    }
}

/// Most names that a message lists.
const MOST_NAMES: usize = 24;

/// "there is no kernel `x`; help: did you mean `y`?", or with the known names if none is similar.
#[must_use]
pub fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let near = known
        .clone()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, candidate)) => format!("there is no {what} `{name}`; help: did you mean `{candidate}`?"),
        None => {
            let known: Vec<_> = known.collect();
            let more = known.len().saturating_sub(MOST_NAMES);
            let there = match (known.is_empty(), more) {
                (true, _) => "there is none".to_owned(),
                (false, 0) => format!("choose from {}", known.join(", ")),
                (false, more) => format!("choose from {} and {more} more", known[..MOST_NAMES].join(", ")),
            };
            format!("there is no {what} `{name}`; help: {there}")
        }
    }
}

fn find() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file())
}

fn matching(file: &Path, root: &Path, pattern: &str) -> Result<Vec<Kernel>, ManifestError> {
    let error = |message: String| ManifestError::of(file, "kernels", message);
    if Path::new(pattern).components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
        return Err(error(format!("`{pattern}` leaves the suite's folder; help: name folders inside it")));
    }
    // The root is a literal path, even if it has characters that mean something in a pattern.
    let rooted = format!("{}/{pattern}", glob::Pattern::escape(&root.to_string_lossy()));
    let paths = glob::glob(&rooted).map_err(|bad| error(format!("`{pattern}` is not a pattern: {bad}")))?;
    let mut kernels = Vec::new();
    for folder in paths.filter_map(Result::ok) {
        let manifest = folder.join("kernel.toml");
        if manifest.exists() {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            if !name.chars().all(is_printable) {
                let name = name.escape_debug();
                return Err(error(format!(
                    "the kernel's name \"{name}\" has a control character; help: rename the folder"
                )));
            }
            kernels.push(Kernel::open(root, &manifest)?);
        }
    }
    Ok(kernels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested() {
        let known = ["hashing-blake3", "image-thumbnail"];
        assert_eq!(
            unknown("kernel", "hashing-blake", known.into_iter()),
            "there is no kernel `hashing-blake`; help: did you mean `hashing-blake3`?"
        );
        assert_eq!(
            unknown("kernel", "zzz", known.into_iter()),
            "there is no kernel `zzz`; help: choose from hashing-blake3, image-thumbnail"
        );
    }
}
