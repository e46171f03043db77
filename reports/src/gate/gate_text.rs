//! The gate in words: the same in every format.

use super::{Finding, Gate, GateRow, Prose, Side, Way};
use crate::metric::Unit;
use crate::report::{Outcome, units};

/// How many rows have each finding, without a full stop; regressions are in the headline.
#[must_use]
pub fn tally(gate: &Gate) -> Option<String> {
    let counts = Finding::ALL.into_iter().filter(|finding| *finding != Finding::Regressed);
    let parts = counts.filter_map(|finding| match gate.found(finding).count() {
        0 => None,
        count => Some(format!("{count} {}", finding.word())),
    });
    let parts: Vec<_> = parts.collect();
    let also = if gate.has_regressed() { "Also " } else { "" };
    (!parts.is_empty()).then(|| format!("{also}{}", parts.join(", ")))
}

/// The two sides of the comparison.
#[must_use]
pub fn about(gate: &Gate) -> String {
    let side = |side: &Side| side.revision.as_deref().map_or_else(|| format!("run {}", side.run), short);
    let how = match gate.way {
        Way::Interleaved => "in the same rounds",
        Way::Stored => "by their ratios to the baseline, each in its own run",
    };
    let strata = gate.strata.iter().map(|stratum| format!("{} {}", stratum.runtime.id, stratum.runtime.version));
    format!(
        "crossover compared base {} and head {} {how}, on {} ({} cores) in {}.",
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

/// The input of a row, and its stratum if there are several; `None` if it depends on neither.
#[must_use]
pub fn input(gate: &Gate, row: &GateRow) -> Option<String> {
    let stratum = row.stratum.as_deref().filter(|_| gate.strata.len() > 1);
    let parts: Vec<&str> = row.input.as_deref().into_iter().chain(stratum).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The contender of a row, and what it depends on.
#[must_use]
pub fn place(gate: &Gate, row: &GateRow) -> String {
    match input(gate, row) {
        Some(input) => format!("{} · {} · {input}", row.kernel, row.contender),
        None => format!("{} · {}", row.kernel, row.contender),
    }
}

/// The cost of a row, with its key in `crossover.toml`.
#[must_use]
pub fn cost(row: &GateRow) -> Prose {
    Prose::of(row.cost.words).own(" (").code(row.cost.name()).own(")")
}

/// A figure of a row.
#[must_use]
pub fn figure(gate: &Gate, row: &GateRow, figure: Option<f64>) -> String {
    let Some(figure) = figure else { return units::MISSING.to_owned() };
    match gate.way {
        Way::Stored if row.cost.scatters() => format!("×{}", units::significant(figure)),
        Way::Stored | Way::Interleaved => units::amount(row.cost.unit, figure),
    }
}

/// The change of a row: relative, with the interval, for costs that scatter, and exact for all others.
#[must_use]
pub fn change(row: &GateRow) -> String {
    let difference = row.base.zip(row.head).map(|(base, head)| head - base);
    match (row.ratio, row.ci) {
        (Some(ratio), Some(_)) if row.cost.scatters() => format!("{} ({})", percent(ratio), range(row)),
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
pub(super) fn percent(ratio: f64) -> String {
    let change = ratio - 1.0;
    let sign = if change < 0.0 { '−' } else { '+' };
    format!("{sign}{}", units::percent(change.abs()))
}

/// The finding with its details, for a table.
#[must_use]
pub fn finding(row: &GateRow) -> String {
    let word = row.finding.word();
    match (row.finding, details(row)) {
        // The details of an exception begin with its date.
        (Finding::Excepted, Some(details)) => format!("{word} {details}"),
        (_, Some(details)) => format!("{word}: {details}"),
        (_, None) => word.to_owned(),
    }
}

/// What a finding is based on; `None` if its figures say all.
#[must_use]
pub fn details(row: &GateRow) -> Option<String> {
    let limit = format!("{} % limit", row.limit_percent);
    match (row.finding, &row.reason, row.confirmation) {
        (_, Some(reason), _) => Some(reason.clone()),
        (Finding::Regressed, None, Some(second)) => {
            Some(format!("over the {limit}; confirmed in a second measurement: {}", percent(second.ratio)))
        }
        (Finding::Regressed, None, None) => Some(format!("over the {limit}")),
        (Finding::Unsure, None, _) => Some(format!("could be over the {limit} ({})", range(row))),
        (Finding::Unchanged, None, _) if row.outcome == Outcome::Slower => {
            Some(format!("more, but within the {limit}"))
        }
        (_, None, _) => None,
    }
}

/// Between which changes the true one is.
fn range(row: &GateRow) -> String {
    match row.ci {
        Some([low, high]) => format!("{} to {}", percent(low), percent(high)),
        None => "too few measurements for an interval".to_owned(),
    }
}

/// A row in a sentence that stands alone, without a full stop.
#[must_use]
pub fn sentence(gate: &Gate, row: &GateRow) -> String {
    let figures = format!("{} → {}", figure(gate, row, row.base), figure(gate, row, row.head));
    format!("{}: {} {}, {figures}; {}", place(gate, row), cost(row), change(row), finding(row))
}
