//! Cells as a table for spreadsheets and scripts: a line each, figures as they are.

use anyhow::Context as _;

use crate::report::{Estimate, Report, words};

const HEADINGS: [&str; 22] = [
    "kernel",
    "input",
    "contender",
    "kind",
    "track",
    "stratum",
    "call_ns",
    "call_ns_low",
    "call_ns_high",
    "call_ns_p95",
    "throughput_bytes_per_s",
    "cold_start_ns",
    "cold_start_ns_low",
    "cold_start_ns_high",
    "boundary_in_ns",
    "boundary_out_ns",
    "size_raw_bytes",
    "size_gzip_bytes",
    "size_brotli_bytes",
    "linear_peak_bytes",
    "blocks",
    "failure",
];

/// The report's cells as CSV (RFC 4180). What is not known is empty.
pub fn text(report: &Report) -> anyhow::Result<String> {
    let rows = report.cells.iter().map(|cell| {
        let call = |of: fn(&Estimate) -> Option<f64>| figure(cell.call_ns.as_ref().and_then(of));
        let cold = cell.cold_start_ns.as_ref();
        let ci = |at: usize| figure(cold.and_then(|cold| cold.ci).map(|ci| ci[at]));
        let size = |of: fn(&crate::run::Size) -> u64| cell.size_bytes.as_ref().map(of).map(|n| n.to_string());
        let linear = cell.memory_bytes.and_then(|memory| memory.linear_peak);
        [
            plain(&cell.kernel),
            plain(&cell.input),
            plain(&cell.contender),
            cell.kind.name().to_owned(),
            cell.track.name().to_owned(),
            plain(report.label(&cell.stratum)),
            call(|call| Some(call.median)),
            call(|call| Some(call.ci?[0])),
            call(|call| Some(call.ci?[1])),
            call(|call| Some(call.p95)),
            figure(cell.throughput_bytes_per_s),
            figure(cold.map(|cold| cold.median)),
            ci(0),
            ci(1),
            figure(cell.boundary_ns.map(|boundary| boundary.copy_in)),
            figure(cell.boundary_ns.map(|boundary| boundary.out)),
            size(|size| size.raw).unwrap_or_default(),
            size(|size| size.gzip).unwrap_or_default(),
            size(|size| size.brotli).unwrap_or_default(),
            linear.map(|bytes| bytes.to_string()).unwrap_or_default(),
            cell.blocks.to_string(),
            plain(cell.failure.as_deref().unwrap_or_default()),
        ]
    });
    table(HEADINGS, rows)
}

/// A table with its headings.
///
/// # Errors
/// None that can be met in memory.
pub fn table<const N: usize>(headings: [&str; N], rows: impl Iterator<Item = [String; N]>) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(headings)?;
    for row in rows {
        out.write_record(row)?;
    }
    let bytes = out.into_inner().context("the table could not be written")?;
    String::from_utf8(bytes).context("the table is no text")
}

/// A figure, or nothing where it is not known.
#[must_use]
pub fn figure(figure: Option<f64>) -> String {
    figure.map(|figure| figure.to_string()).unwrap_or_default()
}

/// A spreadsheet takes what begins so for a formula (OWASP, CSV injection).
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Text of a run, on one line, which no spreadsheet takes for a formula.
#[must_use]
pub fn plain(text: &str) -> String {
    let text = words::printable(text);
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}
