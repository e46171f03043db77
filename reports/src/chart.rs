//! Charts as SVG. The only folder that names plotters.
//!
//! Each chart is one file that draws on a `canvas`, with inks. The result is a `Picture`: shapes, texts and tips as
//! data, which are written once, in the colours of the place where they are shown.

mod backend;
mod boundary;
mod boundary_model;
mod build_matrix;
mod by_size;
mod canvas;
mod cold_start;
mod drawing;
mod ink;
mod label_layout;
mod lines;
mod mark;
mod medium;
mod memory;
mod pareto;
mod picture;
mod plot;
mod ratio;
mod scale;
mod size;
pub mod slide;
mod spread;
mod stacked;
mod total;
mod trend;
mod warm_up;

pub(crate) use build_matrix::draw as build_matrix;
pub(crate) use drawing::Tip;
pub(crate) use picture::Picture;
pub(crate) use trend::draw as trend;

use crate::history::{Basis, SeriesTrend, Trend};
use crate::metric::Metric;
use crate::report::{BoundaryModel, Headline, Report};

/// Most charts of a trend.
const MOST_TRENDS: usize = 200;

/// A chart of one kernel in one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chart {
    /// Time per call of every candidate against its baseline, with intervals.
    Ratio,
    /// The distribution of every contender's samples, block by block.
    Samples,
    /// Time per call from a page's first call to its steady state.
    WarmUp,
    /// Throughput against size of input, with the crossing.
    Throughput,
    /// Start and calls together against number of calls, with the crossing.
    Total,
    /// Starts of every contender in every state, by phase.
    ColdStart,
    /// The parts of a call of every contender.
    Boundary,
    /// Size of what every contender ships, and of its Wasm after each build step.
    Size,
    /// Size against time per call, with the front.
    Pareto,
    /// Memory of the page over the sessions of every contender.
    Memory,
}

impl Chart {
    /// All charts, in the order in which a report shows them.
    pub const ALL: [Self; 10] = [
        Self::Ratio,
        Self::Total,
        Self::Throughput,
        Self::ColdStart,
        Self::Boundary,
        Self::Pareto,
        Self::Size,
        Self::Samples,
        Self::WarmUp,
        Self::Memory,
    ];

    /// The name, as file names use it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Samples => "samples",
            Self::WarmUp => "warm-up",
            Self::Throughput => "throughput",
            Self::Total => "total",
            Self::ColdStart => "cold-start",
            Self::Boundary => "boundary",
            Self::Size => "size",
            Self::Pareto => "pareto",
            Self::Memory => "memory",
        }
    }

    /// Draws the chart for a headline's kernel, stratum and input; `None` when there is nothing to draw.
    ///
    /// # Errors
    /// When the drawing library fails; no figure causes that.
    pub fn draw(self, report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
        let draw = match self {
            Self::Ratio => ratio::draw,
            Self::Samples => spread::draw,
            Self::WarmUp => warm_up::draw,
            Self::Throughput => by_size::draw,
            Self::Total => total::draw,
            Self::ColdStart => cold_start::draw,
            Self::Boundary => boundary::draw,
            Self::Size => size::draw,
            Self::Pareto => pareto::draw,
            Self::Memory => memory::draw,
        };
        draw(report, headline)
    }
}

/// Every chart of a report as a standalone file: its name, which is safe and unique, and its text.
///
/// # Errors
/// When the drawing library fails; no figure causes that.
pub fn all(report: &Report) -> anyhow::Result<Vec<(String, String)>> {
    let headlines = report.headlines();
    let mut charts = Vec::new();
    for (headline, slug) in headlines.iter().zip(slugs(&headlines)) {
        for chart in Chart::ALL {
            let id = format!("{slug}-{}", chart.name());
            if let Some(picture) = chart.draw(report, headline)? {
                charts.push(file(&id, &picture));
            }
        }
    }
    charts.extend(boundary_models(report)?.iter().map(|(id, picture)| file(id, picture)));
    for (matrix, id) in report.build_matrices.iter().zip(matrix_slugs(report)) {
        if let Some(picture) = build_matrix(matrix, report.label(&matrix.stratum))? {
            charts.push(file(&id, &picture));
        }
    }
    Ok(charts)
}

/// A chart's file name and text.
fn file(id: &str, picture: &Picture) -> (String, String) {
    (format!("{id}.svg"), picture.alone(id))
}

/// The charts of boundary models, one per kernel, stratum and payload, each with a name like those of [`slugs`].
///
/// # Errors
/// When the drawing library fails; no figure causes that.
pub(crate) fn boundary_models(report: &Report) -> anyhow::Result<Vec<(String, Picture)>> {
    let mut payloads: Vec<Vec<&BoundaryModel>> = Vec::new();
    for model in &report.boundary_models {
        let place = |model: &BoundaryModel| (model.kernel.clone(), model.stratum.clone(), model.payload.clone());
        match payloads.iter_mut().find(|payload| place(payload[0]) == place(model)) {
            Some(payload) => payload.push(model),
            None => payloads.push(vec![model]),
        }
    }
    let names = payloads.iter().map(|payload| {
        let BoundaryModel { kernel, stratum, payload, .. } = payload[0];
        format!("{kernel}-{payload}-{}-crossing", report.label(stratum))
    });
    let mut charts = Vec::new();
    for (payload, slug) in payloads.iter().zip(unique(names)) {
        if let Some(picture) = boundary_model::draw(report, payload)? {
            charts.push((slug, picture));
        }
    }
    Ok(charts)
}

/// A unique name for each headline that is safe as a file name and as an id.
#[must_use]
pub(crate) fn slugs(headlines: &[Headline<'_>]) -> Vec<String> {
    unique(headlines.iter().map(|headline| format!("{}-{}", headline.kernel.name, headline.label)))
}

/// The same for each build matrix of a report.
#[must_use]
pub(crate) fn matrix_slugs(report: &Report) -> Vec<String> {
    let places =
        report.build_matrices.iter().map(|matrix| format!("{}-{}", matrix.kernel, report.label(&matrix.stratum)));
    unique(places).into_iter().map(|slug| format!("{slug}-build-matrix")).collect()
}

/// Every chart of a trend as a standalone file: its name, which is safe and unique, and its text.
///
/// # Errors
/// When the drawing library fails; no figure causes that.
pub fn trends(trend: &Trend) -> anyhow::Result<Vec<(String, String)>> {
    charted(trend).into_iter().map(|(series, id)| Ok(file(&id, &self::trend(series)?))).collect()
}

/// The series that get a chart, at most [`MOST_TRENDS`]: the time per call, and every series that changed. Each has a
/// unique name that is safe as a file name and as an id.
#[must_use]
pub(crate) fn charted(trend: &Trend) -> Vec<(&SeriesTrend, String)> {
    let is_call = |series: &SeriesTrend| series.key.metric == Metric::CALL && series.basis == Basis::Ratio;
    let is_worth_it = |series: &&SeriesTrend| series.runs > 1 && (is_call(series) || !series.changes.is_empty());
    let charted: Vec<_> = trend.series.iter().filter(is_worth_it).take(MOST_TRENDS).collect();
    let slugs = unique(charted.iter().map(|series| {
        let key = &series.key;
        let rest = [key.input.clone(), key.runtime_label()].map(Option::unwrap_or_default).join("-");
        format!("trend-{}-{}-{}-{rest}", key.kernel, key.contender, key.metric.name())
    }));
    charted.into_iter().zip(slugs).collect()
}

/// A unique safe name for each name.
fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::new();
    for name in names {
        let slug = slug(&name);
        let numbered = (2..).map(|n| format!("{slug}-{n}"));
        let free = std::iter::once(slug.clone()).chain(numbered).find(|slug| !slugs.contains(slug));
        // There are more numbers than names, so one is free.
        slugs.push(free.unwrap_or(slug));
    }
    slugs
}

/// At most 80 ASCII letters, digits and single hyphens, beginning with a letter.
fn slug(name: &str) -> String {
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug =
        format!("{}{}", if name.starts_with(|c: char| c.is_ascii_alphabetic()) { "" } else { "k-" }, words.join("-"));
    slug.to_ascii_lowercase().chars().take(80).collect::<String>().trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_are_safe() {
        for (name, safe) in [
            ("hashing-blake3-chromium", "hashing-blake3-chromium"),
            ("../../etc/passwd", "k-etc-passwd"),
            ("<img src=x>", "k-img-src-x"),
            ("名前", "k"),
            ("Ünïcode a|b", "k-n-code-a-b"),
        ] {
            assert_eq!(slug(name), safe);
        }
        assert_eq!(slug(&"x".repeat(300)).len(), 80);
    }
}
