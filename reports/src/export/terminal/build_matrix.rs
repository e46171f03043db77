//! Build matrices as tables of the terminal.

use super::{Lines, TerminalColumn, left, right};
use crate::report::build_matrix::{RecommendedBuild, caption, rows, slower, tally, title};
use crate::report::{Report, wording};

const VARIANTS: [TerminalColumn; 6] = [
    left("variant", 20),
    right("raw", 9),
    right("size (br)", 9),
    right("per call", 9),
    left("against the manifest's build", 35),
    left("front", 5),
];

/// All matrices; empty if there is none.
pub(super) fn matrices(out: &mut Lines, report: &Report) {
    for matrix in &report.build_matrices {
        out.bold(&wording::printable(&title(matrix)));
        out.headings(&VARIANTS);
        for ([name, raw, _, brotli, median, _, against, front], outcome) in rows(matrix) {
            out.row(&VARIANTS, &[name, raw, brotli, median, against, front], outcome);
        }
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
