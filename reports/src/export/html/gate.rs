//! The gate's page: what came of it, then what was measured of each pair.

use maud::{Markup, html};

use super::figure;
use super::tips::Tips;
use super::{environment, kernel, method, tables};
use crate::chart::slugs;
use crate::gate::{Finding, Gate, Row, words};
use crate::report::Report;

/// The gate as a page. `report` is of the run of head.
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
    super::page("crossover: head against base", &when, &main, &tips, Some(&words::about(gate)))
}

fn answers(gate: &Gate) -> Markup {
    let (quiet, told): (Vec<_>, Vec<_>) = gate.rows.iter().partition(|row| row.finding.is_quiet());
    html! {
        section #answers aria-labelledby="answers-title" {
            h1 #answers-title { "Head against base" }
            p.lead { (words::summary(gate)) }
            @for warning in &gate.warnings { p.warning { (warning) } }
            section.kernel aria-label="Findings" {
                @if told.is_empty() { p.note { "Nothing changed that matters." } } @else { (table(gate, "told", "What changed", &told)) }
                @for mend in words::mends(gate) { p.note { (mend) } }
                @if !quiet.is_empty() {
                    details {
                        summary { (quiet.len()) " without a change that matters" }
                        (table(gate, "quiet", "What did not", &quiet))
                    }
                }
                p.note { (words::about(gate)) }
            }
        }
    }
}

fn table(gate: &Gate, name: &str, caption: &str, rows: &[&Row]) -> Markup {
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
                    td.reason { b.said { (words::finding(row)) } }
                    td { (row.kernel) }
                    th scope="row" { (row.contender) }
                    td { (row.input.as_deref().unwrap_or_default()) }
                    td { (row.cost.words) }
                    td.n { (words::figure(gate, row, row.base)) }
                    td.n { (words::figure(gate, row, row.head)) }
                    td { (words::change(row)) }
                }
            } }
        },
    )
}

/// The colour that goes with a finding, which never is all that tells it.
fn tone(finding: Finding) -> &'static str {
    match finding {
        Finding::Regressed => "slower",
        Finding::Improved => "faster",
        Finding::Excepted | Finding::Unsure | Finding::New | Finding::Gone => "unsure",
        Finding::Unchanged | Finding::Identical => "same",
    }
}
