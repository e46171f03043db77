//! Everything that was skipped or failed, with its reason.

use maud::{Markup, html};

use super::figure;
use crate::report::Report;

/// Every failure of the run; empty if there is none.
pub fn section(report: &Report) -> Markup {
    if report.failures.is_empty() {
        return html! {};
    }
    let are_several = report.run.strata.len() + report.run.native.len() > 1;
    html! {
        details.kernel #failures {
            summary { h2 #failures-title { "Skipped and failed (" (report.failures.len()) ")" } }
            (figure::table("failures", "all", "Everything that was skipped or failed", html! {
                thead { tr {
                    th scope="col" { "Job" } th scope="col" { "Input" } th.head scope="col" { "Option" }
                    @if are_several { th scope="col" { "Runtime" } }
                    @for name in ["While", "Reason", "Browser starts"] { th scope="col" { (name) } }
                } }
                tbody { @for row in &report.failures {
                    tr {
                        td { (report.title(&row.kernel)) } td { (row.input) }
                        th scope="row" { span { (report.option(&row.kernel, &row.contender)) } }
                        @if are_several { td { (report.label(&row.stratum)) } }
                        td { (row.stage.name()) } td.reason { (row.reason) } td.n { @if row.blocks > 0 { (row.blocks) } }
                    }
                } }
            }))
        }
    }
}
