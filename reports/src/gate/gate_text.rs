//! The gate in words: the same in every format.

use super::{Finding, Gate, GateRow, Way};
use crate::metric::Unit;
use crate::report::{Outcome, units};

/// The result in a sentence.
#[must_use]
pub fn summary(gate: &Gate) -> String {
    let parts = Finding::ALL.into_iter().filter_map(|finding| match gate.found(finding).count() {
        0 => None,
        count => Some(format!("{count} {}", finding.name())),
    });
    let parts: Vec<_> = parts.collect();
    let verdict = match (gate.has_regressed(), gate.rows.is_empty()) {
        (true, _) => "Head is worse than base",
        (false, true) => "Both have nothing in common",
        (false, false) => "Nothing regressed",
    };
    if parts.is_empty() { format!("{verdict}.") } else { format!("{verdict}: {}.", parts.join(", ")) }
}

/// The two sides of the comparison.
#[must_use]
pub fn about(gate: &Gate) -> String {
    let side = |side: &super::Side| side.revision.as_deref().map_or_else(|| format!("run {}", side.run), short);
    let how = match gate.way {
        Way::Interleaved => "both measured in the same rounds",
        Way::Stored => "as ratios to the baseline, each within its own run",
    };
    let strata = gate.strata.iter().map(|stratum| format!("{} {}", stratum.runtime.id, stratum.runtime.version));
    format!(
        "Base {}, head {}, {how}, on {} ({} cores) in {}.",
        side(&gate.base),
        side(&gate.head),
        gate.machine.cpu,
        gate.machine.cores,
        strata.collect::<Vec<_>>().join(", ")
    )
}

/// A revision, shortened.
fn short(revision: &str) -> String {
    let (hash, rest) = revision.split_once('-').map_or((revision, ""), |(hash, _)| (hash, " with changes"));
    let is_hash = hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash { format!("{}{rest}", &hash[..10]) } else { revision.to_owned() }
}

/// The contender of a row, and its input if it depends on one.
#[must_use]
pub fn place(row: &GateRow) -> String {
    match &row.input {
        Some(input) => format!("{} · {} · {input}", row.kernel, row.contender),
        None => format!("{} · {}", row.kernel, row.contender),
    }
}

/// A figure of a row.
#[must_use]
pub fn figure(gate: &Gate, row: &GateRow, figure: Option<f64>) -> String {
    let Some(figure) = figure else { return units::MISSING.to_owned() };
    match gate.way {
        Way::Stored if row.cost.scatters() => format!("{} of the baseline", units::significant(figure)),
        Way::Stored | Way::Interleaved => units::amount(row.cost.unit, figure),
    }
}

/// The change of a row: relative, with the interval, for costs that scatter, and exact for all others.
#[must_use]
pub fn change(row: &GateRow) -> String {
    let difference = row.base.zip(row.head).map(|(base, head)| head - base);
    match (row.ratio, row.ci) {
        (Some(ratio), Some([low, high])) if row.cost.scatters() => {
            format!("{} ({} to {})", percent(ratio), percent(low), percent(high))
        }
        (Some(ratio), None) if row.cost.scatters() => percent(ratio),
        _ if row.cost.scatters() => units::MISSING.to_owned(),
        _ => match difference {
            None => units::MISSING.to_owned(),
            Some(0.0) => "none".to_owned(),
            Some(difference) => {
                let sign = if difference < 0.0 { '−' } else { '+' };
                let what = if row.cost.unit == Unit::Bytes { " bytes" } else { "" };
                format!("{sign}{}{what}", units::count(difference.abs()))
            }
        },
    }
}

/// A ratio as a signed percentage.
fn percent(ratio: f64) -> String {
    let change = ratio - 1.0;
    let sign = if change < 0.0 { '−' } else { '+' };
    format!("{sign}{}", units::percent(change.abs()))
}

/// The finding with its details, for a table.
#[must_use]
pub fn finding(row: &GateRow) -> String {
    let slower = row.outcome == Outcome::Slower && row.finding == Finding::Unchanged;
    let detail = match (&row.reason, row.confirmation) {
        (Some(reason), _) => Some(reason.clone()),
        (None, Some(other)) if row.finding == Finding::Regressed => {
            Some(format!("limit {}; {} other blocks: {}", limit(row), other.blocks, percent(other.ratio)))
        }
        (None, _) if row.finding == Finding::Regressed => Some(format!("limit {}", limit(row))),
        (None, _) if row.finding == Finding::Unsure => Some(format!("it may be beyond the limit of {}", limit(row))),
        (None, _) if slower => Some(format!("more, within the limit of {}", limit(row))),
        (None, _) => None,
    };
    match detail {
        Some(detail) => format!("{}: {detail}", row.finding.name()),
        None => row.finding.name().to_owned(),
    }
}

fn limit(row: &GateRow) -> String {
    units::percent(row.limit_percent / 100.0)
}

/// A row in a sentence that stands alone.
#[must_use]
pub fn sentence(gate: &Gate, row: &GateRow) -> String {
    let figures = format!("{} → {}", figure(gate, row, row.base), figure(gate, row, row.head));
    format!("{}: {} {}, {figures}: {}", place(row), row.cost.words, change(row), finding(row))
}

/// How to accept each regression, every fix once.
#[must_use]
pub fn fixes(gate: &Gate) -> Vec<String> {
    let mut fixes: Vec<_> = gate.found(Finding::Regressed).map(fix).collect();
    fixes.sort_unstable();
    fixes.dedup();
    fixes
}

/// How to accept a regression.
#[must_use]
pub fn fix(row: &GateRow) -> String {
    let GateRow { kernel, cost, .. } = row;
    let name = cost.name();
    let limit = if cost.usual_limit_percent() > 0.0 { "a higher limit" } else { "a limit above 0" };
    format!(
        "If it is intended, give `{name}` {limit} under [compare.kernel.{kernel}] in crossover.toml, or an exception."
    )
}
