//! Every candidate of every kernel in every stratum, a row each, which the script sorts and filters.

use maud::{Markup, html};

use super::{figure, tables};
use crate::metric::Metric;
use crate::report::{CellReport, Comparison, Headline, Report, units, wording};

/// The headings, and the keys that the script filters by.
const HEADINGS: [(&str, Option<&str>); 11] = [
    ("Kernel", None),
    ("Runtime", Some("runtime")),
    ("Contender", None),
    ("Against the baseline", None),
    ("Verdict", None),
    ("Time per call", None),
    ("Cold start", None),
    ("Size, brotli", None),
    ("Kind", Some("kind")),
    ("Track", Some("track")),
    ("Domain", Some("domain")),
];

/// Headings of numbers.
const NUMBERS: [&str; 3] = ["Time per call", "Cold start", "Size, brotli"];

const CAPTION: &str = "All candidates on their kernel's headline input; verdicts go from few calls to many";

/// The table; empty if there is nothing to choose from.
pub fn section(report: &Report, headlines: &[Headline<'_>], slugs: &[String]) -> Markup {
    if headlines.is_empty() {
        return html! {};
    }
    html! {
        details.kernel #overview {
            summary { h2 #overview-title { "All options in one table" } }
            (figure::table("overview", "candidates", CAPTION, html! {
                thead { tr { @for (heading, filter) in HEADINGS {
                    @if NUMBERS.contains(&heading) { th.n scope="col" { (heading) } }
                    @else { th scope="col" data-filter=[filter] { (heading) } }
                } } }
                tbody { @for (headline, slug) in headlines.iter().zip(slugs) {
                    @for cell in candidates(report, headline) { (row(report, headline, slug, cell)) }
                } }
            }))
        }
    }
}

/// The candidates of a headline; the baseline if it is alone.
fn candidates<'a>(report: &'a Report, headline: &'a Headline<'_>) -> Vec<&'a CellReport> {
    let kernel = headline.kernel;
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells: Vec<&CellReport> = report.cells_of(&kernel.name, input, &headline.stratum.id).collect();
    let is_candidate = |cell: &&CellReport| cell.contender != kernel.baseline;
    match cells.iter().any(&is_candidate) {
        true => cells.into_iter().filter(is_candidate).collect(),
        false => cells,
    }
}

fn row(report: &Report, headline: &Headline<'_>, slug: &str, cell: &CellReport) -> Markup {
    let baseline = &headline.kernel.baseline;
    let call = cell.call_ns.map(|call| call.median);
    let cold = cell.cold_start_ns.as_ref().map(|cold| cold.median);
    let size = cell.size_bytes.map(|size| size.brotli);
    let compared = report.comparison(cell, baseline, Metric::CALL);
    html! {
        tr {
            th { a href={ "#" (slug) } { (headline.kernel.shown()) } }
            td { (headline.label) } td { span.name { (headline.kernel.option(&cell.contender)) } }
            @match (&cell.failure, compared) {
                (Some(failure), _) if call.is_none() => td.reason { "Not measured: " (failure) },
                (_, Some(compared)) => (against(compared)),
                (_, None) => td { (tables::missing()) },
            }
            td { (verdicts(report, cell)) }
            (figure(call, units::time))
            (figure(cold, units::time))
            (figure(size.map(|size| size as f64), |bytes| units::bytes(bytes as u64)))
            td { (cell.kind.name()) } td { (cell.track.name()) } td { (headline.kernel.domain) }
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
    html! { td.(comparison.outcome.name()) data-v=[ratio] { (wording::comparison(comparison)) } }
}

/// The advice, once if several scenarios share it; the kernel's section has it by scenario.
fn verdicts(report: &Report, cell: &CellReport) -> String {
    let mut verdicts: Vec<_> = report.verdicts_on(cell).collect();
    verdicts.sort_by_key(|verdict| verdict.scenario.calls);
    let mut names: Vec<&str> = verdicts.iter().map(|verdict| verdict.verdict.name()).collect();
    names.dedup();
    if names.is_empty() { tables::missing() } else { names.join(", then ") }
}
