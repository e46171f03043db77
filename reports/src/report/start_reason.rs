//! Why one contender starts later than another: the phases that make the difference, the greatest first.

use super::{CellReport, Outcome, Report, units};
use crate::metric::{Metric, Phase};

/// A phase is named when its share is at least this part of the greatest one's.
const WORTH_NAMING: f64 = 0.1;

/// The reason in a sentence; `None` if neither is certainly later, or there is nothing to compare.
#[must_use]
pub fn sentence(report: &Report, baseline: &CellReport, candidate: &CellReport) -> Option<String> {
    let comparison = report.comparison(candidate, &baseline.contender, Metric::COLD_START)?;
    let later = match comparison.outcome {
        Outcome::Slower => "later",
        Outcome::Faster => "earlier",
        Outcome::Same | Outcome::Unsure => return None,
    };
    let (base, cold) = (baseline.cold_start_ns.as_ref()?, candidate.cold_start_ns.as_ref()?);
    let phases = cold.phases.in_order().into_iter().zip(base.phases.in_order());
    let mut parts: Vec<(Phase, f64)> = Phase::ALL
        .into_iter()
        .zip(phases)
        .map(|(phase, (cold, base))| (phase, cold.unwrap_or_default() - base.unwrap_or_default()))
        .collect();
    parts.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
    let greatest = parts.first().map_or(0.0, |(_, ns)| ns.abs());
    let named = parts.iter().filter(|(_, ns)| *ns != 0.0 && ns.abs() >= WORTH_NAMING * greatest);
    let named: Vec<String> = named.map(|(phase, ns)| part(*phase, *ns, baseline, candidate)).collect();
    let difference = units::time((cold.median - base.median).abs());
    Some(format!(
        "{} has its first answer {difference} {later} than {}: {}",
        candidate.shown(),
        baseline.shown(),
        named.join(", ")
    ))
}

/// A phase with its share; for the fetch, with the bytes that explain it.
fn part(phase: Phase, ns: f64, baseline: &CellReport, candidate: &CellReport) -> String {
    let sign = if ns < 0.0 { "−" } else { "+" };
    let time = format!("{} {sign}{}", phase.words(), units::time(ns.abs()));
    match (phase, candidate.size_bytes, baseline.size_bytes) {
        (Phase::Fetch, Some(size), Some(base)) => {
            format!("{time} ({} against {})", units::bytes(size.brotli), units::bytes(base.brotli))
        }
        _ => time,
    }
}
