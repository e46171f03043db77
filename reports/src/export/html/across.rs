//! A job in several browsers: a line in its row, and a table at the top of what the row opens. The script writes both anew
//! when other calls are asked for.

use maud::{Markup, html};

use super::figure;
use super::tone::tone;
use crate::report::{Across, Agreement, Job, KernelInfo, Report, wording};

/// The line in the row of a job; empty in a single browser, and where no Wasm is written yet.
pub fn line(report: &Report, job: &Job<'_>) -> Markup {
    let across = report.across(&job.kernel.name).next().filter(|_| job.headlines[0].headrooms.is_empty());
    html! {
        @if let Some(across) = across {
            span.across.differs[job.decision().is_none()] { (answer(across)) (visitors(across)) }
        }
    }
}

/// A table for each input; empty in a single browser.
pub fn tables(report: &Report, kernel: &KernelInfo, slug: &str) -> Markup {
    let all: Vec<&Across> = report.across(&kernel.name).collect();
    html! {
        @for (at, across) in all.iter().enumerate() {
            @let input = if all.len() > 1 { format!(", {}", kernel.input(&across.input)) } else { String::new() };
            @let name = if at > 0 { format!("across-{}", at + 1) } else { "across".to_owned() };
            div.side-by-side data-across=(across.input) {
                (figure::table(slug, &name, &format!("Browsers side by side{input}"), html! {
                    thead { tr { @for (at, heading) in across.headings().iter().enumerate() { th.head[at == 0] scope="col" { (heading) } } } }
                    tbody { @for row in across.rows(report, kernel) {
                        tr { @for (at, cell) in row.cells.iter().enumerate() {
                            @match at {
                                0 => th scope="row" { span { (cell) } },
                                1 => td.said.(tone(Some(row.decision))) { (cell) },
                                _ => td.reason.brief { (cell) },
                            }
                        } }
                    } }
                }))
                p.note { span.scenario { (wording::scenario(&across.scenario)) } ": " span.across { (answer(across)) (visitors(across)) } }
            }
        }
    }
}

/// The answer, with flips marked.
fn answer(across: &Across) -> Markup {
    match across.answer.strip_prefix("flips") {
        Some(rest) if across.agreement == Agreement::Flips => html! { strong { "Flips" } (rest) },
        _ => html! { (wording::capitalised(&across.answer)) },
    }
}

fn visitors(across: &Across) -> Markup {
    html! { @if let Some(visitors) = &across.visitors { " " span.visitors { (visitors.answer) } } }
}
