//! One kernel in one stratum: its advice, the break-even chart, how sure that is and all options, then every figure,
//! folded.

use maud::{Markup, html};

use super::tips::Tips;
use super::{ceiling, certainty, figure, headroom, memory, options, profile, sizes, tables, verdicts};
use crate::chart::Chart;
use crate::report::{Headline, Report};

/// One kernel in one stratum, with all its charts.
pub struct Section<'a> {
    slug: &'a str,
    stratum: String,
    /// Whether this is the first section of the kernel.
    is_first: bool,
    charts: Vec<(Chart, figure::PageChart)>,
    opening: Markup,
    beside: Markup,
    options: Markup,
    folds: Vec<Fold>,
    closing: Markup,
}

/// A part of a section that opens on demand.
struct Fold {
    title: &'static str,
    charts: &'static [Chart],
    tables: Markup,
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
        // How fast and how small it is to do no work says nothing.
        let is_telling = |chart: &Chart| {
            headline.headrooms.is_empty() || !matches!(chart, Chart::Ratio | Chart::Throughput | Chart::Pareto)
        };
        for chart in Chart::ALL.into_iter().filter(is_telling) {
            if let Some(picture) = chart.draw(report, headline)? {
                let id = format!("{slug}-{}", chart.name());
                charts.push((chart, figure::PageChart::of(&picture, &id, Some(caption(chart)))));
            }
        }
        let opening = html! {
            h2 id={ (slug) "-title" } {
                (kernel.shown())
                @if report.run.strata.len() > 1 { " in " (headline.name) }
                @if kernel.title.is_some() { " " small { (kernel.name) } }
            }
            p.note { (kernel.summary) " · " (headline.name) }
            p.advice { (headline.sentence()) }
            (headroom::section(headline))
        };
        let fold = |title, charts, tables| Fold { title, charts, tables };
        let folds = vec![
            fold("For other numbers of calls", &[], verdicts::list(report, headline, slug)),
            fold(
                "Time per call, start by start",
                &[Chart::Ratio, Chart::Samples, Chart::WarmUp, Chart::Throughput],
                html! { (tables::calls(report, headline, slug)) (ceiling::section(report, headline, slug)) },
            ),
            fold(
                "Start-up phases",
                &[Chart::ColdStart],
                html! {
                    (tables::cold_starts(report, headline, slug))
                    (tables::start_reasons(report, headline))
                    (tables::states(report, headline, slug))
                },
            ),
            fold("Copying in and out", &[Chart::Boundary], tables::boundaries(report, headline, slug)),
            fold(
                "Download size and build flags",
                &[Chart::Size, Chart::Pareto],
                sizes::section(report, headline, slug),
            ),
            fold("Memory", &[Chart::Memory], memory::section(report, headline, slug)),
            fold("Further figures", &[], tables::further(report, headline, slug)),
            fold("Profile", &[], profile::section(report, headline, slug)),
        ];
        Ok(Self {
            slug,
            stratum: headline.stratum.id.clone(),
            is_first,
            charts,
            opening,
            beside: certainty::section(report, headline),
            options: options::table(report, headline, slug),
            folds,
            closing: closing(report, headline),
        })
    }

    /// What the row of the job shows when it is open: links to other places, then all of it, with the charts that fit;
    /// their tips are added to those of the page.
    pub fn markup(&self, shown: &ChartsShown, links: Markup, tips: &mut Tips) -> Markup {
        let is_shown = |chart: &Chart| shown.0.contains(&(self.is_first, *chart));
        let left_out: Vec<&str> =
            self.charts.iter().filter(|(chart, _)| !is_shown(chart)).map(|(chart, _)| chart.name()).collect();
        let mut drawn = |wanted: &[Chart]| -> Vec<Markup> {
            let fitting = self.charts.iter().filter(|(chart, _)| wanted.contains(chart) && is_shown(chart));
            fitting.map(|(_, chart)| chart.shown(tips).clone()).collect()
        };
        html! {
            section.kernel id=(self.slug) data-stratum=(self.stratum) aria-labelledby={ (self.slug) "-title" } {
                (links) (self.opening)
                div.beside { @for chart in drawn(&[Chart::Total]) { (chart) } (self.beside) }
                (self.options)
                @for fold in &self.folds {
                    @let charts = drawn(fold.charts);
                    @if !charts.is_empty() || !fold.tables.0.is_empty() {
                        details.fold {
                            summary { (fold.title) }
                            @if !charts.is_empty() { div.charts { @for chart in charts { (chart) } } }
                            (fold.tables)
                        }
                    }
                }
                @if !left_out.is_empty() {
                    p.note { "To stay small enough to be sent, this page leaves out some charts: " (left_out.join(", ")) ". They are in " code { "charts/" } ", beside the run." }
                }
                (self.closing)
            }
        }
    }
}

/// How to measure the job again, and the way back.
fn closing(report: &Report, headline: &Headline<'_>) -> Markup {
    if !headline.headrooms.is_empty() {
        // What was made from the command line is no kernel of a suite.
        return html! { footer.note { a href="#answers" { "all jobs" } } };
    }
    html! {
        footer.note {
            "Measure it again: "
            code { "crossover run " (headline.kernel.name) " --preset " (report.run.schedule.preset) " --seed " (report.run.seed) }
            " · " a href="#answers" { "all jobs" }
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
            "Right of ×1 the option is faster. ▶ faster, ◀ slower, ■ same within ±1\u{a0}%, ○ unsure; bars are 95\u{a0}% intervals over browser starts."
        }
        Chart::Total => {
            "Total time for a page, by number of calls. The lines cross where the slower start has paid for itself; thin lines show the 95\u{a0}% interval."
        }
        Chart::Memory => {
            "Memory of the page over sessions, after garbage collection, on top of what it held before: the thick line without release(), the thin one with it."
        }
        Chart::Samples => {
            "One row per browser start: the line goes from its fastest to its slowest sample, the thick part is the middle half, the tick is the median. Samples beyond the scale are drawn at its end."
        }
        Chart::WarmUp => {
            "From a page's first call to its steady state. Lines are medians over browser starts; strokes go from the fastest to the slowest."
        }
        Chart::Throughput => {
            "Higher is faster. A marked size is where the option becomes faster or slower than the other; thin lines are the sizes measured on either side."
        }
        Chart::Boundary => {
            "Copying the input in and the answer out, each measured alone, beside the same job on memory that is already inside. Not shown when the parts do not add up to the whole call (±15\u{a0}%)."
        }
        Chart::Size => "Bytes that are downloaded and, for Wasm, their number after each build step.",
        Chart::Pareto => "Smaller is left, faster is down. Filled points, joined by a line, are the best trade-offs.",
        Chart::ColdStart => {
            "From asking for the option to its first answer, nothing cached, served from this machine. A user's network comes on top."
        }
    }
}
