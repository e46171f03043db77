//! How sure the advice on a job is, and what its figures do not say.

use maud::{Markup, html};

use crate::report::{CellReport, Headline, JobDecision, KernelInfo, Report, units, wording};
use crate::run::Check;

/// Repetitions, interval, warm-up, answers and caveats.
pub fn section(report: &Report, headline: &Headline<'_>) -> Markup {
    let kernel = headline.kernel;
    html! {
        div.certainty {
            h3 { "How sure is this?" }
            ul {
                @if let Some(decision) = headline.decision {
                    @for fact in facts(report, headline, decision) { li { (fact) "." } }
                }
                li { "Answers " (checks(kernel)) "." }
            }
            @if !kernel.caveats.is_empty() {
                h3 { "Mind" }
                ul { @for caveat in &kernel.caveats { li { (caveat) } } }
            }
        }
    }
}

fn facts(report: &Report, headline: &Headline<'_>, decision: &JobDecision) -> Vec<String> {
    let name = |contender: &Option<String>| contender.as_deref().map(|one| headline.kernel.option(one));
    let both = [&decision.option, &decision.alternative];
    let cells: Vec<&CellReport> = both
        .into_iter()
        .flatten()
        .filter_map(|one| {
            let mut cells = report.cells_of(&decision.kernel, &decision.input, &decision.stratum);
            cells.find(|cell| cell.contender == *one)
        })
        .collect();
    let mut facts = Vec::new();
    if let Some(blocks) = cells.iter().map(|cell| cell.blocks).min() {
        facts.push(format!("{blocks} browser starts, each with a fresh profile"));
    }
    if let (Some(ratio), Some(ci), [Some(option), Some(other)]) = (decision.ratio, decision.ci, both.map(name)) {
        facts.push(format!("Per call, {option} is {} than {other}", wording::speed_up(ratio, ci)));
    }
    // What a port could save is said above, for every input.
    if let Some(saving) = decision.saving_ns.filter(|_| headline.headrooms.is_empty()) {
        let words = wording::calls(decision.scenario.calls as f64);
        let [low, high] = saving.ci.map(units::time);
        facts.push(format!("It saves {} in {words} (95 %: {low} to {high})", units::time(saving.median)));
    }
    let warming_up: Vec<String> =
        cells.iter().filter(|cell| !cell.is_steady()).map(|cell| headline.kernel.option(&cell.contender)).collect();
    if !warming_up.is_empty() {
        facts.push(format!("Still warming up when it was timed: {}", warming_up.join(" and ")));
    }
    facts
}

/// How answers are compared, and which contenders have a check of their own.
fn checks(kernel: &KernelInfo) -> String {
    let own = kernel.own_checks.iter().map(|(name, own)| format!("; those of {} {}", kernel.option(name), check(own)));
    check(&kernel.check) + &own.collect::<String>()
}

fn check(check: &Check) -> String {
    match check {
        Check::Exact => "are equal in every byte".to_owned(),
        Check::Tolerance(by) => format!("differ by at most {by}"),
        Check::PsnrDb(db) => format!("have a PSNR of at least {db} dB"),
        Check::Normalised => "are equal after the normalisation given by --normalize".to_owned(),
        Check::Same => "are the same by the comparison given by --same".to_owned(),
        Check::Module(function) => format!("are the same by the kernel's own comparison, {function}"),
    }
}
