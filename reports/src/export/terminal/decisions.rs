//! The decisions on a job: a line for each number of calls, with what it saves.

use super::Lines;
use crate::report::{DecisionRow, Headline, JobDecision, KernelInfo, Report, wording};

/// The decisions; empty where there was nothing to choose.
pub(super) fn lines(out: &mut Lines, report: &Report, headline: &Headline<'_>) {
    let kernel = headline.kernel;
    let input = headline.input.map_or("", |input| input.name.as_str());
    let decisions: Vec<&JobDecision> = report.decisions_on(&kernel.name, input, &headline.stratum.id).collect();
    let width = decisions.iter().map(|one| one.decision.words().len()).max().unwrap_or(0);
    for decision in &decisions {
        let mark = format!("  {:<width$}  ", decision.decision.words());
        let why = saved(kernel, decision).unwrap_or_else(|| unnamed(decision).to_owned());
        out.wrapped(&mark, &format!("{}: {why}.", wording::scenario(&decision.scenario)));
    }
    if let Some(quoted) = headline.decision.filter(|quoted| quoted.alternative.is_some()) {
        let DecisionRow { interval, other, .. } = DecisionRow::of(report, kernel, quoted);
        if !interval.is_empty() {
            out.wrapped(&" ".repeat(width + 4), &format!("Each call is {interval} {other}."));
        }
    }
}

/// The reason without a full stop, and without the decision, which is beside it.
fn unnamed(decision: &JobDecision) -> &str {
    let words = [decision.decision.words(), ": "].concat();
    decision.reason.strip_prefix(&words).unwrap_or(&decision.reason).trim_end_matches('.')
}

/// What the option saves in the scenario, without a full stop.
fn saved(kernel: &KernelInfo, decision: &JobDecision) -> Option<String> {
    let saved = wording::saving(decision.saving_ns?);
    let [option, other] = [&decision.option, &decision.alternative].map(|name| Some(kernel.option(name.as_deref()?)));
    Some(format!("{saved} with {} than with {}", option?, other?))
}
