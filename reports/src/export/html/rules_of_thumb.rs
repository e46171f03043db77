//! Common rules about porting, checked against this run: a line for each, which opens to its cases.

use maud::{Markup, html};

use super::figure;
use crate::report::Report;
use crate::report::rules_of_thumb::{Holds, Rule, rules};

/// The rules; empty if none can be checked.
pub fn section(report: &Report) -> Markup {
    let rules = rules(report);
    if rules.is_empty() {
        return html! {};
    }
    html! {
        details.kernel #rules {
            summary { h2 #rules-title { "Rules of thumb, put to the test" } }
            p.lead { "Common advice about porting to WebAssembly, checked against this run." }
            @for (rule, number) in rules.iter().zip(1..) { (one(rule, number)) }
        }
    }
}

fn one(rule: &Rule, number: u32) -> Markup {
    let wrong: Vec<String> = rule.wrong().map(|case| format!("{} ({})", case.to, case.measured)).collect();
    html! {
        details.fold {
            summary { (rule.words) ": " (rule.tally()) }
            (figure::table("rules", &number.to_string(), rule.words, html! {
                thead { tr { th.head scope="col" { "Applied to" } th scope="col" { "Measured" } th scope="col" { "The rule is" } } }
                tbody { @for case in &rule.cases { tr {
                    th scope="row" { span { (case.to) } } td.reason.brief { (case.measured) }
                    td class=(tone(case.holds)) { b.said { (case.holds.word()) } }
                } } }
            }))
        }
        @if !wrong.is_empty() { p.note { "Wrong for " (wrong.join("; ")) "." } }
    }
}

fn tone(holds: Holds) -> &'static str {
    match holds {
        Holds::Yes => "faster",
        Holds::No => "slower",
        Holds::Partly => "unsure",
    }
}
