//! The tables: every figure that was measured, and every reason for a missing one.

use maud::{Markup, html};

use super::figure;
use crate::metric::{Metric, Phase};
use crate::report::columns::{self, Column};
use crate::report::units::{self, MISSING};
use crate::report::{Boundary, CellReport, Headline, KernelInfo, Report, start_reason, wording};
use crate::run::{Input, Kind, State};

/// Steady state.
pub fn calls(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let references = references(report, headline);
    let columns = 8 + references.len();
    figure::table(
        slug,
        "calls",
        "Time per call, warm",
        html! {
            thead { tr {
                (place_headings(headline.kernel))
                th.n scope="col" { "Median" } th.n scope="col" { "95 % interval" } th.n scope="col" { "p95" }
                th.n scope="col" { "Throughput" }
                @for reference in &references { th scope="col" { "Against " (headline.kernel.option(reference)) } }
                th.n scope="col" { "Starts × rounds" } th.n scope="col" { "Steady" }
            } }
            tbody { @for (input, cell) in rows(report, headline) {
                tr {
                    (place(headline.kernel, input, cell))
                    @if let Some(call) = cell.call_ns {
                        td.n { b { (units::time(call.median)) } }
                        td.n { (call.ci.map_or_else(|| "no interval".to_owned(), units::time_interval)) }
                        td.n { (call.p95.map_or_else(missing, units::time)) }
                        td.n { (cell.throughput_bytes_per_s.map_or_else(missing, units::throughput)) }
                        @for reference in &references { (against(report, cell, reference, Metric::CALL)) }
                        td.n { (cell.blocks) " × " (cell.rounds.checked_div(cell.blocks).unwrap_or(0)) }
                        td.n { (cell.steady_blocks) " of " (cell.blocks) }
                    } @else {
                        td.failed colspan=(columns - 2) { "Not measured: " (cell.failure.as_deref().unwrap_or("no samples")) }
                    }
                }
            } }
        },
    )
}

/// Cold start and its phases; phases that no contender has are left out.
pub fn cold_starts(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let has = |phase: usize| {
        rows(report, headline)
            .any(|(_, cell)| cell.cold_start_ns.as_ref().is_some_and(|c| c.phases.in_order()[phase].is_some()))
    };
    let phases: Vec<usize> = (0..Phase::ALL.len()).filter(|phase| has(*phase)).collect();
    if rows(report, headline).all(|(_, cell)| cell.cold_start_ns.is_none()) {
        return html! { p.note { "Time to first result was not measured." } };
    }
    figure::table(
        slug,
        "cold",
        "Time to first result: from asking for an option to its first answer, nothing cached",
        html! {
            thead { tr {
                (place_headings(headline.kernel))
                th.n scope="col" { "Total" } th.n scope="col" { "95 % interval" }
                th scope="col" { "Against the baseline" }
                @for phase in &phases { th.n scope="col" { (Phase::ALL[*phase].words()) } }
                th.n scope="col" { "rest" } th.n scope="col" { "Adding up" }
            } }
            tbody { @for (input, cell) in rows(report, headline).filter(|(_, cell)| cell.ships()) {
                tr {
                    (place(headline.kernel, input, cell))
                    @if let Some(cold) = &cell.cold_start_ns {
                        td.n { b { (units::time(cold.median)) } }
                        td.n { (cold.ci.map_or_else(|| "no interval".to_owned(), units::time_interval)) }
                        (against(report, cell, &headline.kernel.baseline, Metric::COLD_START))
                        @for phase in &phases { td.n { (cold.phases.in_order()[*phase].map_or_else(missing, units::time)) } }
                        td.n { (units::time(cold.residual)) }
                        td.n { (cold.adding_up) " of " (cold.samples) }
                    } @else {
                        td.failed colspan=(phases.len() + 5) { "Not measured: " (cell.failure.as_deref().unwrap_or("no samples")) }
                    }
                }
            } }
        },
    )
}

/// Why contenders start later or earlier than the baseline on the headline input, if that is certain, and which
/// contenders start workers.
pub fn start_reasons(report: &Report, headline: &Headline<'_>) -> Markup {
    let name = headline.input.map_or("", |input| input.name.as_str());
    let cells: Vec<&CellReport> = report.cells_of(&headline.kernel.name, name, &headline.stratum.id).collect();
    let baseline = cells.iter().find(|cell| cell.contender == headline.kernel.baseline);
    let reasons: Vec<String> = baseline
        .into_iter()
        .flat_map(|base| cells.iter().filter_map(|cell| start_reason::sentence(report, base, cell)))
        .collect();
    let workers = cells.iter().filter_map(|cell| workers(cell));
    let notes: Vec<String> = reasons.into_iter().chain(workers).collect();
    html! {
        @if !notes.is_empty() { ul.note { @for note in notes { li { (note) "." } } } }
    }
}

fn workers(cell: &CellReport) -> Option<String> {
    let count = cell.workers.filter(|count| *count > 0)?;
    let workers = if count == 1 { "a worker".to_owned() } else { format!("{count} workers") };
    Some(format!("{} starts {workers}; memory of workers is not in its figures", cell.shown()))
}

/// Starts in every state, if states other than cold were measured.
pub fn states(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let is_other = |state: &State| *state != State::Cold;
    let has_others = |cell: &CellReport| State::ALL.iter().any(|state| is_other(state) && cell.start(*state).is_some());
    let started: Vec<(&Input, &CellReport)> = rows(report, headline).filter(|(_, cell)| has_others(cell)).collect();
    if started.is_empty() {
        return html! {};
    }
    let has = |state: &State| started.iter().any(|(_, cell)| cell.start(*state).is_some());
    let states: Vec<State> = State::ALL.into_iter().filter(has).collect();
    figure::table(
        slug,
        "states",
        "Start by what exists already: nothing (cold), every file in the cache (warm), and what the engine keeps of an option that ran before (hot)",
        html! {
            thead { tr {
                (place_headings(headline.kernel))
                @for state in &states { th.n scope="col" { (state.words()) } }
                th scope="col" { "Warm, against the baseline" } th scope="col" { "Hot, against the baseline" }
                th scope="col" { "Compiled code" } th.n scope="col" { "Added to the first paint" }
            } }
            tbody { @for (input, cell) in started {
                tr {
                    (place(headline.kernel, input, cell))
                    @for state in &states {
                        td.n { @match cell.start(*state) {
                            Some(start) => {
                                b { (units::time(start.median)) }
                                @if let Some(ci) = start.ci { " " small { (units::time_interval(ci)) } }
                            }
                            None => { (MISSING) }
                        } }
                    }
                    (against(report, cell, &headline.kernel.baseline, Metric::WARM_START))
                    (against(report, cell, &headline.kernel.baseline, Metric::HOT_START))
                    td { (wording::kept_code(cell)) }
                    td.n { (cell.paint_delay_ns.map_or_else(missing, wording::delay)) }
                }
            } }
        },
    )
}

/// Cost of crossing; empty for kernels in which nothing crosses.
pub fn boundaries(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let rows: Vec<(&Input, &CellReport, Boundary)> =
        rows(report, headline).filter_map(|(input, cell)| Some((input, cell, cell.boundary_ns?))).collect();
    if rows.is_empty() {
        return html! {};
    }
    figure::table(
        slug,
        "boundary",
        "Boundary: copying data in and out of WebAssembly in a call, each part measured alone",
        html! {
            thead { tr {
                (place_headings(headline.kernel))
                th.n scope="col" { "Input in" } th.n scope="col" { "Compute" } th.n scope="col" { "Answer out" }
                th.n scope="col" { "Unexplained" } th.n scope="col" { "Crossing, of the call" }
            } }
            tbody { @for (input, cell, boundary) in rows {
                tr {
                    (place(headline.kernel, input, cell))
                    @if wording::adds_up(boundary) {
                        td.n { (units::time(boundary.copy_in)) }
                        td.n { (boundary.compute.map_or_else(missing, units::time)) }
                        td.n { (units::time(boundary.out)) }
                        td.n { (boundary.residual_share.map_or_else(missing, units::percent)) }
                        td.n { b { (wording::boundary_share(boundary)) } }
                    } @else {
                        td.failed colspan="5" {
                            (wording::boundary_share(boundary)) ": the parts miss the call by "
                            (boundary.residual_share.map_or_else(missing, |share| units::percent(share.abs()))) ", so no split is shown"
                        }
                    }
                }
            } }
        },
    )
}

/// The figures that have no table of their own; empty if there is none.
pub fn further(report: &Report, headline: &Headline<'_>, slug: &str) -> Markup {
    let is_known = |column: &Column| rows(report, headline).any(|(_, cell)| cell.figure(column.metric).is_some());
    let columns: Vec<Column> = columns::further().filter(is_known).collect();
    if columns.is_empty() {
        return html! {};
    }
    let text = |cell| columns.iter().map(move |column| column.text(report, headline.kernel, cell));
    let rows = rows(report, headline).map(|(input, cell)| (input, cell, text(cell)));
    by_cell(headline.kernel, slug, ["further", "Further figures"], columns.iter().map(|column| column.heading), rows)
}

/// A table of a kernel's figures with a row per input and contender.
pub fn by_cell<'a>(
    kernel: &KernelInfo,
    slug: &str,
    [name, caption]: [&str; 2],
    headings: impl IntoIterator<Item = &'a str>,
    rows: impl Iterator<Item = (&'a Input, &'a CellReport, impl IntoIterator<Item = String>)>,
) -> Markup {
    figure::table(
        slug,
        name,
        caption,
        html! {
            thead { tr {
                (place_headings(kernel))
                @for heading in headings { th.n scope="col" { (heading) } }
            } }
            tbody { @for (input, cell, figures) in rows {
                tr { (place(kernel, input, cell)) @for figure in figures { td.n { (figure) } } }
            } }
        },
    )
}

/// Every input with every contender, in the order of the run.
pub fn rows<'a>(report: &'a Report, headline: &'a Headline<'_>) -> impl Iterator<Item = (&'a Input, &'a CellReport)> {
    let kernel = headline.kernel;
    kernel.inputs.iter().flat_map(move |input| {
        report.cells_of(&kernel.name, &input.name, &headline.stratum.id).map(move |cell| (input, cell))
    })
}

/// The baseline, then every other JavaScript contender.
fn references<'a>(report: &'a Report, headline: &'a Headline<'_>) -> Vec<&'a str> {
    let name = headline.input.map_or("", |input| input.name.as_str());
    let baseline = headline.kernel.baseline.as_str();
    let other_js = report
        .cells_of(&headline.kernel.name, name, &headline.stratum.id)
        .filter(|cell| cell.kind == Kind::Js && cell.contender != baseline)
        .map(|cell| cell.contender.as_str());
    std::iter::once(baseline).chain(other_js).collect()
}

/// The headings of what a row is about: the input, if there are several, and the option.
fn place_headings(kernel: &KernelInfo) -> Markup {
    html! {
        @if kernel.inputs.len() > 1 { th scope="col" { "Input" } }
        th.head scope="col" { "Option" }
    }
}

/// The cells below [`place_headings`].
fn place(kernel: &KernelInfo, input: &Input, cell: &CellReport) -> Markup {
    html! {
        @if kernel.inputs.len() > 1 { td { (input.shown()) } }
        (contender(cell))
    }
}

/// The head of a contender's row.
pub fn contender(cell: &CellReport) -> Markup {
    html! { th scope="row" { span { (cell.shown()) " " i { (cell.track.name()) } } } }
}

/// The comparison of a cell with another contender of its group, as a table cell.
pub fn against(report: &Report, cell: &CellReport, reference: &str, metric: Metric) -> Markup {
    if cell.contender == reference {
        return html! { td { "–" } };
    }
    match report.comparison(cell, reference, metric) {
        Some(comparison) => html! { td.(comparison.outcome.name()) { (wording::comparison(comparison)) } },
        None => html! { td { (MISSING) } },
    }
}

/// The text for a missing figure.
pub fn missing() -> String {
    MISSING.to_owned()
}
