//! The findings for a terminal, in 80 columns.

use crossover_reports::report::{units, wording};

use super::findings::{Finding, Findings, Skipped, named};
use crate::sampling::ScriptHost;
use crate::wrap::wrapped;

/// Columns that every line fits in, where nothing can be broken.
const COLUMNS: usize = 80;
/// Columns of the figures in front of a function's name.
const FIGURES: usize = 50;
/// Columns of the only figure in front of the name of a function to skip.
const TIME: usize = 9;

/// Everything but the command that comes next.
#[must_use]
pub fn text(findings: &Findings) -> String {
    let several = findings.threads.len() > 1;
    let (worker, host) = match findings.host {
        ScriptHost::Browser => ("the page", "the browser"),
        ScriptHost::Node => ("the program", "Node.js"),
    };
    let mut text = format!(
        "{} samples in {}, of which {worker} worked for {}{}\n\n",
        units::count(findings.samples as f64),
        time(findings.recorded_us),
        time(findings.busy_us),
        if several { format!(", in {} threads", findings.threads.len()) } else { String::new() },
    );
    for note in notes(findings) {
        text.push_str(&format!("{}\n", wrapped("", &wording::printable(&note), COLUMNS)));
    }
    if findings.worth.is_empty() {
        text.push_str("Nothing is worth a look.\n");
    } else {
        text.push_str("Worth a look, by what a port could save at most: as if Wasm took no time at all\n\n");
        text.push_str(&figures(["saves ≤", "self", "DOM", "visits", "a visit"].map(str::to_owned)));
        text.push_str("function\n");
    }
    for finding in &findings.worth {
        text.push_str(&worth(finding, findings.layout_known, several));
    }
    if !findings.worth.is_empty() {
        if findings.more > 0 {
            text.push_str(&format!("  and {} more: --top shows them\n", findings.more));
        }
        text.push_str(&format!("\n{}", wrapped("", VISITS, COLUMNS)));
        if !findings.layout_known && findings.host == ScriptHost::Browser {
            text.push_str(&wrapped("", NO_LAYOUT, COLUMNS));
        }
    }
    if !findings.skip.is_empty() {
        text.push_str(&format!("\nSkip, by the time in the function and in what it calls of {host}\n\n"));
    }
    for skipped in &findings.skip {
        text.push_str(&skip(skipped, several));
    }
    text
}

/// What a reader has to know before the figures.
fn notes(findings: &Findings) -> Vec<String> {
    let mut notes = findings.notes.clone();
    if findings.left_out > 0 {
        notes.push(format!(
            "{} more samples are left out: the file lacks the beginning of their profile, or the functions that they name.",
            units::count(findings.left_out as f64)
        ));
    }
    if !findings.has_scripts {
        notes.push("None of these samples is of JavaScript; use the page while it records.".to_owned());
    }
    notes
}

/// What visits are; a reader takes them for calls otherwise.
const VISITS: &str = "A visit is a row of samples in the function; a sampling profile counts no calls. They may be far \
                      more and shorter, where they follow each other at once.";

/// What no reader of a `.cpuprofile` can guess.
const NO_LAYOUT: &str = "Caution: this kind of profile hides layout that a script forces. It counts as the script's own \
                         time, above. A performance trace shows it: look there before you port.";

/// Figures as columns, each aligned to the right.
fn figures([saves, own, dom, visits, visit]: [String; 5]) -> String {
    format!("  {saves:>8} {own:>8} {dom:>8} {visits:>8} {visit:>9}   ")
}

fn worth(finding: &Finding, layout_known: bool, several: bool) -> String {
    let missing = || units::MISSING.to_owned();
    let figures = figures([
        time(finding.saves_at_most_us),
        time(finding.self_us),
        format!("{}{}", if layout_known { "" } else { "≥ " }, units::percent(finding.dom_share)),
        finding.visits.map_or_else(missing, |visits| units::count(visits as f64)),
        finding.visit_us.map_or_else(missing, time),
    ]);
    let name = wording::printable(named(&finding.name));
    let calls = finding.calls.map(|calls| format!(", called {} times by the browser", units::count(calls as f64)));
    let unknown = if finding.url.is_empty() { "the profile does not say where " } else { "" };
    let place = format!("{unknown}{}{}", place(finding, several), calls.unwrap_or_default());
    let name = end_cut(&name, COLUMNS - FIGURES);
    let place = front_cut(place.trim_end(), COLUMNS - 4);
    let recursion = finding.part_of_recursion.as_deref().map(|larger| wrapped("    ", &recursion(larger), COLUMNS));
    format!("{figures}{name}\n    {place}\n{}", recursion.unwrap_or_default())
}

/// What is said of a function that cannot be ported alone.
fn recursion(larger: &str) -> String {
    let larger = wording::printable(larger);
    format!("calls itself by way of {larger}, which does more of the work: port them together")
}

fn skip(Skipped { finding, reason }: &Skipped, several: bool) -> String {
    let name = wording::printable(named(&finding.name));
    let name = end_cut(&name, 40);
    let place = place(finding, several);
    let room = COLUMNS.saturating_sub(TIME + 6 + name.chars().count());
    let place = if room < 12 { String::new() } else { front_cut(&place, room) };
    let first = format!("  {:>TIME$}  {name}  {place}", time(finding.near_us));
    let indent = " ".repeat(TIME + 4);
    format!("{}\n{}", first.trim_end(), wrapped(&indent, &wording::printable(reason), COLUMNS))
}

/// Where a function is: `app.js:12:5`, and its thread where there are several.
fn place(finding: &Finding, several: bool) -> String {
    let mut place = finding.url.clone();
    for number in [finding.line, finding.column].into_iter().flatten().filter(|_| !finding.url.is_empty()) {
        place.push_str(&format!(":{number}"));
    }
    if several {
        place = format!("{place} [{}]", finding.thread);
    }
    wording::printable(place.trim())
}

fn time(us: f64) -> String {
    units::time(us * 1e3)
}

/// The beginning of a text, where it is too long. Names say most at their beginning.
fn end_cut(text: &str, most: usize) -> String {
    match text.chars().count() > most {
        true => text.chars().take(most - 1).chain(['…']).collect(),
        false => text.to_owned(),
    }
}

/// The end of a text, where it is too long. Addresses say most at their end.
fn front_cut(text: &str, most: usize) -> String {
    let length = text.chars().count();
    match length > most {
        true => std::iter::once('…').chain(text.chars().skip(length - most + 1)).collect(),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_where_they_say_least() {
        assert_eq!(end_cut("renderEverything", 8), "renderE…");
        assert_eq!(front_cut("https://a.test/app.js:1:2", 12), "…/app.js:1:2");
    }
}
