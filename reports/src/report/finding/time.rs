//! Findings about times: per call, of a page's calls together, by size of input, and of the first answer.

use super::{much, sureness};
use crate::report::{BreakEven, CellReport, Comparison, CrossoverSize, KernelInfo, Outcome, Verdict, units, wording};

/// The time per call of an option against another, from the winner's side.
#[must_use]
pub fn speed_up(kernel: &KernelInfo, comparison: &Comparison) -> String {
    let Comparison { ratio, outcome, confidence, .. } = comparison;
    let (option, other) = (kernel.option(&comparison.candidate), kernel.option(&comparison.baseline));
    let (subject, claim, other) = match outcome {
        Outcome::Slower => (other, wording::spoken(&comparison.reversed()), option),
        _ => (option, wording::spoken(comparison), other),
    };
    let kernel = kernel.shown();
    let sure = sureness(&claim, *confidence);
    match (outcome, ratio) {
        (_, None) => format!("{kernel}: {subject} was not measured against {other}"),
        (Outcome::Faster | Outcome::Slower, _) => format!("{kernel}: {subject} is {} than {other}{sure}", much(&claim)),
        (Outcome::Same, _) => format!("{kernel}: {subject} is as fast as {other}{sure}"),
        (Outcome::Unsure, _) => format!("{kernel}: it is unsure whether {subject} is faster than {other}{sure}"),
    }
}

/// How many of all jobs get faster and slower, each by the title of its job and its time per call, and by how much at most.
#[must_use]
pub fn speed_ups(compared: &[(&str, Option<&Comparison>)]) -> String {
    let all = compared.len();
    let of = |outcome: Outcome| {
        let much = |one: &Comparison| one.ratio.map_or(0.0, |ratio| ratio.ln().abs());
        let mut found: Vec<(&str, &Comparison)> = compared
            .iter()
            .filter_map(|(job, one)| Some((*job, (*one)?)))
            .filter(|(_, one)| one.outcome == outcome)
            .collect();
        found.sort_by(|a, b| much(b.1).total_cmp(&much(a.1)));
        let most =
            found.first().map(|(job, one)| format!("{} ({job})", wording::spoken(one).factor.unwrap_or_default()));
        most.map(|most| (found.len(), most))
    };
    let count = |n: usize| if n == all { format!("All {all} jobs") } else { format!("{n} of {all} jobs") };
    let get = |n: usize| if n == 1 && n < all { "gets" } else { "get" };
    match (of(Outcome::Faster), of(Outcome::Slower)) {
        (None, None) => {
            "No job has an option that is certainly faster or slower than what else could be shipped".to_owned()
        }
        (Some((faster, up)), None) => {
            format!("{} {} faster with the best option, up to {up}", count(faster), get(faster))
        }
        (None, Some((slower, down))) => {
            format!("No job gets faster, and {slower} of {all} would get slower, up to {down}")
        }
        (Some((faster, up)), Some((slower, down))) => format!(
            "{} {} faster with the best option, up to {up}; {slower} would get slower, up to {down}",
            count(faster),
            get(faster)
        ),
    }
}

/// From how many calls on an option takes less time than another, start included. A stand-in is a port that is not written
/// yet, at its best.
#[must_use]
pub fn break_even(kernel: &KernelInfo, [option, other]: [&str; 2], answer: BreakEven, is_stand_in: bool) -> String {
    let (job, option, other) = (kernel.shown(), kernel.option(option), kernel.option(other));
    match (answer, is_stand_in) {
        (BreakEven::Never, false) => {
            format!("{job}: {option} takes more time than {other}, however many calls a page makes")
        }
        (BreakEven::Never, true) => format!("{job}: not even a port that does no work takes less time than {other}"),
        (BreakEven::Undetermined, false) => {
            format!("{job}: it is unsure from how many calls on {option} takes less time than {other}")
        }
        (BreakEven::Undetermined, true) => {
            format!("{job}: it is unsure from how many calls on a port could take less time than {other}")
        }
        (answer, false) => format!("{job}: {option} takes less time than {other} {}", wording::break_even(answer)),
        (answer, true) => {
            format!("{job}: a port at its best takes less time than {other} {}", wording::break_even(answer))
        }
    }
}

/// From which size of input on a candidate is faster.
#[must_use]
pub fn crossover(kernel: &KernelInfo, verdict: &Verdict, rival: &str) -> String {
    let Verdict { candidate, crossover_bytes, .. } = verdict;
    let [candidate, rival] = [candidate, rival].map(|name| kernel.option(name));
    let kernel = kernel.shown();
    match crossover_bytes {
        CrossoverSize::Undetermined => {
            format!("{kernel}: it is unsure from which size on {candidate} is faster than {rival}")
        }
        CrossoverSize::AlwaysFaster | CrossoverSize::NeverFaster => {
            let where_it_is = wording::crossover_size(*crossover_bytes);
            format!("{kernel}: {candidate} is faster than {rival} {where_it_is} that was measured")
        }
        CrossoverSize::From(_) | CrossoverSize::UpTo(_) => {
            format!("{kernel}: {candidate} is faster than {rival} {}", wording::crossover_size(*crossover_bytes))
        }
    }
}

/// The time of a candidate's first answer.
#[must_use]
pub fn cold_start(kernel: &KernelInfo, candidate: &CellReport, compared: Option<&Comparison>) -> Option<String> {
    let cold = candidate.cold_start_ns.as_ref()?;
    let (title, shown) = (kernel.shown(), candidate.shown());
    let starts = format!("{title}: {shown} has its first answer after {}", units::time(cold.median));
    let Some(comparison) = compared.filter(|comparison| comparison.ratio.is_some()) else { return Some(starts) };
    let claim = wording::spoken(comparison);
    let sure = sureness(&claim, comparison.confidence);
    let baseline = kernel.option(&comparison.baseline);
    Some(match comparison.outcome {
        Outcome::Faster | Outcome::Slower => format!("{starts}, {} than {baseline}{sure}", much(&claim)),
        Outcome::Same => format!("{starts}, as {baseline} has{sure}"),
        Outcome::Unsure => format!("{starts}; whether {baseline} is sooner is unsure{sure}"),
    })
}
