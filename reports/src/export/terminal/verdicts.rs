//! The verdicts on a kernel's best candidate: a line for each scenario, and the reasons that they share.

use super::Lines;
use crate::report::{Headline, Report, words};

/// So many reasons are given beside the first, which is each scenario's own.
const FURTHER: usize = 2;

/// The widest of the common verdicts, so that several kernels have theirs in one column.
const LEAST_WIDTH: usize = "use-platform".len();

/// The verdicts; nothing where there is no candidate.
pub(super) fn lines(out: &mut Lines, report: &Report, headline: &Headline<'_>) {
    let Some(candidate) = headline.candidate else { return };
    let verdicts = report.verdicts_on(candidate);
    let width = verdicts.clone().map(|verdict| verdict.verdict.name().len()).fold(LEAST_WIDTH, usize::max);
    for verdict in verdicts.clone() {
        let reason = verdict.reasons.first().map_or("", String::as_str);
        let mark = format!("  {:<width$} ", verdict.verdict.name());
        out.wrapped(&mark, &format!("{}: {reason}.", verdict.scenario.name));
    }
    // Those of the scenario with the most calls tell of calls, start and bytes as well as any.
    if let Some(verdict) = verdicts.last() {
        let further: Vec<String> = verdict.reasons.iter().skip(1).take(FURTHER).map(|why| format!("{why}.")).collect();
        out.wrapped(&" ".repeat(width + 3), &further.join(" "));
    }
    if headline.is_stand_in() {
        out.wrapped("  ", words::STAND_IN);
    }
}
