//! The decisions on a job: a line for each number of calls, with what it saves.

use super::Lines;
use crate::report::{DecisionRow, Headline, JobDecision, KernelInfo, Report, Saving, units, wording};

/// The decisions; empty where there was nothing to choose.
pub(super) fn lines(out: &mut Lines, report: &Report, headline: &Headline<'_>) {
    let kernel = headline.kernel;
    let input = headline.input.map_or("", |input| input.name.as_str());
    let decisions: Vec<&JobDecision> = report.decisions_on(&kernel.name, input, &headline.stratum.id).collect();
    let width = decisions.iter().map(|one| one.decision.words().len()).max().unwrap_or(0);
    for decision in &decisions {
        let mark = format!("  {:<width$}  ", decision.decision.words());
        let why = saved(kernel, decision).unwrap_or_else(|| decision.reason.trim_end_matches('.').to_owned());
        out.wrapped(&mark, &format!("{}: {why}.", wording::scenario(&decision.scenario)));
    }
    if let Some(quoted) = headline.decision.filter(|quoted| quoted.alternative.is_some()) {
        let DecisionRow { interval, other, .. } = DecisionRow::of(report, kernel, quoted);
        out.wrapped(&" ".repeat(width + 4), &format!("Each call is {interval} {other}."));
    }
}

/// What the option saves in the scenario, without a full stop.
fn saved(kernel: &KernelInfo, decision: &JobDecision) -> Option<String> {
    let Saving { median, ci: [low, high] } = decision.saving_ns?;
    let [option, other] = [&decision.option, &decision.alternative].map(|name| Some(kernel.option(name.as_deref()?)));
    let (option, other) = (option?, other?);
    let (time, interval) = match () {
        () if low > 0.0 => {
            (format!("{} less", units::time(median)), format!(" ({})", units::time_interval([low, high])))
        }
        () if high < 0.0 => {
            (format!("{} more", units::time(-median)), format!(" ({})", units::time_interval([-high, -low])))
        }
        () => (format!("between {} more and {} less", units::time(-low), units::time(high)), String::new()),
    };
    Some(format!("{time}{interval} with {option} than with {other}"))
}
