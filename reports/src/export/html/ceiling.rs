//! Wasm against native code, for one kernel.

use maud::{Markup, html};

use super::tables::{by_cell, rows};
use crate::report::ceiling::{CAPTION, CeilingRow, HEADINGS, NOTE};
use crate::report::{Headline, Report};

/// The table; empty if native code was not measured.
pub fn section(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let known: Vec<_> =
        rows(report, headline).filter_map(|(input, cell)| Some((input, cell, CeilingRow::of(report, cell)?))).collect();
    if known.is_empty() {
        return html! {};
    }
    html! {
        (by_cell(headline.kernel, slug, ["ceiling", CAPTION], HEADINGS, known.into_iter().map(|(input, cell, row)| (input, cell, row.cells()))))
        p.note { (NOTE) }
    }
}
