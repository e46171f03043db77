//! Common rules about porting, checked against this run.

use super::{Advice, BoundaryModel, Headline, Report, Verdict, units, wording};
use crate::report::boundary::Direction;

/// The rule recommends porting longer calls, nanoseconds, if they never touch the page.
const PORT_ABOVE_NS: f64 = 5e6;
/// The rule advises against porting shorter ones.
const KEEP_BELOW_NS: f64 = 2e6;
/// The domain of jobs that touch the page.
const PAGE: &str = "dom";
/// The payload that supposedly takes 8 ms a call to pass.
const TEXT_BYTES: u64 = 50_000;
/// From this factor on, batching makes a difference.
const WORTH_BATCHING: f64 = 1.1;

/// A rule, applied to one measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The rule.
    pub rule: &'static str,
    /// What it is applied to, with its figure.
    pub to: String,
    /// The measurement.
    pub measured: String,
    /// Whether the rule is right here.
    pub holds: Holds,
}

/// Whether a rule is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It is right.
    Yes,
    /// It is wrong.
    No,
    /// Right in some scenarios only, or undecided.
    Partly,
}

impl Holds {
    /// The word that tables use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "right",
            Self::No => "wrong",
            Self::Partly => "it depends",
        }
    }
}

/// Every rule, applied to everything that it covers.
#[must_use]
pub fn applied(report: &Report) -> Vec<Applied> {
    let headlines = report.headlines();
    let of_calls = headlines.iter().filter_map(|headline| of_calls(report, headline));
    let models = || report.boundary_models.iter();
    of_calls
        .chain(models().filter_map(|model| of_text(report, model)))
        .chain(models().flat_map(|model| of_batches(report, model)))
        .collect()
}

/// "Over 5 ms, port it; under 2 ms, don't."
fn of_calls(report: &Report, headline: &Headline<'_>) -> Option<Applied> {
    let kernel = headline.kernel;
    let input = headline.input?;
    let baseline = report
        .cells_of(&kernel.name, &input.name, &headline.stratum.id)
        .find(|cell| cell.contender == kernel.baseline)
        .and_then(|cell| cell.call_ns)?;
    let verdicts: Vec<&Verdict> = headline.candidate.into_iter().flat_map(|cell| report.verdicts_on(cell)).collect();
    let (rule, is_right): (_, fn(Advice) -> bool) = match baseline.median {
        ns if ns > PORT_ABOVE_NS && kernel.domain != PAGE => {
            ("Over 5 ms in JavaScript, and never touches the page: port it", |advice| {
                matches!(advice, Advice::Port | Advice::WorthATry)
            })
        }
        ns if ns < KEEP_BELOW_NS => ("Under 2 ms in JavaScript: don't port it", |advice| {
            matches!(advice, Advice::KeepJs | Advice::UsePlatform | Advice::BatchFirst | Advice::NotWorthATry)
        }),
        _ => return None,
    };
    let sure: Vec<bool> =
        verdicts.iter().filter(|one| one.verdict != Advice::Unsure).map(|one| is_right(one.verdict)).collect();
    let holds = match () {
        () if sure.is_empty() => return None,
        () if sure.len() < verdicts.len() => Holds::Partly,
        () if sure.iter().all(|right| *right) => Holds::Yes,
        () if sure.iter().all(|right| !right) => Holds::No,
        () => Holds::Partly,
    };
    let said: Vec<String> =
        verdicts.iter().map(|one| format!("{}: {}", one.scenario.name, one.verdict.name())).collect();
    Some(Applied {
        rule,
        to: format!("{} on {}, {} a call in {}", kernel.name, input.name, units::time(baseline.median), headline.label),
        measured: said.join("; "),
        holds,
    })
}

/// "Passing a string of 50 kB costs 8 ms."
fn of_text(report: &Report, model: &BoundaryModel) -> Option<Applied> {
    let is_text = model.payload.starts_with("string") && model.direction == Direction::In;
    let cost = model.predictions.iter().find(|prediction| is_text && prediction.bytes == TEXT_BYTES)?;
    Some(Applied {
        rule: "A string of 50 kB costs 8 ms a call to pass",
        to: format!("{} into {} in {}", model.payload, model.contender, report.label(&model.stratum)),
        measured: units::time(cost.ns),
        // Of the same order of magnitude.
        holds: if (2e6..=32e6).contains(&cost.ns) { Holds::Yes } else { Holds::No },
    })
}

/// "Batch your calls."
fn of_batches<'a>(report: &'a Report, model: &'a BoundaryModel) -> impl Iterator<Item = Applied> + 'a {
    model.chatty.iter().map(|chatty| {
        let factor = chatty.one_by_one_ns / chatty.at_once_ns;
        Applied {
            rule: "Batch your calls",
            to: format!(
                "{} {} {}, {} × {} in {}",
                model.payload,
                model.direction.name(),
                model.contender,
                chatty.calls,
                units::bytes(chatty.bytes),
                report.label(&model.stratum)
            ),
            measured: format!(
                "{} call by call, {} at once: {}",
                units::time(chatty.one_by_one_ns),
                units::time(chatty.at_once_ns),
                wording::times(factor)
            ),
            holds: if factor >= WORTH_BATCHING { Holds::Yes } else { Holds::No },
        }
    })
}
