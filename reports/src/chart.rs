//! Charts as SVG. The only folder that names plotters.
//!
//! Each chart is one file that draws with the inks of `ink`; a `Theme` turns them into colours afterwards.

mod build_matrix;
mod canvas;
mod cold_start;
mod ink;
mod memory;
mod ratio;
mod scale;
pub mod slide;
mod total;
mod trend;

pub(crate) use build_matrix::draw as build_matrix;
pub(crate) use ink::Theme;
pub(crate) use trend::draw as trend;

use crate::history::{Basis, SeriesTrend, Tracked, Trend};
use crate::report::{Headline, Report};

/// Most charts of a trend.
const MOST_TRENDS: usize = 200;

/// A chart of one kernel in one browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chart {
    /// Time per call of every candidate against what it is compared with, with intervals.
    Ratio,
    /// Cold start of every contender, by phase.
    ColdStart,
    /// Start and calls together against number of calls, with the crossing.
    Total,
    /// Memory of the page over sessions of every contender.
    Memory,
}

impl Chart {
    /// All charts, in the order in which a report shows them.
    pub const ALL: [Self; 4] = [Self::Ratio, Self::ColdStart, Self::Total, Self::Memory];

    /// The name, as file names use it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::ColdStart => "cold-start",
            Self::Total => "total",
            Self::Memory => "memory",
        }
    }

    /// Draws the chart for a headline's kernel, browser and input; `None` when there is nothing to draw. The id has to
    /// be unique within the document that the SVG is put into.
    ///
    /// # Errors
    /// When the drawing library fails; no figure makes it.
    pub fn draw(
        self,
        report: &Report,
        headline: &Headline<'_>,
        id: &str,
        theme: Theme,
    ) -> anyhow::Result<Option<String>> {
        match self {
            Self::Ratio => ratio::draw(report, headline, id, theme),
            Self::ColdStart => cold_start::draw(report, headline, id, theme),
            Self::Total => total::draw(report, headline, id, theme),
            Self::Memory => memory::draw(report, headline, id, theme),
        }
    }
}

/// Every chart of a report as a file that stands alone: its name, which is safe and unique, and its text.
///
/// # Errors
/// When the drawing library fails; no figure makes it.
pub fn all(report: &Report) -> anyhow::Result<Vec<(String, String)>> {
    let headlines = report.headlines();
    let mut charts = Vec::new();
    for (headline, slug) in headlines.iter().zip(slugs(&headlines)) {
        for chart in Chart::ALL {
            let id = format!("{slug}-{}", chart.name());
            if let Some(svg) = chart.draw(report, headline, &id, Theme::Light)? {
                charts.push((format!("{id}.svg"), svg));
            }
        }
    }
    for (matrix, id) in report.build_matrices.iter().zip(matrix_slugs(report)) {
        if let Some(svg) = build_matrix(matrix, &id, Theme::Light)? {
            charts.push((format!("{id}.svg"), svg));
        }
    }
    Ok(charts)
}

/// A name for each headline that is safe as a file name and as an id, and that no other has.
#[must_use]
pub(crate) fn slugs(headlines: &[Headline<'_>]) -> Vec<String> {
    unique(headlines.iter().map(|headline| format!("{}-{}", headline.kernel.name, headline.browser)))
}

/// The same for each build matrix of a report.
#[must_use]
pub(crate) fn matrix_slugs(report: &Report) -> Vec<String> {
    let places = report.build_matrices.iter().map(|matrix| format!("{}-{}", matrix.kernel, matrix.browser));
    unique(places).into_iter().map(|slug| format!("{slug}-build-matrix")).collect()
}

/// Every chart of a trend as a file that stands alone: its name, which is safe and unique, and its text.
///
/// # Errors
/// When the drawing library fails; no figure makes it.
pub fn trends(trend: &Trend) -> anyhow::Result<Vec<(String, String)>> {
    let draw =
        |(series, id): (&SeriesTrend, String)| Ok((format!("{id}.svg"), self::trend(series, &id, Theme::Light)?));
    charted(trend).into_iter().map(draw).collect()
}

/// The series that a chart is worth, at most [`MOST_TRENDS`] of them: the time per call, and whatever changed. Each with
/// a name that is safe as a file name and as an id, and that no other has.
#[must_use]
pub(crate) fn charted(trend: &Trend) -> Vec<(&SeriesTrend, String)> {
    let is_call = |series: &SeriesTrend| series.key.metric == Tracked::CallNs && series.basis == Basis::Ratio;
    let is_worth_it = |series: &&SeriesTrend| series.runs > 1 && (is_call(series) || !series.changes.is_empty());
    let charted: Vec<_> = trend.series.iter().filter(is_worth_it).take(MOST_TRENDS).collect();
    let slugs = unique(charted.iter().map(|series| {
        let key = &series.key;
        let rest = [&key.input, &key.browser].map(|text| text.as_deref().unwrap_or_default()).join("-");
        format!("trend-{}-{}-{}-{rest}", key.kernel, key.contender, key.metric.name())
    }));
    charted.into_iter().zip(slugs).collect()
}

/// A safe name for each name, that no other of them has.
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
