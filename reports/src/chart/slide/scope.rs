//! What slides are made of: the selected jobs of a report, and the history beside it.

use super::selection::{Only, Order, Selection};
use crate::history::{SeriesTrend, Trend};
use crate::report::{Decision, Headline, JobDecision, Outcome, Report};

/// What slides are made of.
pub struct Scope<'a> {
    pub report: &'a Report,
    /// Those that are selected.
    pub headlines: Vec<Headline<'a>>,
    pub order: Order,
    only: &'a Only,
    trend: Option<&'a Trend>,
}

/// Some of many headlines.
pub struct Page<'a> {
    /// What distinguishes its slide from that of the first page.
    pub of: String,
    /// The beginning of a subject: `1 to 14 of 40: `; empty if it has all of them.
    pub which: String,
    pub headlines: Vec<Headline<'a>>,
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

    /// Whether the headlines are in more than one stratum.
    pub fn has_several_strata(&self) -> bool {
        self.strata().len() > 1
    }

    /// Whether a history was given.
    pub fn has_history(&self) -> bool {
        self.trend.is_some()
    }

    /// Whether there is more than one job.
    pub fn has_several_jobs(&self) -> bool {
        self.headlines.iter().any(|headline| headline.kernel.name != self.headlines[0].kernel.name)
    }

    /// All headlines of a stratum, or of all strata, in pages of so many at most. No result decides which ones are on a page:
    /// they are in the order of the run, or by name.
    pub fn pages(&self, stratum: Option<&str>, most: usize) -> Vec<Page<'a>> {
        let mut all = self.headlines.clone();
        all.retain(|headline| stratum.is_none_or(|id| headline.stratum.id == id));
        if self.order == Order::Name {
            all.sort_by(|a, b| a.kernel.shown().cmp(b.kernel.shown()));
        }
        let size = all.len().div_ceil(all.len().div_ceil(most).max(1)).max(1);
        let page = |(at, headlines): (usize, &[Headline<'a>])| Page {
            of: if at > 0 { (at + 1).to_string() } else { String::new() },
            which: match headlines.len() == all.len() {
                true => String::new(),
                false => format!("{} to {} of {}: ", at * size + 1, at * size + headlines.len(), all.len()),
            },
            headlines: headlines.to_vec(),
        };
        all.chunks(size).enumerate().map(page).collect()
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

/// The decision on a job that was measured.
pub fn decided<'a>(headline: &Headline<'a>) -> Option<&'a JobDecision> {
    headline.decision.filter(|_| headline.is_measured())
}

/// The mark of a decision: something beats what is there, does not, or that is not known.
pub fn outcome(headline: &Headline<'_>) -> Outcome {
    match decided(headline).map(|one| one.decision) {
        Some(Decision::KeepJs | Decision::NotWorthATry) => Outcome::Slower,
        Some(Decision::NoDifference) => Outcome::Same,
        Some(Decision::CannotTell) | None => Outcome::Unsure,
        Some(_) => Outcome::Faster,
    }
}
