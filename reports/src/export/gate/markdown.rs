//! A comment on a pull request: what changed first, what did not folded away.

use crate::export::markdown::{escaped, row as line};
use crate::gate::{Gate, Row, words};

/// Marks the comment, so that the next run finds it and writes over it.
const MARK: &str = "<!-- crossover compare -->";

/// GitHub takes comments of at most 65 536 characters; tables end well before.
const MOST_ROWS: usize = 100;

/// The gate as Markdown.
pub(super) fn text(gate: &Gate) -> String {
    let mut out = format!("{MARK}\n### crossover: {}\n\n", escaped(&words::summary(gate)));
    let (quiet, told): (Vec<_>, Vec<_>) = gate.rows.iter().partition(|row| row.finding.is_quiet());
    table(&mut out, gate, &told);
    for mend in words::mends(gate) {
        out.push_str(&escaped(&mend));
        out.push_str("\n\n");
    }
    for warning in &gate.warnings {
        out.push_str(&format!("⚠ {}\n\n", escaped(warning)));
    }
    if !gate.failures.is_empty() {
        out.push_str("**Not measured, or not in full**\n\n");
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
    out.push_str(&escaped(&words::about(gate)));
    out.push('\n');
    out
}

fn table(out: &mut String, gate: &Gate, rows: &[&Row]) {
    if rows.is_empty() {
        return;
    }
    line(out, &["Finding", "Kernel", "Contender", "Input", "Cost", "Base", "Head", "Change"].map(str::to_owned));
    out.push_str("|---|---|---|---|---|--:|--:|---|\n");
    for row in rows.iter().take(MOST_ROWS) {
        let cells = [
            words::finding(row),
            row.kernel.clone(),
            row.contender.clone(),
            row.input.clone().unwrap_or_default(),
            row.cost.words.to_owned(),
            words::figure(gate, row, row.base),
            words::figure(gate, row, row.head),
            words::change(row),
        ];
        line(out, &cells);
    }
    if rows.len() > MOST_ROWS {
        out.push_str(&format!("\n… and {} more; compare.json has them all.\n", rows.len() - MOST_ROWS));
    }
    out.push('\n');
}
