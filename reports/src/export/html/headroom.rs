//! The most that a port could save, where no Wasm is written yet: in the row of the job, and at the top of its section.
//! The script writes what depends on the number of calls, `.advised`, anew.

use maud::{Markup, html};

use crate::report::{Headline, Headroom, headroom, wording};

/// A line for each input, in the row of a job.
pub fn row(headline: &Headline<'_>) -> Markup {
    let lines = headroom::lines(headline.kernel, &headline.headrooms);
    html! {
        span.why { @for (one, line) in headline.headrooms.iter().zip(lines) {
            span data-input=(one.input) data-at=(one.stratum) {
                (line) @if let Some(first) = one.advice.first() { ". " span.advised { (first) } }
            }
        } }
    }
}

/// The sentences, a block for each input, and how to go on; empty unless Wasm is not written yet.
pub fn section(headline: &Headline<'_>) -> Markup {
    let headrooms = &headline.headrooms;
    if headrooms.is_empty() {
        return html! {};
    }
    html! {
        div.headrooms { @for one in headrooms {
            div data-input=(one.input) data-at=(one.stratum) {
                h3 { (wording::capitalised(&headroom::place(headline.kernel, one))) }
                (sentences(one))
            }
        } }
        @if headline.is_measured() { p.note { (headroom::LIMIT) } }
        @if headrooms.iter().any(|one| one.is_worth_a_try()) {
            p.note { "Next: " code { (headroom::next(headline.kernel)) } }
        }
    }
}

fn sentences(one: &Headroom) -> Markup {
    html! {
        ul {
            @for sentence in &one.sentences { li { (sentence) } }
            @if !one.advice.is_empty() { li { span.advised { (one.advice.join(" ")) } } }
        }
    }
}
