//! The boundary models, as tables of the terminal.

use super::{COLUMNS, Lines, TerminalColumn, fitted, left, right};
use crate::report::boundary::{CAPTION, CHATTY_CAPTION, ModelRow, chatty_rows, headings, notes};
use crate::report::{Report, wording};

/// The columns of the models.
fn columns() -> [TerminalColumn; 8] {
    let [.., first, second, _] = headings();
    [
        left("payload", 14),
        left("contender", 13),
        left("way", 3),
        right("per call", 8),
        right("per kB", 8),
        right(first, 15),
        right(second, 15),
        right("held out", 8),
    ]
}

/// Many calls against one.
const CHATTY: [TerminalColumn; 6] = [
    left("payload", 14),
    left("contender", 13),
    left("way", 3),
    left("what", 16),
    right("call by call", 12),
    right("in one call", 12),
];

/// All models, by stratum; empty if there is none.
pub(super) fn models(out: &mut Lines, report: &Report) {
    for stratum in &report.run.strata {
        let of_stratum = report.boundary_models.iter().filter(|model| model.stratum == stratum.id);
        if of_stratum.clone().next().is_none() {
            continue;
        }
        out.bold(&format!("Crossing the boundary · {}", wording::printable(report.label(&stratum.id))));
        out.headings(&columns());
        let mut kernel = None;
        for model in of_stratum.clone() {
            // Kernels may use the same names for payloads and contenders.
            if kernel != Some(&model.kernel) {
                kernel = Some(&model.kernel);
                out.line(&fitted(&format!("  {}:", wording::printable(report.title(&model.kernel))), COLUMNS));
            }
            let ModelRow { payload, contender, way, per_call, per_kb, quoted: [first, second], held_out } =
                ModelRow::of(report, model);
            // The spread of figures other than predictions does not fit.
            let figures = [per_call.value, per_kb.value, first.to_string(), second.to_string(), held_out];
            let cells: Vec<_> = [payload, contender, way.to_owned()].into_iter().chain(figures).collect();
            out.row(&columns(), &cells, None);
        }
        for note in notes(report, of_stratum.clone()) {
            out.wrapped("  ", &note);
        }
        out.wrapped("  ", CAPTION);
        if of_stratum.clone().any(|model| !model.chatty.is_empty()) {
            out.line("");
            out.headings(&CHATTY);
            for row in of_stratum.flat_map(|model| chatty_rows(report, model)) {
                out.row(&CHATTY, &row, None);
            }
            out.wrapped("  ", CHATTY_CAPTION);
        }
        out.line("");
    }
}
