//! Memory of contenders on their headline inputs, and what came of their sessions, as tables of the terminal.

use super::{COLUMNS, Column, Lines, fitted, left, right};
use crate::report::memory::{Row, finding};
use crate::report::{Cell, Report, words};

/// What a contender adds to its page.
const ADDED: [Column; 5] = [
    left("contender", 26),
    right("linear", 9),
    right("JS heap", 9),
    right("buffers", 9),
    right("each session at once", 33),
];

/// All kernels, by browser; nothing where memory was not read.
pub(super) fn tables(out: &mut Lines, report: &Report) {
    for browser in &report.run.browsers {
        let of_kernel = |kernel: &crate::report::KernelInfo| -> Vec<(&Cell, Row)> {
            let cells = report.cells.iter().filter(|cell| cell.kernel == kernel.name && cell.browser == browser.name);
            let is_told = |cell: &&Cell| {
                let is_headline = kernel.headline_input().is_some_and(|input| input.name == cell.input);
                is_headline || report.sessions_of(cell).is_some()
            };
            cells.filter(is_told).filter_map(|cell| Some((cell, Row::of(report, cell)?))).collect()
        };
        let kernels: Vec<_> = report.kernels.iter().map(|kernel| (kernel, of_kernel(kernel))).collect();
        if kernels.iter().all(|(_, rows)| rows.is_empty()) {
            continue;
        }
        out.bold(&format!("Memory · {}", words::printable(&browser.name)));
        out.headings(&ADDED);
        for (kernel, rows) in kernels.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let mut input = None;
            for (cell, Row { linear_peak, js_heap, buffers, at_once, .. }) in rows {
                if input != Some(&cell.input) {
                    input = Some(&cell.input);
                    let place = format!("  {} · {}:", words::printable(&kernel.name), words::printable(&cell.input));
                    out.line(&fitted(&place, COLUMNS));
                }
                out.row(&ADDED, &[cell.contender.clone(), linear_peak, js_heap, buffers, at_once], None);
            }
            let sessions = report.session_memory.iter();
            for sessions in sessions.filter(|one| one.kernel == kernel.name && one.browser == browser.name) {
                out.wrapped("  → ", &format!("{}.", finding(sessions)));
            }
        }
        out.line("");
    }
}
