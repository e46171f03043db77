//! Every candidate of every kernel in every stratum, a row each, which the script sorts, and filters by what a row says of
//! itself.

use maud::{Markup, html};

use super::{figure, tables};
use crate::metric::Metric;
use crate::report::{CellReport, Comparison, Headline, JobDecision, Report, decisions_in_words, units, wording};

/// Headings of texts: what a row is about, then what was found.
const WORDS: [&str; 3] = ["Option", "Decision", "Against the baseline"];

/// Headings of numbers.
const NUMBERS: [&str; 3] = ["Time per call", "First result", "Download, brotli"];

const CAPTION: &str = "All options on their job's headline input, with the decisions that choose them";

/// The table; empty if there is nothing to choose from.
pub fn section(report: &Report, headlines: &[Headline<'_>], slugs: &[String]) -> Markup {
    if headlines.is_empty() {
        return html! {};
    }
    html! {
        details.kernel #overview {
            summary { h2 #overview-title { "All options in one table" } }
            (figure::table("overview", "candidates", CAPTION, html! {
                thead { tr {
                    th.head scope="col" { "Job" }
                    @if report.run.strata.len() > 1 { th scope="col" { "Runtime" } }
                    @for heading in WORDS { th scope="col" { (heading) } }
                    @for heading in NUMBERS { th.n scope="col" { (heading) } }
                } }
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
        tr data-runtime=(headline.label) data-kind=(cell.kind.name()) data-track=(cell.track.name()) data-domain=(headline.kernel.domain) {
            th { a href={ "#" (slug) } { (headline.kernel.shown()) } }
            @if report.run.strata.len() > 1 { td { (headline.label) } }
            td { span.name { (headline.kernel.option(&cell.contender)) } }
            td.reason.brief { (chosen(report, cell)) }
            @match (&cell.failure, compared) {
                (Some(failure), _) if call.is_none() => td.reason { "Not measured: " (failure) },
                (_, Some(compared)) => (against(compared)),
                (_, None) => td { (tables::missing()) },
            }
            (figure(call, units::time))
            (figure(cold, units::time))
            (figure(size.map(|size| size as f64), |bytes| units::bytes(bytes as u64)))
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

/// The decisions that choose an option, from few calls to many.
fn chosen(report: &Report, cell: &CellReport) -> String {
    let mut all: Vec<&JobDecision> = report.decisions.iter().filter(|decision| decision.is_on(cell)).collect();
    all.sort_by_key(|decision| decision.scenario.calls);
    let is_chosen = |decision: &&JobDecision| decision.option.as_deref() == Some(&*cell.contender);
    let chosen: Vec<&JobDecision> = all.iter().copied().filter(is_chosen).collect();
    if chosen.is_empty() { tables::missing() } else { decisions_in_words(&chosen, all.len()) }
}
