//! A comment on a pull request: changes first, everything else folded away.

use crate::export::markdown::{code, code_block, escaped, marked_row, row as line};
use crate::gate::{Gate, GateRow, Piece, Prose, fix, gate_text, headline};

/// Marks the comment, so that the next run finds and replaces it.
const MARK: &str = "<!-- crossover compare -->";

/// GitHub accepts comments of at most 65 536 characters; tables end well before.
const MOST_ROWS: usize = 100;

/// Most commands and exceptions.
const MOST_FIXES: usize = 10;

/// The gate as Markdown.
pub(super) fn text(gate: &Gate) -> String {
    let sign = if gate.has_regressed() { "❌ " } else { "" };
    let mut out = format!("{MARK}\n### {sign}{}\n\n", prose(&headline::headline(gate)));
    if let Some(tally) = gate_text::tally(gate) {
        out.push_str(&format!("{tally}.\n\n"));
    }
    let (quiet, changed): (Vec<_>, Vec<_>) = gate.rows.iter().partition(|row| row.finding.is_quiet());
    table(&mut out, gate, &changed);
    fixes(&mut out, fix::REPEAT, "sh", &fix::commands(gate));
    fixes(&mut out, fix::ACCEPT, "toml", &fix::exceptions(gate));
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
            escaped(&gate_text::finding(row)),
            escaped(&row.kernel),
            escaped(&row.contender),
            escaped(&gate_text::input(gate, row).unwrap_or_default()),
            prose(&gate_text::cost(row)),
            escaped(&gate_text::figure(gate, row, row.base)),
            escaped(&gate_text::figure(gate, row, row.head)),
            escaped(&gate_text::change(row)),
        ];
        marked_row(out, &cells);
    }
    if rows.len() > MOST_ROWS {
        out.push_str(&format!("\n… and {} more; compare.json has them all.\n", rows.len() - MOST_ROWS));
    }
    out.push('\n');
}

/// What to do about the regressions, under its purpose; nothing if there is nothing to do.
fn fixes(out: &mut String, purpose: &str, language: &str, fixes: &[String]) {
    if fixes.is_empty() {
        return;
    }
    out.push_str(&format!("{purpose}:\n\n"));
    let shown: Vec<&str> = fixes.iter().take(MOST_FIXES).map(String::as_str).collect();
    code_block(out, language, &shown.join("\n"));
    if let more @ 1.. = fixes.len().saturating_sub(MOST_FIXES) {
        out.push_str(&format!("… and {more} more; junit.xml has them all.\n\n"));
    }
}

fn prose(prose: &Prose) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Own(text) => text.clone(),
        Piece::Name(name) => escaped(name),
        Piece::Code(text) => code(text),
    };
    prose.pieces().map(piece).collect()
}
