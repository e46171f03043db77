//! The files as they are written: `crossover.toml` and `kernel.toml`, before validation.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crossover_reports::gate::Cost;
use crossover_reports::regular;
use crossover_reports::run::{InputKind, Kind, Purpose, Track};
use indexmap::IndexMap;
use serde::de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};

use super::extra::Extra;
use super::generate::Generate;
use super::unprintable::first_unprintable;

/// The largest manifest that is read, bytes.
const LIMIT: u64 = 1 << 20;

/// `crossover.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SuiteToml {
    /// Patterns of folders that hold a `kernel.toml`.
    pub kernels: Vec<String>,
    #[serde(default)]
    pub defaults: DefaultsToml,
    #[serde(default)]
    pub compare: CompareToml,
}

/// `[compare]`: limits in percent by cost, and exceptions from them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CompareToml {
    #[serde(default)]
    pub limit: BTreeMap<Cost, f64>,
    #[serde(default)]
    pub kernel: BTreeMap<String, BTreeMap<Cost, f64>>,
    #[serde(default)]
    pub exception: Vec<ExceptionToml>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ExceptionToml {
    pub kernel: String,
    pub contender: Option<String>,
    pub cost: Option<Cost>,
    pub until: toml::value::Datetime,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct DefaultsToml {
    pub cargo_profile: String,
    pub preset: Option<String>,
    /// Names and domains.
    pub kernels: Vec<String>,
    #[serde(default, alias = "browser")]
    pub runtime: Vec<String>,
    /// Percent of visitors, by id of a stratum.
    pub share: BTreeMap<String, f64>,
}

impl Default for DefaultsToml {
    fn default() -> Self {
        Self {
            cargo_profile: "release".to_owned(),
            preset: None,
            kernels: Vec::new(),
            runtime: Vec::new(),
            share: BTreeMap::new(),
        }
    }
}

/// `kernel.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KernelToml {
    pub title: Option<String>,
    pub summary: String,
    #[serde(default)]
    pub caveats: Vec<String>,
    pub domain: String,
    #[serde(default)]
    pub purpose: Purpose,
    #[serde(default = "js")]
    pub baseline: String,
    #[serde(default)]
    pub check: CheckToml,
    pub input: Vec<InputToml>,
    #[serde(default)]
    pub asset: BTreeMap<String, AssetToml>,
    pub contender: IndexMap<String, ContenderToml>,
    #[serde(default)]
    pub scenario: IndexMap<String, ScenarioToml>,
}

/// How answers are compared.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckToml {
    #[default]
    Exact,
    Tolerance(f64),
    PsnrDb(f64),
    /// The user's function, as `FILE#EXPORT`.
    Module(String),
}

/// A file of the suite, or a generated one.
#[derive(Debug)]
pub enum AssetToml {
    File(String),
    Generated(Generate),
}

impl<'de> Deserialize<'de> for AssetToml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AssetVisitor)
    }
}

struct AssetVisitor;

impl<'de> Visitor<'de> for AssetVisitor {
    type Value = AssetToml;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the path of a file, or { generate = ... }")
    }

    fn visit_str<E>(self, file: &str) -> Result<AssetToml, E> {
        Ok(AssetToml::File(file.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AssetToml, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Generated {
            generate: Generate,
        }
        Generated::deserialize(MapAccessDeserializer::new(map)).map(|asset| AssetToml::Generated(asset.generate))
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScenarioToml {
    pub calls: u64,
    #[serde(default)]
    pub hidden_startup: bool,
    /// Mbit/s.
    pub bandwidth: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InputToml {
    pub name: String,
    pub label: Option<String>,
    #[serde(rename = "as")]
    pub kind: InputKind,
    pub file: Option<String>,
    pub generate: Option<Generate>,
    #[serde(default)]
    pub headline: bool,
    pub payload: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ContenderToml {
    pub label: Option<String>,
    pub link: Option<String>,
    #[serde(default)]
    pub packages: Vec<String>,
    pub kind: KindToml,
    #[serde(default)]
    pub track: Track,
    pub module: Option<String>,
    pub pkg: Option<String>,
    pub source: Option<String>,
    #[serde(rename = "crate")]
    pub krate: Option<String>,
    #[serde(default)]
    pub features: Vec<String>,
    #[serde(default)]
    pub target_features: Vec<String>,
    #[serde(default)]
    pub needs: Vec<Extra>,
    pub wasm_opt: Option<String>,
    pub check: Option<CheckToml>,
    pub export: Option<String>,
    #[serde(default)]
    pub in_place: bool,
}

/// The kinds of contenders that a manifest may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindToml {
    Js,
    Wasm,
    Platform,
}

impl From<KindToml> for Kind {
    fn from(kind: KindToml) -> Self {
        match kind {
            KindToml::Js => Self::Js,
            KindToml::Wasm => Self::Wasm,
            KindToml::Platform => Self::Platform,
        }
    }
}

fn js() -> String {
    "js".to_owned()
}

/// What is wrong with a manifest: the file, the line if known, the field, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestError {
    file: Option<PathBuf>,
    message: String,
}

impl std::error::Error for ManifestError {}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "{}: {}", file.display(), self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl ManifestError {
    /// There is no `crossover.toml` in this folder or above it.
    #[must_use]
    pub fn no_suite() -> Self {
        let message = format!(
            "no {} here or in any folder above; help: create one with `crossover init`, name one with --suite FILE, or run \
             `crossover port`, which needs none",
            super::FILE
        );
        Self { file: None, message }
    }

    /// The file cannot be read.
    #[must_use]
    pub fn unreadable(file: &Path, error: &std::io::Error) -> Self {
        Self { file: Some(file.to_owned()), message: format!("cannot be read: {error}") }
    }

    /// A field is invalid. The line is that of the field's last part, if it is found in the file.
    #[must_use]
    pub fn of(file: &Path, field: &str, message: String) -> Self {
        Self { file: Some(file.to_owned()), message: format!("{}: {message}", place(file, field)) }
    }
}

/// A manifest's file, and the line and name of a field, for messages.
#[must_use]
pub fn field_of(file: &Path, field: &str) -> String {
    format!("{}: {}", file.display(), place(file, field))
}

fn place(file: &Path, field: &str) -> String {
    let line = regular::read_text(file, LIMIT).ok().and_then(|text| line_of(&text, field));
    let line = line.map_or_else(String::new, |line| format!("line {line}, "));
    format!("{line}field `{field}`")
}

/// Reads and parses one TOML file.
///
/// # Errors
/// When it cannot be read or parsed, or has a control character. The message names line and field.
pub fn read<T: DeserializeOwned>(file: &Path) -> Result<T, ManifestError> {
    let text = regular::read_text(file, LIMIT).map_err(|error| ManifestError::unreadable(file, &error))?;
    let at_line = |at: Option<usize>| at.map_or(1, |at| text[..at].matches('\n').count() + 1);
    let wrong = |error: toml::de::Error| {
        let line = at_line(error.span().map(|span| span.start));
        let excerpt = text.lines().nth(line - 1).unwrap_or_default().trim();
        let message = format!("line {line}: {}\n  {line} | {excerpt}", error.message());
        ManifestError { file: Some(file.to_owned()), message }
    };
    if let Some(unprintable) = first_unprintable(toml::de::DeTable::parse(&text).map_err(wrong)?.get_ref()) {
        let message = format!(
            "line {}, field `{}`: \"{}\" has a control character; help: write it without",
            at_line(Some(unprintable.at)),
            unprintable.field,
            unprintable.text
        );
        return Err(ManifestError { file: Some(file.to_owned()), message });
    }
    toml::from_str(&text).map_err(wrong)
}

/// The line of `field`, from 1. For `contender.wasm.crate`, the table's header is found first, then the key below it.
fn line_of(text: &str, field: &str) -> Option<usize> {
    let (table, key) = field.rsplit_once('.').map_or((None, field), |(table, key)| (Some(table), key));
    let lines = || text.lines().map(str::trim).enumerate();
    let header = match table {
        Some(table) => lines().find(|(_, line)| line.trim_matches(['[', ']']) == table)?.0,
        None => 0,
    };
    let is_key = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    let found = lines().skip(header).find(|(_, line)| is_key(line)).map(|(at, _)| at);
    Some(found.or(table.map(|_| header))? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_a_file_or_is_generated() {
        let read = |text: &str| toml::from_str::<BTreeMap<String, AssetToml>>(text);
        assert!(matches!(&read("w = 'w.bin'").unwrap()["w"], AssetToml::File(file) if file == "w.bin"));
        let generated = read("w = { generate = { random = { seed = 1, bytes = 3 } } }").unwrap();
        assert!(matches!(&generated["w"], AssetToml::Generated(generate) if generate.validate().is_ok()));
        let error = read("w = 3").unwrap_err().to_string();
        assert!(
            error.contains("invalid type: integer `3`, expected the path of a file, or { generate = ... }"),
            "{error}"
        );
        let error = read("w = { file = 'w.bin' }").unwrap_err().to_string();
        assert!(error.contains("unknown field `file`, expected `generate`"), "{error}");
    }

    #[test]
    fn the_line_of_a_field_is_found() {
        let text = "summary = \"x\"\nbaseline = \"js\"\n[contender.wasm]\nkind = \"wasm\"\ncrate = \".\"\n";
        assert_eq!(line_of(text, "baseline"), Some(2));
        assert_eq!(line_of(text, "contender.wasm.crate"), Some(5));
        assert_eq!(line_of(text, "contender.wasm.module"), Some(3));
        assert_eq!(line_of(text, "contender.other.module"), None);
    }
}
