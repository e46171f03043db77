//! The verdicts on a kernel's best candidate.

use maud::{Markup, html};

use crate::report::{Advice, CrossoverSize, Headline, Report, Verdict, words};

/// One chip for each scenario, for the summary.
pub fn chips(report: &Report, headline: &Headline<'_>) -> Markup {
    let verdicts: Vec<&Verdict> = headline.candidate.into_iter().flat_map(|cell| report.verdicts_on(cell)).collect();
    html! {
        @if !verdicts.is_empty() {
            ul.verdicts { @for verdict in verdicts {
                li class=(tone(verdict.verdict)) { b { (verdict.verdict.name()) } " " (verdict.scenario.name) }
            } }
        }
    }
}

/// Every verdict with its reasons, one below the other; nothing where there is no candidate.
pub fn list(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let verdicts: Vec<&Verdict> = headline.candidate.into_iter().flat_map(|cell| report.verdicts_on(cell)).collect();
    let Some(first) = verdicts.first() else { return html! {} };
    let id = format!("{slug}-advice");
    // What is a reason in every scenario is told once.
    let is_shared =
        |reason: &&String| verdicts.len() > 1 && verdicts.iter().all(|verdict| verdict.reasons.contains(reason));
    let shared: Vec<&String> = first.reasons.iter().filter(is_shared).collect();
    html! {
        h3 id=(id) { @match headline.is_stand_in() {
            true => "Is a port worth a try?",
            false => { "Should " (first.candidate) " be used?" },
        } }
        @if headline.is_stand_in() {
            p.note { (words::STAND_IN) }
        }
        @if !shared.is_empty() { ul.note { @for reason in &shared { li { (reason) "." } } } }
        ul.advice aria-labelledby=(id) { @for verdict in verdicts { li class=(tone(verdict.verdict)) {
            p { b.said { (verdict.verdict.name()) } " " b { (verdict.scenario.name) } ": " (words::calls(verdict.scenario.calls as f64)) }
            ul {
                @for reason in verdict.reasons.iter().filter(|reason| !shared.contains(reason)) { li { (reason) "." } }
                @if verdict.crossover_bytes != CrossoverSize::Undetermined {
                    li { "Each call is faster " (words::crossover_size(verdict.crossover_bytes)) "." }
                }
            }
            @if !verdict.flips.is_empty() {
                p.note { "What would change it" }
                ul { @for flip in &verdict.flips { li { (flip) "." } } }
            }
        } } }
    }
}

/// Whose colour a verdict has.
fn tone(advice: Advice) -> &'static str {
    match advice {
        Advice::Port | Advice::BatchFirst | Advice::WorthATry => "won-wasm",
        Advice::KeepJs | Advice::NotWorthATry => "won-js",
        Advice::UsePlatform => "won-platform",
        Advice::Unsure => "unsure",
    }
}
