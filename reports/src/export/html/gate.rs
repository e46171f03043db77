//! The gate's page: its result, then the measurements of each pair.

use maud::{Markup, Render, html};

use super::figure;
use super::tips::Tips;
use super::{environment, failures, kernel, method};
use crate::chart::slugs;
use crate::gate::{Finding, Gate, GateRow, Piece, Prose, fix, gate_text, headline};
use crate::report::Report;

/// The gate as a page. `report` is that of head's run.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn page(gate: &Gate, report: &Report) -> anyhow::Result<String> {
    let headlines = report.headlines();
    let slugs = slugs(&headlines);
    let sections = kernel::sections(report, &headlines, &slugs)?;
    let after = html! {
        (failures::section(report))
        (environment::section(report))
        (method::section())
    };
    let mut tips = Tips::default();
    let mut main = |shown: &kernel::ChartsShown| {
        html! { (answers(gate)) @for section in &sections { (section.markup(shown, html! {}, &mut tips)) } (after) }
    };
    let main = super::with_charts(&mut main, &sections);
    let when = html! { time datetime=(gate.head.started_at) { (gate.head.started_at) } };
    super::page(&format!("{} · crossover", headline::title(gate)), &when, &main, &tips, Some(&gate_text::about(gate)))
}

fn answers(gate: &Gate) -> Markup {
    let (quiet, changed): (Vec<_>, Vec<_>) = gate.rows.iter().partition(|row| row.finding.is_quiet());
    html! {
        section #answers aria-labelledby="answers-title" {
            h1 #answers-title { "Head against base" }
            p.lead { (headline::headline(gate)) "." }
            @if let Some(tally) = gate_text::tally(gate) { p.note { (tally) "." } }
            @for warning in &gate.warnings { p.warning { (warning) } }
            section.kernel aria-label="Findings" {
                @if changed.is_empty() { p.note { "Nothing changed that matters." } } @else { (table(gate, "changed", "What changed", &changed)) }
                (fixes(fix::REPEAT, &fix::commands(gate)))
                (fixes(fix::ACCEPT, &fix::exceptions(gate)))
                @if !quiet.is_empty() {
                    details {
                        summary { (quiet.len()) " without a change that matters" }
                        (table(gate, "quiet", "What did not", &quiet))
                    }
                }
                p.note { (gate_text::about(gate)) }
            }
        }
    }
}

/// What to do about the regressions, under its purpose; nothing if there is nothing to do.
fn fixes(purpose: &str, fixes: &[String]) -> Markup {
    html! { @if !fixes.is_empty() { p { (purpose) ":" } pre { code { (fixes.join("\n")) } } } }
}

impl Render for Prose {
    fn render(&self) -> Markup {
        html! { @for piece in self.pieces() { @match piece {
            Piece::Own(text) | Piece::Name(text) => (text),
            Piece::Code(text) => code { (text) },
        } } }
    }
}

fn table(gate: &Gate, name: &str, caption: &str, rows: &[&GateRow]) -> Markup {
    figure::table(
        "gate",
        name,
        caption,
        html! {
            thead { tr {
                th scope="col" { "Finding" } th scope="col" { "Kernel" } th scope="col" { "Contender" } th scope="col" { "Input" } th scope="col" { "Cost" }
                th.n scope="col" { "Base" } th.n scope="col" { "Head" } th scope="col" { "Change" }
            } }
            tbody { @for row in rows {
                tr.(tone(row.finding)) {
                    td.reason.brief { b.said { (gate_text::finding(row)) } }
                    td { (row.kernel) }
                    th scope="row" { (row.contender) }
                    td { (gate_text::input(gate, row).unwrap_or_default()) }
                    td { (gate_text::cost(row)) }
                    td.n { (gate_text::figure(gate, row, row.base)) }
                    td.n { (gate_text::figure(gate, row, row.head)) }
                    td { (gate_text::change(row)) }
                }
            } }
        },
    )
}

/// The colour of a finding, which words always repeat.
fn tone(finding: Finding) -> &'static str {
    match finding {
        Finding::Regressed => "slower",
        Finding::Improved => "faster",
        Finding::Excepted | Finding::Unsure | Finding::New | Finding::Gone => "unsure",
        Finding::Unchanged | Finding::Identical => "same",
    }
}
