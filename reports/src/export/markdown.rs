//! Tables for a pull request or a wiki, in GitHub's Markdown.

use std::fmt::Write as _;

use crate::report::boundary::{CAPTION, CHATTY_CAPTION, CHATTY_HEADINGS, ModelRow, chatty_rows, headings, notes};
use crate::report::columns::{self, Column};
use crate::report::{
    Agreement, BoundaryModel, BuildMatrix, CellReport, DecisionRow, Headline, Headroom, KernelInfo, Report, Verdict,
    build_matrix, ceiling, finding, headroom, memory, size_steps, trust, wording,
};
use crate::run::Kind;

/// The report as Markdown.
#[must_use]
pub fn text(report: &Report) -> String {
    let headlines = report.headlines();
    let mut out = String::from("# JavaScript or WebAssembly?\n\n");
    if report.is_empty() {
        out.push_str("This run measured nothing: it has no kernels or no browsers.\n\n");
    } else if !headlines.is_empty() {
        summary(&mut out, report, &headlines);
    }
    for kernel in report.kernels.iter().filter(|kernel| !report.is_build_matrix(&kernel.name)) {
        self::kernel(&mut out, report, kernel);
    }
    for matrix in &report.build_matrices {
        self::matrix(&mut out, report, matrix);
    }
    boundary(&mut out, report);
    failures(&mut out, report);
    if let Some(calibration) = &report.run.calibration {
        out.push_str(&escaped(&wording::calibration(calibration)));
        out.push_str(".\n\n");
    }
    out.push_str(&escaped(&super::about(report)));
    out.push('\n');
    out
}

fn summary(out: &mut String, report: &Report, headlines: &[Headline<'_>]) {
    let _ = writeln!(out, "**{}.**\n", escaped(&finding::tally(headlines)));
    let _ = writeln!(out, "{}.\n", escaped(&trust::facts(report).join(" · ")));
    for warning in trust::warnings(report) {
        let _ = writeln!(out, "⚠ {}.\n", escaped(&warning));
    }
    let headings = [
        "Decision",
        "Job",
        "Runtime",
        "Best option",
        "Per call",
        "vs. the best alternative",
        "First result",
        "Download",
        "Why",
    ];
    let rows = headlines.iter().map(|headline| {
        let job = [Some(headline.kernel.shown().to_owned()), headline.on()];
        let job = job.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let row = headline.decision.filter(|_| headline.is_measured());
        let row = row.map(|decision| DecisionRow::of(report, headline.kernel, decision));
        let figures = row.map_or_else(Default::default, |row| {
            let versus = [format!("{} {}", row.factor, row.other), row.note].join(" · ");
            let versus = versus.trim_end_matches(" · ").trim_start().to_owned();
            [row.option, row.call, versus, row.first_result, row.download]
        });
        let place = [headline.finding().to_owned(), job, headline.label.to_owned()];
        [place.to_vec(), figures.to_vec(), vec![headline.sentence()]].concat()
    });
    table(out, &headings, rows);
    across(out, report);
}

/// Every job across runtimes; empty with a single one.
fn across(out: &mut String, report: &Report) {
    if report.across.is_empty() {
        return;
    }
    let has_visitors = report.across.iter().any(|across| across.visitors.is_some());
    let headings = ["Job", "Side by side", "For these visitors"];
    let rows = report.across.iter().map(|across| {
        let job = format!("{}, {}", report.title(&across.kernel), report.input(&across.kernel, &across.input));
        // No other text of a report has a mark of its own.
        let answer = match across.agreement {
            Agreement::Flips => escaped(&across.answer).replacen("flips", "**flips**", 1),
            _ => escaped(&across.answer),
        };
        let visitors = across.visitors.as_ref().map(|visitors| escaped(&visitors.answer));
        let cells = [escaped(&job), answer].into_iter().chain(visitors);
        cells.collect::<Vec<_>>()
    });
    let shown = if has_visitors { &headings[..] } else { &headings[..2] };
    row(out, &shown.iter().map(|&heading| heading.to_owned()).collect::<Vec<_>>());
    out.push_str(&"|---".repeat(shown.len()));
    out.push_str("|\n");
    rows.for_each(|cells| marked_row(out, &cells));
    out.push('\n');
}

fn kernel(out: &mut String, report: &Report, kernel: &KernelInfo) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "## {}\n\n{}\n", escaped(kernel.shown()), escaped(&kernel.summary));
    for caveat in &kernel.caveats {
        let _ = writeln!(out, "- {}", escaped(caveat));
    }
    if !kernel.caveats.is_empty() {
        out.push('\n');
    }
    self::headroom(out, report, kernel);
    let columns: Vec<Column> = columns::all().collect();
    let place = ["Input", "Option", "Track", "Runtime"].into_iter();
    let headings: Vec<&str> =
        place.chain(columns.iter().map(|column| column.heading)).chain(["Blocks", "Steady"]).collect();
    let rows = report.cells.iter().filter(|cell| cell.kernel == kernel.name).map(|cell| {
        let place = [kernel.input(&cell.input), cell.shown(), cell.track.name(), report.label(&cell.stratum)];
        let place = place.map(str::to_owned);
        let figures = columns.iter().map(|column| column.text(report, kernel, cell));
        let blocks = [cell.blocks, cell.steady_blocks].map(|count| count.to_string());
        place.into_iter().chain(figures).chain(blocks).collect::<Vec<_>>()
    });
    table(out, &headings, rows);
    steps(out, report, kernel);
    verdicts(out, report, kernel);
    self::ceiling(out, report, kernel);
    self::memory(out, report, kernel);
}

/// The most that a port could save, a paragraph for each input and runtime; empty unless Wasm is not written yet.
fn headroom(out: &mut String, report: &Report, kernel: &KernelInfo) {
    let of_kernel = || report.headrooms.iter().filter(|one| one.kernel == kernel.name);
    for one in of_kernel() {
        let place = format!("{}, {}", headroom::place(kernel, one), report.label(&one.stratum));
        let sentences = [&one.sentences[..], &one.advice].concat().join(" ");
        let _ = writeln!(out, "**{}**: {}\n", escaped(&place), escaped(&sentences));
    }
    if of_kernel().any(Headroom::is_measured) {
        let _ = writeln!(out, "{}\n", escaped(headroom::LIMIT));
    }
    if of_kernel().any(Headroom::is_worth_a_try) {
        let _ = writeln!(out, "Next: {}\n", code(&headroom::next(kernel)));
    }
}

/// Size of the Wasm after each build step; empty for kernels without Wasm. It is the same for every input and runtime.
fn steps(out: &mut String, report: &Report, kernel: &KernelInfo) {
    let first = report.run.strata.iter().find_map(|stratum| Some((kernel.headline_in(stratum)?, stratum)));
    let Some((input, stratum)) = first else { return };
    let rows = size_steps::rows(report.cells_of(&kernel.name, &input.name, &stratum.id));
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "{}.\n", escaped(size_steps::CAPTION));
    table(out, &size_steps::HEADINGS, rows.iter());
}

/// The builds of one contender, and the recommended one.
fn matrix(out: &mut String, report: &Report, matrix: &BuildMatrix) {
    let _ = writeln!(out, "## {}\n", escaped(&build_matrix::title(matrix)));
    match &matrix.advice {
        Some(advice) => {
            for profile in std::iter::once(&advice.recommended).chain(&advice.smaller) {
                let _ = writeln!(out, "{}\n", escaped(&profile.reason));
                for text in [&profile.cargo_toml, &profile.kernel_toml] {
                    // Indented, so that its text cannot end the block.
                    text.lines().for_each(|line| out.push_str(&format!("    {line}\n")));
                    out.push('\n');
                }
            }
        }
        None => out.push_str("No variant was measured, so there is nothing to recommend.\n\n"),
    }
    let _ = writeln!(out, "{}\n", escaped(&build_matrix::caption(report, matrix)));
    let rows = build_matrix::rows(matrix);
    table(out, &build_matrix::HEADINGS, rows.iter().map(|(cells, _)| cells));
    for sentence in build_matrix::tally(matrix).into_iter().chain(build_matrix::slower(matrix)) {
        let _ = writeln!(out, "{}\n", escaped(&sentence));
    }
}

/// The advice for every candidate; empty if there is none.
fn verdicts(out: &mut String, report: &Report, kernel: &KernelInfo) {
    let verdicts: Vec<&Verdict> = report.verdicts.iter().filter(|verdict| verdict.kernel == kernel.name).collect();
    if verdicts.is_empty() {
        return;
    }
    let headings = ["Candidate", "Runtime", "Scenario", "Verdict", "Break-even", "Reasons"];
    let rows = verdicts.into_iter().map(|verdict| {
        let reasons: Vec<String> = verdict.reasons.iter().map(|reason| format!("{reason}.")).collect();
        [
            kernel.option(&verdict.candidate),
            report.label(&verdict.stratum).to_owned(),
            verdict.scenario.name.clone(),
            verdict.verdict.name().to_owned(),
            wording::break_even(verdict.break_even_calls),
            reasons.join(" "),
        ]
    });
    table(out, &headings, rows);
    if report.cells.iter().any(|cell| cell.kernel == kernel.name && cell.kind == Kind::StandIn) {
        let _ = writeln!(out, "{}\n", escaped(wording::STAND_IN));
    }
}

/// A table of figures with a row per input, contender and stratum.
fn by_cell<'a, const N: usize>(
    out: &mut String,
    report: &Report,
    headings: [&str; N],
    rows: impl Iterator<Item = (&'a CellReport, [String; N])>,
) {
    let headings: Vec<&str> = ["Input", "Option", "Runtime"].into_iter().chain(headings).collect();
    let rows = rows.map(|(cell, figures)| {
        let input = report.input(&cell.kernel, &cell.input);
        let place = [input, cell.shown(), report.label(&cell.stratum)].map(str::to_owned);
        [place.to_vec(), figures.to_vec()].concat()
    });
    table(out, &headings, rows);
}

/// Wasm against native code; empty if that was not measured.
fn ceiling(out: &mut String, report: &Report, kernel: &KernelInfo) {
    let cells = report.cells.iter().filter(|cell| cell.kernel == kernel.name);
    let known: Vec<_> = cells.filter_map(|cell| Some((cell, ceiling::CeilingRow::of(report, cell)?))).collect();
    if known.is_empty() {
        return;
    }
    let _ = writeln!(out, "{}. {}\n", escaped(ceiling::CAPTION), escaped(ceiling::NOTE));
    by_cell(out, report, ceiling::HEADINGS, known.into_iter().map(|(cell, row)| (cell, row.cells())));
}

/// What contenders add to their page, and what sessions leave in it; empty if memory was not read.
fn memory(out: &mut String, report: &Report, kernel: &KernelInfo) {
    let cells = || report.cells.iter().filter(|cell| cell.kernel == kernel.name);
    let known: Vec<_> = cells().filter_map(|cell| Some((cell, memory::MemoryRow::of(report, cell)?))).collect();
    if known.is_empty() {
        return;
    }
    let _ = writeln!(out, "{}. {}\n", escaped(memory::CAPTION), escaped(memory::NOTE));
    by_cell(out, report, memory::HEADINGS, known.into_iter().map(|(cell, row)| (cell, row.cells())));
    let found = cells().filter_map(|cell| Some(memory::finding(cell.shown(), report.sessions_of(cell)?)));
    let findings: Vec<_> = found.collect();
    for finding in &findings {
        let _ = writeln!(out, "- {}.", escaped(finding));
    }
    if !findings.is_empty() {
        out.push('\n');
    }
}

/// Cost of crossing; empty without a model.
fn boundary(out: &mut String, report: &Report) {
    let models = &report.boundary_models;
    if models.is_empty() {
        return;
    }
    let _ = writeln!(out, "## Crossing the boundary\n\n{}\n", escaped(CAPTION));
    let of_model =
        |model: &BoundaryModel| [report.title(&model.kernel), report.label(&model.stratum)].map(str::to_owned);
    self::models(
        out,
        &headings(),
        models.iter().map(|model| (of_model(model), ModelRow::of(report, model).cells().to_vec())),
    );
    for note in notes(report, models.iter()) {
        let _ = writeln!(out, "{}\n", escaped(&note));
    }
    if models.iter().any(|model| !model.chatty.is_empty()) {
        let _ = writeln!(out, "{}\n", escaped(CHATTY_CAPTION));
        let rows = |model| chatty_rows(report, model).map(move |row| (of_model(model), row.to_vec()));
        self::models(out, &CHATTY_HEADINGS, models.iter().flat_map(rows));
    }
}

/// A table of models: kernel and stratum, then the columns of the headings.
fn models(out: &mut String, headings: &[&str], rows: impl Iterator<Item = ([String; 2], Vec<String>)>) {
    let all: Vec<&str> = ["Job", "Runtime"].iter().chain(headings).copied().collect();
    table(out, &all, rows.map(|(place, cells)| [place.to_vec(), cells].concat()));
}

fn table(out: &mut String, headings: &[&str], rows: impl Iterator<Item = impl AsRef<[String]>>) {
    row(out, &headings.iter().map(|&heading| heading.to_owned()).collect::<Vec<_>>());
    out.push_str(&"|---".repeat(headings.len()));
    out.push_str("|\n");
    rows.for_each(|cells| row(out, cells.as_ref()));
    out.push('\n');
}

fn failures(out: &mut String, report: &Report) {
    if report.failures.is_empty() {
        return;
    }
    out.push_str("## Skipped and failed\n\n");
    row(out, &["Job", "Input", "Option", "Runtime", "Stage", "Reason", "Blocks"].map(str::to_owned));
    out.push_str("|---|---|---|---|---|---|---|\n");
    for failure in &report.failures {
        let crate::report::FailureRow { kernel, input, contender, stratum, stage, reason, blocks } = failure.clone();
        let (title, label) = (report.title(&kernel).to_owned(), report.label(&stratum).to_owned());
        let (input, contender) = (report.input(&kernel, &input).to_owned(), report.option(&kernel, &contender));
        row(out, &[title, input, contender, label, stage.name().to_owned(), reason, blocks.to_string()]);
    }
    out.push('\n');
}

/// A row of a table.
pub(super) fn row(out: &mut String, cells: &[String]) {
    marked_row(out, &cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>());
}

/// A row of a table whose cells are Markdown already.
pub(super) fn marked_row(out: &mut String, cells: &[String]) {
    for cell in cells {
        out.push_str("| ");
        out.push_str(cell);
        out.push(' ');
    }
    out.push_str("|\n");
}

/// A text as code, between more backticks than it has in a row. In a table it must have no bar.
pub(super) fn code(text: &str) -> String {
    let text = wording::printable(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let (marks, space) = ("`".repeat(longest + 1), if longest == 0 { "" } else { " " });
    format!("{marks}{space}{text}{space}{marks}")
}

/// Lines as a block of code. None of them may begin with backticks.
pub(super) fn code_block(out: &mut String, language: &str, lines: &str) {
    let _ = writeln!(out, "```{language}");
    lines.lines().for_each(|line| _ = writeln!(out, "{}", wording::printable(line)));
    out.push_str("```\n\n");
}

/// Escapes everything that has a meaning in Markdown or HTML: names come from manifests and reasons from pages.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in wording::printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    // A bare address would become a link.
    out.replace("://", ":&#47;&#47;")
}
