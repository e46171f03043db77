//! The result of the gate in a sentence: what regressed, where, and by how much.

use super::{Finding, Gate, GateRow, Prose, gate_text};
use crate::metric::Metric;
use crate::report::units;

/// Kernels, and regressions of each, that a headline names. It counts all others.
const MOST: usize = 3;

/// The result, without a full stop: `2 regressions in hashing-blake3: +10.5 % per call (…), +200 B (…)`.
#[must_use]
pub fn headline(gate: &Gate) -> Prose {
    let kernels = regressed(gate);
    let first = Prose::of(&counted(gate.found(Finding::Regressed).count(), "regression"));
    match &kernels[..] {
        [] => Prose::of(without(gate)),
        [(kernel, rows)] => costs(first.own(" in ").name(kernel).own(": "), rows),
        _ => {
            let mut prose = first.own(&format!(" in {} kernels: ", kernels.len()));
            for (at, (kernel, rows)) in kernels.iter().take(MOST).enumerate() {
                prose = costs(prose.own(if at == 0 { "" } else { "; " }).name(kernel).own(" "), rows);
            }
            match kernels.len().saturating_sub(MOST) {
                0 => prose,
                more => prose.own(&format!("; and {}", counted(more, "more kernel"))),
            }
        }
    }
}

/// The same in a few words: `2 regressions in hashing-blake3`.
#[must_use]
pub fn title(gate: &Gate) -> String {
    let count = counted(gate.found(Finding::Regressed).count(), "regression");
    match &regressed(gate)[..] {
        [] => without(gate).to_owned(),
        [(kernel, _)] => format!("{count} in {kernel}"),
        kernels => format!("{count} in {} kernels", kernels.len()),
    }
}

/// Kernels with their regressions: kernels in the order of the rows, times before sizes.
fn regressed(gate: &Gate) -> Vec<(&str, Vec<&GateRow>)> {
    let mut kernels: Vec<(&str, Vec<&GateRow>)> = Vec::new();
    for row in gate.found(Finding::Regressed) {
        match kernels.iter_mut().find(|(kernel, _)| *kernel == row.kernel) {
            Some((_, rows)) => rows.push(row),
            None => kernels.push((&row.kernel, vec![row])),
        }
    }
    kernels.iter_mut().for_each(|(_, rows)| rows.sort_by_key(|row| row.cost));
    kernels
}

/// The result without regressions.
fn without(gate: &Gate) -> &'static str {
    let is_complete = !gate.failures.iter().any(|failure| failure.stage.is_failure());
    match (gate.rows.is_empty(), is_complete) {
        (true, true) => "Base and head have nothing in common to compare",
        (true, false) => "Nothing could be compared",
        (false, true) => "No regressions",
        (false, false) => "No regressions in what was measured; the rest failed",
    }
}

fn costs(mut prose: Prose, rows: &[&GateRow]) -> Prose {
    for (at, row) in rows.iter().take(MOST).enumerate() {
        let by = format!("{}{} (", if at == 0 { "" } else { ", " }, increase(row));
        prose = prose.own(&by).code(&row.contender).own(")");
    }
    match rows.len().saturating_sub(MOST) {
        0 => prose,
        more => prose.own(&format!(" and {more} more")),
    }
}

/// By how much a cost grew, in a few words: `+10.5 % per call`.
fn increase(row: &GateRow) -> String {
    let by = match (row.ratio, row.base.zip(row.head)) {
        (Some(ratio), _) if row.cost.scatters() => gate_text::percent(ratio),
        (_, Some((base, head))) => units::added(row.cost.unit, head - base),
        _ => "more".to_owned(),
    };
    let what = match *row.cost {
        metric if metric == Metric::CALL => "per call",
        // Bytes stand for themselves.
        metric if metric == Metric::SIZE => "",
        metric => metric.words.split(',').next().unwrap_or_default(),
    };
    format!("{by} {what}").trim_end().to_owned()
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
