//! The one-line summary of a kernel, the same in every format.

use super::headroom::{self, Headroom};
use super::{BoundaryModel, CellReport, Comparison, Decision, JobDecision, KernelInfo, Outcome, Report};
use crate::metric::Metric;
use crate::run::{Input, Kind, Stratum, Track};

/// A kernel's answer in one stratum: its best candidate on its headline input.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline<'a> {
    /// The kernel.
    pub kernel: &'a KernelInfo,
    /// The stratum.
    pub stratum: &'a Stratum,
    /// Its label.
    pub label: &'a str,
    /// What sentences call it.
    pub name: &'a str,
    /// The quoted input; absent when the run had none for this kernel.
    pub input: Option<&'a Input>,
    /// The candidate that the decision is about. Without one it is the best that is not JavaScript, or the best JavaScript
    /// one if there is no other. If none was measured, the first planned one. Native code is a ceiling and not a
    /// candidate.
    pub candidate: Option<&'a CellReport>,
    /// What to do about the job, in the scenario that summaries quote; absent if nothing could be chosen.
    pub decision: Option<&'a JobDecision>,
    /// The most that a port could save, on each input; empty unless Wasm is not written yet.
    pub headrooms: Vec<&'a Headroom>,
    /// The candidate's time per call against the baseline, then against the best other JavaScript contender. Each is of
    /// one track and they are never combined.
    pub factors: Vec<Factor<'a>>,
    /// The candidate's cold start against the baseline's.
    pub cold_start: Option<&'a Comparison>,
    /// The candidate's size against the baseline's.
    pub size: Option<&'a Comparison>,
}

/// A comparison with one other contender, and that contender's track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factor<'a> {
    /// The comparison.
    pub comparison: &'a Comparison,
    /// Track of the contender that the candidate is compared with.
    pub track: Track,
}

impl Factor<'_> {
    /// The contender that the candidate is compared with, and its track: `js-tuned (controlled)`.
    #[must_use]
    pub fn against(&self) -> String {
        format!("{} ({})", self.comparison.baseline, self.track.name())
    }
}

impl<'a> Headline<'a> {
    /// One per kernel and stratum, in the order of the run, without kernels that only model the cost of crossing and
    /// those with a build matrix.
    #[must_use]
    pub fn all(report: &'a Report) -> Vec<Self> {
        let strata = &report.run.strata;
        let of = |kernel: &'a KernelInfo| {
            // A kernel whose inputs were all planned for other strata has no headline here.
            let is_planned = |stratum: &Stratum| kernel.headline_in(stratum).is_some() || kernel.inputs.is_empty();
            let strata = strata.iter().filter(move |stratum| is_planned(stratum));
            let strata = strata.filter(move |stratum| is_contest(report, kernel, &stratum.id));
            strata.map(move |stratum| Self::of(report, kernel, stratum))
        };
        report.kernels.iter().flat_map(of).collect()
    }

    fn of(report: &'a Report, kernel: &'a KernelInfo, stratum: &'a Stratum) -> Self {
        let input = kernel.headline_in(stratum);
        let name = input.map_or("", |input| input.name.as_str());
        let cells: Vec<&CellReport> = report.cells_of(&kernel.name, name, &stratum.id).collect();
        let decision = report.decision_on(&kernel.name, name, &stratum.id);
        let decided = decision.and_then(|decision| decided_on(kernel, decision));
        let decided = decided.and_then(|name| cells.iter().copied().find(|cell| cell.contender == name));
        let candidate = decided.or_else(|| best_candidate(report, kernel, &cells));
        let against = |contender: &'a str, metric| report.comparison(candidate?, contender, metric);
        let factors = [cells.iter().copied().find(|cell| cell.contender == kernel.baseline), best_js(kernel, &cells)]
            .into_iter()
            .flatten()
            .filter_map(|cell| {
                let comparison = against(&cell.contender, Metric::CALL)?;
                Some(Factor { comparison, track: cell.track })
            })
            .collect();
        Self {
            kernel,
            stratum,
            label: report.label(&stratum.id),
            name: report.name(&stratum.id),
            input,
            candidate,
            decision,
            headrooms: report.headrooms_on(&kernel.name, &stratum.id).collect(),
            factors,
            cold_start: against(&kernel.baseline, Metric::COLD_START),
            size: against(&kernel.baseline, Metric::SIZE),
        }
    }

    /// The input that the answer is about; their number if there are several.
    #[must_use]
    pub fn on(&self) -> Option<String> {
        match self.headrooms.len() {
            0 | 1 => self.input.map(|input| input.shown().to_owned()),
            inputs => Some(format!("{inputs} inputs")),
        }
    }

    /// Whether the candidate stands in for a port that is not written yet.
    #[must_use]
    pub fn is_stand_in(&self) -> bool {
        self.candidate.is_some_and(|cell| cell.kind == Kind::StandIn)
    }

    /// The outcome against the fastest of the contenders that the candidate is compared with, because a team that can
    /// port can also tune.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let any = |outcome| self.factors.iter().any(|factor| factor.comparison.outcome == outcome);
        match () {
            () if self.factors.is_empty() => Outcome::Unsure,
            () if any(Outcome::Slower) => Outcome::Slower,
            () if any(Outcome::Unsure) => Outcome::Unsure,
            () if any(Outcome::Same) => Outcome::Same,
            () => Outcome::Faster,
        }
    }

    /// The decision, which all inputs share as far as they were measured; `None` if it depends on the input.
    #[must_use]
    pub fn shared_decision(&self) -> Option<Decision> {
        let measured: Vec<&Headroom> = self.headrooms.iter().copied().filter(|one| one.is_measured()).collect();
        match &measured[..] {
            [] => Some(self.decision.map_or(Decision::CannotTell, |one| one.decision)),
            [first, others @ ..] => {
                others.iter().all(|other| other.decision == first.decision).then_some(first.decision)
            }
        }
    }

    /// The decision in a few words: `Port it`, `not measured`.
    #[must_use]
    pub fn finding(&self) -> &'static str {
        match self.decision {
            Some(_) if self.is_measured() => self.shared_decision().map_or("Depends on input", Decision::words),
            _ => "not measured",
        }
    }

    /// Whether the candidate has samples; on any input, where Wasm is not written yet.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        match self.headrooms.is_empty() {
            true => self.candidate.is_some_and(|cell| cell.call_ns.is_some()),
            false => self.headrooms.iter().any(|headroom| headroom.is_measured()),
        }
    }

    /// The answer as one sentence, with its reason.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Some(candidate) = self.candidate else { return "There is no option to compare.".to_owned() };
        let option = self.kernel.option(&candidate.contender);
        match self.decision {
            _ if !self.is_measured() => {
                format!("{option} was not measured: {}.", candidate.failure.as_deref().unwrap_or("no samples"))
            }
            Some(decision) if self.headrooms.len() > 1 => {
                headroom::title(self.kernel, &self.headrooms, decision.scenario.calls)
            }
            Some(decision) => decision.reason.clone(),
            None => format!("There is nothing to compare {option} with."),
        }
    }
}

/// The contender of a decision that is not what is there already.
fn decided_on<'a>(kernel: &KernelInfo, decision: &'a JobDecision) -> Option<&'a str> {
    let both = [&decision.option, &decision.alternative];
    both.into_iter().flatten().map(String::as_str).find(|name| *name != kernel.baseline)
}

/// Whether there can be a winner: not in a kernel that only crosses, once there are models of its cost, nor if all
/// contenders are builds of one.
fn is_contest(report: &Report, kernel: &KernelInfo, stratum: &str) -> bool {
    let is_of = |model: &BoundaryModel| model.kernel == kernel.name && model.stratum == stratum;
    let is_modelled = !kernel.purpose.is_choice() && report.boundary_models.iter().any(is_of);
    !is_modelled && !report.is_build_matrix(&kernel.name)
}

fn ratio(comparison: &Comparison) -> f64 {
    comparison.ratio.unwrap_or(f64::INFINITY)
}

fn best_candidate<'a>(report: &Report, kernel: &KernelInfo, cells: &[&'a CellReport]) -> Option<&'a CellReport> {
    let candidates =
        || cells.iter().copied().filter(|cell| cell.contender != kernel.baseline && cell.kind != Kind::Native);
    // Stand-ins differ in their size alone; the first one stands for all.
    let stand_in = candidates().find(|cell| cell.kind == Kind::StandIn).map(|cell| &cell.contender);
    let speaks = |cell: &&CellReport| cell.kind != Kind::StandIn || Some(&cell.contender) == stand_in;
    let ported: Vec<&CellReport> = candidates().filter(|cell| cell.kind != Kind::Js).filter(speaks).collect();
    let pool = if ported.is_empty() { candidates().collect() } else { ported };
    let rank = |cell: &CellReport| {
        let against_baseline = report.comparison(cell, &kernel.baseline, Metric::CALL).map_or(f64::INFINITY, ratio);
        // Without a baseline to pair with, the best candidate is that with the shortest time per call.
        (against_baseline, cell.call_ns.map_or(f64::INFINITY, |call| call.median))
    };
    pool.into_iter().min_by(|a, b| {
        let (a, b) = (rank(a), rank(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    })
}

/// The fastest JavaScript contender that is not the baseline.
fn best_js<'a>(kernel: &KernelInfo, cells: &[&'a CellReport]) -> Option<&'a CellReport> {
    cells
        .iter()
        .copied()
        .filter(|cell| cell.kind == Kind::Js && cell.contender != kernel.baseline)
        .filter_map(|cell| Some((cell, cell.call_ns?.median)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(cell, _)| cell)
}
