//! A finding as one sentence for a title: which contender, how much, and how certain. Without a full stop.

mod time;

pub use time::{break_even, cold_start, crossover, speed_up, speed_ups};

use super::boundary::Direction;
use super::{
    BoundaryModel, CellReport, Comparison, Decision, Estimate, Headline, KernelInfo, Outcome, Report, units, wording,
};

/// The answer of a single job, under its title; where only one option was measured, its time.
#[must_use]
pub fn job(headline: &Headline<'_>, measured: &[&CellReport]) -> String {
    let said = match measured {
        [one] => match one.call_ns {
            Some(call) => format!("only {} was measured, {} per call", one.shown(), estimate(&call)),
            None => headline.sentence(),
        },
        _ => headline.sentence(),
    };
    titled(headline.kernel, &said)
}

/// A sentence under the title of its job.
#[must_use]
pub fn titled(kernel: &KernelInfo, sentence: &str) -> String {
    format!("{} – {}", kernel.shown(), sentence.trim_end_matches('.'))
}

/// What to do about every job, counted: `Port 11 of 17 jobs to WebAssembly, use the browser for 2`. A single job has its
/// decision with its reason.
#[must_use]
pub fn tally(headlines: &[Headline<'_>]) -> String {
    let jobs = super::Job::all(headlines);
    if let [one] = &jobs[..] {
        return one.sentence().trim_end_matches('.').to_owned();
    }
    let all = jobs.len();
    if all == 0 {
        return "This run measured nothing".to_owned();
    }
    let count = |decision: Option<Decision>| jobs.iter().filter(|job| job.decision() == decision).count();
    let measured = |job: &&super::Job<'_>| job.headlines.iter().any(|headline| headline.is_measured());
    let measured = jobs.iter().filter(measured).count();
    let by_input = jobs.iter().filter(|job| job.depends_on_input()).count();
    let unsure = jobs.iter().filter(|job| job.is_unsure_in_some()).count();
    let by_browser = count(None) - by_input - unsure;
    let decided = Decision::ALL.into_iter().map(|decision| (part(decision), count(Some(decision))));
    let others = [
        ("different browsers need different answers for #", by_browser),
        ("different inputs need different answers for #", by_input),
        ("unsure in some browsers for #", unsure),
    ];
    let of_all = |n: usize, at: usize| match (at, n == all) {
        (0, true) => format!("all {all} jobs"),
        (0, false) => format!("{n} of {all} jobs"),
        _ => n.to_string(),
    };
    let unmeasured = all - measured;
    let cannot_tell = count(Some(Decision::CannotTell)).saturating_sub(unmeasured);
    let decided =
        decided.map(|(words, n)| if words == part(Decision::CannotTell) { (words, cannot_tell) } else { (words, n) });
    let parts = decided.chain(others).chain([("# could not be measured", unmeasured)]).filter(|(_, n)| *n > 0);
    let parts: Vec<String> = parts.enumerate().map(|(at, (words, n))| words.replace('#', &of_all(n, at))).collect();
    wording::capitalised(&parts.join(", "))
}

/// The part of a tally for a decision, with `#` where the number of jobs belongs.
fn part(decision: Decision) -> &'static str {
    match decision {
        Decision::Port => "port # to WebAssembly",
        Decision::Install => "install a package for #",
        Decision::UseBrowser => "use the browser for #",
        Decision::TuneJs => "tune the JavaScript of #",
        Decision::WorthATry => "try a port of #",
        Decision::KeepJs => "keep JavaScript for #",
        Decision::NoDifference => "no difference for #",
        Decision::NotWorthATry => "don't port #",
        Decision::CannotTell => "can't tell yet for #",
    }
}

/// Size of a candidate, against that of the baseline.
#[must_use]
pub fn size(kernel: &KernelInfo, candidate: &CellReport, compared: Option<&Comparison>) -> Option<String> {
    let (title, shown) = (kernel.shown(), candidate.shown());
    let ships = format!("{title}: {shown} ships {} (brotli)", units::bytes(candidate.size_bytes?.brotli));
    Some(match compared.filter(|comparison| comparison.ratio.is_some()) {
        Some(comparison) if comparison.outcome == Outcome::Same => {
            format!("{ships}, as much as {}", kernel.option(&comparison.baseline))
        }
        Some(comparison) => {
            format!("{ships}, {} than {}", much(&wording::spoken(comparison)), kernel.option(&comparison.baseline))
        }
        None => ships,
    })
}

/// Cost of crossing for a payload, both ways if both are known.
#[must_use]
pub fn boundary(report: &Report, models: &[&BoundaryModel]) -> Option<String> {
    let BoundaryModel { kernel, payload, contender, predictions, sizes, .. } = models.first()?;
    let (title, shown) = (report.title(kernel), report.option(kernel, contender));
    // The measured size is the better answer if there is no prediction for a familiar size.
    let bytes = predictions.last().map(|one| one.bytes).or_else(|| sizes.last().map(|one| one.bytes))?;
    let has_in = models.iter().any(|model| model.contender == *contender && model.direction == Direction::In);
    let cost = |model: &BoundaryModel| {
        let predicted = model.predictions.iter().find(|one| one.bytes == bytes).map(|one| (one.ns, one.ci));
        let (ns, ci) = predicted.or_else(|| {
            let measured = model.sizes.iter().find(|one| one.bytes == bytes)?;
            Some((measured.ns, measured.ci))
        })?;
        let (way, whom) = match model.direction {
            Direction::In => ("into", &*shown),
            Direction::Out if has_in => ("out of", "it"),
            Direction::Out => ("out of", &*shown),
        };
        Some(format!("{} {way} {whom}", with_interval(ns, ci)))
    };
    let costs: Vec<String> =
        models.iter().filter(|model| model.contender == *contender).filter_map(|model| cost(model)).collect();
    Some(format!("{title}: {} of {payload} takes {}", units::round(&units::bytes(bytes)), costs.join(" and ")))
}

/// The part of a call that a candidate spends crossing.
#[must_use]
pub fn boundary_share(kernel: &KernelInfo, candidate: &CellReport) -> Option<String> {
    let boundary = candidate.boundary_ns?;
    let (kernel, contender) = (kernel.shown(), candidate.shown());
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
        let machine = super::machine_text::in_a_row(stratum.machine.as_ref().unwrap_or(&run.machine));
        if !machines.contains(&machine) {
            machines.push(machine);
        }
    }
    let versions = strata.iter().map(|stratum| match stratum.emulation.is_none() {
        true => format!("{} {}", report.name(&stratum.id), stratum.runtime.version),
        false => format!("{} {} (emulated: {})", report.name(&stratum.id), stratum.runtime.version, stratum.emulation),
    });
    let day = run.started_at.split('T').next().unwrap_or_default();
    let tool = format!("crossover {}", run.tool_version);
    let cut = run.truncated.then(|| "stopped before its end".to_owned());
    let starts = super::trust::starts(report).map(|starts| format!("{starts}, preset {}", run.schedule.preset));
    let parts = machines.into_iter().chain(versions).chain(starts).chain([day.to_owned(), tool]).chain(cut);
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

/// `10.3× faster`.
fn much(claim: &wording::Claim) -> String {
    claim.factor.iter().fold(claim.word.to_owned(), |word, factor| format!("{factor} {word}"))
}

/// `, 95 % interval 9.9–10.7×`.
fn sureness(claim: &wording::Claim, confidence: f64) -> String {
    match claim.interval.as_deref() {
        None => String::new(),
        Some(interval) if interval.ends_with('×') && interval.contains('–') && !interval.contains(' ') => {
            format!(", {:.0} % interval {interval}", confidence * 100.0)
        }
        // The phrases `bimodal` and `±1 %`, and a factor without an interval, contain this already.
        Some(other) => format!(" ({other})"),
    }
}
