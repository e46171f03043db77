//! The verdicts on a kernel's best candidate.

use maud::{Markup, html};

use crate::report::{Advice, CrossoverSize, Headline, Report, Verdict, wording};

/// Every verdict with its reasons, one below the other; empty without a candidate.
pub fn list(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let verdicts: Vec<&Verdict> = headline.candidate.into_iter().flat_map(|cell| report.verdicts_on(cell)).collect();
    let Some(first) = verdicts.first() else { return html! {} };
    let id = format!("{slug}-advice");
    let (shared, own) = reasons(&verdicts, headline.is_stand_in());
    html! {
        h3 id=(id) { @match headline.is_stand_in() {
            true => "Is a port worth a try?",
            false => { "Should " (first.candidate) " be used?" },
        } }
        @if headline.is_stand_in() {
            p.note { (wording::STAND_IN) }
        }
        @if !shared.is_empty() {
            p.note { "In every scenario" }
            ul.shared { @for reason in &shared { li { (reason) "." } } }
        }
        ul.verdict-list aria-labelledby=(id) { @for (verdict, own) in verdicts.iter().zip(&own) { li class=(tone(verdict.verdict)) {
            p { b.said { (verdict.verdict.name()) } " " b { (verdict.scenario.name) } }
            @if !own.is_empty() { ul { @for reason in own { li { (reason) "." } } } }
            @if !verdict.flips.is_empty() {
                p.note { "What would change it" }
                ul { @for flip in &verdict.flips { li { (flip) "." } } }
            }
        } } }
    }
}

/// The reasons of several verdicts: those that all share, which are shown once, and the remaining ones of each.
fn reasons(verdicts: &[&Verdict], is_stand_in: bool) -> (Vec<String>, Vec<Vec<String>>) {
    let mut own: Vec<Vec<String>> = verdicts.iter().map(|verdict| all_reasons(verdict, is_stand_in)).collect();
    let is_shared = |reason: &String| own.len() > 1 && own.iter().all(|reasons| reasons.contains(reason));
    let shared: Vec<String> = own.first().into_iter().flatten().filter(|reason| is_shared(reason)).cloned().collect();
    for reasons in &mut own {
        reasons.retain(|reason| !shared.contains(reason));
    }
    (shared, own)
}

fn all_reasons(verdict: &Verdict, is_stand_in: bool) -> Vec<String> {
    let size = Some(verdict.crossover_bytes).filter(|size| !is_stand_in && *size != CrossoverSize::Undetermined);
    let size = size.map(|size| format!("Each call is faster {}", wording::crossover_size(size)));
    verdict.reasons.iter().cloned().chain(size).collect()
}

/// The colour of a verdict.
fn tone(advice: Advice) -> &'static str {
    match advice {
        Advice::Port | Advice::BatchFirst | Advice::WorthATry => "won-wasm",
        Advice::KeepJs | Advice::NotWorthATry => "won-js",
        Advice::UsePlatform => "won-platform",
        Advice::Unsure => "unsure",
    }
}
