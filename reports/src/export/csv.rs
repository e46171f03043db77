//! Cells as a table for spreadsheets and scripts: one line each, figures unrounded.

use anyhow::Context as _;

use crate::metric::Metric;
use crate::report::{Report, wording};

/// The columns before the figures.
const PLACE: [&str; 6] = ["kernel", "input", "contender", "kind", "track", "stratum"];
/// The last columns, which say the same in the words that people read.
const WORDS: [&str; 3] = ["kernel_title", "input_label", "contender_label"];

/// The report's cells as CSV (RFC 4180). Unknown values are empty.
pub fn text(report: &Report) -> anyhow::Result<String> {
    let columns = || Metric::ALL.iter().flat_map(|metric| metric.csv.iter().map(|column| (*metric, *column)));
    let headings =
        PLACE.into_iter().chain(columns().map(|(_, (heading, _))| heading)).chain(["blocks", "failure"]).chain(WORDS);
    let rows = report.cells.iter().map(|cell| {
        let place = [
            plain(&cell.kernel),
            plain(&cell.input),
            plain(&cell.contender),
            cell.kind.name().to_owned(),
            cell.track.name().to_owned(),
            plain(report.label(&cell.stratum)),
        ];
        let figures = columns().map(|(metric, (_, number))| figure(cell.number(metric, number)));
        let rest = [cell.blocks.to_string(), plain(cell.failure.as_deref().unwrap_or_default())];
        let words = [report.title(&cell.kernel), report.input(&cell.kernel, &cell.input), cell.shown()].map(plain);
        place.into_iter().chain(figures).chain(rest).chain(words)
    });
    table(headings, rows)
}

/// A table with its headings.
///
/// # Errors
/// None that occurs in memory.
pub fn table<'a>(
    headings: impl IntoIterator<Item = &'a str>,
    rows: impl Iterator<Item = impl IntoIterator<Item = String>>,
) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(headings)?;
    for row in rows {
        out.write_record(row)?;
    }
    let bytes = out.into_inner().context("the table could not be written")?;
    String::from_utf8(bytes).context("the table is not text")
}

/// A figure; empty if it is not known.
#[must_use]
pub fn figure(figure: Option<f64>) -> String {
    figure.map(|figure| figure.to_string()).unwrap_or_default()
}

/// A spreadsheet reads text that begins so as a formula (OWASP, CSV injection).
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Text of a run on one line, made safe so that no spreadsheet reads it as a formula.
#[must_use]
pub fn plain(text: &str) -> String {
    let text = wording::printable(text);
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}
