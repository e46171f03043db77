//! The parts of a `kernel.toml`, each validated: inputs, checks, contenders, scenarios.

use std::path::PathBuf;

use crossover_reports::run::{BANDWIDTHS, Check, MOST_CALLS, Scenario, is_link};

use super::{Contender, Input, InputSource};
use crate::call_path::CallPath;
use crate::suite::extra::Extra;
use crate::suite::generate::Generate;
use crate::suite::judge::Function;
use crate::suite::levels::WasmOpt;
use crate::suite::manifest::{CheckToml, ContenderToml, InputToml, ManifestError, ScenarioToml};
use crate::suite::packages::read_packages;
use crate::suite::source::{ContenderSource, ModuleTarget, WasmBuild, has_threads};
use crate::suite::texts::read_label;

/// Makes the error for a field and a message.
pub type MakeError<'a> = dyn Fn(&str, String) -> ManifestError + 'a;
/// Finds the canonical path for a field and its text.
pub type FindPath<'a> = dyn Fn(&str, &str) -> Result<PathBuf, ManifestError> + 'a;

/// Validates an input.
///
/// # Errors
/// What is wrong with it, and in which field.
pub fn read_input(toml: InputToml, error: &MakeError<'_>, path: &FindPath<'_>) -> Result<Input, ManifestError> {
    let source = match (toml.file, toml.generate) {
        (Some(file), None) => InputSource::File(path("input.file", &file)?),
        (None, Some(generate)) => InputSource::Generated(read_generate(generate, "input.generate", error, path)?),
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
            let message =
                format!("`{}` is not a payload; help: write 1 to 32 of a-z, 0-9 and -", payload.escape_debug());
            return Err(error("input.payload", message));
        }
    }
    let label =
        read_label(toml.label).map_err(|message| error("input.label", format!("input `{}`: {message}", toml.name)))?;
    Ok(Input {
        name: toml.name,
        label,
        kind: toml.kind,
        source,
        headline: toml.headline,
        payload: toml.payload,
        known_answer: None,
    })
}

/// Validates a generator, and finds the user's module if it is one.
///
/// # Errors
/// As [`read_input`].
pub fn read_generate(
    generate: Generate,
    field: &str,
    error: &MakeError<'_>,
    path: &FindPath<'_>,
) -> Result<Generate, ManifestError> {
    generate.validate().map_err(|message| error(field, message))?;
    generate.located(|file| path(field, file))
}

/// Validates a check. Also returns its function, if it is one.
///
/// # Errors
/// As [`read_input`].
pub fn read_check(
    toml: CheckToml,
    field: &str,
    error: &MakeError<'_>,
    path: &FindPath<'_>,
) -> Result<(Check, Option<Function>), ManifestError> {
    Ok(match toml {
        CheckToml::Exact => (Check::Exact, None),
        CheckToml::Tolerance(by) => (Check::Tolerance(by), None),
        CheckToml::PsnrDb(db) => (Check::PsnrDb(db), None),
        CheckToml::Module(text) => {
            let mut function =
                Function::parse(&text).map_err(|message| error(field, format!("`module`: {message}")))?;
            function.file = path(field, &function.file.to_string_lossy())?;
            (Check::Module(text), Some(function))
        }
    })
}

/// Validates a contender.
///
/// # Errors
/// As [`read_input`].
pub fn read_contender(
    name: String,
    toml: ContenderToml,
    error: &MakeError<'_>,
    path: &FindPath<'_>,
) -> Result<Contender, ManifestError> {
    let field = |key: &str| format!("contender.{name}.{key}");
    if name.is_empty() || name.len() > 64 {
        return Err(error("contender", "a contender's name has 1 to 64 bytes".to_owned()));
    }
    let is_js = toml.wasm_opt.is_none()
        && toml.features.is_empty()
        && toml.target_features.is_empty()
        && !toml.needs.contains(&Extra::Clang);
    let threads = has_threads(&toml.target_features).then_some(Extra::RustSrc);
    let needs = toml.needs.iter().copied().chain(threads).collect();
    let source = match (toml.module, toml.pkg, toml.source, toml.krate) {
        (Some(module), None, None, None) if is_js => ContenderSource::Module(path(&field("module"), &module)?),
        (None, Some(package), None, None) if is_js => {
            ContenderSource::Package(ModuleTarget::Path { path: path(&field("pkg"), &package)? })
        }
        (None, None, Some(file), None) if is_js => ContenderSource::Foreign(path(&field("source"), &file)?),
        (Some(_), None, None, None) | (None, Some(_), None, None) | (None, None, Some(_), None) => {
            let message = "`features`, `target-features`, `wasm-opt` and the need of `clang` are for a `crate`, which is built here";
            return Err(error(&field("wasm-opt"), message.to_owned()));
        }
        (None, None, None, Some(folder)) => ContenderSource::Crate(WasmBuild {
            folder: path(&field("crate"), &folder)?,
            features: toml.features,
            target_features: toml.target_features,
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
    let check = toml.check.map(|check| read_check(check, &field("check"), error, path)).transpose()?;
    let (check, same) = check.map_or((None, None), |(check, same)| (Some(check), same));
    let label = read_label(toml.label).map_err(|message| error(&field("label"), message))?;
    if let Some(link) = toml.link.as_deref().filter(|link| !is_link(link)) {
        let message = format!("`{link}` is not the address of a page; give one that begins with https://");
        return Err(error(&field("link"), message));
    }
    if !toml.packages.is_empty() && matches!(source, ContenderSource::Crate(_) | ContenderSource::Foreign(_)) {
        let message = "is for npm packages that a `module` or `pkg` is made of; help: leave it out";
        return Err(error(&field("packages"), message.to_owned()));
    }
    let packages = read_packages(toml.packages, source.path()).map_err(|message| error(&field("packages"), message))?;
    Ok(Contender {
        name,
        label,
        link: toml.link,
        packages,
        kind: toml.kind.into(),
        track: toml.track,
        check,
        same,
        export,
        in_place: toml.in_place,
        source,
        needs,
        variant: None,
        tree: None,
    })
}

/// Validates a scenario.
///
/// # Errors
/// As [`read_input`].
pub fn read_scenario(name: String, toml: &ScenarioToml, error: &MakeError<'_>) -> Result<Scenario, ManifestError> {
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
    Ok(Scenario { name, calls, hidden_startup, megabits_per_s: bandwidth, margin: None })
}

/// Checks that no two names are the same.
///
/// # Errors
/// The first name that is used twice.
pub fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(name.to_owned());
        }
    }
    Ok(())
}
