//! Cost of crossing: the models, and many calls against one.

use maud::{Markup, html};

use super::figure::{self, PageChart};
use super::tips::Tips;
use crate::chart::boundary_models;
use crate::report::Report;
use crate::report::boundary::{CAPTION, CHATTY_CAPTION, CHATTY_HEADINGS, ModelRow, chatty_rows, headings, notes};

/// How many of the first columns are text.
const WORDS: usize = 3;

/// All models; empty if there is none.
pub fn section(report: &Report, tips: &mut Tips) -> anyhow::Result<Markup> {
    let models = &report.boundary_models;
    if models.is_empty() {
        return Ok(html! {});
    }
    let charts = boundary_models(report)?;
    let has_chatty = models.iter().any(|model| !model.chatty.is_empty());
    Ok(html! {
        details.kernel #boundary open[report.headlines().is_empty()] {
            summary { h2 #boundary-title { "Crossing the boundary" } }
            p.lead { (CAPTION) }
            div.charts { @for (id, picture) in &charts { (PageChart::of(picture, id, None).shown(tips)) } }
            (figure::table("boundary", "models", "Models", html! {
                (head(&headings(), WORDS))
                tbody { @for model in models {
                    (row([report.title(&model.kernel), report.label(&model.stratum)], &ModelRow::of(report, model).cells(), WORDS))
                } }
            }))
            @for note in notes(report, models.iter()) { p.note { (note) } }
            @if has_chatty {
                (figure::table("boundary", "chatty", CHATTY_CAPTION, html! {
                    (head(&CHATTY_HEADINGS, WORDS + 1))
                    tbody { @for model in models { @for cells in chatty_rows(report, model) {
                        (row([report.title(&model.kernel), report.label(&model.stratum)], &cells, WORDS + 1))
                    } } }
                }))
            }
        }
    })
}

fn head(headings: &[&str], words: usize) -> Markup {
    html! {
        thead { tr {
            th scope="col" { "Kernel" } th scope="col" { "Runtime" }
            @for (at, heading) in headings.iter().enumerate() {
                @if at < words { th scope="col" { (heading) } } @else { th.n scope="col" { (heading) } }
            }
        } }
    }
}

fn row(place: [&str; 2], cells: &[String], words: usize) -> Markup {
    html! {
        tr {
            @for name in place { td { (name) } }
            @for (at, cell) in cells.iter().enumerate() {
                @if at < words { td { (cell) } } @else { td.n { (cell) } }
            }
        }
    }
}
