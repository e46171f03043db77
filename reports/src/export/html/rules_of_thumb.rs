//! Common rules about porting, checked against this run.

use maud::{Markup, html};

use super::figure;
use crate::report::Report;
use crate::report::rules_of_thumb::{Holds, applied};

/// The rules; empty if none can be checked.
pub fn section(report: &Report) -> Markup {
    let applied = applied(report);
    if applied.is_empty() {
        return html! {};
    }
    html! {
        details.kernel #rules {
            summary { h2 #rules-title { "Rules of thumb, put to the test" } }
            p.lead { "Common advice about porting to WebAssembly, checked against this run." }
            (figure::table("rules", "of-thumb", "Each rule and what it was applied to", html! {
                thead { tr {
                    th scope="col" { "Rule" } th scope="col" { "Applied to" } th scope="col" { "Measured" }
                    th scope="col" { "Here it is" }
                } }
                tbody { @for one in &applied { tr {
                    td.reason { (one.rule) } td.reason { (one.to) } td.reason { (one.measured) }
                    td class=(tone(one.holds)) { b.said { (one.holds.word()) } }
                } } }
            }))
        }
    }
}

fn tone(holds: Holds) -> &'static str {
    match holds {
        Holds::Yes => "faster",
        Holds::No => "slower",
        Holds::Partly => "unsure",
    }
}
