//! The answer: one row per kernel, before anything else on the page.

use maud::{Markup, html};

use super::verdicts;
use crate::chart::matrix_slugs;
use crate::report::{
    BuildMatrix, Comparison, Factor, Headline, Outcome, Report, build_matrix, finding, units, wording,
};
use crate::run::Kind;

/// The top of the page.
pub fn section(report: &Report, headlines: &[Headline<'_>], slugs: &[String]) -> Markup {
    html! {
        section #answers aria-labelledby="answers-title" {
            h1 #answers-title { "JavaScript against WebAssembly" }
            @if report.run.truncated {
                p.warning { "This run was stopped before its end: some blocks are missing, so its results are less certain." }
            }
            @if report.is_empty() {
                p.lead { "This run measured nothing: it has no kernels or no browsers." }
            }
            @for (matrix, slug) in report.build_matrices.iter().zip(matrix_slugs(report)) { (build(matrix, &slug)) }
            @if !headlines.is_empty() {
                p.lead { (finding::tally(headlines)) "." }
                ol.answers {
                    @for (headline, slug) in headlines.iter().zip(slugs) { li { (answer(report, headline, slug)) } }
                }
                p.note {
                    "Factors are for the time per call on the input shown, best candidate against the JavaScript shown, "
                    "with 95 % intervals. Cold start and size are against the baseline."
                }
            }
        }
    }
}

/// The recommended build, with a link to the details.
fn build(matrix: &BuildMatrix, slug: &str) -> Markup {
    html! {
        p.lead {
            a href={ "#" (slug) } { (build_matrix::title(matrix)) } " "
            (matrix.advice.as_ref().map_or("No variant was measured.", |advice| &advice.recommended.reason))
        }
    }
}

fn answer(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let kernel = headline.kernel;
    html! {
        article class={ "answer " (tone(headline)) } {
            div.what {
                h2 { a href={ "#" (slug) } { (kernel.name) } }
                p { (kernel.summary) }
                p.on {
                    @if let Some(input) = headline.input { (input.name) " · " }
                    (headline.label)
                }
            }
            div.verdict {
                p.finding { (badge(headline)) (headline.finding()) }
                @if headline.candidate.is_some_and(|cell| cell.call_ns.is_some()) {
                    ul.factors { @for one in &headline.factors { li { (factor(one)) } } }
                } @else {
                    p { (headline.sentence()) }
                }
                (verdicts::chips(report, headline))
            }
            dl.costs {
                div { dt { "Cold start" } dd { (cold_start(headline)) } }
                div { dt { "Size, brotli" } dd { (size(headline)) } }
            }
        }
    }
}

/// A factor, large, with its contenders and its interval.
fn factor(factor: &Factor<'_>) -> Markup {
    let (subject, claim, rival) = factor.claimed();
    html! {
        span.big { (claim.factor.as_deref().unwrap_or(claim.word)) }
        span.claim {
            @match factor.comparison.outcome {
                Outcome::Faster | Outcome::Slower => { b { (subject) } " " (claim.word) " than " b { (rival) } }
                Outcome::Same | Outcome::Unsure => { b { (subject) } " against " b { (rival) } }
            }
            @if let Some(interval) = &claim.interval { " " span.interval { (interval) } }
        }
    }
}

fn cold_start(headline: &Headline<'_>) -> Markup {
    let Some(cold) = headline.candidate.and_then(|cell| cell.cold_start_ns.as_ref()) else { return missing() };
    html! {
        span.figure { (units::time(cold.median)) }
        @if let Some(comparison) = headline.cold_start { (compared(comparison)) }
    }
}

fn size(headline: &Headline<'_>) -> Markup {
    let Some(size) = headline.candidate.and_then(|cell| cell.size_bytes) else { return missing() };
    html! {
        span.figure { (units::bytes(size.brotli)) }
        @if let Some(comparison) = headline.size { (compared(comparison)) }
    }
}

fn compared(comparison: &Comparison) -> Markup {
    let wording::Claim { factor, word, interval } = wording::claim(comparison);
    html! {
        span.compared {
            @if let Some(factor) = factor { (factor) " " }
            (word)
            @if let Some(interval) = interval { " " span.interval { "(" (interval) ")" } }
        }
    }
}

fn missing() -> Markup {
    html! { span.figure { "not measured" } }
}

/// Every winner has its own colour; JavaScript is a full winner.
fn tone(headline: &Headline<'_>) -> &'static str {
    match (headline.winner_kind(), headline.outcome()) {
        (Some(Kind::Js), _) => "won-js",
        (Some(Kind::Wasm), _) => "won-wasm",
        (Some(Kind::Platform | Kind::Native), _) => "won-platform",
        (Some(Kind::StandIn), _) => "unsure",
        (None, Outcome::Same) => "same",
        (None, _) => "unsure",
    }
}

/// The winner's kind in letters, so that colour is not needed.
fn badge(headline: &Headline<'_>) -> Markup {
    let letters = match (headline.winner_kind(), headline.outcome()) {
        (Some(Kind::Js), _) => "JS",
        (Some(Kind::Wasm), _) => "Wasm",
        (Some(Kind::Platform), _) => "API",
        (Some(Kind::Native), _) => "Native",
        (Some(Kind::StandIn), _) => "?",
        (None, Outcome::Same) => "=",
        (None, _) => "?",
    };
    html! { span.badge aria-hidden="true" { (letters) } }
}
