//! The verdicts on a kernel's best candidate: a line for each scenario, and the reasons that they share.

use super::Lines;
use crate::report::{Headline, Report};

/// Number of reasons that are shown after the first, which belongs to its scenario.
const FURTHER: usize = 2;

/// The widest common verdict, so that the columns of several kernels line up.
const LEAST_WIDTH: usize = "use-platform".len();

/// The verdicts; empty without a candidate.
pub(super) fn lines(out: &mut Lines, report: &Report, headline: &Headline<'_>) {
    let Some(candidate) = headline.candidate else { return };
    let verdicts = report.verdicts_on(candidate);
    let width = verdicts.clone().map(|verdict| verdict.verdict.name().len()).fold(LEAST_WIDTH, usize::max);
    for verdict in verdicts.clone() {
        let reason = verdict.reasons.first().map_or("", String::as_str);
        let mark = format!("  {:<width$} ", verdict.verdict.name());
        // The first reason begins with the number of calls, which most scenarios are named after.
        let name = Some(&verdict.scenario.name).filter(|name| !reason.starts_with(name.as_str()));
        let name = name.map_or_else(String::new, |name| format!("{name}: "));
        out.wrapped(&mark, &format!("{name}{reason}."));
    }
    // The scenario with the most calls has reasons about calls, start and bytes, too.
    if let Some(verdict) = verdicts.last() {
        let further: Vec<String> = verdict.reasons.iter().skip(1).take(FURTHER).map(|why| format!("{why}.")).collect();
        out.wrapped(&" ".repeat(width + 3), &further.join(" "));
    }
}
