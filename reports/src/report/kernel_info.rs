//! A kernel of the run with its inputs and contenders, and the names that people read.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::run::{self, Check, Contender, Input, Kind, Package, Purpose, Stratum, Track, is_link};

/// A kernel of the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KernelInfo {
    /// Name.
    pub name: String,
    /// What people read instead of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// One line for people.
    pub summary: String,
    /// Sentences that say where the figures can mislead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<String>,
    /// Domain.
    pub domain: String,
    /// Purpose of its measurement.
    #[serde(default, skip_serializing_if = "Purpose::is_choice")]
    pub purpose: Purpose,
    /// The contender that others are compared with.
    pub baseline: String,
    /// How answers are compared.
    pub check: Check,
    /// How the answers of contenders with their own check are compared, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own_checks: BTreeMap<String, Check>,
    /// Inputs of this run.
    pub inputs: Vec<Input>,
    /// Contenders of this run.
    #[serde(default)]
    pub contenders: Vec<ContenderInfo>,
    /// The user's function that a port would replace, as `crossover new --from` takes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

impl KernelInfo {
    pub(super) fn of(kernel: &run::Kernel) -> Self {
        let kernel = kernel.clone();
        Self {
            name: kernel.name,
            title: kernel.title,
            summary: kernel.summary,
            caveats: kernel.caveats,
            domain: kernel.domain,
            purpose: kernel.purpose,
            baseline: kernel.baseline,
            check: kernel.check,
            own_checks: kernel.own_checks,
            inputs: kernel.inputs,
            contenders: kernel.contenders.into_iter().map(ContenderInfo::of).collect(),
            from: kernel.from,
        }
    }

    /// What people read: the title, else the name.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }

    /// What people read for a contender: its label, else its packages, else its name. Where two contenders would read
    /// alike, the name follows in brackets.
    #[must_use]
    pub fn option(&self, contender: &str) -> String {
        let Some(info) = self.contenders.iter().find(|info| info.name == contender) else {
            return contender.to_owned();
        };
        let shown = info.shown();
        let is_alike = |other: &ContenderInfo| other.name != info.name && other.shown() == shown;
        if self.contenders.iter().any(is_alike) { format!("{shown} ({contender})") } else { shown }
    }

    /// The same with the track behind a bare name, which does not say what it is: `js (ecosystem)`.
    #[must_use]
    pub fn option_with_track(&self, contender: &str) -> String {
        match self.contenders.iter().find(|info| info.name == contender) {
            Some(info) if info.label.is_none() && info.packages.is_empty() => {
                format!("{contender} ({})", info.track.name())
            }
            _ => self.option(contender),
        }
    }

    /// What people read for an input.
    #[must_use]
    pub fn input<'a>(&'a self, name: &'a str) -> &'a str {
        self.inputs.iter().find(|input| input.name == name).map_or(name, Input::shown)
    }

    /// The input that summaries quote, of those planned for a stratum: the first one that the manifest marks, else the
    /// first.
    #[must_use]
    pub fn headline_in(&self, stratum: &Stratum) -> Option<&Input> {
        stratum.headline(&self.name, &self.inputs)
    }
}

/// A contender of a kernel, by the names that people know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ContenderInfo {
    /// Name.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Its track.
    pub track: Track,
    /// What people read instead of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A page about it, https only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The npm packages that it is made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<Package>,
}

impl ContenderInfo {
    fn of(contender: Contender) -> Self {
        let Contender { name, kind, track, label, link, packages, .. } = contender;
        Self { name, kind, track, label, link: link.filter(|link| is_link(link)), packages }
    }

    /// What people read: the label, else the packages, else the name.
    #[must_use]
    pub fn shown(&self) -> String {
        let packages = || self.packages.iter().map(Package::to_string).collect::<Vec<_>>().join(" + ");
        match &self.label {
            Some(label) => label.clone(),
            None if self.packages.is_empty() => self.name.clone(),
            None => packages(),
        }
    }
}
