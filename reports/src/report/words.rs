//! Comparisons in words. The only place that turns a ratio with its interval into something people read.

use super::{Boundary, Comparison, Outcome, units};
use crate::comparison::MARGIN;
use crate::metric::{Metric, Unit};

/// What a comparison says: `×10.3 faster (×9.9–×10.7)`, `×1.40 slower (…)`, `same (±1 %)`, `unsure (×0.97–×1.05)`.
///
/// Factors of `faster` and `slower` are at least 1. The interval of `unsure` is that of the speed-up, so above ×1 the
/// candidate is better. Bytes are `smaller` and `larger`, and exact, so they come without an interval.
#[must_use]
pub fn comparison(comparison: &Comparison) -> String {
    let Some(ratio) = comparison.ratio else { return "not measured".to_owned() };
    let exact = comparison.metric.unit() == Unit::Bytes;
    let interval = |factor: [f64; 2]| if exact { String::new() } else { format!(" ({})", between(factor)) };
    match (comparison.outcome, comparison.ci) {
        (Outcome::Faster, Some([low, high])) => {
            format!("{}{}", better(comparison.metric, 1.0 / ratio), interval([1.0 / high, 1.0 / low]))
        }
        (Outcome::Slower, Some(ci)) => format!("{}{}", worse(comparison.metric, ratio), interval(ci)),
        (Outcome::Same, _) => format!("same (±{} %)", MARGIN * 100.0),
        (_, Some([low, high])) => format!("unsure ({})", between([1.0 / high, 1.0 / low])),
        (_, None) => format!("unsure ({}, no interval)", times(1.0 / ratio)),
    }
}

/// A split of the call that leaves or lacks more than this share of it does not add up.
const ADDITIVE_WITHIN: f64 = 0.15;

/// Whether the parts of a call that were measured alone add up to the call, as far as is known.
#[must_use]
pub fn adds_up(boundary: Boundary) -> bool {
    boundary.residual_share.is_none_or(|residual| residual.abs() <= ADDITIVE_WITHIN)
}

/// The share of a call that is spent crossing: `12.3 %`, or `does not add up`.
#[must_use]
pub fn boundary_share(boundary: Boundary) -> String {
    if adds_up(boundary) { units::percent(boundary.share) } else { "does not add up".to_owned() }
}

/// A factor alone: `×10.3`.
#[must_use]
pub fn times(factor: f64) -> String {
    let decimals = match factor {
        _ if factor >= 99.95 => 0,
        _ if factor >= 1.995 => 1,
        _ if factor >= 0.0995 => 2,
        _ => return "×<0.1".to_owned(),
    };
    if factor >= 1e6 {
        return "×>1000000".to_owned();
    }
    format!("×{factor:.decimals$}")
}

/// What the outcome is called for a metric.
#[must_use]
pub fn outcome(metric: Metric, outcome: Outcome) -> &'static str {
    match (metric.unit(), outcome) {
        (Unit::Bytes, Outcome::Faster) => "smaller",
        (Unit::Bytes, Outcome::Slower) => "larger",
        _ => outcome.name(),
    }
}

fn better(metric: Metric, factor: f64) -> String {
    format!("{} {}", times(factor), outcome(metric, Outcome::Faster))
}

fn worse(metric: Metric, factor: f64) -> String {
    format!("{} {}", times(factor), outcome(metric, Outcome::Slower))
}

fn between([low, high]: [f64; 2]) -> String {
    format!("{}–{}", times(low), times(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(metric: Metric, ratio: Option<f64>, ci: Option<[f64; 2]>, outcome: Outcome) -> String {
        let name = String::new;
        super::comparison(&Comparison {
            kernel: name(),
            input: name(),
            browser: name(),
            metric,
            baseline: name(),
            candidate: name(),
            ratio,
            ci,
            confidence: 0.95,
            blocks: 6,
            outcome,
        })
    }

    #[test]
    fn every_outcome_has_its_words() {
        let call = |ratio, ci, outcome| said(Metric::CallNs, Some(ratio), Some(ci), outcome);
        assert_eq!(call(0.0971, [0.0935, 0.101], Outcome::Faster), "×10.3 faster (×9.9–×10.7)");
        assert_eq!(call(1.4, [1.35, 1.45], Outcome::Slower), "×1.40 slower (×1.35–×1.45)");
        assert_eq!(call(1.001, [0.995, 1.005], Outcome::Same), "same (±1 %)");
        assert_eq!(call(0.99, [0.952, 1.031], Outcome::Unsure), "unsure (×0.97–×1.05)");
        assert_eq!(said(Metric::CallNs, None, None, Outcome::Unsure), "not measured");
        assert_eq!(said(Metric::CallNs, Some(0.5), None, Outcome::Unsure), "unsure (×2.0, no interval)");
        assert_eq!(said(Metric::SizeBytes, Some(2.5), Some([2.5; 2]), Outcome::Slower), "×2.5 larger");
        assert_eq!(said(Metric::SizeBytes, Some(0.5), Some([0.5; 2]), Outcome::Faster), "×2.0 smaller");
    }

    #[test]
    fn factors_of_any_size_are_short() {
        for (factor, text) in
            [(0.0, "×<0.1"), (0.5, "×0.50"), (1.0, "×1.00"), (39.04, "×39.0"), (1234.5, "×1234"), (1e15, "×>1000000")]
        {
            assert_eq!(times(factor), text);
        }
    }
}
