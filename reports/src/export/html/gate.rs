//! The gate's page: its result, then the measurements of each pair.

use maud::{Markup, html};

use super::figure;
use super::tips::Tips;
use super::{environment, kernel, method, tables};
use crate::chart::slugs;
use crate::gate::{Finding, Gate, GateRow, gate_text};
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
        (tables::failures(report))
        (environment::section(report))
        (method::section())
    };
    let mut tips = Tips::default();
    let main = super::with_sections(&answers(gate), &sections, &after, &mut tips);
    let when = html! { time datetime=(gate.head.started_at) { (gate.head.started_at) } };
    super::page("crossover: head against base", &when, &main, &tips, Some(&gate_text::about(gate)))
}

fn answers(gate: &Gate) -> Markup {
    let (quiet, changed): (Vec<_>, Vec<_>) = gate.rows.iter().partition(|row| row.finding.is_quiet());
    html! {
        section #answers aria-labelledby="answers-title" {
            h1 #answers-title { "Head against base" }
            p.lead { (gate_text::summary(gate)) }
            @for warning in &gate.warnings { p.warning { (warning) } }
            section.kernel aria-label="Findings" {
                @if changed.is_empty() { p.note { "Nothing changed that matters." } } @else { (table(gate, "changed", "What changed", &changed)) }
                @for fix in gate_text::fixes(gate) { p.note { (fix) } }
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
                    td.reason { b.said { (gate_text::finding(row)) } }
                    td { (row.kernel) }
                    th scope="row" { (row.contender) }
                    td { (row.input.as_deref().unwrap_or_default()) }
                    td { (row.cost.words) }
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
