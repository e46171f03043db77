//! Wasm against native code on headline inputs, as a table of the terminal.

use super::{Lines, Table, left, right};
use crate::report::ceiling::CeilingRow;
use crate::report::{Report, wording};

/// All kernels, by stratum; empty if native code was not measured.
pub(super) fn table(out: &mut Lines, report: &Report) {
    for stratum in &report.run.strata {
        let headline = |kernel: &str| Some(report.kernel(kernel)?.headline_in(stratum)?.name.as_str());
        let cells = report.cells.iter().filter(|cell| cell.stratum == stratum.id);
        let of_headlines = cells.filter(|cell| headline(&cell.kernel) == Some(&cell.input));
        let rows: Vec<_> = of_headlines.filter_map(|cell| Some((cell, CeilingRow::of(report, cell)?))).collect();
        if rows.is_empty() {
            continue;
        }
        out.bold(&format!("Native ceiling · {}", wording::printable(report.label(&stratum.id))));
        let mut table = Table::new([left("option"), right("Wasm"), right("native"), right("part of native speed")]);
        for (cell, CeilingRow { wasm, native, part, .. }) in rows {
            table.row([format!("{} · {}", report.title(&cell.kernel), cell.shown()), wasm, native, part], None);
        }
        out.table(&table);
        out.line("");
    }
}
