//! A mix of visitors, each part with another browser: what a scenario costs on average with one and the same option in all
//! of them. Pure.

use super::effort::Effort;
use super::grounds::Grounds;
use super::{DecisionBasis, TotalDifference};
use crate::run::Scenario;

/// Visitors with one browser.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// What was measured in it.
    pub basis: &'a DecisionBasis,
    /// Their share of all visitors, 0 to 1.
    pub share: f64,
    /// Where each option of the mix is in the basis.
    places: Vec<usize>,
}

/// All visitors.
#[derive(Debug, Clone)]
pub struct Mix<'a> {
    /// Those with each browser.
    pub parts: Vec<Part<'a>>,
}

impl<'a> Mix<'a> {
    /// The options that can be shipped to all, in the order of the first basis: those that every basis has. Shares may be in
    /// any unit; those that are not positive are left out. `None` if none is left.
    #[must_use]
    pub fn of(bases: impl IntoIterator<Item = (&'a DecisionBasis, f64)>) -> Option<Self> {
        let bases: Vec<_> = bases.into_iter().filter(|(_, share)| share.is_finite() && *share > 0.0).collect();
        let all: f64 = bases.iter().map(|(_, share)| share).sum();
        let (first, _) = bases.first().filter(|_| all.is_finite())?;
        let places =
            |contender: &str| -> Option<Vec<usize>> { bases.iter().map(|(basis, _)| basis.index(contender)).collect() };
        let options: Vec<Vec<usize>> = first.options.iter().filter_map(|option| places(&option.contender)).collect();
        let part = |(at, (basis, share)): (usize, &(&'a DecisionBasis, f64))| Part {
            basis,
            share: share / all,
            places: options.iter().map(|option| option[at]).collect(),
        };
        Some(Self { parts: bases.iter().enumerate().map(part).collect() })
    }

    /// The contender of an option.
    #[must_use]
    pub fn contender(&self, option: usize) -> &str {
        let Part { basis, places, .. } = &self.parts[0];
        &basis.options[places[option]].contender
    }
}

impl Part<'_> {
    /// How much more the scenario costs these visitors with `to` than with `from`.
    #[must_use]
    pub fn difference(&self, from: usize, to: usize, scenario: &Scenario) -> Option<TotalDifference> {
        self.basis.difference(self.places[from], self.places[to], scenario)
    }
}

impl Grounds for Mix<'_> {
    fn efforts(&self) -> Vec<Effort> {
        let Part { basis, places, .. } = &self.parts[0];
        places.iter().map(|place| basis.options[*place].effort).collect()
    }

    /// The average over visitors.
    fn total(&self, option: usize, scenario: &Scenario) -> Option<f64> {
        let of = |part: &Part<'_>| Some(part.share * part.basis.total(part.places[option], scenario)?);
        self.parts.iter().map(of).sum()
    }

    /// The average over visitors, and the average of the intervals' ends.
    ///
    /// Blocks of two browsers are not pairs, but neither are they independent: they share the machine and its slow minutes. The
    /// standard error of a sum is at most the sum of the standard errors, whatever the dependence (Minkowski's inequality),
    /// so this interval is wide enough in any case; with independent blocks it is wider than needed.
    fn difference(&self, from: usize, to: usize, scenario: &Scenario) -> Option<TotalDifference> {
        let zero = TotalDifference { ns: 0.0, ci: [0.0; 2] };
        self.parts.iter().try_fold(zero, |sum, part| {
            let TotalDifference { ns, ci: [low, high] } = part.difference(from, to, scenario)?;
            let add = |to: f64, ns: f64| to + part.share * ns;
            Some(TotalDifference { ns: add(sum.ns, ns), ci: [add(sum.ci[0], low), add(sum.ci[1], high)] })
        })
    }

    /// A doubt in one browser is one about the average.
    fn is_doubtful(&self, from: usize, to: usize) -> Option<bool> {
        let of = |part: &Part<'_>| part.basis.is_doubtful(part.places[from], part.places[to]);
        let doubts: Vec<bool> = self.parts.iter().map(of).collect::<Option<_>>()?;
        Some(doubts.contains(&true))
    }

    fn never_pays(&self, from: usize, to: usize, scenario: &Scenario) -> bool {
        self.parts.iter().all(|part| part.basis.never_pays(part.places[from], part.places[to], scenario))
    }
}
