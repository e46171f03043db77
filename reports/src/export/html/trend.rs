//! The trend: a page of its own, or a section of a report.

use maud::{Markup, html};

use super::figure::{self, PageChart};
use super::tips::Tips;
use crate::chart::{charted, trend as chart};
use crate::history::{Change, Key, SeriesTrend, Trend, trend_text};
use crate::report::units::MISSING;

/// Most changes in a table: the latest ones.
const MOST_CHANGES: usize = 200;

/// A trend as a page.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn page(trend: &Trend) -> anyhow::Result<String> {
    let charts = charts(trend, |_| None)?;
    let mut tips = Tips::default();
    let main = html! {
        section #answers aria-labelledby="answers-title" {
            h1 #answers-title { "JavaScript against WebAssembly, over time" }
            p.lead { (trend_text::summary(trend)) }
            section.kernel aria-label="Changes" { (changes(trend)) }
        }
        @for (place, number) in trend.places().zip(1..) { (self::place(place, number, &charts, &mut tips)) }
        details.kernel #method {
            summary { h2 #method-title { "How changes are found" } }
            p.note { (trend_text::METHOD) }
        }
    };
    let when = html! {
        @if let Some(last) = &trend.last { "up to " time datetime=(last.started_at) { (last.started_at) } }
    };
    super::page("crossover: trend", &when, &main, &tips, None)
}

/// The trend as a section of a report.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn section(trend: &Trend, tips: &mut Tips) -> anyhow::Result<Markup> {
    let charts = charts(trend, |key| Some(format!("{} · {}", key.kernel, key.machine)))?;
    Ok(html! {
        details.kernel #trend {
            summary { h2 #trend-title { "Trend" } }
            p.lead { (trend_text::summary(trend)) }
            (changes(trend))
            div.charts { @for (_, chart) in &charts { (chart.shown(tips)) } }
            p.note { (trend_text::METHOD) }
        }
    })
}

/// Charts with their series.
type Charts<'a> = Vec<(&'a Key, PageChart)>;

fn charts<'a>(trend: &'a Trend, caption: impl Fn(&Key) -> Option<String>) -> anyhow::Result<Charts<'a>> {
    let draw = |(series, slug): (&'a SeriesTrend, String)| {
        let chart = PageChart::of(&chart(series)?, &slug, caption(&series.key).as_deref());
        Ok((&series.key, chart))
    };
    charted(trend).into_iter().map(draw).collect()
}

fn place(place: &[SeriesTrend], number: usize, charts: &Charts<'_>, tips: &mut Tips) -> Markup {
    let Some(key) = place.first().map(|series| &series.key) else { return html! {} };
    let of_place = || charts.iter().filter(|(key, _)| place.iter().any(|series| series.key == **key));
    html! {
        section.kernel {
            h2 { (key.kernel) }
            p.note { (key.runtime_label().unwrap_or_else(|| "any browser".to_owned())) " · " (key.machine) }
            @if of_place().next().is_some() {
                div.charts { @for (_, chart) in of_place() { (chart.shown(tips)) } }
            }
            (figure::table(&format!("place-{number}"), "series", &format!("Series of {}", key.kernel), html! {
                thead { tr {
                    th scope="col" { "Contender" } th scope="col" { "Input" } th scope="col" { "Followed" }
                    th.n scope="col" { "Latest" } th scope="col" { "Against the baseline" }
                    th.n scope="col" { "Runs" } th.n scope="col" { "Changes" }
                } }
                tbody { @for series in place {
                    tr {
                        th scope="row" { span { (series.key.contender) } }
                        td { (trend_text::input(series, place)) }
                        td { (trend_text::followed(series)) }
                        td.n { (trend_text::figure(series)) }
                        td { (trend_text::against(series)) }
                        td.n { (series.runs) }
                        td.n { (series.changes.len()) }
                    }
                } }
            }))
        }
    }
}

/// Every change, the latest first.
fn changes(trend: &Trend) -> Markup {
    let changes = trend.changes();
    if changes.is_empty() {
        return html! { p { "No series changed its level." } };
    }
    let earlier = changes.len().saturating_sub(MOST_CHANGES);
    let with_machine = changes.iter().any(|(series, _)| series.key.machine != changes[0].0.key.machine);
    html! {
        (figure::table("trend", "changes", "What changed, and between which commits", html! {
            thead { tr {
                th scope="col" { "Since" } th scope="col" { "Kernel" } th scope="col" { "Contender" } th scope="col" { "Input" }
                th scope="col" { "Followed" } th scope="col" { "Change" }
                th scope="col" { "Commits" }
            } }
            tbody { @for (series, change) in changes.into_iter().take(MOST_CHANGES) { (row(series, change, with_machine)) } }
        }))
        @if earlier > 0 { p.note { (earlier) " earlier changes are in the JSON form." } }
    }
}

fn row(series: &SeriesTrend, change: &Change, with_machine: bool) -> Markup {
    let key = &series.key;
    let tone = if change.change > 0.0 { "slower" } else { "faster" };
    let software = trend_text::software(change);
    html! {
        tr {
            td { time datetime=(change.after.started_at) { (trend_text::date(&change.after)) } }
            td {
                span.name { (key.kernel) @if let Some(runtime) = key.runtime_label() { " · " (runtime) } }
                @if with_machine { br; span.name { span.track { (key.machine) } } }
            }
            th scope="row" { span { (key.contender) } }
            td { (key.input.as_deref().unwrap_or(MISSING)) }
            td { (trend_text::followed(series)) }
            td {
                span class={ "said " (tone) } { (trend_text::step(series, change)) }
                br; span.track { (trend_text::levels(series, change)) }
            }
            td.reason {
                code { (trend_text::commits(change)) }
                @if !software.is_empty() { br; span.track { "also changed: " (software) } }
            }
        }
    }
}
