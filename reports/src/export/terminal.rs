//! The report for a terminal: at most 100 columns, aligned by display width, coloured only on request.

mod boundary;
mod build_matrix;
mod ceiling;
mod headroom;
mod memory;
pub mod profile;
mod sizes;
mod summary;
pub mod trend;
mod verdicts;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::metric::Metric;
use crate::report::{CellReport, Headline, KernelInfo, Outcome, Report, trust, units, wording};

/// Columns that every line fits in.
const COLUMNS: usize = 100;

/// Whether to use colour. Checking `NO_COLOR` and the terminal is up to the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI colours.
    Always,
}

/// A column of a table: its heading, its width, and the side that its text is aligned to.
pub(super) struct TerminalColumn {
    heading: &'static str,
    width: usize,
    side: TextSide,
}

/// Words are aligned left, figures right.
pub(super) enum TextSide {
    Left,
    Right,
}

pub(super) const fn left(heading: &'static str, width: usize) -> TerminalColumn {
    TerminalColumn { heading, width, side: TextSide::Left }
}

pub(super) const fn right(heading: &'static str, width: usize) -> TerminalColumn {
    TerminalColumn { heading, width, side: TextSide::Right }
}

/// The table of a kernel; the third column is the factor, the widest one.
const CALLS: [TerminalColumn; 5] = [
    left("contender", 28),
    right("per call", 9),
    left("against the baseline", 33),
    right("cold start", 10),
    right("size (br)", 9),
];

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
    for headline in &headlines {
        kernel(&mut out, report, headline);
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
    out.headings(&CALLS);
    for cell in report.cells_of(&headline.kernel.name, input, &headline.stratum.id) {
        let against = report.comparison(cell, &headline.kernel.baseline, Metric::CALL);
        let (words, outcome) = match against {
            _ if cell.call_ns.is_none() => ("not measured, see below".to_owned(), None),
            _ if cell.contender == headline.kernel.baseline => ("baseline".to_owned(), None),
            Some(comparison) => (wording::comparison(comparison), Some(comparison.outcome)),
            None => (units::MISSING.to_owned(), None),
        };
        out.row(&CALLS, &cells(headline.kernel, cell, words), outcome);
    }
    if headline.headrooms.is_empty() {
        out.wrapped("→ ", &headline.sentence());
        sizes::lines(out, report, headline);
        verdicts::lines(out, report, headline);
    } else {
        out.wrapped("  ", wording::STAND_IN);
    }
    out.line("");
}

fn cells(kernel: &KernelInfo, cell: &CellReport, words: String) -> [String; 5] {
    let missing = || units::MISSING.to_owned();
    [
        kernel.option_with_track(&cell.contender),
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

/// Lines of at most [`COLUMNS`] columns.
pub(super) struct Lines {
    text: String,
    colour: Colour,
    columns: usize,
}

impl Lines {
    pub(super) fn new(colour: Colour) -> Self {
        Self { text: String::new(), colour, columns: COLUMNS }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Fits the following lines into fewer columns.
    pub(super) fn within(&mut self, columns: usize) {
        self.columns = columns;
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    pub(super) fn bold(&mut self, line: &str) {
        self.painted("1", &fitted(line, COLUMNS));
    }

    fn painted(&mut self, code: &str, line: &str) {
        match self.colour {
            Colour::Never => self.line(line),
            Colour::Always => self.line(&format!("\x1b[{code}m{}\x1b[0m", line.trim_end())),
        }
    }

    pub(super) fn headings(&mut self, columns: &[TerminalColumn]) {
        let headings: Vec<_> = columns.iter().map(|column| column.heading.to_owned()).collect();
        self.row(columns, &headings, None);
    }

    pub(super) fn row(&mut self, columns: &[TerminalColumn], cells: &[String], outcome: Option<Outcome>) {
        let mut line = String::new();
        for (cell, TerminalColumn { width, side, .. }) in cells.iter().zip(columns) {
            let cell = fitted(&wording::printable(cell), *width);
            let space = " ".repeat(width - cell.width());
            line.push_str("  ");
            line.push_str(&match side {
                TextSide::Left => format!("{cell}{space}"),
                TextSide::Right => format!("{space}{cell}"),
            });
        }
        self.coloured(&line, outcome);
    }

    fn coloured(&mut self, line: &str, outcome: Option<Outcome>) {
        match outcome {
            Some(Outcome::Faster) => self.painted("32", line),
            Some(Outcome::Slower) => self.painted("33", line),
            Some(Outcome::Same | Outcome::Unsure) | None => self.line(line),
        }
    }

    /// Breaks a text into lines that fit, each further one indented as far as the mark before the first.
    pub(super) fn wrapped(&mut self, mark: &str, text: &str) {
        self.painted_wrapped(mark, text, None);
    }

    fn painted_wrapped(&mut self, mark: &str, text: &str, outcome: impl Into<Option<Outcome>>) {
        let outcome = outcome.into();
        let mut line = mark.to_owned();
        let indent = " ".repeat(mark.width());
        for word in wording::printable(text).split_whitespace() {
            let word = fitted(word, self.columns.saturating_sub(indent.len()));
            if line.width() + word.width() > self.columns {
                self.coloured(&line, outcome);
                line.clone_from(&indent);
            }
            line.push_str(&word);
            line.push(' ');
        }
        self.coloured(&line, outcome);
    }
}

/// Cut to a width in columns, with an ellipsis if something was cut off.
fn fitted(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut room = width.saturating_sub(1);
    for c in text.chars() {
        let columns = c.width().unwrap_or(0);
        if columns > room {
            break;
        }
        room -= columns;
        cut.push(c);
    }
    cut.push('…');
    cut
}
