//! One self-contained page: no request, no script, and a policy that forbids both.

mod boundary;
mod build_matrix;
mod ceiling;
mod environment;
mod flame;
pub mod gate;
mod kernel;
mod memory;
mod profile;
mod rules_of_thumb;
mod strata;
mod summary;
mod tables;
pub mod trend;
mod verdicts;

use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::chart::{matrix_slugs, slugs};
use crate::history::Trend;
use crate::report::{Report, words};

/// The page's only style sheet; the charts take their colours from its custom properties.
const STYLE: &str = include_str!("html/style.css");

/// The report as a page, with the trend of its kernels where there is one.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn text(report: &Report, trend: Option<&Trend>) -> anyhow::Result<String> {
    let headlines = report.headlines();
    let slugs = slugs(&headlines);
    let mut sections = Vec::new();
    for (headline, slug) in headlines.iter().zip(&slugs) {
        sections.push(kernel::section(report, headline, slug)?);
    }
    let matrix_slugs = matrix_slugs(report);
    let mut matrices = Vec::new();
    for (matrix, slug) in report.build_matrices.iter().zip(&matrix_slugs) {
        matrices.push(build_matrix::section(matrix, slug)?);
    }
    let trend = trend.map(trend::section).transpose()?;
    let main = html! {
        (summary::section(report, &headlines, &slugs))
        (strata::section(report))
        @for matrix in &matrices { (matrix) }
        @for section in &sections { (section) }
        @if let Some(trend) = trend { (trend) }
        (boundary::section(report))
        (rules_of_thumb::section(report))
        (tables::failures(report))
        (environment::section(report))
        (environment::method())
    };
    let run = &report.run;
    let when = html! {
        time datetime=(run.started_at) { (run.started_at) }
        @for browser in &run.browsers { " · " (browser.name) " " (browser.version) }
    };
    Ok(page("crossover: JavaScript against WebAssembly", &when, &main, Some(&super::about(report))))
}

/// What every page has around its `main`; `when` stands beside the name, `about` at the end.
fn page(title: &str, when: &Markup, main: &Markup, about: Option<&str>) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (head(title))
            body {
                a.skip href="#answers" { "Skip to the answers" }
                header.top { (brand()) p.when { (when) } }
                main { (main) }
                @if let Some(about) = about { footer { p { (about) } } }
            }
        }
    };
    // The style sheet and the charts have line breaks, so the page is not made one line.
    page.into_string().replace(|c| c != '\n' && !words::is_printable(c), " ")
}

fn head(title: &str) -> Markup {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (title) }
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn brand() -> Markup {
    html! {
        p.brand {
            // Two lines that cross: the name and the question.
            svg viewBox="0 0 24 24" aria-hidden="true" {
                path.js d="M2 5 C 10 5, 14 19, 22 19" {}
                path.wasm d="M2 19 C 10 19, 14 5, 22 5" {}
            }
            "crossover"
        }
    }
}
