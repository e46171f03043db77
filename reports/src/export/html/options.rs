//! All options of a job side by side: what they are, and what each costs.

use maud::{Markup, html};

use super::{figure, tables};
use crate::metric::Metric;
use crate::report::{CellReport, ContenderInfo, Headline, KernelInfo, Report, units};
use crate::run::{Kind, is_link};

/// The table, the cheapest call first.
pub fn table(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let kernel = headline.kernel;
    let input = headline.input.map_or("", |input| input.name.as_str());
    let mut cells: Vec<&CellReport> = report.cells_of(&kernel.name, input, &headline.stratum.id).collect();
    let call = |cell: &CellReport| cell.call_ns.map_or(f64::INFINITY, |call| call.median);
    cells.sort_by(|a, b| call(a).total_cmp(&call(b)));
    let decided = headline.decision.and_then(|decision| decision.option.as_deref());
    let is_decided = |cell: &CellReport| decided == Some(&*cell.contender) && cell.kind != Kind::StandIn;
    figure::table(
        slug,
        "options",
        "All options",
        html! {
            thead { tr {
                th.head scope="col" { "Option" } th scope="col" { "What it is" } th.n scope="col" { "Per call" }
                th.n scope="col" { "First result" } th.n scope="col" { "Download" } th.n scope="col" { "Peak Wasm memory" }
            } }
            tbody { @for cell in cells { tr {
                th scope="row" { span { (kernel.option(&cell.contender)) @if is_decided(cell) { " ✓" } } }
                (what(kernel, cell))
                @if cell.call_ns.is_some() {
                    td.n { b { (text(cell, Metric::CALL, units::time)) } @if !cell.is_steady() { " " span title="still warming up when it was timed" { "⚠" } } }
                    td.n { (text(cell, Metric::COLD_START, units::time)) }
                    td.n { (text(cell, Metric::SIZE, |bytes| units::bytes(bytes as u64))) }
                    td.n { (text(cell, Metric::LINEAR_PEAK, |bytes| units::bytes(bytes as u64))) }
                } @else {
                    td.failed colspan="4" { "Not measured: " (cell.failure.as_deref().unwrap_or("no samples")) }
                }
            } } }
        },
    )
}

fn text(cell: &CellReport, metric: Metric, words: impl Fn(f64) -> String) -> String {
    cell.figure(metric).map_or_else(tables::missing, |figure| words(figure.median))
}

/// What an option is: its packages or its kind, with a link if the manifest has one.
fn what(kernel: &KernelInfo, cell: &CellReport) -> Markup {
    let info = kernel.contenders.iter().find(|info| info.name == cell.contender);
    let packages: Vec<String> = info.into_iter().flat_map(|info| &info.packages).map(ToString::to_string).collect();
    let kind = cell.kind.words();
    let what = if packages.is_empty() { kind.to_owned() } else { format!("{kind}: {}", packages.join(" + ")) };
    html! {
        td.reason {
            (what) @if cell.contender == kernel.baseline { ", the baseline" }
            @if let Some(link) = info.and_then(link) { " " a href=(link) rel="noreferrer" { "about" } }
        }
    }
}

fn link(info: &ContenderInfo) -> Option<&str> {
    info.link.as_deref().filter(|link| is_link(link))
}
