//! The report for a terminal: at most 80 columns, aligned by display width, coloured only on request.

mod across;
mod boundary;
mod build_matrix;
mod ceiling;
mod decisions;
mod headroom;
mod lines;
mod memory;
pub mod profile;
mod sizes;
mod summary;
mod table;
pub mod trend;

pub(super) use lines::Lines;
pub(super) use table::{Table, left, right};

use crate::metric::Metric;
use crate::report::{CellReport, Headline, KernelInfo, Report, trust, units, wording};

/// Whether to use colour. Checking `NO_COLOR` and the terminal is up to the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI colours.
    Always,
}

/// The end of a run: a line for each job; everything where there is a single one, unless its Wasm is not written yet.
#[must_use]
pub fn brief(report: &Report, colour: Colour) -> String {
    let mut out = Lines::new(colour);
    let headlines = report.headlines();
    if summary::text(&mut out, report, &headlines).is_some() {
        return out.into_text();
    }
    if headlines.is_empty() || headlines.iter().any(|headline| headline.headrooms.is_empty()) {
        return text(report, colour);
    }
    headlines.iter().for_each(|headline| headroom::lines(&mut out, headline));
    across::lines(&mut out, report, headlines[0].kernel);
    failures(&mut out, report);
    for warning in trust::warnings(report) {
        out.wrapped("! ", &format!("{warning}."));
    }
    out.into_text()
}

/// Everything that a terminal shows of a report.
#[must_use]
pub fn text(report: &Report, colour: Colour) -> String {
    let mut out = Lines::new(colour);
    let headlines = report.headlines();
    if report.is_empty() {
        out.line("This run measured nothing: it has no kernels or no browsers.");
    }
    for (at, headline) in headlines.iter().enumerate() {
        kernel(&mut out, report, headline);
        if headlines.get(at + 1).is_none_or(|next| next.kernel.name != headline.kernel.name) {
            across::lines(&mut out, report, headline.kernel);
        }
    }
    build_matrix::matrices(&mut out, report);
    ceiling::table(&mut out, report);
    memory::tables(&mut out, report);
    boundary::models(&mut out, report);
    failures(&mut out, report);
    if let Some(calibration) = &report.run.calibration {
        out.wrapped("", &format!("{}.", wording::calibration(calibration)));
    }
    out.wrapped("", &super::about(report));
    out.into_text()
}

fn kernel(out: &mut Lines, report: &Report, headline: &Headline<'_>) {
    headroom::lines(out, headline);
    let input = headline.input.map_or("no input", |input| input.name.as_str());
    out.bold(&format!(
        "{} · {} · {}",
        wording::printable(headline.kernel.shown()),
        wording::printable(headline.kernel.input(input)),
        wording::printable(headline.label)
    ));
    let baseline = headline.kernel.option(&headline.kernel.baseline);
    let columns =
        [left("option"), right("per call"), left(format!("vs. {baseline}")), right("start-up"), right("download")];
    let mut table = Table::new(columns);
    for cell in report.cells_of(&headline.kernel.name, input, &headline.stratum.id) {
        let against = report.comparison(cell, &headline.kernel.baseline, Metric::CALL);
        let (words, outcome) = match against {
            _ if cell.call_ns.is_none() => ("not measured, see below".to_owned(), None),
            Some(comparison) => (wording::comparison(comparison), Some(comparison.outcome)),
            None => (units::MISSING.to_owned(), None),
        };
        table.row(cells(headline.kernel, cell, words), outcome);
    }
    out.table(&table);
    if headline.headrooms.is_empty() {
        out.wrapped("→ ", &headline.sentence());
        sizes::lines(out, report, headline);
        decisions::lines(out, report, headline);
    } else {
        out.wrapped("  ", wording::STAND_IN);
    }
    out.line("");
}

fn cells(kernel: &KernelInfo, cell: &CellReport, words: String) -> [String; 5] {
    let missing = || units::MISSING.to_owned();
    [
        kernel.option(&cell.contender),
        cell.call_ns.map_or_else(missing, |call| units::time(call.median)),
        words,
        cell.cold_start_ns.as_ref().map_or_else(missing, |cold| units::time(cold.median)),
        cell.size_bytes.map_or_else(missing, |size| units::bytes(size.brotli)),
    ]
}

fn failures(out: &mut Lines, report: &Report) {
    if report.failures.is_empty() {
        return;
    }
    out.bold("Skipped and failed");
    for row in &report.failures {
        let (kernel, input) = (report.title(&row.kernel), report.input(&row.kernel, &row.input));
        let contender = report.option(&row.kernel, &row.contender);
        let place = format!("{kernel} · {input} · {contender} · {}", report.label(&row.stratum));
        let blocks = match row.blocks {
            0 => String::new(),
            1 => " (1 block)".to_owned(),
            n => format!(" ({n} blocks)"),
        };
        out.wrapped("  ", &format!("{place}: {}: {}{blocks}", row.stage.name(), row.reason));
    }
    out.line("");
}
