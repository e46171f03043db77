//! Costs that are exact: what ships, and peaks of memory.

use std::collections::BTreeMap;

use super::{Cost, Finding, GateRow, Limits};
use crate::comparison::Outcome;
use crate::measurement::Measurement;
use crate::metric::{Metric, Read};
use crate::run::{Contender, RevisionsOf};

/// The exact costs of a contender in two revisions that do not depend on an input. If one is missing, the other is new
/// or gone.
pub fn rows(of: &RevisionsOf, base: Option<&Contender>, head: Option<&Contender>, limits: &Limits) -> Vec<GateRow> {
    let is_identical = base.zip(head).is_some_and(|(base, head)| base.ships_the_same(head));
    // An unchanged contender needs only one row.
    let most = if is_identical { 1 } else { usize::MAX };
    let costs = Cost::all().filter(|cost| cost.is_exact()).take(most);
    let row = |cost: Cost| {
        let figures = [base, head].map(|side| cost.of_contender(side?));
        if figures == [None, None] {
            return None;
        }
        let mut row = exact(GateRow::of(of, cost, limits), figures.map(|figure| figure.map(|figure| figure as f64)));
        match (base, head) {
            (None, _) => row.finding = Finding::New,
            (_, None) => row.finding = Finding::Gone,
            _ if is_identical => row.finding = Finding::Identical,
            (Some(base), Some(head)) if *cost == Metric::IMPORTS => row.reason = changed_imports(base, head),
            _ => {}
        }
        Some(row)
    };
    costs.filter_map(row).collect()
}

/// The imports that were added and removed; empty if there are none.
fn changed_imports(base: &Contender, head: &Contender) -> Option<String> {
    // The same name may be imported several times.
    let mut counts = BTreeMap::<&str, i64>::new();
    head.imports.iter().for_each(|name| *counts.entry(name).or_default() += 1);
    base.imports.iter().for_each(|name| *counts.entry(name).or_default() -= 1);
    let named = |sign: i64| {
        let names = counts.iter().filter(|(_, count)| count.signum() == sign).map(|(name, _)| *name);
        names.collect::<Vec<_>>().join(", ")
    };
    let parts = [("new", named(1)), ("gone", named(-1))];
    let parts: Vec<_> = parts.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    let said = parts.into_iter().map(|(what, names)| format!("{what}: {names}")).collect::<Vec<_>>().join("; ");
    (!said.is_empty()).then_some(said)
}

/// A peak on one input, such as that of linear memory. It may differ from block to block, so it has regressed only if
/// every block of head is beyond every block of base, and beyond the limit. `None` if either has none, or the cost is
/// not a peak.
pub fn peak(row: GateRow, base: &Measurement, head: &Measurement) -> Option<GateRow> {
    let Read::Peak(in_block) = row.cost.read else { return None };
    let range = |measurement: &Measurement| {
        let peaks: Vec<f64> = measurement.blocks.values().filter_map(in_block).collect();
        let low = peaks.iter().copied().reduce(f64::min)?;
        Some((low, crate::stats::median(&peaks)?, peaks.into_iter().reduce(f64::max)?))
    };
    let ((base_low, base, base_high), (head_low, head, head_high)) = (range(base)?, range(head)?);
    let row = exact(row, [Some(base), Some(head)]);
    let apart = head_low > base_high || head_high < base_low;
    if row.finding.is_quiet() || apart {
        return Some(row);
    }
    let reason = Some("differs from browser start to browser start, and the two revisions overlap".to_owned());
    Some(GateRow { finding: Finding::Unchanged, outcome: Outcome::Unsure, reason, ..row })
}

/// A row of two exact figures.
fn exact(row: GateRow, [base, head]: [Option<f64>; 2]) -> GateRow {
    let mut row = GateRow { base, head, ..row };
    let Some((base, head)) = base.zip(head) else { return row };
    row.ratio = (base > 0.0).then_some(head / base);
    (row.outcome, row.finding) = match head.total_cmp(&base) {
        std::cmp::Ordering::Less => (Outcome::Faster, Finding::Improved),
        std::cmp::Ordering::Equal => (Outcome::Same, Finding::Unchanged),
        std::cmp::Ordering::Greater if head > base * (1.0 + row.limit_percent / 100.0) => {
            (Outcome::Slower, Finding::Regressed)
        }
        std::cmp::Ordering::Greater => (Outcome::Slower, Finding::Unchanged),
    };
    row
}
