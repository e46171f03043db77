//! The verdicts on a kernel's best candidate.

use maud::{Markup, html};

use super::tables::scrolling;
use crate::report::{Advice, Headline, Report, Verdict, units, words};

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

/// Every verdict with its reasons; nothing where there is no candidate.
pub fn table(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let verdicts: Vec<&Verdict> = headline.candidate.into_iter().flat_map(|cell| report.verdicts_on(cell)).collect();
    let Some(first) = verdicts.first() else { return html! {} };
    scrolling(
        slug,
        "verdicts",
        &format!("Should {} be used?", first.candidate),
        html! {
            thead { tr {
                th scope="col" { "Scenario" } th scope="col" { "Verdict" }
                th.n scope="col" { "Calls" } th.n scope="col" { "Saves in all" } th scope="col" { "Break-even" }
                th scope="col" { "Faster by size" } th scope="col" { "Reasons" } th scope="col" { "Would be another" }
            } }
            tbody { @for verdict in verdicts { tr {
                td { (verdict.scenario.name) }
                td class=(tone(verdict.verdict)) { b.said { (verdict.verdict.name()) } }
                td.n { (verdict.scenario.calls) }
                td.n { (verdict.saving_ns.map_or_else(|| units::MISSING.to_owned(), |saving| {
                    words::delay(crate::report::Delay { median: saving.median, ci: Some(saving.ci) })
                })) }
                td { (words::break_even(verdict.break_even_calls)) }
                td { (words::crossover_size(verdict.crossover_bytes)) }
                td.reason { ul { @for reason in &verdict.reasons { li { (reason) "." } } } }
                td.reason { @if verdict.flips.is_empty() { "nothing that was tried" } @else {
                    ul { @for flip in &verdict.flips { li { (flip) "." } } }
                } }
            } } }
        },
    )
}

/// Whose colour a verdict has.
fn tone(advice: Advice) -> &'static str {
    match advice {
        Advice::Port | Advice::BatchFirst => "won-wasm",
        Advice::KeepJs => "won-js",
        Advice::UsePlatform => "won-platform",
        Advice::Unsure => "unsure",
    }
}
