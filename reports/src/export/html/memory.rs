//! Memory of a kernel's contenders: what they add to their page, and what sessions leave in it.

use maud::{Markup, html};

use super::tables::{by_cell, rows};
use crate::report::memory::{CAPTION, HEADINGS, MemoryRow, NOTE, finding};
use crate::report::{Headline, Report};

/// The table and its findings; empty if memory was not read.
pub fn section(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let known: Vec<_> =
        rows(report, headline).filter_map(|(input, cell)| Some((input, cell, MemoryRow::of(report, cell)?))).collect();
    if known.is_empty() {
        return html! { p.note { "Memory was not read." } };
    }
    let found = known.iter().filter_map(|(_, cell, _)| Some(finding(cell.shown(), report.sessions_of(cell)?)));
    let findings: Vec<String> = found.collect();
    html! {
        (by_cell(headline.kernel, slug, ["memory", CAPTION], HEADINGS, known.into_iter().map(|(input, cell, row)| (input, cell, row.cells()))))
        p.note { (NOTE) }
        @if !findings.is_empty() { ul.note { @for finding in findings { li { (finding) "." } } } }
    }
}
