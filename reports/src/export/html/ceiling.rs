//! Wasm against native code, for one kernel.

use maud::{Markup, html};

use super::tables::{contender, rows, scrolling};
use crate::report::ceiling::{CAPTION, HEADINGS, NOTE, Row};
use crate::report::{Headline, Report};

/// The table; nothing where native code was not measured.
pub fn section(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let known: Vec<_> =
        rows(report, headline).filter_map(|(input, cell)| Some((input, cell, Row::of(report, cell)?))).collect();
    if known.is_empty() {
        return html! {};
    }
    html! {
        (scrolling(slug, "ceiling", CAPTION, html! {
            thead { tr {
                th scope="col" { "Input" } th scope="col" { "Contender" }
                @for heading in HEADINGS { th.n scope="col" { (heading) } }
            } }
            tbody { @for (input, cell, row) in known {
                tr { td { (input.name) } (contender(cell)) @for figure in row.cells() { td.n { (figure) } } }
            } }
        }))
        p.note { (NOTE) }
    }
}
