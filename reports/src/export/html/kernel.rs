//! One kernel in one browser: charts, then every figure.

use maud::{Markup, PreEscaped, html};

use super::{ceiling, memory, profile, tables, verdicts};
use crate::chart::{Chart, Theme};
use crate::report::{Headline, KernelInfo, Report};
use crate::run::Check;

/// The section that the summary links to.
pub fn section(report: &Report, headline: &Headline<'_>, slug: &str) -> anyhow::Result<Markup> {
    let kernel = headline.kernel;
    let mut charts = Vec::new();
    for chart in Chart::ALL {
        // The drawing library escapes all text; the policy of the page would stop what it missed.
        if let Some(svg) = chart.draw(report, headline, &format!("{slug}-{}", chart.name()), Theme::Page)? {
            charts.push((PreEscaped(svg), caption(chart)));
        }
    }
    Ok(html! {
        section.kernel id=(slug) aria-labelledby={ (slug) "-title" } {
            h2 id={ (slug) "-title" } { (kernel.name) }
            p.lead { (kernel.summary) }
            p.finding-line { b { (headline.finding()) } ". " (headline.sentence()) }
            p.note { (kernel.domain) " · " (headline.browser) " · baseline " b { (kernel.baseline) } " · answers " (checks(kernel)) }
            div.charts {
                @for (svg, caption) in &charts { figure { (svg) figcaption { (caption) } } }
            }
            (verdicts::list(report, headline, slug))
            (tables::calls(report, headline, slug))
            (tables::cold_starts(report, headline, slug))
            (tables::start_reasons(report, headline))
            (tables::states(report, headline, slug))
            (tables::boundaries(report, headline, slug))
            (ceiling::section(report, headline, slug))
            (memory::section(report, headline, slug))
            (tables::sizes(report, headline, slug))
            (tables::size_steps(report, headline, slug))
            (profile::section(report, headline, slug))
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
