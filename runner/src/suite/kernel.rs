//! One kernel, validated: below this line nobody checks an `Option` again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossover_reports::run::{
    BANDWIDTHS, Check, InputKind, Kind, MOST_CALLS, Purpose, RevisionsOf, Scenario, Track, Variant,
};

use super::generate::Generate;
use super::judge::Judge;
use super::levels::WasmOpt;
use super::manifest::{self, AssetToml, ContenderToml, InputToml, KernelToml, ManifestError, ScenarioToml};
use super::source::{ContenderSource, Target, WasmBuild};
use crate::answer::Answer;
use crate::call_path::CallPath;
use crate::path_guard::inside;

/// One job with its inputs and contenders.
#[derive(Debug, Clone)]
pub struct Kernel {
    /// The folder's name.
    pub name: String,
    /// The manifest.
    pub file: PathBuf,
    /// One line for people.
    pub summary: String,
    /// Domain.
    pub domain: String,
    /// What it is measured for.
    pub purpose: Purpose,
    /// The contender that others are compared with.
    pub baseline: String,
    /// How answers are compared.
    pub check: Check,
    /// What judges answers beside the check.
    pub judge: Judge,
    /// At least one.
    pub inputs: Vec<Input>,
    /// Files for the contenders' `setup`, by name.
    pub assets: BTreeMap<String, Asset>,
    /// At least the baseline, in the manifest's order.
    pub contenders: Vec<Contender>,
    /// What is done with them; none, if the manifest names none.
    pub scenarios: Vec<Scenario>,
    /// Whose two revisions its contenders are, where revisions are compared; of a manifest's own kernels none is.
    pub revisions_of: Option<RevisionsOf>,
}

/// Named bytes, or text, or values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name.
    pub name: String,
    /// What contenders are handed.
    pub kind: InputKind,
    /// Where the bytes come from.
    pub source: InputSource,
    /// Whether the summary quotes it.
    pub headline: bool,
    /// What it is one size of, where a model of what crossing costs is to be made of several sizes.
    pub payload: Option<String>,
    /// What the right answer to it is, where that is known before anyone is asked.
    pub known_answer: Option<Answer>,
}

/// Where an input's bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputSource {
    /// A file: the suite's, or one the user named.
    File(PathBuf),
    /// The command line.
    Given(Vec<u8>),
    /// A generator.
    Generated(Generate),
}

/// Where an asset's bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asset {
    /// A file of the suite's.
    File(PathBuf),
    /// A generator.
    Generated(Generate),
}

/// One implementation.
#[derive(Debug, Clone)]
pub struct Contender {
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How like it is to the others.
    pub track: Track,
    /// How its answers are compared, where that is not the kernel's way.
    pub check: Option<Check>,
    /// The function that is called.
    pub export: CallPath,
    /// Whether a call changes its argument, which is the answer then.
    pub in_place: bool,
    /// What it is built from.
    pub source: ContenderSource,
    /// What it is a variant by, where it is one of a build matrix; of a manifest's own contenders none is.
    pub variant: Option<Variant>,
    /// The tree that it is built from, where that is not its kernel's own.
    pub tree: Option<Arc<Tree>>,
}

/// A suite's tree at another revision, as far as a contender is built from it.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The suite's folder there.
    pub root: PathBuf,
    /// The cargo profile that crates are built with there.
    pub cargo_profile: String,
    /// The kernel's manifest there.
    pub manifest: PathBuf,
    /// Files for the contenders' `setup` there, by name.
    pub assets: BTreeMap<String, Asset>,
}

impl Kernel {
    /// Reads and validates a `kernel.toml`.
    ///
    /// # Errors
    /// When it is not as it should be.
    pub fn open(root: &Path, file: &Path) -> Result<Self, ManifestError> {
        let toml: KernelToml = manifest::read(file)?;
        let error = |field: &str, message: String| ManifestError::of(file, field, message);
        let folder = file.parent().unwrap_or(root).to_owned();
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let path = |field: &str, path: &str| {
            inside(root, &folder.join(path)).map_err(|message| error(field, format!("{message:#}")))
        };

        let mut inputs = Vec::new();
        for input in toml.input {
            inputs.push(read_input(input, &error, &path)?);
        }
        unique(inputs.iter().map(|input| input.name.as_str()))
            .map_err(|twice| error("input.name", format!("two inputs are called `{twice}`; rename one")))?;
        match inputs.iter().filter(|input| input.headline).count() {
            1 => {}
            0 if inputs.len() == 1 => inputs[0].headline = true,
            0 => {
                return Err(error(
                    "input.headline",
                    "no input is the headline; set `headline = true` on one".to_owned(),
                ));
            }
            _ => return Err(error("input.headline", "more than one input is the headline; keep one".to_owned())),
        }
        let mut contenders = Vec::new();
        for (name, contender) in toml.contender {
            contenders.push(read_contender(name, contender, &error, &path)?);
        }
        if !contenders.iter().any(|contender| contender.name == toml.baseline) {
            let known = contenders.iter().map(|contender| contender.name.as_str());
            return Err(error("baseline", super::unknown("contender", &toml.baseline, known)));
        }
        let mut assets = BTreeMap::new();
        for (name, asset) in toml.asset {
            let field = format!("asset.{name}");
            let asset = match asset {
                AssetToml::File(file) => Asset::File(path(&field, &file)?),
                AssetToml::Generated { generate } => {
                    generate.validate().map_err(|message| error(&field, message))?;
                    Asset::Generated(generate)
                }
            };
            assets.insert(name, asset);
        }
        let scenarios = toml.scenario.into_iter().map(|(name, scenario)| read_scenario(name, &scenario, &error));
        let scenarios = scenarios.collect::<Result<_, _>>()?;
        Ok(Self {
            name,
            file: file.to_owned(),
            summary: toml.summary,
            domain: toml.domain,
            purpose: toml.purpose,
            baseline: toml.baseline,
            check: toml.check,
            judge: Judge::default(),
            inputs,
            assets,
            contenders,
            scenarios,
            revisions_of: None,
        })
    }
}

type MakeError<'a> = dyn Fn(&str, String) -> ManifestError + 'a;
type FindPath<'a> = dyn Fn(&str, &str) -> Result<PathBuf, ManifestError> + 'a;

fn read_input(toml: InputToml, error: &MakeError<'_>, path: &FindPath<'_>) -> Result<Input, ManifestError> {
    let source = match (toml.file, toml.generate) {
        (Some(file), None) => InputSource::File(path("input.file", &file)?),
        (None, Some(generate)) => {
            generate.validate().map_err(|message| error("input.generate", message))?;
            InputSource::Generated(generate)
        }
        _ => {
            let message = format!("input `{}` needs exactly one of `file` and `generate`", toml.name);
            return Err(error("input.file", message));
        }
    };
    if toml.name.is_empty() || toml.name.len() > 64 {
        return Err(error("input.name", "a name has 1 to 64 bytes".to_owned()));
    }
    if let Some(payload) = &toml.payload {
        let is_known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(1..=32).contains(&payload.len()) || !payload.chars().all(is_known) {
            let message = format!("`{}` is no payload; write 1 to 32 of a-z, 0-9 and -", payload.escape_debug());
            return Err(error("input.payload", message));
        }
    }
    Ok(Input {
        name: toml.name,
        kind: toml.kind,
        source,
        headline: toml.headline,
        payload: toml.payload,
        known_answer: None,
    })
}

fn read_contender(
    name: String,
    toml: ContenderToml,
    error: &MakeError<'_>,
    path: &FindPath<'_>,
) -> Result<Contender, ManifestError> {
    let field = |key: &str| format!("contender.{name}.{key}");
    if name.is_empty() || name.len() > 64 {
        return Err(error("contender", "a contender's name has 1 to 64 bytes".to_owned()));
    }
    let is_js =
        toml.wasm_opt.is_none() && toml.features.is_empty() && toml.target_features.is_empty() && toml.needs.is_empty();
    let source = match (toml.module, toml.pkg, toml.source, toml.krate) {
        (Some(module), None, None, None) if is_js => ContenderSource::Module(path(&field("module"), &module)?),
        (None, Some(package), None, None) if is_js => {
            ContenderSource::Package(Target::Path { path: path(&field("pkg"), &package)? })
        }
        (None, None, Some(file), None) if is_js => ContenderSource::Foreign(path(&field("source"), &file)?),
        (Some(_), None, None, None) | (None, Some(_), None, None) | (None, None, Some(_), None) => {
            let message =
                "`features`, `target-features`, `needs` and `wasm-opt` are for a `crate`, which is built here";
            return Err(error(&field("wasm-opt"), message.to_owned()));
        }
        (None, None, None, Some(folder)) => ContenderSource::Crate(WasmBuild {
            folder: path(&field("crate"), &folder)?,
            features: toml.features,
            target_features: toml.target_features,
            needs: toml.needs,
            wasm_opt: match toml.wasm_opt {
                Some(level) => level.parse::<WasmOpt>().map_err(|message| error(&field("wasm-opt"), message))?,
                None => WasmOpt::USUAL,
            },
            opt_level: None,
        }),
        _ => {
            return Err(error(
                &field("module"),
                "give exactly one of `module`, `pkg`, `source` and `crate`".to_owned(),
            ));
        }
    };
    let export = toml.export.as_deref().unwrap_or("run");
    let export = CallPath::parse(export).map_err(|message| error(&field("export"), message))?;
    Ok(Contender {
        name,
        kind: toml.kind,
        track: toml.track,
        check: toml.check,
        export,
        in_place: toml.in_place,
        source,
        variant: None,
        tree: None,
    })
}

fn read_scenario(name: String, toml: &ScenarioToml, error: &MakeError<'_>) -> Result<Scenario, ManifestError> {
    let wrong = |key: &str, message: String| Err(error(&format!("scenario.{name}.{key}"), message));
    if name.is_empty() || name.len() > 64 {
        return Err(error("scenario", "a scenario's name has 1 to 64 bytes".to_owned()));
    }
    if !(1..=MOST_CALLS).contains(&toml.calls) {
        return wrong("calls", format!("a scenario has 1 to {MOST_CALLS} calls"));
    }
    if toml.bandwidth.is_some_and(|megabits| !BANDWIDTHS.contains(&megabits)) {
        let (low, high) = (BANDWIDTHS.start(), BANDWIDTHS.end());
        return wrong("bandwidth", format!("give a number of Mbit/s from {low} to {high}"));
    }
    let ScenarioToml { calls, hidden_startup, bandwidth } = *toml;
    Ok(Scenario { name, calls, hidden_startup, megabits_per_s: bandwidth })
}

fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(name.to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contender_may_have_a_check_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kernel.toml");
        std::fs::write(folder.path().join("a.js"), "export const run = (x) => x;").unwrap();
        let text = "summary = 's'\ndomain = 'd'\n[[input]]\nname = 'i'\nas = 'bytes'\n\
                    generate = { random = { seed = 1, bytes = 1 } }\n\
                    [contender.js]\nkind = 'js'\nmodule = 'a.js'\n\
                    [contender.platform]\nkind = 'platform'\nmodule = 'a.js'\ncheck = { psnr_db = 25 }\n";
        std::fs::write(&file, text).unwrap();
        let kernel = Kernel::open(folder.path(), &file).unwrap();
        assert_eq!(kernel.check, Check::Exact);
        assert_eq!(
            kernel.contenders.iter().map(|own| own.check).collect::<Vec<_>>(),
            [None, Some(Check::PsnrDb(25.0))]
        );
    }
}
