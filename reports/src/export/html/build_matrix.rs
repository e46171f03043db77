//! Build matrices: a contender's variants as a chart and a table, what to write into files, and where a higher level
//! did not pay.

use maud::{Markup, html};

use super::figure::{self, PageChart};
use super::tips::Tips;
use crate::chart;
use crate::report::build_matrix::{
    HEADINGS, LEVEL_HEADINGS, RecommendedBuild, caption, level_rows, rows, slower, tally, title,
};
use crate::report::{BuildMatrix, Report};

/// Caption of the chart.
const CHART_CAPTION: &str = "Down and to the left is better. ● on the front, ○ beaten in both, ■ the manifest's build. Bars are \
                              95\u{a0}% intervals of the time. Variants are compared by their rounds, so the outcome may \
                              be certain even if bars overlap.";

/// One matrix.
///
/// # Errors
/// When its chart cannot be drawn.
pub fn section(report: &Report, matrix: &BuildMatrix, slug: &str, tips: &mut Tips) -> anyhow::Result<Markup> {
    let picture = chart::build_matrix(matrix, report.label(&matrix.stratum))?;
    let chart = picture.map(|picture| PageChart::of(&picture, &format!("{slug}-chart"), Some(CHART_CAPTION)));
    Ok(html! {
        section.kernel id=(slug) aria-labelledby={ (slug) "-title" } {
            h2 id={ (slug) "-title" } { (title(matrix)) }
            @match &matrix.advice {
                Some(advice) => {
                    (profile("Recommended", &advice.recommended))
                    @if let Some(smaller) = &advice.smaller { (profile("Smaller", smaller)) }
                }
                None => { p.lead { "No variant was measured, so there is nothing to recommend." } }
            }
            @if let Some(chart) = chart { div.charts { (chart.shown(tips)) } }
            (variants(report, matrix, slug))
            @if let Some(tally) = tally(matrix) { p.note { (tally) } }
            @for sentence in slower(matrix) { p.warning { (sentence) } }
            @if !matrix.higher_levels.is_empty() { (levels(matrix, slug)) }
        }
    })
}

fn profile(name: &str, profile: &RecommendedBuild) -> Markup {
    html! {
        p.finding-line { b { (name) ": " } (profile.reason) }
        div.written {
            figure { figcaption { "Cargo.toml" } pre { code { (profile.cargo_toml) } } }
            figure { figcaption { "kernel.toml" } pre { code { (profile.kernel_toml) } } }
        }
    }
}

fn variants(report: &Report, matrix: &BuildMatrix, slug: &str) -> Markup {
    let [name, figures @ .., against, front] = HEADINGS;
    figure::table(
        slug,
        "variants",
        &caption(report, matrix),
        html! {
            thead { tr {
                th.head scope="col" { (name) }
                @for figure in figures { th.n scope="col" { (figure) } }
                th scope="col" { (against) } th scope="col" { (front) }
            } }
            tbody { @for ([name, figures @ .., against, front], outcome) in rows(matrix) {
                tr {
                    th scope="row" { span { (name) } }
                    @for figure in figures { td.n { (figure) } }
                    td class={ "reason " (outcome.map_or("unsure", |outcome| outcome.name())) } { (against) }
                    td { (front) }
                }
            } }
        },
    )
}

fn levels(matrix: &BuildMatrix, slug: &str) -> Markup {
    figure::table(
        slug,
        "levels",
        "The level that is meant to be faster against the other, all else equal",
        html! {
            thead { tr { @for heading in LEVEL_HEADINGS { th scope="col" { (heading) } } } }
            tbody { @for ([higher, lower, with, said], outcome) in level_rows(matrix) {
                tr { td { (higher) } td { (lower) } td { (with) } td class=(outcome.name()) { (said) } }
            } }
        },
    )
}
