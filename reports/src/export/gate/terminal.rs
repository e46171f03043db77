//! The gate as tables of the terminal: changes, a block per kernel, and the rest in one line.

use crate::export::terminal::{Colour, Lines, TerminalColumn, left, right};
use crate::gate::{Finding, Gate, GateRow, gate_text};
use crate::report::Outcome;

const COLUMNS: [TerminalColumn; 5] =
    [left("contender", 27), left("cost", 14), right("base", 9), right("head", 9), left("change", 31)];

/// The gate's summary.
#[must_use]
pub fn text(gate: &Gate, colour: Colour) -> String {
    let mut out = Lines::new(colour);
    let changed: Vec<_> = gate.rows.iter().filter(|row| !row.finding.is_quiet()).collect();
    for finding in Finding::ALL {
        let rows: Vec<_> = changed.iter().filter(|row| row.finding == finding).collect();
        if rows.is_empty() {
            continue;
        }
        out.bold(finding.name());
        out.headings(&COLUMNS);
        for row in rows {
            line(&mut out, gate, row);
        }
        out.line("");
    }
    for failure in &gate.failures {
        let place = format!("{} · {} · {}", failure.kernel, failure.contender, failure.input);
        out.wrapped("  ", &format!("{place}: {}: {}", failure.stage.name(), failure.reason));
    }
    for warning in &gate.warnings {
        out.wrapped("! ", warning);
    }
    out.wrapped("→ ", &gate_text::summary(gate));
    out.wrapped("", &gate_text::about(gate));
    out.into_text()
}

fn line(out: &mut Lines, gate: &Gate, row: &GateRow) {
    let input = row.input.as_ref().map(|input| format!(" · {input}")).unwrap_or_default();
    let cells = [
        format!("{} {}{input}", row.kernel, row.contender),
        row.cost.words.to_owned(),
        gate_text::figure(gate, row, row.base),
        gate_text::figure(gate, row, row.head),
        gate_text::change(row),
    ];
    let painted = match row.finding {
        Finding::Regressed => Some(Outcome::Slower),
        Finding::Improved => Some(Outcome::Faster),
        _ => None,
    };
    out.row(&COLUMNS, &cells, painted);
    let said = gate_text::finding(row);
    if said != row.finding.name() {
        out.wrapped("      ", &said);
    }
    if row.finding == Finding::Regressed {
        out.wrapped("      ", &gate_text::fix(row));
    }
}
