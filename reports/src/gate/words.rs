//! The gate in words: the same in every format.

use super::{Finding, Gate, Row, Way};
use crate::metric::Unit;
use crate::report::{Outcome, units};

/// What came of it, in a sentence.
#[must_use]
pub fn summary(gate: &Gate) -> String {
    let parts = Finding::ALL.into_iter().filter_map(|finding| match gate.found(finding).count() {
        0 => None,
        count => Some(format!("{count} {}", finding.name())),
    });
    let parts: Vec<_> = parts.collect();
    let verdict = match (gate.has_regressed(), gate.rows.is_empty()) {
        (true, _) => "Head is worse than base",
        (false, true) => "There is nothing that both have",
        (false, false) => "Nothing regressed",
    };
    if parts.is_empty() { format!("{verdict}.") } else { format!("{verdict}: {}.", parts.join(", ")) }
}

/// What was compared with what.
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

/// A revision as people quote it.
fn short(revision: &str) -> String {
    let (hash, rest) = revision.split_once('-').map_or((revision, ""), |(hash, _)| (hash, " with changes"));
    let is_hash = hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash { format!("{}{rest}", &hash[..10]) } else { revision.to_owned() }
}

/// Where a row belongs: contender, and the input where it depends on one.
#[must_use]
pub fn place(row: &Row) -> String {
    match &row.input {
        Some(input) => format!("{} · {} · {input}", row.kernel, row.contender),
        None => format!("{} · {}", row.kernel, row.contender),
    }
}

/// A figure of a row.
#[must_use]
pub fn figure(gate: &Gate, row: &Row, figure: Option<f64>) -> String {
    let Some(figure) = figure else { return units::MISSING.to_owned() };
    match gate.way {
        Way::Stored if row.cost.scatters() => format!("{} of the baseline", units::significant(figure)),
        Way::Stored | Way::Interleaved => units::amount(row.cost.unit, figure),
    }
}

/// How much a row has changed: relative, with the interval, of what scatters, and exactly of all else.
#[must_use]
pub fn change(row: &Row) -> String {
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

/// The finding with what belongs to it, for a table.
#[must_use]
pub fn finding(row: &Row) -> String {
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

fn limit(row: &Row) -> String {
    units::percent(row.limit_percent / 100.0)
}

/// A row in a sentence, for those who see nothing else.
#[must_use]
pub fn sentence(gate: &Gate, row: &Row) -> String {
    let figures = format!("{} → {}", figure(gate, row, row.base), figure(gate, row, row.head));
    format!("{}: {} {}, {figures}: {}", place(row), row.cost.words, change(row), finding(row))
}

/// What to do about all that has regressed, each mend once.
#[must_use]
pub fn mends(gate: &Gate) -> Vec<String> {
    let mut mends: Vec<_> = gate.found(Finding::Regressed).map(mend).collect();
    mends.sort_unstable();
    mends.dedup();
    mends
}

/// What to do about something that has regressed.
#[must_use]
pub fn mend(row: &Row) -> String {
    let Row { kernel, cost, .. } = row;
    let name = cost.name();
    let limit = if cost.usual_limit_percent() > 0.0 { "a higher limit" } else { "a limit above 0" };
    format!("If it is meant, give `{name}` {limit} under [compare.kernel.{kernel}] in crossover.toml, or an exception.")
}
