//! A kernel's other inputs: the result of its best candidate on them, and the size from which it is faster.

use super::Lines;
use crate::metric::Metric;
use crate::report::{Headline, Report, finding, wording};

/// Empty if only one input was measured.
pub(super) fn lines(out: &mut Lines, report: &Report, headline: &Headline<'_>) {
    let Some(candidate) = headline.candidate else { return };
    let kernel = headline.kernel;
    let on = |name: &str| {
        let mut cells = report.cells_of(&kernel.name, name, &headline.stratum.id);
        let cell = cells.find(|cell| cell.contender == candidate.contender)?;
        let comparison = report.comparison(cell, &kernel.baseline, Metric::CALL)?;
        Some(format!("{}: {}", kernel.input(name), wording::comparison(comparison)))
    };
    let others = kernel.inputs.iter().filter(|input| input.name != candidate.input);
    let others: Vec<String> = others.filter_map(|input| on(&input.name)).collect();
    if others.is_empty() {
        return;
    }
    out.wrapped("  ", &format!("{} on other inputs: {}.", candidate.shown(), others.join("; ")));
    if let Some((verdict, rival)) = report.crossover_on(candidate) {
        out.wrapped("  ", &format!("{}.", finding::crossover(kernel, verdict, rival)));
    }
}
