//! The boundary models, as tables of the terminal.

use super::{Lines, Table, left, right};
use crate::report::boundary::{CAPTION, CHATTY_CAPTION, ModelRow, chatty_rows, headings, notes};
use crate::report::{Report, wording};

/// All models, by stratum; empty if there is none.
pub(super) fn models(out: &mut Lines, report: &Report) {
    for stratum in &report.run.strata {
        let of_stratum = report.boundary_models.iter().filter(|model| model.stratum == stratum.id);
        if of_stratum.clone().next().is_none() {
            continue;
        }
        out.bold(&format!("Crossing the boundary · {}", wording::printable(report.label(&stratum.id))));
        let [.., first, second, _] = headings();
        let words = ["payload", "option", "way"].map(left);
        let mut table =
            Table::new(words.into_iter().chain(["per call", "per kB", first, second, "held out"].map(right)));
        let mut kernel = None;
        for model in of_stratum.clone() {
            // Kernels may use the same names for payloads and contenders.
            if kernel != Some(&model.kernel) {
                kernel = Some(&model.kernel);
                table.text("  ", &format!("{}:", report.title(&model.kernel)));
            }
            let ModelRow { payload, contender, way, per_call, per_kb, quoted: [first, second], held_out } =
                ModelRow::of(report, model);
            // Their spread does not fit.
            let [per_call, per_kb, first, second] = [per_call, per_kb, first, second].map(|figure| figure.value);
            table.row([payload, contender, way.to_owned(), per_call, per_kb, first, second, held_out], None);
        }
        out.table(&table);
        for note in notes(report, of_stratum.clone()) {
            out.wrapped("  ", &note);
        }
        out.wrapped("  ", CAPTION);
        if of_stratum.clone().any(|model| !model.chatty.is_empty()) {
            out.line("");
            let words = ["payload", "option", "way", "what"].map(left);
            let mut table = Table::new(words.into_iter().chain(["call by call", "in one call"].map(right)));
            of_stratum.flat_map(|model| chatty_rows(report, model)).for_each(|row| table.row(row, None));
            out.table(&table);
            out.wrapped("  ", CHATTY_CAPTION);
        }
        out.line("");
    }
}
