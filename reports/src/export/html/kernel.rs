//! One kernel in one browser: charts, then every figure.

use maud::{Markup, html};

use super::{ceiling, figure, memory, sizes, tables, verdicts};
use crate::chart::{Chart, Theme};
use crate::report::{Headline, KernelInfo, Report};
use crate::run::Check;

/// With more sections than this, a page is kept small enough to be sent.
const MOST_IN_FULL: usize = 60;
/// What a section then shows of a kernel that another section shows in full.
const IN_BRIEF: [Chart; 2] = [Chart::Ratio, Chart::ColdStart];

/// Every section, in the order of the headlines.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn sections(report: &Report, headlines: &[Headline<'_>], slugs: &[String]) -> anyhow::Result<Vec<Markup>> {
    let is_long = headlines.len() > MOST_IN_FULL;
    let first = |name: &str| headlines.iter().find(|headline| headline.kernel.name == name);
    let sections = headlines.iter().zip(slugs).map(|(headline, slug)| {
        let elsewhere = first(&headline.kernel.name).map(|first| first.browser);
        section(report, headline, slug, elsewhere.filter(|browser| is_long && *browser != headline.browser))
    });
    sections.collect()
}

/// The section that the summary links to; in brief where all charts are drawn `elsewhere`, in that browser.
fn section(report: &Report, headline: &Headline<'_>, slug: &str, elsewhere: Option<&str>) -> anyhow::Result<Markup> {
    let kernel = headline.kernel;
    let mut charts = Vec::new();
    for chart in Chart::ALL.into_iter().filter(|chart| elsewhere.is_none() || IN_BRIEF.contains(chart)) {
        if let Some(svg) = chart.draw(report, headline, &format!("{slug}-{}", chart.name()), Theme::Page)? {
            charts.push(figure::chart(svg, Some(caption(chart))));
        }
    }
    Ok(html! {
        section.kernel id=(slug) aria-labelledby={ (slug) "-title" } {
            h2 id={ (slug) "-title" } { (kernel.name) }
            p.lead { (kernel.summary) }
            p.finding-line { b { (headline.finding()) } ". " (headline.sentence()) }
            p.note { (kernel.domain) " · " (headline.browser) " · baseline " b { (kernel.baseline) } " · answers " (checks(kernel)) }
            div.charts { @for chart in &charts { (chart) } }
            @if let Some(browser) = elsewhere {
                p.note { "This page has many sections. To keep it small, all charts are drawn under " (browser) " only, and the files in " code { "charts/" } " have the others." }
            }
            (verdicts::list(report, headline, slug))
            (tables::calls(report, headline, slug))
            (tables::cold_starts(report, headline, slug))
            (tables::start_reasons(report, headline))
            (tables::states(report, headline, slug))
            (tables::boundaries(report, headline, slug))
            (ceiling::section(report, headline, slug))
            (memory::section(report, headline, slug))
            (sizes::section(report, headline, slug))
        }
    })
}

fn caption(chart: Chart) -> &'static str {
    match chart {
        Chart::Ratio => {
            "Right of ×1 the candidate is faster. ▶ faster, ◀ slower, ■ same within ±1\u{a0}%, ○ unsure; bars are 95\u{a0}% intervals over blocks."
        }
        Chart::Total => {
            "Start and calls together. Where the lines cross, the dearer start is paid back; the two thin lines are its 95\u{a0}% interval."
        }
        Chart::Memory => {
            "Memory of the page over sessions, after garbage was collected, on top of what it held before: the thick line without release(), the thin one with it."
        }
        Chart::Samples => {
            "Every block, a fresh browser process, as a line from its shortest to its longest sample; thick between its quartiles, with its median. Samples beyond the scale lie at its end."
        }
        Chart::WarmUp => {
            "From a page's first call to its steady state. Lines are medians over blocks; strokes reach from the fastest block to the slowest."
        }
        Chart::Throughput => {
            "Higher is faster. Where a size is marked, the candidate's calls cross the other's: the thin lines are the sizes measured on either side."
        }
        Chart::Boundary => {
            "Copying the input in and the answer out, each measured alone, beside the same job on memory that is already inside. Contenders whose parts do not add up to the call are left out."
        }
        Chart::Size => "Bytes that are downloaded, and of Wasm how each step of the build changes them.",
        Chart::Pareto => {
            "Further left is smaller, further down faster. Filled, and joined by a line: beaten by no other in both."
        }
        Chart::ColdStart => {
            "From asking for the contender to its first answer, nothing cached, served from this machine: the network of a user comes on top."
        }
    }
}

/// How answers are compared, and those of contenders that have a way of their own.
fn checks(kernel: &KernelInfo) -> String {
    let own = kernel.own_checks.iter().map(|(name, own)| format!("; those of {name} {}", check(*own)));
    check(kernel.check) + &own.collect::<String>()
}

fn check(check: Check) -> String {
    match check {
        Check::Exact => "are equal in every byte".to_owned(),
        Check::Tolerance(by) => format!("differ by at most {by}"),
        Check::PsnrDb(db) => format!("have a PSNR of at least {db} dB"),
        Check::HtmlText => "are HTML with the same text, whatever its tags".to_owned(),
        Check::Gunzipped { longer_percent } => {
            format!("are gzip files with equal content, at most {longer_percent} % longer")
        }
    }
}
