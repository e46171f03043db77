//! One kernel in one stratum: charts, then every figure.

use maud::{Markup, html};

use super::tips::Tips;
use super::{ceiling, figure, memory, profile, sizes, tables, verdicts};
use crate::chart::Chart;
use crate::report::{Headline, KernelInfo, Report};
use crate::run::Check;

/// One kernel in one stratum, with all its charts.
pub struct Section<'a> {
    slug: &'a str,
    /// Whether this is the first section of the kernel.
    is_first: bool,
    charts: Vec<(Chart, figure::PageChart)>,
    before_charts: Markup,
    after_charts: Markup,
}

/// Every section, in the order of the headlines.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn sections<'a>(
    report: &Report,
    headlines: &[Headline<'_>],
    slugs: &'a [String],
) -> anyhow::Result<Vec<Section<'a>>> {
    let first = |name: &str| headlines.iter().find(|headline| headline.kernel.name == name);
    let is_first =
        |headline: &Headline<'_>| first(&headline.kernel.name).is_some_and(|one| one.stratum.id == headline.stratum.id);
    let sections = headlines.iter().zip(slugs);
    sections.map(|(headline, slug)| Section::of(report, headline, slug, is_first(headline))).collect()
}

impl<'a> Section<'a> {
    fn of(report: &Report, headline: &Headline<'_>, slug: &'a str, is_first: bool) -> anyhow::Result<Self> {
        let kernel = headline.kernel;
        let mut charts = Vec::new();
        for chart in Chart::ALL {
            if let Some(picture) = chart.draw(report, headline)? {
                let id = format!("{slug}-{}", chart.name());
                charts.push((chart, figure::PageChart::of(&picture, &id, Some(caption(chart)))));
            }
        }
        let before_charts = html! {
            h2 id={ (slug) "-title" } { (kernel.name) }
            p.lead { (kernel.summary) }
            p.finding-line { b { (headline.finding()) } ". " (headline.sentence()) }
            p.note { (kernel.domain) " · " (headline.label) " · baseline " b { (kernel.baseline) } " · answers " (checks(kernel)) }
        };
        let after_charts = html! {
            (verdicts::list(report, headline, slug))
            (tables::calls(report, headline, slug))
            (tables::cold_starts(report, headline, slug))
            (tables::start_reasons(report, headline))
            (tables::states(report, headline, slug))
            (tables::boundaries(report, headline, slug))
            (ceiling::section(report, headline, slug))
            (memory::section(report, headline, slug))
            (sizes::section(report, headline, slug))
            (tables::further(report, headline, slug))
            (profile::section(report, headline, slug))
        };
        Ok(Self { slug, is_first, charts, before_charts, after_charts })
    }

    /// The section that the summary links to, with the charts that fit; their tips are added to those of the page.
    pub fn markup(&self, shown: &ChartsShown, tips: &mut Tips) -> Markup {
        let (shown, left_out): (Vec<_>, Vec<_>) =
            self.charts.iter().partition(|(chart, _)| shown.0.contains(&(self.is_first, *chart)));
        let left_out: Vec<&str> = left_out.iter().map(|(chart, _)| chart.name()).collect();
        html! {
            section.kernel id=(self.slug) aria-labelledby={ (self.slug) "-title" } {
                (self.before_charts)
                div.charts { @for (_, chart) in shown { (chart.shown(tips)) } }
                @if !left_out.is_empty() {
                    p.note { "To stay small enough to be sent, this page leaves out some charts: " (left_out.join(", ")) ". They are in " code { "charts/" } ", beside the run." }
                }
                (self.after_charts)
            }
        }
    }
}

/// The charts that a page shows: those of each kernel in its first stratum, and those in the others.
#[derive(Default)]
pub struct ChartsShown(Vec<(bool, Chart)>);

impl ChartsShown {
    /// The ratios, which are the answer, and the most important other charts within the limit of bytes: first those of
    /// each kernel's first stratum, then those of the others.
    pub fn within(bytes: usize, sections: &[Section<'_>]) -> Self {
        let kinds = |is_first| Chart::ALL.map(|chart| (is_first, chart));
        let mut order = [kinds(true), kinds(false)].concat();
        order.sort_by_key(|(_, chart)| *chart != Chart::Ratio);
        let mut left = bytes;
        order.retain(|(is_first, chart)| {
            let sections = sections.iter().filter(|section| section.is_first == *is_first);
            let charts = sections.flat_map(|section| &section.charts).filter(|(kind, _)| kind == chart);
            let needed = charts.map(|(_, chart)| chart.length()).sum();
            let is_shown = *chart == Chart::Ratio || needed <= left;
            left = if is_shown { left.saturating_sub(needed) } else { left };
            is_shown
        });
        Self(order)
    }
}

fn caption(chart: Chart) -> &'static str {
    match chart {
        Chart::Ratio => {
            "Right of ×1 the candidate is faster. ▶ faster, ◀ slower, ■ same within ±1\u{a0}%, ○ unsure; bars are 95\u{a0}% intervals over blocks."
        }
        Chart::Total => {
            "Total time for a page, by number of calls. The lines cross where the slower start has paid for itself; thin lines show the 95\u{a0}% interval."
        }
        Chart::Memory => {
            "Memory of the page over sessions, after garbage collection, on top of what it held before: the thick line without release(), the thin one with it."
        }
        Chart::Samples => {
            "One row per block, which is one browser start: the line goes from its fastest to its slowest sample, the thick part is the middle half, the tick is the median. Samples beyond the scale are drawn at its end."
        }
        Chart::WarmUp => {
            "From a page's first call to its steady state. Lines are medians over blocks; strokes go from the fastest block to the slowest."
        }
        Chart::Throughput => {
            "Higher is faster. A marked size is where the candidate becomes faster or slower than the other; thin lines are the sizes measured on either side."
        }
        Chart::Boundary => {
            "Copying the input in and the answer out, each measured alone, beside the same job on memory that is already inside. Not shown when the parts do not add up to the whole call (±15\u{a0}%)."
        }
        Chart::Size => "Bytes that are downloaded and, for Wasm, their number after each build step.",
        Chart::Pareto => "Smaller is left, faster is down. Filled points, joined by a line, are the best trade-offs.",
        Chart::ColdStart => {
            "From asking for the contender to its first answer, nothing cached, served from this machine. A user's network comes on top."
        }
    }
}

/// How answers are compared, and which contenders have a check of their own.
fn checks(kernel: &KernelInfo) -> String {
    let own = kernel.own_checks.iter().map(|(name, own)| format!("; those of {name} {}", check(own)));
    check(&kernel.check) + &own.collect::<String>()
}

fn check(check: &Check) -> String {
    match check {
        Check::Exact => "are equal in every byte".to_owned(),
        Check::Tolerance(by) => format!("differ by at most {by}"),
        Check::PsnrDb(db) => format!("have a PSNR of at least {db} dB"),
        Check::Normalised => "are equal after the normalisation given by --normalize".to_owned(),
        Check::Same => "are the same by the comparison given by --same".to_owned(),
        Check::Module(function) => format!("are the same by the kernel's own comparison, {function}"),
    }
}
