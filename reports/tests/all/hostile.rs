//! Hostile names, reasons and numbers: no format may break, and none may pass them on as code.

use crossover_reports::chart;
use crossover_reports::export::tool::{self, Output, ToolFormat};
use crossover_reports::export::{Colour, Format, export, terminal};
use crossover_reports::report::Report;
use crossover_reports::run::{self, Failure, Kind, RowOutcome, Run, Sample, Samples, Stage};

use crate::{page, synthetic};

pub const NAMES: [&str; 4] = [
    "<img src=x onerror=alert(1)>",
    "</script></style><script>alert(1)</script>",
    "a|b\nc`d`\t[x](javascript:1)<!--",
    "\u{1b}[2J../../etc\"'&\u{202e}evil",
];

pub fn run(names: &[&str], outcome: impl Fn(usize, u32) -> RowOutcome) -> Run {
    let mut run = Run { header: synthetic::header(2), rows: Vec::new(), truncated: false };
    let mut kernel = synthetic::four_kernels(0).header.kernels.remove(0);
    kernel.name = names[0].to_owned();
    kernel.summary = names[1].to_owned();
    kernel.inputs.truncate(1);
    kernel.inputs[0].name = names[2].to_owned();
    kernel.contenders = names.iter().map(|name| synthetic::contender(name, Kind::Wasm)).collect();
    kernel.contenders[0].kind = Kind::Js;
    kernel.contenders[1].build = names.iter().map(|&name| name.to_owned()).collect();
    kernel.baseline = names[0].to_owned();
    run.header.machine.cpu = names[0].to_owned();
    run.header.strata[0].runtime.flags = names.iter().map(|&name| name.to_owned()).collect();
    for block in 0..2 {
        for (i, contender) in kernel.contenders.iter().enumerate() {
            let cell = synthetic::cell(&kernel.name, &kernel.inputs[0].name, &contender.name);
            run.rows.push(run::Row { cell, block, conditions: None, outcome: outcome(i, block) });
        }
    }
    run.header.kernels.push(kernel);
    run
}

pub fn samples(ns: f64) -> RowOutcome {
    let list = || (0..3).map(|round| Sample { round, calls: 1, ns }).collect::<Vec<_>>();
    let cold = run::Start {
        total_ns: ns,
        fetch: Some(ns),
        compile: None,
        instantiate: None,
        evaluate: Some(ns),
        setup: None,
        first_call: Some(0.0),
        cached: None,
        workers: None,
    };
    RowOutcome::Samples(Box::new(Samples {
        call: list(),
        cold_start: vec![cold],
        boundary_in: list(),
        boundary_out: list(),
        resident: list(),
        ..Samples::default()
    }))
}

/// A run of contenders with such names, whose samples all are so many nanoseconds, times 1 to 4.
pub fn named(ns: f64) -> Run {
    run(&NAMES, |i, _| samples(ns * (i + 1) as f64))
}

/// The same run, with Wasm that is not written yet.
fn unwritten(mut run: Run) -> Run {
    let kernel = &mut run.header.kernels[0];
    kernel.from = Some(NAMES[0].to_owned());
    kernel.contenders.iter_mut().skip(1).for_each(|contender| contender.kind = Kind::StandIn);
    run
}

/// Every format and chart of a run.
pub fn everything(run: &Run) -> Vec<String> {
    let report = Report::from_run(run);
    let mut texts = vec![terminal(&report, Colour::Never), terminal(&report, Colour::Always)];
    texts.extend(Format::ALL.map(|format| export(&report, format).unwrap()));
    for format in ToolFormat::ALL {
        match tool::export(&report, format).unwrap().output {
            Output::Text(text) => texts.push(text),
            Output::Files(files) => texts.extend(files.into_iter().map(|(_, text)| text)),
        }
    }
    for (name, svg) in chart::all(&report).unwrap() {
        assert!(name.len() < 120 && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{name}");
        texts.push(svg);
    }
    texts
}

#[test]
fn names_are_never_code() {
    let reason = |i: usize| Failure { stage: Stage::Verify, reason: NAMES[i].to_owned() };
    let run = run(&NAMES, |i, _| if i == 3 { RowOutcome::Failure(reason(0)) } else { samples(1e6 * (i + 1) as f64) });
    names_are_texts(&run);
    names_are_texts(&unwritten(run));
}

fn names_are_texts(run: &Run) {
    let report = Report::from_run(run);
    let html = export(&report, Format::Html).unwrap();
    let markdown = export(&report, Format::Markdown).unwrap();
    for text in [&html, &markdown].into_iter().chain(chart::all(&report).unwrap().iter().map(|(_, svg)| svg)) {
        let text = page::markup_of(text);
        assert!(["<img", "<script", "</script", "<!--", "\u{1b}", "\u{202e}"].iter().all(|code| !text.contains(code)));
    }
    assert!(!markdown.replace("\\]", "").contains("]("), "no link may come from a name");
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
    for text in [terminal(&report, Colour::Never), markdown] {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    }
}

#[test]
fn every_markdown_row_has_as_many_cells_as_its_heading() {
    let run = run(&NAMES, |i, _| samples(1e6 * (i + 1) as f64));
    let markdown = [run.clone(), unwritten(run)].map(|run| export(&Report::from_run(&run), Format::Markdown).unwrap());
    let mut width = None;
    for line in markdown.iter().flat_map(|markdown| markdown.lines()) {
        let bars = line.replace("\\|", "").matches('|').count();
        if !line.starts_with('|') {
            width = None;
            continue;
        }
        assert_eq!(*width.get_or_insert(bars), bars, "{line}");
    }
}

#[test]
fn the_terminal_is_100_columns_at_most() {
    let long = ["長い名前".repeat(75), "x".repeat(300), "wide é́ 🦀 ".repeat(30), "y z ".repeat(80)];
    let names = long.each_ref().map(String::as_str);
    let run = run(&names, |i, _| samples(1e6 * (i + 1) as f64));
    let texts = [run.clone(), unwritten(run.clone())].map(|run| terminal(&Report::from_run(&run), Colour::Never));
    for line in texts.iter().flat_map(|text| text.lines()) {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 100, "{line}");
    }
    everything(&run);
}
