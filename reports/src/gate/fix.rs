//! What to do about a regression: the command that measures it again, and the exception that accepts it.

use std::fmt::Write as _;

use super::{Finding, Gate, GateRow};
use crate::report::wording::is_printable;
use crate::shell::quoted;

/// What [`exceptions`] are for.
pub const ACCEPT: &str = "To accept a regression until a date, add its exception at the end of crossover.toml";

/// What [`commands`] are for.
pub const REPEAT: &str = "To measure again";

/// Months until an exception ends, counted from the current one.
const MONTHS: u32 = 3;

/// The commands that measure the regressions again, each once.
#[must_use]
pub fn commands(gate: &Gate) -> Vec<String> {
    each_once(gate.found(Finding::Regressed).filter_map(|row| command(gate, row)))
}

/// The command that measures a row's contender again; `None` if the gate compared two stored runs.
#[must_use]
pub fn command(gate: &Gate, row: &GateRow) -> Option<String> {
    if gate.arguments.is_empty() {
        return None;
    }
    // The option takes patterns with commas between them: any single character stands for one with a meaning.
    let contender = row.contender.replace(['*', '?', '[', ']', ','], "?");
    let start = ["crossover", "compare", &row.kernel, "--contender", &contender];
    let words = start.into_iter().chain(gate.arguments.iter().map(String::as_str)).map(quoted);
    Some(words.collect::<Vec<_>>().join(" "))
}

/// Both for one regression, line by line.
#[must_use]
pub fn advice(gate: &Gate, row: &GateRow) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(command(gate, row).map(|command| format!("{REPEAT}: {command}")));
    lines.push(format!("{ACCEPT}:"));
    lines.extend(exception(row, &gate.day).lines().map(str::to_owned));
    lines
}

/// The exceptions that accept the regressions, each once.
#[must_use]
pub fn exceptions(gate: &Gate) -> Vec<String> {
    each_once(gate.found(Finding::Regressed).map(|row| exception(row, &gate.day)))
}

/// The lines of `crossover.toml` that accept a regression for some months from `day`, `YYYY-MM-DD`. Its reason is left
/// to the reader.
#[must_use]
pub fn exception(row: &GateRow, day: &str) -> String {
    format!(
        "[[compare.exception]]\nkernel = {}\ncontender = {}\ncost = {}\nuntil = {}\nreason = \"…\"\n",
        text(&row.kernel),
        text(&row.contender),
        text(row.cost.name()),
        until(day)
    )
}

/// The first day of the month some months later.
fn until(day: &str) -> String {
    let number = |range: std::ops::Range<usize>| day.get(range)?.parse::<u32>().ok();
    let Some((year, month)) = number(0..4).zip(number(5..7)) else { return day.to_owned() };
    let months = year * 12 + month.saturating_sub(1) + MONTHS;
    format!("{:04}-{:02}-01", months / 12, months % 12 + 1)
}

/// A basic string of TOML: on one line, and as it looks.
fn text(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_printable(c) => out.push(c),
            // Writing to a string cannot fail.
            c => _ = write!(out, "\\U{:08X}", u32::from(c)),
        }
    }
    out.push('"');
    out
}

/// Each text where it is first.
fn each_once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_ends_at_the_start_of_a_month() {
        assert_eq!(until("2026-03-31"), "2026-06-01");
        assert_eq!(until("2026-11-30"), "2027-02-01");
        assert_eq!(until("2026-09-01"), "2026-12-01");
    }

    #[test]
    fn names_cannot_end_their_string_or_their_line() {
        assert_eq!(text("a\"\n\\b\u{202e}\u{7f}"), r#""a\"\U0000000A\\b\U0000202E\U0000007F""#);
    }
}
