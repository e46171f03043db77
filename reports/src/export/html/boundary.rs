//! Cost of crossing: the models, and many calls against one.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::figure::{self, PageChart};
use super::tips::Tips;
use crate::chart::boundary_models;
use crate::report::boundary::{CAPTION, CHATTY_CAPTION, CHATTY_HEADINGS, ModelRow, chatty_rows, headings, notes};
use crate::report::{BoundaryModel, Report};

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
            (figure::table("boundary", "models", "Models", rows(report, &headings(), WORDS, models.iter().map(|model| {
                (model, ModelRow::of(report, model).cells().to_vec())
            }))))
            @for note in notes(report, models.iter()) { p.note { (note) } }
            @if has_chatty {
                (figure::table("boundary", "chatty", CHATTY_CAPTION, rows(report, &CHATTY_HEADINGS, WORDS + 1, models.iter().flat_map(|model| {
                    chatty_rows(report, model).map(move |cells| (model, cells.to_vec()))
                }))))
            }
        }
    })
}

/// Headings and rows, of which the first `words` columns are text. Job and runtime are columns only where there are
/// several.
fn rows<'a>(
    report: &Report,
    headings: &[&str],
    words: usize,
    rows: impl Iterator<Item = (&'a BoundaryModel, Vec<String>)>,
) -> Markup {
    let rows: Vec<_> = rows.collect();
    let places =
        |place: fn(&BoundaryModel) -> &str| rows.iter().map(|(model, _)| place(model)).collect::<BTreeSet<_>>();
    let has_jobs = places(|model| &model.kernel).len() > 1;
    let has_runtimes = places(|model| &model.stratum).len() > 1;
    html! {
        thead { tr {
            @if has_jobs { th scope="col" { "Job" } }
            @if has_runtimes { th scope="col" { "Runtime" } }
            @for (at, heading) in headings.iter().enumerate() {
                @if at == 0 { th.head scope="col" { (heading) } }
                @else if at < words { th scope="col" { (heading) } }
                @else { th.n scope="col" { (heading) } }
            }
        } }
        tbody { @for (model, cells) in &rows {
            tr {
                @if has_jobs { td { (report.title(&model.kernel)) } }
                @if has_runtimes { td { (report.label(&model.stratum)) } }
                @for (at, cell) in cells.iter().enumerate() {
                    @if at == 0 { th scope="row" { span { (cell) } } }
                    @else if at < words { td { (cell) } }
                    @else { td.n { (cell) } }
                }
            }
        } }
    }
}
