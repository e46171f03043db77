//! A job across the strata in which it was measured: whether all need the same, and what fits a mix of visitors. Pure.

mod answer;
mod row;
mod visitors;

pub use row::AcrossRow;
pub use visitors::{Visitors, VisitorsOf, Worst};

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::quoted;
use super::{JobDecision, KernelInfo, Report};
use crate::comparison::swapped;
use crate::run::{Run, Scenario};
use crate::verdict::{Decision, DecisionBasis};

/// A kernel and an input in two strata or more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Across {
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// The scenario that all of them are decided in: the quoted one, and if they quote several the one with the fewest calls.
    pub scenario: Scenario,
    /// The decision in each stratum, in the order of the run.
    pub strata: Vec<InStratum>,
    /// Whether they need the same.
    pub agreement: Agreement,
    /// The answer in one line, without a full stop: `×18.2 Chromium, ×11.0 Firefox: port everywhere (wasm against js)`.
    pub answer: String,
    /// What to ship to a mix of visitors; absent unless their shares were stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitors: Option<Visitors>,
}

/// The decision on a job in one stratum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InStratum {
    /// Id of the stratum.
    pub stratum: String,
    /// The decision.
    pub decision: Decision,
    /// The contender that the factor is about: the one to ship or in doubt; where JavaScript stays, the one that it might give
    /// way to. Absent if nothing was measured.
    pub candidate: Option<String>,
    /// The contender that it is compared with; absent if there is none.
    pub rival: Option<String>,
    /// How many times as fast as the rival's a call of the candidate is; absent where one of them does no work.
    pub speed_up: Option<f64>,
    /// Its interval.
    pub ci: Option<[f64; 2]>,
}

/// Whether the strata of a job need the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// All have the same decision, and every one is certain.
    Agrees,
    /// Two certain decisions oppose each other.
    Flips,
    /// No two oppose each other, but they are not the same either: a stratum sees no difference, or cannot tell.
    Partly,
    /// No stratum can tell.
    Undecided,
}

impl Agreement {
    /// Whether decisions agree. A stratum that cannot tell never counts as one that agrees.
    #[must_use]
    pub fn of(decisions: &[Decision]) -> Self {
        let sure = || decisions.iter().copied().filter(|one| *one != Decision::CannotTell);
        let Some(first) = sure().next() else { return Self::Undecided };
        match () {
            () if decisions.iter().all(|one| *one == first) => Self::Agrees,
            () if sure().any(|one| sure().any(|other| are_opposed(one, other))) => Self::Flips,
            () => Self::Partly,
        }
    }
}

/// Whether two certain decisions ask for different code. No difference is at odds with none.
fn are_opposed(one: Decision, other: Decision) -> bool {
    let keeps = |decision| matches!(decision, Decision::KeepJs | Decision::NotWorthATry);
    let is_neutral = |decision| decision == Decision::NoDifference;
    let are_alike = one == other || keeps(one) && keeps(other);
    !(are_alike || is_neutral(one) || is_neutral(other))
}

/// Every kernel and input that has a basis in two strata or more, in the order of the run.
pub fn all(run: &Run, bases: &[DecisionBasis], decisions: &[JobDecision]) -> Vec<Across> {
    let (names, share) = (run.header.names(), &run.header.share);
    let of = |kernel: &KernelInfo, input: &str| {
        let is_here = |basis: &&DecisionBasis| basis.kernel == kernel.name && basis.input == input;
        let here: Vec<&DecisionBasis> = bases.iter().filter(is_here).collect();
        let quoted = here.iter().filter_map(|basis| quoted([&kernel.name, input, &basis.stratum], decisions));
        let scenario = quoted.map(|one| &one.scenario).min_by_key(|scenario| scenario.calls)?;
        (here.len() > 1).then(|| Across::of(kernel, &here, scenario, &names, share))
    };
    let kernels = run.header.kernels.iter().map(KernelInfo::of);
    kernels
        .flat_map(|kernel| kernel.inputs.iter().filter_map(|input| of(&kernel, &input.name)).collect::<Vec<_>>())
        .collect()
}

impl Across {
    /// A job in the strata of these bases, which have at least two, decided in a scenario; `names` are what sentences call
    /// them, `share` is that of their visitors.
    fn of(
        kernel: &KernelInfo,
        bases: &[&DecisionBasis],
        scenario: &Scenario,
        names: &BTreeMap<String, String>,
        share: &BTreeMap<String, f64>,
    ) -> Self {
        let strata: Vec<InStratum> =
            bases.iter().map(|basis| InStratum::of(JobDecision::of(kernel, basis, scenario.clone()))).collect();
        let agreement = Agreement::of(&strata.iter().map(|one| one.decision).collect::<Vec<_>>());
        Self {
            kernel: kernel.name.clone(),
            input: bases[0].input.clone(),
            answer: answer::line(kernel, names, &strata, agreement),
            visitors: Visitors::of(kernel, bases, scenario, names, share),
            scenario: scenario.clone(),
            strata,
            agreement,
        }
    }
}

impl InStratum {
    fn of(decided: JobDecision) -> Self {
        let JobDecision { stratum, decision, option, alternative, ratio, ci, .. } = decided;
        // Where JavaScript stays, the factor is of what it might give way to.
        let is_kept = matches!(decision, Decision::KeepJs | Decision::NoDifference);
        let (candidate, rival, speed_up, ci) = match is_kept {
            true => (alternative, option, ratio, ci),
            false => (option, alternative, ratio.map(f64::recip), ci.map(swapped)),
        };
        Self { stratum, decision, candidate, rival, speed_up, ci }
    }
}

impl Report {
    /// A job on all of its inputs, across strata.
    pub fn across<'a>(&'a self, kernel: &'a str) -> impl Iterator<Item = &'a Across> {
        self.across.iter().filter(move |across| across.kernel == kernel)
    }
}
