//! What ships: its size, its download time, and its build.

use maud::{Markup, html};

use super::figure;
use super::tables::{against, contender, missing};
use crate::metric::Metric;
use crate::report::{CellReport, Headline, KernelInfo, Report, size_steps, units};

/// Bandwidths for the computed download: name, megabits per second.
const BANDWIDTHS: [(&str, f64); 3] = [("slow 4G, 1.6 Mbit/s", 1.6), ("fast 4G, 9 Mbit/s", 9.0), ("50 Mbit/s", 50.0)];

/// Both tables, once per kernel: strata with the same files refer to the first of them.
pub fn section(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    match same_as(report, headline) {
        Some(stratum) => {
            html! { p.note { "What ships is the same in every browser; see " (report.name(stratum)) "." } }
        }
        None => html! {
            (ships(report, headline, slug)) (steps(report, headline, slug)) (builds(report, headline))
        },
    }
}

/// The first stratum of the kernel, if it is another one with the same files.
fn same_as<'a>(report: &'a Report, headline: &'a Headline<'_>) -> Option<&'a str> {
    let kernel = &headline.kernel.name;
    let files = |stratum: &'a str| -> Vec<_> {
        let name = headline.input.map_or("", |input| input.name.as_str());
        let cells = report.cells_of(kernel, name, stratum);
        cells.map(|cell| (&cell.contender, cell.size_bytes, &cell.build, &cell.size_steps)).collect()
    };
    let first = report.cells.iter().find(|cell| cell.kernel == *kernel).map(|cell| cell.stratum.as_str())?;
    (first != headline.stratum.id && files(first) == files(&headline.stratum.id)).then_some(first)
}

/// What ships, how it was built, and how long its download takes.
fn ships(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let name = headline.input.map_or("", |input| input.name.as_str());
    let cells: Vec<&CellReport> = report.cells_of(&headline.kernel.name, name, &headline.stratum.id).collect();
    let baseline =
        cells.iter().find(|cell| cell.contender == headline.kernel.baseline).and_then(|cell| cell.size_bytes);
    let is_named = cells.iter().any(|cell| cell.label.is_some());
    figure::table(
        slug,
        "size",
        "What ships, and its added download against the baseline, computed from the brotli size",
        html! {
            thead { tr {
                th.head scope="col" { "Option" } th scope="col" { "Kind" }
                @if is_named { th scope="col" { "In files and commands" } }
                th.n scope="col" { "Raw" } th.n scope="col" { "gzip -9" } th.n scope="col" { "brotli -11" }
                th scope="col" { "Against the baseline" }
                @for (bandwidth, _) in BANDWIDTHS { th.n.computed scope="col" { "Computed: " (bandwidth) } }
            } }
            tbody { @for cell in cells {
                tr {
                    (contender(cell)) td { (cell.kind.name()) }
                    @if is_named { td { (identity(headline.kernel, &cell.contender)) } }
                    @if let Some(size) = cell.size_bytes {
                        td.n { (units::bytes(size.raw)) } td.n { (units::bytes(size.gzip)) } td.n { b { (units::bytes(size.brotli)) } }
                        (against(report, cell, &headline.kernel.baseline, Metric::SIZE))
                        @for (_, megabits) in BANDWIDTHS {
                            td.n.computed { (added_download(baseline.map(|size| size.brotli), size.brotli, megabits)) }
                        }
                    } @else {
                        td.failed colspan="7" { "Size not known: " (cell.failure.as_deref().unwrap_or("it was not built")) }
                    }
                }
            } }
        },
    )
}

/// A contender's name in files and on the command line, its packages, and a link to a page about it.
fn identity(kernel: &KernelInfo, name: &str) -> Markup {
    let info = kernel.contenders.iter().find(|info| info.name == name);
    let link = info.and_then(|info| info.link.as_deref());
    html! {
        code { (name) }
        @for package in info.iter().flat_map(|info| &info.packages) { ", " (package) }
        @if let Some(link) = link { ", " a href=(link) rel="noopener noreferrer" { "about it" } }
    }
}

/// How each contender was built, folded; empty if it is not known of any.
fn builds(report: &Report, headline: &Headline<'_>) -> Markup {
    let name = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, name, &headline.stratum.id);
    let built: Vec<&CellReport> = cells.filter(|cell| !cell.build.is_empty()).collect();
    html! {
        @if !built.is_empty() {
            details.fold {
                summary { "Build flags" }
                ul.note { @for cell in built { li { (cell.shown()) ": " code { (cell.build.join(", ")) } } } }
            }
        }
    }
}

/// Size of the Wasm after each build step; empty for kernels without Wasm.
fn steps(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let name = headline.input.map_or("", |input| input.name.as_str());
    let rows = size_steps::rows(report.cells_of(&headline.kernel.name, name, &headline.stratum.id));
    if rows.is_empty() {
        return html! {};
    }
    let [contender, after, figures @ ..] = size_steps::HEADINGS;
    figure::table(
        slug,
        "size-steps",
        size_steps::CAPTION,
        html! {
            thead { tr {
                th.head scope="col" { (contender) } th scope="col" { (after) }
                @for figure in figures { th.n scope="col" { (figure) } }
            } }
            tbody { @for [contender, after, figures @ ..] in rows {
                tr { th scope="row" { span { (contender) } } td { (after) } @for figure in figures { td.n { (figure) } } }
            } }
        },
    )
}

fn added_download(baseline: Option<u64>, size: u64, megabits_per_s: f64) -> String {
    let Some(baseline) = baseline else { return missing() };
    let ns = |bytes: u64| units::time(bytes as f64 * 8.0 / megabits_per_s * 1e3);
    match size.checked_sub(baseline) {
        Some(0) => "0 ns".to_owned(),
        Some(added) => format!("+{}", ns(added)),
        None => format!("−{}", ns(baseline - size)),
    }
}
