//! Costs that are what they are: sizes, imports, linear memory.

use std::collections::BTreeMap;

use super::{Cost, Finding, Limits, Row};
use crate::comparison::Outcome;
use crate::measurement::Measurement;
use crate::run::{Contender, RevisionsOf};

/// The exact costs of a contender in two revisions that do not depend on an input. Where one is missing, as what is new.
pub fn rows(of: &RevisionsOf, base: Option<&Contender>, head: Option<&Contender>, limits: &Limits) -> Vec<Row> {
    let is_identical = base.zip(head).is_some_and(|(base, head)| base.ships_the_same(head));
    let costs: &[(Cost, Figure)] = &[(Cost::Size, size), (Cost::Wasm, wasm), (Cost::Imports, imports)];
    // What is the same needs one row to say so.
    let costs = if is_identical { &costs[..1] } else { costs };
    let mut rows: Vec<_> = costs
        .iter()
        .filter_map(|&(cost, figure)| {
            let figures = [base.and_then(figure), head.and_then(figure)];
            if figures == [None, None] {
                return None;
            }
            Some(exact(Row::of(of, cost, limits), figures.map(|figure| figure.map(|figure| figure as f64))))
        })
        .collect();
    for row in &mut rows {
        match (base, head) {
            (None, _) => row.finding = Finding::New,
            (_, None) => row.finding = Finding::Gone,
            _ if is_identical => row.finding = Finding::Identical,
            (Some(base), Some(head)) if row.cost == Cost::Imports => row.reason = changed_imports(base, head),
            _ => {}
        }
    }
    rows
}

type Figure = fn(&Contender) -> Option<u64>;

fn size(contender: &Contender) -> Option<u64> {
    contender.size_bytes.map(|size| size.brotli)
}

fn wasm(contender: &Contender) -> Option<u64> {
    contender.size_steps.last().map(|step| step.size.raw)
}

fn imports(contender: &Contender) -> Option<u64> {
    (!contender.size_steps.is_empty()).then_some(contender.imports.len() as u64)
}

/// Which imports came and which went; nothing where none did.
fn changed_imports(base: &Contender, head: &Contender) -> Option<String> {
    // The same name may be imported several times.
    let mut counts = BTreeMap::<&str, i64>::new();
    head.imports.iter().for_each(|name| *counts.entry(name).or_default() += 1);
    base.imports.iter().for_each(|name| *counts.entry(name).or_default() -= 1);
    let named = |sign: i64| {
        let names = counts.iter().filter(|(_, count)| count.signum() == sign).map(|(name, _)| format!("`{name}`"));
        names.collect::<Vec<_>>().join(", ")
    };
    let parts = [("new", named(1)), ("gone", named(-1))];
    let parts: Vec<_> = parts.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    let said = parts.into_iter().map(|(what, names)| format!("{what}: {names}")).collect::<Vec<_>>().join("; ");
    (!said.is_empty()).then_some(said)
}

/// The peak of linear memory on one input. It may differ from block to block: only where every block of head is beyond
/// every block of base, and the limit, has it regressed.
pub fn linear_memory(row: Row, base: &Measurement, head: &Measurement) -> Option<Row> {
    let range = |measurement: &Measurement| {
        let peaks = measurement.blocks.values().filter_map(|block| block.memory?.end.linear);
        let peaks: Vec<f64> = peaks.map(|bytes| bytes as f64).collect();
        let low = peaks.iter().copied().reduce(f64::min)?;
        Some((low, crate::stats::median(&peaks)?, peaks.into_iter().reduce(f64::max)?))
    };
    let ((base_low, base, base_high), (head_low, head, head_high)) = (range(base)?, range(head)?);
    let row = exact(row, [Some(base), Some(head)]);
    let apart = head_low > base_high || head_high < base_low;
    if row.finding.is_quiet() || apart {
        return Some(row);
    }
    let reason = Some("differs from block to block, and the two revisions overlap".to_owned());
    Some(Row { finding: Finding::Unchanged, outcome: Outcome::Unsure, reason, ..row })
}

/// A row of two figures that are exact.
fn exact(row: Row, [base, head]: [Option<f64>; 2]) -> Row {
    let mut row = Row { base, head, ..row };
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
