//! Build matrices as tables of the terminal.

use super::{Lines, Table, left, right};
use crate::report::build_matrix::{RecommendedBuild, caption, rows, slower, tally, title};
use crate::report::{Report, wording};

/// All matrices; empty if there is none.
pub(super) fn matrices(out: &mut Lines, report: &Report) {
    for matrix in &report.build_matrices {
        out.bold(&wording::printable(&title(matrix)));
        let figures = [right("raw"), right("download"), right("per call")];
        // What is on the front has its mark in a column without a heading, for which there is no room.
        let words = [left("vs. the manifest's build"), left("")];
        let mut table = Table::new(std::iter::once(left("variant")).chain(figures).chain(words));
        for ([name, raw, _, brotli, median, _, against, front], outcome) in rows(matrix) {
            table.row([name, raw, brotli, median, against, front], outcome);
        }
        out.table(&table);
        out.wrapped("  ", &caption(report, matrix));
        for sentence in tally(matrix).into_iter().chain(slower(matrix)) {
            out.wrapped("  ", &sentence);
        }
        match &matrix.advice {
            Some(advice) => std::iter::once(&advice.recommended).chain(&advice.smaller).for_each(|p| profile(out, p)),
            None => out.wrapped("→ ", "No variant was measured, so there is nothing to recommend."),
        }
        out.line("");
    }
}

fn profile(out: &mut Lines, profile: &RecommendedBuild) {
    out.wrapped("→ ", &profile.reason);
    for (file, lines) in [("Cargo.toml", &profile.cargo_toml), ("kernel.toml", &profile.kernel_toml)] {
        out.wrapped("    ", &format!("# {file}"));
        lines.lines().for_each(|line| out.wrapped("    ", line));
    }
}
