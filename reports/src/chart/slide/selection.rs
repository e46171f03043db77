//! Which slides are made, and in which order their rows are.

use std::str::FromStr;

use super::SlideKind;
use crate::history::{SeriesTrend, Trend};
use crate::report::{Headline, Report};
use crate::run::Stratum;

/// Which slides are made, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Which slides.
    pub only: Only,
    /// Order of the rows.
    pub order: Order,
    /// The title in place of the finding; for a single slide only.
    pub title: Option<String>,
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
    #[must_use]
    pub fn names_kind(&self, kind: SlideKind) -> bool {
        self.kinds.contains(&kind)
    }

    fn has(&self, kernel: &str, stratum: &str) -> bool {
        let is_among = |names: &[String], name: &str| names.is_empty() || names.iter().any(|one| one == name);
        is_among(&self.kernels, kernel) && is_among(&self.strata, stratum)
    }
}

/// What slides are made of.
pub struct Scope<'a> {
    pub report: &'a Report,
    /// Those that are selected.
    pub headlines: Vec<Headline<'a>>,
    pub order: Order,
    only: &'a Only,
    trend: Option<&'a Trend>,
}

impl<'a> Scope<'a> {
    pub fn of(report: &'a Report, trend: Option<&'a Trend>, selection: &'a Selection) -> Self {
        let only = &selection.only;
        let mut headlines = report.headlines();
        headlines.retain(|headline| only.has(&headline.kernel.name, &headline.stratum.id));
        Self { report, headlines, order: selection.order, only, trend }
    }

    /// The strata of the headlines by id, each once.
    pub fn strata(&self) -> Vec<&'a str> {
        let mut strata: Vec<&str> = Vec::new();
        for headline in &self.headlines {
            if !strata.contains(&&*headline.stratum.id) {
                strata.push(&headline.stratum.id);
            }
        }
        strata
    }

    /// Selected kernels, in every selected stratum.
    pub fn places(&self) -> Vec<(&'a str, &'a str)> {
        let strata = || self.report.run.strata.iter().map(|stratum| stratum.id.as_str());
        let kernels = self.report.kernels.iter().map(|kernel| kernel.name.as_str());
        let places = kernels.flat_map(|kernel| strata().map(move |stratum| (kernel, stratum)));
        places.filter(|(kernel, stratum)| self.only.has(kernel, stratum)).collect()
    }

    /// The selected series of the history that deserve a chart; `None` without a history.
    pub fn series(&self) -> Option<Vec<&'a SeriesTrend>> {
        let charted = crate::chart::charted(self.trend?).into_iter().map(|(series, _)| series);
        Some(charted.filter(|one| self.only.has_series(one)).collect())
    }
}

impl Only {
    /// Sizes belong to no runtime and are kept.
    fn has_series(&self, series: &SeriesTrend) -> bool {
        let key = &series.key;
        let is_of = |runtime: &String| self.runtimes.is_empty() || self.runtimes.contains(runtime);
        (self.kernels.is_empty() || self.kernels.contains(&key.kernel)) && key.runtime.as_ref().is_none_or(is_of)
    }
}
