//! A comment on a pull request: changes first, everything else folded away.

use crate::export::markdown::{escaped, row as line};
use crate::gate::{Gate, GateRow, gate_text};

/// Marks the comment, so that the next run finds and replaces it.
const MARK: &str = "<!-- crossover compare -->";

/// GitHub accepts comments of at most 65 536 characters; tables end well before.
const MOST_ROWS: usize = 100;

/// The gate as Markdown.
pub(super) fn text(gate: &Gate) -> String {
    let mut out = format!("{MARK}\n### crossover: {}\n\n", escaped(&gate_text::summary(gate)));
    let (quiet, changed): (Vec<_>, Vec<_>) = gate.rows.iter().partition(|row| row.finding.is_quiet());
    table(&mut out, gate, &changed);
    for fix in gate_text::fixes(gate) {
        out.push_str(&escaped(&fix));
        out.push_str("\n\n");
    }
    for warning in &gate.warnings {
        out.push_str(&format!("⚠ {}\n\n", escaped(warning)));
    }
    if !gate.failures.is_empty() {
        out.push_str("**Skipped and failed**\n\n");
        line(&mut out, &["Kernel", "Contender", "Input", "Why"].map(str::to_owned));
        out.push_str("|---|---|---|---|\n");
        for failure in gate.failures.iter().take(MOST_ROWS) {
            let reason = failure.reason.chars().take(500).collect();
            line(&mut out, &[failure.kernel.clone(), failure.contender.clone(), failure.input.clone(), reason]);
        }
        out.push('\n');
    }
    if !quiet.is_empty() {
        out.push_str(&format!("<details><summary>{} without a change that matters</summary>\n\n", quiet.len()));
        table(&mut out, gate, &quiet);
        out.push_str("</details>\n\n");
    }
    out.push_str(&escaped(&gate_text::about(gate)));
    out.push('\n');
    out
}

fn table(out: &mut String, gate: &Gate, rows: &[&GateRow]) {
    if rows.is_empty() {
        return;
    }
    line(out, &["Finding", "Kernel", "Contender", "Input", "Cost", "Base", "Head", "Change"].map(str::to_owned));
    out.push_str("|---|---|---|---|---|--:|--:|---|\n");
    for row in rows.iter().take(MOST_ROWS) {
        let cells = [
            gate_text::finding(row),
            row.kernel.clone(),
            row.contender.clone(),
            row.input.clone().unwrap_or_default(),
            row.cost.words.to_owned(),
            gate_text::figure(gate, row, row.base),
            gate_text::figure(gate, row, row.head),
            gate_text::change(row),
        ];
        line(out, &cells);
    }
    if rows.len() > MOST_ROWS {
        out.push_str(&format!("\n… and {} more; compare.json has them all.\n", rows.len() - MOST_ROWS));
    }
    out.push('\n');
}
