//! The gate as tables of the terminal: changes by finding, the result, and what to do about regressions.

use crate::export::terminal::{Colour, Lines, Table, left, right};
use crate::gate::{Finding, Gate, GateRow, fix, gate_text, headline};
use crate::report::Outcome;
use crate::report::wording::printable;

/// Most commands and exceptions.
const MOST_FIXES: usize = 5;

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
        out.bold(finding.word());
        let mut table = Table::new([left("  cost"), right("base"), right("head"), left("change")]);
        let mut place = None;
        for row in rows {
            let own = Some(gate_text::place(gate, row));
            if place != own {
                table.text("  ", own.as_deref().unwrap_or_default());
                place = own;
            }
            line(&mut table, gate, row);
        }
        out.table(&table);
        out.line("");
    }
    for failure in &gate.failures {
        let place = format!("{} · {} · {}", failure.kernel, failure.contender, failure.input);
        out.wrapped("  ", &format!("{place}: {}: {}", failure.stage.name(), failure.reason));
    }
    for warning in &gate.warnings {
        out.wrapped("! ", warning);
    }
    out.wrapped("→ ", &format!("{}.", headline::headline(gate)));
    if let Some(tally) = gate_text::tally(gate) {
        out.wrapped("  ", &format!("{tally}."));
    }
    fixes(&mut out, fix::REPEAT, &fix::commands(gate));
    fixes(&mut out, fix::ACCEPT, &fix::exceptions(gate));
    out.line("");
    out.wrapped("", &gate_text::about(gate));
    out.into_text()
}

fn line(table: &mut Table, gate: &Gate, row: &GateRow) {
    let cells = [
        format!("  {}", gate_text::cost(row)),
        gate_text::figure(gate, row, row.base),
        gate_text::figure(gate, row, row.head),
        gate_text::change(row),
    ];
    let painted = match row.finding {
        Finding::Regressed => Some(Outcome::Slower),
        Finding::Improved => Some(Outcome::Faster),
        _ => None,
    };
    table.row(cells, painted);
    if let Some(details) = gate_text::details(row) {
        table.text("      ", &details);
    }
}

/// What to do about the regressions, under its purpose, in lines that can be copied; nothing if there is nothing to do.
fn fixes(out: &mut Lines, purpose: &str, fixes: &[String]) {
    if fixes.is_empty() {
        return;
    }
    out.line("");
    out.wrapped("", &format!("{purpose}:"));
    let shown: Vec<&str> = fixes.iter().take(MOST_FIXES).map(String::as_str).collect();
    shown.join("\n").lines().for_each(|line| out.line(&format!("  {}", printable(line))));
    if let more @ 1.. = fixes.len().saturating_sub(MOST_FIXES) {
        out.line(&format!("  … and {more} more; junit.xml has them all."));
    }
}
