//! The two options of a job that its decision compares, and any two options per call.

use super::{Comparison, Decision, Headline, Report};
use crate::metric::Metric;

/// Two options of a job by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contest<'a> {
    /// The one that is compared.
    pub option: &'a str,
    /// The one that it is compared with.
    pub other: &'a str,
}

impl<'a> Headline<'a> {
    /// The option that the decision is about and the best that could be shipped instead. Where JavaScript stays, that is
    /// what it might give way to, against the JavaScript. Without a decision: the candidate against the baseline.
    #[must_use]
    pub fn contest(&self) -> Option<Contest<'a>> {
        let decided =
            self.decision.and_then(|one| Some((one.decision, one.option.as_ref()?, one.alternative.as_ref()?)));
        match decided {
            Some((Decision::KeepJs | Decision::NoDifference, kept, other)) => {
                Some(Contest { option: other, other: kept })
            }
            Some((_, option, other)) => Some(Contest { option, other }),
            None => {
                let option = &*self.candidate?.contender;
                Some(Contest { option, other: &self.kernel.baseline }).filter(|both| both.option != both.other)
            }
        }
    }

    /// The time per call of an option against that of another, whichever way round it was compared; `None` if it was not.
    #[must_use]
    pub fn versus(&self, report: &Report, Contest { option, other }: Contest<'_>) -> Option<Comparison> {
        let input = &*self.input?.name;
        let place = [&*self.kernel.name, &*self.stratum.id, input];
        let compared = |candidate: &str, baseline: &str| {
            report.comparisons.iter().find(|one| {
                one.metric == Metric::CALL
                    && [&*one.kernel, &*one.stratum, &*one.input] == place
                    && [&*one.candidate, &*one.baseline] == [candidate, baseline]
            })
        };
        let reversed = || compared(other, option).map(Comparison::reversed);
        compared(option, other).cloned().or_else(reversed).or_else(|| self.by_decision(report, option, other))
    }

    /// Two options that only the decision compares.
    fn by_decision(&self, report: &Report, option: &str, other: &str) -> Option<Comparison> {
        let basis = report.basis_of(&self.kernel.name, &self.input?.name, &self.stratum.id)?;
        let pair = basis.pair(basis.index(other)?, basis.index(option)?)?;
        let blocks = pair.added_call_ns.iter().flatten().count();
        Some(Comparison {
            kernel: basis.kernel.clone(),
            input: basis.input.clone(),
            stratum: basis.stratum.clone(),
            metric: Metric::CALL,
            baseline: other.to_owned(),
            candidate: option.to_owned(),
            ratio: pair.ratio,
            ci: pair.ci,
            modes: None,
            changed_after: None,
            uneven: false,
            confidence: basis.confidence,
            blocks: u32::try_from(blocks).unwrap_or(u32::MAX),
            outcome: pair.outcome,
        })
    }

    /// How many times as fast as another an option was in each browser start in which both were measured.
    #[must_use]
    pub fn speed_ups(&self, report: &Report, Contest { option, other }: Contest<'_>) -> Vec<f64> {
        let found = || {
            let basis = report.basis_of(&self.kernel.name, &self.input?.name, &self.stratum.id)?;
            let from = basis.index(other)?;
            let added = basis.pair(from, basis.index(option)?)?.added_call_ns;
            let calls = basis.options[from].call_ns.iter().zip(added);
            Some(calls.filter_map(|(call, added)| Some((*call)? / ((*call)? + added?))).collect())
        };
        found().unwrap_or_default()
    }
}
