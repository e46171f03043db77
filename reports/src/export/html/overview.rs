//! Every candidate of every kernel in every browser, a row each: what the script sorts and filters.

use maud::{Markup, html};

use super::{figure, tables};
use crate::metric::Metric;
use crate::report::{Cell, Comparison, Headline, Report, units, words};

/// The headings, and by what the script can filter.
const HEADINGS: [(&str, Option<&str>); 11] = [
    ("Kernel", None),
    ("Domain", Some("domain")),
    ("Browser", Some("browser")),
    ("Contender", None),
    ("Kind", Some("kind")),
    ("Track", Some("track")),
    ("Time per call", None),
    ("Against the baseline", None),
    ("Cold start", None),
    ("Size, brotli", None),
    ("Verdict", None),
];

/// The table; nothing where there is nothing to choose from.
pub fn section(report: &Report, headlines: &[Headline<'_>], slugs: &[String]) -> Markup {
    if headlines.is_empty() {
        return html! {};
    }
    html! {
        section.kernel #overview aria-labelledby="overview-title" {
            h2 #overview-title { "All candidates" }
            (figure::table("overview", "table", "Every candidate on its kernel's headline input, against the baseline", html! {
                thead { tr { @for (heading, filter) in HEADINGS { th scope="col" data-filter=[filter] { (heading) } } } }
                tbody { @for (headline, slug) in headlines.iter().zip(slugs) {
                    @for cell in candidates(report, headline) { (row(report, headline, slug, cell)) }
                } }
            }))
        }
    }
}

/// The candidates of a headline; the baseline where it is alone.
fn candidates<'a>(report: &'a Report, headline: &'a Headline<'_>) -> Vec<&'a Cell> {
    let kernel = headline.kernel;
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells: Vec<&Cell> = report.cells_of(&kernel.name, input, headline.browser).collect();
    let is_candidate = |cell: &&Cell| cell.contender != kernel.baseline;
    match cells.iter().any(|cell| is_candidate(&cell)) {
        true => cells.into_iter().filter(is_candidate).collect(),
        false => cells,
    }
}

fn row(report: &Report, headline: &Headline<'_>, slug: &str, cell: &Cell) -> Markup {
    let baseline = &headline.kernel.baseline;
    let call = cell.call_ns.map(|call| call.median);
    let cold = cell.cold_start_ns.as_ref().map(|cold| cold.median);
    let size = cell.size_bytes.map(|size| size.brotli);
    let compared = report.comparison(cell, baseline, Metric::CallNs);
    html! {
        tr {
            th { a href={ "#" (slug) } { (headline.kernel.name) } }
            td { (headline.kernel.domain) } td { (headline.browser) } td { span.name { (cell.contender) } }
            td { (cell.kind.name()) } td { (cell.track.name()) }
            (figure(call, units::time))
            @match (&cell.failure, compared) {
                (Some(failure), _) if call.is_none() => td.reason { "Not measured: " (failure) },
                (_, Some(compared)) => (against(compared)),
                (_, None) => td { (units::MISSING) },
            }
            (figure(cold, units::time))
            (figure(size.map(|size| size as f64), |bytes| units::bytes(bytes as u64)))
            td { (verdicts(report, cell)) }
        }
    }
}

/// A figure with the number that the script sorts by.
fn figure(value: Option<f64>, text: impl Fn(f64) -> String) -> Markup {
    match value {
        Some(value) => html! { td.n data-v=(format!("{value:.0}")) { (text(value)) } },
        None => html! { td.n { (tables::missing()) } },
    }
}

fn against(comparison: &Comparison) -> Markup {
    let ratio = comparison.ratio.map(|ratio| format!("{ratio:.4e}"));
    html! { td.(comparison.outcome.name()) data-v=[ratio] { (words::comparison(comparison)) } }
}

/// The advice, once where it is the same in every scenario.
fn verdicts(report: &Report, cell: &Cell) -> String {
    let verdicts: Vec<_> = report.verdicts_on(cell).collect();
    match verdicts.as_slice() {
        [] => units::MISSING.to_owned(),
        [first, rest @ ..] if rest.iter().all(|other| other.verdict == first.verdict) => {
            first.verdict.name().to_owned()
        }
        all => {
            let told = all.iter().map(|one| format!("{} {}", one.verdict.name(), one.scenario.name));
            told.collect::<Vec<_>>().join("; ")
        }
    }
}
