//! A finding as one sentence for a title: which contender, how much, and how certain. Without a full stop.

use super::boundary::Direction;
use super::{
    BoundaryModel, CellReport, Comparison, CrossoverSize, Estimate, Factor, Headline, Outcome, Report, Verdict, units,
    wording,
};
use crate::run::Kind;

/// The time per call of a candidate against one other contender.
#[must_use]
pub fn speed_up(factor: &Factor<'_>) -> String {
    let (subject, claim, rival) = factor.claimed();
    let kernel = &factor.comparison.kernel;
    let Comparison { ratio, outcome, confidence, .. } = factor.comparison;
    let sure = sureness(&claim, *confidence);
    match (outcome, ratio) {
        (_, None) => format!("{kernel}: {subject} was not measured against {rival}"),
        (Outcome::Faster | Outcome::Slower, _) => format!("{kernel}: {subject} is {} than {rival}{sure}", much(&claim)),
        (Outcome::Same, _) => format!("{kernel}: {subject} is as fast as {rival}{sure}"),
        (Outcome::Unsure, _) => format!("{kernel}: it is unsure whether {subject} is faster than {rival}{sure}"),
    }
}

/// The times per call of many candidates: their range.
#[must_use]
pub fn range<'a, 'r: 'a>(factors: impl Iterator<Item = &'a Factor<'r>>) -> String {
    let is_sure = |factor: &&Factor<'_>| matches!(factor.comparison.outcome, Outcome::Faster | Outcome::Slower);
    let mut sure: Vec<_> = factors.filter(is_sure).collect();
    sure.sort_by(|a, b| a.comparison.ratio.unwrap_or(1.0).total_cmp(&b.comparison.ratio.unwrap_or(1.0)));
    let described = |factor: &Factor<'_>| {
        let Comparison { kernel, candidate, .. } = factor.comparison;
        format!("{} ({kernel}, {candidate})", much(&wording::claim(factor.comparison)))
    };
    match sure.as_slice() {
        [] => "No kernel has a candidate that is certainly faster or slower".to_owned(),
        [one] => format!("Only one difference is certain: {}", described(one)),
        [best, .., worst] => format!("Time per call: from {} to {}", described(best), described(worst)),
    }
}

/// The result of every kernel, counted.
#[must_use]
pub fn tally(headlines: &[Headline<'_>]) -> String {
    let count = |is: &dyn Fn(&Headline<'_>) -> bool| headlines.iter().filter(|headline| is(headline)).count();
    let measured = |headline: &Headline<'_>| headline.candidate.is_some_and(|cell| cell.call_ns.is_some());
    let winner = |kind: Kind| count(&|headline| headline.winner_kind() == Some(kind));
    let outcome = |outcome| count(&|headline| measured(headline) && headline.outcome() == outcome);
    let parts = [
        ("WebAssembly wins", winner(Kind::Wasm)),
        ("JavaScript wins", winner(Kind::Js)),
        ("a platform API wins", winner(Kind::Platform)),
        ("no difference in", outcome(Outcome::Same)),
        ("unsure in", outcome(Outcome::Unsure)),
        ("not measured in", count(&|headline| !measured(headline))),
    ];
    let parts: Vec<String> = parts.iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{what} {n}")).collect();
    let is_one_stratum = headlines.iter().all(|headline| headline.stratum.id == headlines[0].stratum.id);
    let what = match (headlines.len(), is_one_stratum) {
        (1, _) => "kernel",
        (_, true) => "kernels",
        (_, false) => "pairs of kernel and runtime",
    };
    format!("Of {} {what}: {}", headlines.len(), parts.join(", "))
}

/// From which size of input on a candidate is faster.
#[must_use]
pub fn crossover(verdict: &Verdict, rival: &str) -> String {
    let Verdict { kernel, candidate, crossover_bytes, .. } = verdict;
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
pub fn cold_start(candidate: &CellReport, compared: Option<&Comparison>) -> Option<String> {
    let cold = candidate.cold_start_ns.as_ref()?;
    let CellReport { kernel, contender, .. } = candidate;
    let starts = format!("{kernel}: {contender} has its first answer after {}", units::time(cold.median));
    let Some(comparison) = compared.filter(|comparison| comparison.ratio.is_some()) else { return Some(starts) };
    let claim = wording::claim(comparison);
    let sure = sureness(&claim, comparison.confidence);
    let baseline = &comparison.baseline;
    Some(match comparison.outcome {
        Outcome::Faster | Outcome::Slower => format!("{starts}, {} than {baseline}{sure}", much(&claim)),
        Outcome::Same => format!("{starts}, as {baseline} has{sure}"),
        Outcome::Unsure => format!("{starts}; whether {baseline} is sooner is unsure{sure}"),
    })
}

/// Size of a candidate, against that of the baseline.
#[must_use]
pub fn size(candidate: &CellReport, compared: Option<&Comparison>) -> Option<String> {
    let CellReport { kernel, contender, .. } = candidate;
    let ships = format!("{kernel}: {contender} ships {} (brotli)", units::bytes(candidate.size_bytes?.brotli));
    Some(match compared.filter(|comparison| comparison.ratio.is_some()) {
        Some(comparison) if comparison.outcome == Outcome::Same => {
            format!("{ships}, as much as {}", comparison.baseline)
        }
        Some(comparison) => format!("{ships}, {} than {}", much(&wording::claim(comparison)), comparison.baseline),
        None => ships,
    })
}

/// Cost of crossing for a payload, both ways if both are known.
#[must_use]
pub fn boundary(models: &[&BoundaryModel]) -> Option<String> {
    let BoundaryModel { payload, contender, predictions, sizes, .. } = models.first()?;
    // The measured size is the better answer if there is no prediction for a familiar size.
    let bytes = predictions.last().map(|one| one.bytes).or_else(|| sizes.last().map(|one| one.bytes))?;
    let cost = |model: &BoundaryModel| {
        let predicted = model.predictions.iter().find(|one| one.bytes == bytes).map(|one| (one.ns, one.ci));
        let (ns, ci) = predicted.or_else(|| {
            let measured = model.sizes.iter().find(|one| one.bytes == bytes)?;
            Some((measured.ns, measured.ci))
        })?;
        let way = match model.direction {
            Direction::In => "into",
            Direction::Out => "out of",
        };
        Some(format!("{} {way} {contender}", with_interval(ns, ci)))
    };
    let costs: Vec<String> =
        models.iter().filter(|model| model.contender == *contender).filter_map(|model| cost(model)).collect();
    Some(format!("{} of {payload}: {}", units::round(&units::bytes(bytes)), costs.join(" and ")))
}

/// The part of a call that a candidate spends crossing.
#[must_use]
pub fn boundary_share(candidate: &CellReport) -> Option<String> {
    let boundary = candidate.boundary_ns?;
    let CellReport { kernel, contender, .. } = candidate;
    Some(match wording::adds_up(boundary) {
        true => format!("{kernel}: {contender} spends {} of a call on crossing", wording::boundary_share(boundary)),
        false => {
            format!("{kernel}: what {contender} spends on crossing is unsure, its parts do not add up to the call")
        }
    })
}

/// The source of a report's figures in some strata, by id.
#[must_use]
pub fn source(report: &Report, strata: &[&str]) -> String {
    let run = &report.run;
    let of = |id: &&str| run.strata.iter().find(|stratum| stratum.id == **id);
    let strata: Vec<_> = strata.iter().filter_map(of).collect();
    let mut machines: Vec<String> = Vec::new();
    for stratum in &strata {
        let machine = super::machine_text::in_brief(stratum.machine.as_ref().unwrap_or(&run.machine));
        if !machines.contains(&machine) {
            machines.push(machine);
        }
    }
    let versions = strata.iter().map(|stratum| match stratum.emulation.is_none() {
        true => format!("{} {}", report.label(&stratum.id), stratum.runtime.version),
        false => format!("{} {} (emulated: {})", report.label(&stratum.id), stratum.runtime.version, stratum.emulation),
    });
    let day = run.started_at.split('T').next().unwrap_or_default();
    let tool = format!("crossover {}", run.tool_version);
    let cut = run.truncated.then(|| "stopped before its end".to_owned());
    let parts = machines.into_iter().chain(versions).chain([day.to_owned(), tool]).chain(cut);
    parts.collect::<Vec<_>>().join(" · ")
}

/// A time and its interval: `12.3 µs (11.9–12.8 µs)`.
#[must_use]
pub fn with_interval(ns: f64, ci: Option<[f64; 2]>) -> String {
    match ci {
        Some(ci) => format!("{} ({})", units::time(ns), units::time_interval(ci)),
        None => format!("{} (no interval)", units::time(ns)),
    }
}

/// An estimate and its interval.
#[must_use]
pub fn estimate(estimate: &Estimate) -> String {
    with_interval(estimate.median, estimate.ci)
}

/// `×10.3 faster`.
fn much(claim: &wording::Claim) -> String {
    claim.factor.iter().fold(claim.word.to_owned(), |word, factor| format!("{factor} {word}"))
}

/// `, 95 % interval ×9.9–×10.7`.
fn sureness(claim: &wording::Claim, confidence: f64) -> String {
    match claim.interval.as_deref() {
        None => String::new(),
        Some(interval) if interval.starts_with('×') && interval.contains('–') => {
            format!(", {:.0} % interval {interval}", confidence * 100.0)
        }
        // The phrases `bimodal` and `±1 %`, and a factor without an interval, contain this already.
        Some(other) => format!(" ({other})"),
    }
}
