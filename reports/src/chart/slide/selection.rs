//! Which slides are made, and in which order their rows are.

use std::str::FromStr;

use super::SlideKind;
use crate::history::SeriesTrend;
use crate::report::Report;
use crate::run::Stratum;

/// Which slides are made, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// How many slides.
    pub extent: Extent,
    /// Which slides.
    pub only: Only,
    /// Order of the rows.
    pub order: Order,
    /// The title in place of the finding; for a single slide only.
    pub title: Option<String>,
}

/// How many of the selected slides are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of them.
    #[default]
    Every,
    /// The two that tell most, and those of a history.
    Telling,
}

/// Order of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// By the figure shown, the best first.
    #[default]
    Ratio,
    /// By name.
    Name,
    /// As in the run.
    Run,
}

impl FromStr for Order {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "ratio" => Ok(Self::Ratio),
            "name" => Ok(Self::Name),
            "run" => Ok(Self::Run),
            _ => Err("write ratio, name or run".to_owned()),
        }
    }
}

impl Order {
    /// Puts rows in this order.
    pub(in crate::chart) fn sort<T>(
        self,
        rows: &mut [T],
        name: impl Fn(&T) -> String,
        value: impl Fn(&T) -> Option<f64>,
    ) {
        match self {
            Self::Run => {}
            Self::Name => rows.sort_by_key(name),
            Self::Ratio => {
                let value = |row: &T| value(row).unwrap_or(f64::INFINITY);
                rows.sort_by(|a, b| value(a).total_cmp(&value(b)));
            }
        }
    }
}

/// Kinds, kernels and strata; an empty list selects all of its sort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Only {
    kinds: Vec<SlideKind>,
    kernels: Vec<String>,
    /// By id.
    strata: Vec<String>,
    /// Those of the strata.
    runtimes: Vec<String>,
}

/// A name that is none of what slides are selected by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no kind of slide, kernel, domain or runtime `{}`", name.escape_debug())]
pub struct UnknownName {
    /// The name.
    pub name: String,
    /// Those that there are.
    pub known: Vec<String>,
}

/// The names that slides are selected by.
fn known(report: &Report) -> Vec<String> {
    let kinds = SlideKind::ALL.map(SlideKind::name).into_iter();
    let strata = report.run.strata.iter().map(|stratum| report.label(&stratum.id));
    let domains = report.kernels.iter().map(|kernel| kernel.domain.as_str());
    let kernels = report.kernels.iter().map(|kernel| kernel.name.as_str());
    let mut known: Vec<String> = Vec::new();
    for name in kinds.chain(strata).chain(domains).chain(kernels) {
        if !known.iter().any(|other| other == name) {
            known.push(name.to_owned());
        }
    }
    known
}

impl Only {
    /// Resolves names: kinds of slides, and the kernels, domains and runtimes of a run. A stratum is named by its
    /// label, its id or its runtime.
    ///
    /// # Errors
    /// When a name is none of these.
    pub fn named(names: &[String], report: &Report) -> Result<Self, UnknownName> {
        let mut only = Self::default();
        for name in names {
            let kernels = report.kernels.iter().filter(|kernel| kernel.name == *name || kernel.domain == *name);
            let kernels: Vec<String> = kernels.map(|kernel| kernel.name.clone()).collect();
            let is_meant = |stratum: &&Stratum| {
                [&stratum.id, &stratum.runtime.id, report.label(&stratum.id)].contains(&name.as_str())
            };
            let strata: Vec<&Stratum> = report.run.strata.iter().filter(is_meant).collect();
            if let Ok(kind) = name.parse::<SlideKind>() {
                only.kinds.push(kind);
            } else if !strata.is_empty() {
                only.strata.extend(strata.iter().map(|stratum| stratum.id.clone()));
                only.runtimes.extend(strata.iter().map(|stratum| stratum.runtime.id.clone()));
            } else if !kernels.is_empty() {
                only.kernels.extend(kernels);
            } else {
                return Err(UnknownName { name: name.clone(), known: known(report) });
            }
        }
        Ok(only)
    }

    pub(super) fn has_kind(&self, kind: SlideKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Whether slides of a kind are asked for by its name.
    pub(super) fn names_kind(&self, kind: SlideKind) -> bool {
        self.kinds.contains(&kind)
    }

    pub(super) fn has(&self, kernel: &str, stratum: &str) -> bool {
        let is_among = |names: &[String], name: &str| names.is_empty() || names.iter().any(|one| one == name);
        is_among(&self.kernels, kernel) && is_among(&self.strata, stratum)
    }

    /// Sizes belong to no runtime and are kept.
    pub(super) fn has_series(&self, series: &SeriesTrend) -> bool {
        let key = &series.key;
        let is_of = |runtime: &String| self.runtimes.is_empty() || self.runtimes.contains(runtime);
        (self.kernels.is_empty() || self.kernels.contains(&key.kernel)) && key.runtime.as_ref().is_none_or(is_of)
    }
}
