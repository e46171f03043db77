//! Memory of contenders on their headline inputs, and the findings of their sessions, as tables of the terminal.

use super::{Lines, Table, left, right};
use crate::report::memory::{MemoryRow, finding, per_session};
use crate::report::units::MISSING;
use crate::report::{CellReport, KernelInfo, Report, SessionMemory, wording};

/// All kernels, by stratum; empty if memory was not read.
pub(super) fn tables(out: &mut Lines, report: &Report) {
    for stratum in &report.run.strata {
        let of_kernel = |kernel: &KernelInfo| -> Vec<(&CellReport, MemoryRow)> {
            let cells = report.cells.iter().filter(|cell| cell.kernel == kernel.name && cell.stratum == stratum.id);
            let is_headline =
                |cell: &&CellReport| kernel.headline_in(stratum).is_some_and(|input| input.name == cell.input);
            cells.filter(is_headline).filter_map(|cell| Some((cell, MemoryRow::of(report, cell)?))).collect()
        };
        let kernels: Vec<_> = report.kernels.iter().map(|kernel| (kernel, of_kernel(kernel))).collect();
        if kernels.iter().all(|(_, rows)| rows.is_empty()) {
            continue;
        }
        out.bold(&format!("Memory · {}", wording::printable(report.label(&stratum.id))));
        let columns =
            [left("option"), right("linear"), right("JS heap"), right("buffers"), right("each session at once")];
        let mut table = Table::new(columns);
        for (kernel, rows) in kernels.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            table.text("  ", &format!("{}:", kernel.shown()));
            let is_of_kernel = |one: &&SessionMemory| one.kernel == kernel.name && one.stratum == stratum.id;
            let watched: Vec<_> = report.session_memory.iter().filter(is_of_kernel).collect();
            for (cell, MemoryRow { linear_peak, js_heap, buffers, .. }) in rows {
                // Sessions use the smallest input, which need not be the headline.
                let sessions = watched.iter().find(|one| one.contender == cell.contender);
                let at_once = sessions.map_or_else(|| MISSING.to_owned(), |one| per_session(&one.at_once));
                // Without its interval, which does not fit.
                let at_once = at_once.split(" (").next().unwrap_or_default().to_owned();
                table.row([cell.shown().to_owned(), linear_peak, js_heap, buffers, at_once], None);
            }
            for sessions in watched {
                table.text("  → ", &format!("{}.", finding(&kernel.option(&sessions.contender), sessions)));
            }
        }
        out.table(&table);
        out.line("");
    }
}
