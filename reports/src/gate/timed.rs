//! Costs that scatter: times, with their tests.

use super::{Confirmation, Cost, Finding, GateRow, Limits};
use crate::comparison::{CONFIDENCE, MARGIN, Outcome};
use crate::run::RevisionsOf;
use crate::stats::discoveries;

/// At most this share of the believed regressions is wrong, on average: one side of what intervals allow.
const RATE: f64 = (1.0 - CONFIDENCE) / 2.0;

/// Level of the confirmation, which tests a single hypothesis.
pub const CONFIRMED: f64 = 1.0 - CONFIDENCE;

/// A row that has to be judged together with all others.
#[derive(Debug)]
pub struct Timed {
    /// The row, with its figures.
    pub row: GateRow,
    /// p-value of being beyond the limit.
    pub worse: Option<f64>,
    /// p-value of being better by more than the margin.
    pub better: Option<f64>,
    /// Why its tests do not count.
    pub doubt: Option<&'static str>,
    /// Whether a suspicion needs to be confirmed.
    pub to_confirm: bool,
}

impl GateRow {
    /// A row without figures.
    pub(super) fn of(of: &RevisionsOf, cost: Cost, limits: &Limits) -> Self {
        Self {
            kernel: of.kernel.clone(),
            contender: of.contender.clone(),
            input: None,
            stratum: None,
            cost,
            base: None,
            head: None,
            ratio: None,
            ci: None,
            blocks: 0,
            outcome: Outcome::Unsure,
            limit_percent: limits.percent(&of.kernel, cost),
            suspected: false,
            confirmation: None,
            finding: Finding::Unsure,
            reason: None,
        }
    }

    /// The limit as the logarithm of a ratio.
    pub(super) fn log_limit(&self) -> f64 {
        (self.limit_percent / 100.0).ln_1p()
    }
}

/// The margin as the logarithm of a ratio: a smaller improvement is not reported.
pub fn log_margin() -> f64 {
    MARGIN.ln_1p()
}

/// Judges all times of a comparison together.
pub fn judged(timed: Vec<Timed>) -> Vec<GateRow> {
    let p = |of: fn(&Timed) -> Option<f64>| timed.iter().map(of).collect::<Vec<_>>();
    let sound = |timed: &Timed, p: Option<f64>| p.filter(|_| timed.doubt.is_none());
    let worse: Vec<_> = timed.iter().map(|timed| sound(timed, timed.worse)).collect();
    let better: Vec<_> = timed.iter().zip(p(|timed| timed.better)).map(|(timed, p)| sound(timed, p)).collect();
    let (worse, better) = (discoveries(&worse, RATE), discoveries(&better, RATE));
    timed
        .into_iter()
        .zip(worse.into_iter().zip(better))
        .map(|(timed, (worse, better))| judge(timed, worse, better))
        .collect()
}

fn judge(Timed { mut row, doubt, to_confirm, .. }: Timed, worse: bool, better: bool) -> GateRow {
    row.suspected = worse;
    let is_allowed = row.ci.is_some_and(|[_, high]| high.ln() <= row.log_limit());
    let (finding, reason) = match row.confirmation {
        _ if worse && !to_confirm => (Finding::Regressed, None),
        Some(Confirmation { agrees: true, .. }) if worse => (Finding::Regressed, None),
        Some(_) if worse => (Finding::Unsure, Some("a second measurement did not confirm it")),
        None if worse => (Finding::Unsure, Some("there was no second measurement to confirm it")),
        _ if doubt.is_some() => (Finding::Unsure, doubt),
        _ if better => (Finding::Improved, None),
        _ if is_allowed => (Finding::Unchanged, None),
        _ => (Finding::Unsure, None),
    };
    row.finding = finding;
    row.reason = reason.map(str::to_owned);
    row
}
