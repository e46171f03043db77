//! The trend: a page of its own, or a section of a report.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::tables::scrolling;
use super::{brand, finished, head};
use crate::chart::{Theme, charted, trend as chart};
use crate::history::{Change, Key, SeriesTrend, Trend, words};
use crate::report::units::MISSING;

/// Most changes in a table; the latest are.
const TOLD: usize = 200;

/// A trend as a page: no request, no script.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn page(trend: &Trend) -> anyhow::Result<String> {
    let charts = charts(trend)?;
    let body = html! {
        section #answers aria-labelledby="answers-title" {
            h1 #answers-title { "JavaScript against WebAssembly, over time" }
            p.lead { (words::summary(trend)) }
            section.kernel aria-label="Changes" { (changes(trend)) }
        }
        @for place in trend.places() { (self::place(place, &charts)) }
        section.kernel #method aria-labelledby="method-title" {
            h2 #method-title { "How changes are found" }
            p.note { (words::METHOD) }
        }
    };
    Ok(finished(html! {
        (DOCTYPE)
        html lang="en" {
            (head("crossover: trend"))
            body {
                a.skip href="#answers" { "Skip to the answers" }
                header.top {
                    (brand())
                    p.when { @if let Some(last) = &trend.last { "up to " time datetime=(last.started_at) { (last.started_at) } } }
                }
                main { (body) }
            }
        }
    }))
}

/// The trend as a section of a report.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn section(trend: &Trend) -> anyhow::Result<Markup> {
    let charts = charts(trend)?;
    Ok(html! {
        section.kernel #trend aria-labelledby="trend-title" {
            h2 #trend-title { "Trend" }
            p.lead { (words::summary(trend)) }
            (changes(trend))
            div.charts { @for (_, chart) in &charts { (chart) } }
            p.note { (words::METHOD) }
        }
    })
}

/// Charts with the series that they are of.
type Charts<'a> = Vec<(&'a Key, Markup)>;

fn charts(trend: &Trend) -> anyhow::Result<Charts<'_>> {
    charted(trend)
        .into_iter()
        .map(|(series, slug)| {
            // The drawing library escapes all text; the policy of the page would stop what it missed.
            let svg = PreEscaped(chart(series, &slug, Theme::Page)?);
            Ok((&series.key, html! { figure { (svg) figcaption { (series.key.kernel) " · " (series.key.machine) } } }))
        })
        .collect()
}

fn place(place: &[SeriesTrend], charts: &Charts<'_>) -> Markup {
    let Some(key) = place.first().map(|series| &series.key) else { return html! {} };
    let of_place = || charts.iter().filter(|(key, _)| place.iter().any(|series| series.key == **key));
    html! {
        section.kernel {
            h2 { (key.kernel) }
            p.note { (key.browser.as_deref().unwrap_or("whatever the browser")) " · " (key.machine) }
            @if of_place().next().is_some() { div.charts { @for (_, chart) in of_place() { (chart) } } }
            div.scroll role="region" aria-label={ "Series of " (key.kernel) } tabindex="0" {
                table {
                    thead { tr {
                        th scope="col" { "Contender" } th scope="col" { "Input" } th scope="col" { "Followed" }
                        th.n scope="col" { "Latest" } th scope="col" { "Against the baseline" }
                        th.n scope="col" { "Runs" } th.n scope="col" { "Changes" }
                    } }
                    tbody { @for series in place {
                        tr {
                            th scope="row" { span.name { (series.key.contender) } }
                            td { (words::input(series, place)) }
                            td { (words::followed(series)) }
                            td.n { (words::figure(series)) }
                            td { (words::against(series)) }
                            td.n { (series.runs) }
                            td.n { (series.changes.len()) }
                        }
                    } }
                }
            }
        }
    }
}

/// Every change, the latest first.
fn changes(trend: &Trend) -> Markup {
    let changes = trend.changes();
    if changes.is_empty() {
        return html! { p { "No series changed its level." } };
    }
    let earlier = changes.len().saturating_sub(TOLD);
    html! {
        (scrolling("trend", "changes", "What changed, and between which commits", html! {
            thead { tr {
                th scope="col" { "Since" } th scope="col" { "Kernel" } th scope="col" { "Contender" } th scope="col" { "Input" }
                th scope="col" { "Followed" } th scope="col" { "Change" } th scope="col" { "Level" }
                th scope="col" { "Commits" } th scope="col" { "Also changed" } th scope="col" { "Where" }
            } }
            tbody { @for (series, change) in changes.into_iter().take(TOLD) { (row(series, change)) } }
        }))
        @if earlier > 0 { p.note { (earlier) " earlier changes are in the JSON form." } }
    }
}

fn row(series: &SeriesTrend, change: &Change) -> Markup {
    let key = &series.key;
    let tone = if change.change > 0.0 { "slower" } else { "faster" };
    let software = words::software(change);
    html! {
        tr {
            td { time datetime=(change.after.started_at) { (words::date(&change.after)) } }
            td { (key.kernel) }
            th scope="row" { span.name { (key.contender) } }
            td { (key.input.as_deref().unwrap_or(MISSING)) }
            td { (words::followed(series)) }
            td class={ "said " (tone) } { (words::step(series, change)) }
            td { (words::levels(series, change)) }
            td { code { (words::commits(change)) } }
            td.reason { (if software.is_empty() { MISSING } else { &software }) }
            td.reason { (key.browser.as_deref().unwrap_or("any browser")) ", " (key.machine) }
        }
    }
}
