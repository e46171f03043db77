//! Several runtimes or machines side by side: one row per option, one column for each of them.

use maud::{Markup, html};

use super::{figure, tables};
use crate::metric::Metric;
use crate::report::{CellReport, KernelInfo, Report, units};

/// The section; empty with a single stratum.
pub fn section(report: &Report) -> Markup {
    let strata = &report.run.strata;
    let kernels: Vec<(&KernelInfo, Vec<[&str; 2]>)> = report
        .kernels
        .iter()
        .map(|kernel| (kernel, rows(report, kernel)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    if strata.len() < 2 || kernels.is_empty() {
        return html! {};
    }
    html! {
        details.kernel #side-by-side {
            summary { h2 #side-by-side-title { "Side by side" } }
            p.note {
                "Time per call against the baseline. Each column was measured on its own: nothing is pooled across columns, and no "
                "figure mixes two of them."
            }
            (figure::table("side-by-side", "call", "Time per call against the baseline, by place", html! {
                thead { tr {
                    th scope="col" { "Job" } th scope="col" { "Input" } th.head scope="col" { "Option" }
                    @for stratum in strata { th scope="col" { (report.label(&stratum.id)) } }
                } }
                tbody { @for (kernel, rows) in &kernels { @for [input, contender] in rows {
                    tr {
                        td { (kernel.shown()) } td { (kernel.input(input)) } th scope="row" { (kernel.option(contender)) }
                        @for stratum in strata { (compared(report, kernel, input, contender, &stratum.id)) }
                    }
                } } }
            }))
        }
    }
}

/// Inputs and candidates of a kernel, each once, in the order of the run.
fn rows<'a>(report: &'a Report, kernel: &KernelInfo) -> Vec<[&'a str; 2]> {
    let mut rows = Vec::new();
    for input in &kernel.inputs {
        let is_of = |cell: &&CellReport| cell.kernel == kernel.name && cell.input == input.name;
        for cell in report.cells.iter().filter(is_of).filter(|cell| cell.contender != kernel.baseline) {
            let row = [cell.input.as_str(), cell.contender.as_str()];
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    rows
}

/// The finding in one stratum; a dash if it was not measured.
fn compared(report: &Report, kernel: &KernelInfo, input: &str, contender: &str, stratum: &str) -> Markup {
    match report.cells_of(&kernel.name, input, stratum).find(|cell| cell.contender == contender) {
        Some(cell) => tables::against(report, cell, &kernel.baseline, Metric::CALL),
        None => html! { td { (units::MISSING) } },
    }
}
