//! Cost of crossing by size: the models of a run, and their text in every format.

use crossover_reports::export::{Colour, Format, export, terminal};
use crossover_reports::report::boundary::{Direction, ModelRow};
use crossover_reports::report::{BoundaryModel, Report};
use crossover_reports::run::{self, Check, Input, InputKind, Kernel, Kind, Purpose, RowOutcome, Run, Sample, Samples};

use crate::golden::{check, rounded};
use crate::page;
use crate::synthetic::{self, Noise};

const SIZES: [u64; 9] = [0, 100, 1000, 10_000, 50_000, 200_000, 1_000_000, 5_000_000, 16_000_000];

/// A run of one kernel whose inputs are sizes of one payload. `cost` in nanoseconds, by direction, size and block.
pub fn run(payload: &str, blocks: u32, cost: impl Fn(Direction, f64, u32) -> f64) -> Run {
    noisy_run(payload, blocks, &mut Noise(9), cost)
}

fn noisy_run(payload: &str, blocks: u32, noise: &mut Noise, cost: impl Fn(Direction, f64, u32) -> f64) -> Run {
    let mut run = Run { header: synthetic::header(blocks), rows: Vec::new(), truncated: false };
    let input = |bytes: u64| Input {
        name: format!("{bytes}B"),
        label: None,
        kind: InputKind::Bytes,
        bytes,
        sha256: String::new(),
        headline: bytes == 50_000,
        payload: Some(payload.to_owned()),
        answer_bytes: None,
    };
    let kernel = Kernel {
        name: "crossing".to_owned(),
        title: None,
        summary: "Across and back".to_owned(),
        caveats: Vec::new(),
        domain: "boundary".to_owned(),
        purpose: Purpose::Boundary,
        baseline: "js".to_owned(),
        check: Check::Exact,
        // In no order, as a manifest may have them.
        inputs: SIZES.iter().rev().map(|bytes| input(*bytes)).collect(),
        contenders: vec![synthetic::contender("js", Kind::Js), synthetic::contender("wasm", Kind::Wasm)],
        scenarios: Vec::new(),
        own_checks: Default::default(),
        revisions_of: None,
        from: None,
    };
    for block in 0..blocks {
        for input in &kernel.inputs {
            let mut list = |ns: f64| -> Vec<Sample> {
                let sample = |round| Sample { round, calls: 1000, ns: 1000.0 * ns * (0.02 * noise.gaussian()).exp() };
                (0..5).map(sample).collect()
            };
            let both = |direction| cost(direction, input.bytes as f64, block);
            let (boundary_in, boundary_out) = (list(both(Direction::In)), list(both(Direction::Out)));
            let wasm = Samples { call: list(1e4), boundary_in, boundary_out, ..Samples::default() };
            let js = Samples { call: list(1.0), ..Samples::default() };
            for (contender, samples) in [("js", js), ("wasm", wasm)] {
                let cell = synthetic::cell("crossing", &input.name, contender);
                let outcome = RowOutcome::Samples(Box::new(samples));
                run.rows.push(run::Row { cell, block, conditions: None, outcome });
            }
        }
    }
    run.header.kernels.push(kernel);
    run
}

/// A line in; out, a byte costs twice as much from a megabyte on.
pub fn usual(direction: Direction, bytes: f64, block: u32) -> f64 {
    let drift = 1.0 + 0.01 * f64::from(block % 3);
    drift
        * match direction {
            Direction::In => 150.0 + 0.07 * bytes,
            Direction::Out => 400.0 + bytes * if bytes < 1e6 { 0.1 } else { 0.2 },
        }
}

fn models(run: &Run) -> Vec<BoundaryModel> {
    Report::from_run(run).boundary_models
}

#[test]
fn a_model_knows_the_line_it_was_made_from() {
    let models = models(&run("bytes", 6, usual));
    let [into, out] = &models[..] else { panic!("one contender, two directions: {models:?}") };
    assert_eq!((into.direction, out.direction), (Direction::In, Direction::Out));
    assert_eq!((&*into.kernel, &*into.contender, &*into.payload, into.blocks), ("crossing", "wasm", "bytes", 6));
    let holds = |ci: Option<[f64; 2]>, truth: f64| ci.is_some_and(|[low, high]| low <= truth && truth <= high);
    // With the drift of the middle block.
    assert!(holds(into.ci_fixed_ns, 151.5) && holds(into.ci_ns_per_byte, 0.0707), "{into:?}");
    assert!(into.line_error.unwrap() < 0.05 && into.held_out_error.unwrap() < 0.05, "{into:?}");
    let sizes: Vec<u64> = into.sizes.iter().map(|size| size.bytes).collect();
    assert_eq!(sizes, SIZES);
    let held_out: Vec<bool> = into.sizes.iter().map(|size| size.held_out_error.is_some()).collect();
    assert_eq!(held_out, [false, false, true, true, true, true, true, true, false]);
    // The calmest of thirty rounds that scatter by 2 % in blocks that drift is some 5 % below the truth.
    for (prediction, truth) in into.predictions.iter().zip([3650.0, 70_150.0]) {
        assert!((prediction.ns / truth - 1.0).abs() < 0.07 && prediction.ci.is_some(), "{prediction:?}");
    }
    let [chatty] = into.chatty[..] else { panic!("{:?}", into.chatty) };
    assert_eq!((chatty.calls, chatty.bytes), (100, 50_000));
    assert!((chatty.one_by_one_ns / 365_000.0 - 1.0).abs() < 0.05, "{chatty:?}");
    assert!((chatty.at_once_ns / 350_150.0 - 1.0).abs() < 0.05, "{chatty:?}");
}

#[test]
fn the_truth_is_in_the_interval_as_often_as_it_claims() {
    let mut noise = Noise(77);
    let (mut held, runs) = ([0, 0], 400);
    for _ in 0..runs {
        // 2 % between blocks and another 3 % between their sizes.
        let blocks: Vec<f64> = (0..6).map(|_| (0.02 * noise.gaussian()).exp()).collect();
        let sizes: Vec<f64> = (0..6 * SIZES.len()).map(|_| (0.03 * noise.gaussian()).exp()).collect();
        let at = |bytes: f64| SIZES.iter().position(|size| *size as f64 == bytes).unwrap();
        let run = noisy_run("bytes", 6, &mut noise, |_, bytes, block| {
            let block = block as usize;
            (150.0 + 0.07 * bytes) * blocks[block] * sizes[block * SIZES.len() + at(bytes)]
        });
        let model = &models(&run)[0];
        for (held, (ci, truth)) in held.iter_mut().zip([(model.ci_fixed_ns, 150.0), (model.ci_ns_per_byte, 0.07)]) {
            let [low, high] = ci.unwrap();
            *held += u32::from(low <= truth && truth <= high);
        }
    }
    for held in held {
        assert!(f64::from(held) >= 0.93 * f64::from(runs), "{held} of {runs}");
    }
}

/// The first row of the table.
fn row(run: &Run) -> ModelRow {
    let report = Report::from_run(run);
    ModelRow::of(&report, &report.boundary_models[0])
}

#[test]
fn what_costs_nothing_per_byte_is_said_to() {
    let row = row(&run("handle", 6, |_, _, _| 60.0));
    assert_eq!(row.per_kb.to_string(), "none");
    assert!(row.quoted.iter().all(|figure| figure.value.ends_with(" ns")), "{row:?}");
}

#[test]
fn what_does_not_follow_a_line_is_named() {
    let run = run("bytes", 6, usual);
    for text in texts(&run) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("do not follow a line"), "{text}");
        assert!(text.contains("bytes out of wasm ("), "{text}");
        assert!(!text.contains("bytes in of wasm ("), "{text}");
    }
}

#[test]
fn a_block_that_lacks_a_size_makes_no_part_of_the_model() {
    let mut run = run("bytes", 6, usual);
    run.rows.retain(|row| row.block != 2 || row.cell.input != "1000B" || row.cell.contender != "wasm");
    let models = models(&run);
    assert_eq!(models[0].blocks, 5);
    assert_eq!(models[0].sizes.len(), SIZES.len());
}

#[test]
fn two_sizes_or_one_block_are_too_few_for_a_model_or_an_interval() {
    let mut few = run("bytes", 6, usual);
    few.rows.retain(|row| ["0B", "1000B", "50000B"].contains(&&*row.cell.input));
    assert!(models(&few).is_empty());
    let models = models(&run("bytes", 1, usual));
    assert_eq!((models[0].ci_fixed_ns, models[0].ci_ns_per_byte, models[0].predictions[0].ci), (None, None, None));
    assert!(!row(&run("bytes", 1, usual)).per_kb.to_string().contains('±'));
}

#[test]
fn a_payload_of_a_single_size_has_a_cost_and_no_line() {
    let mut run = run("number", 6, |_, _, _| 5.0);
    run.header.kernels[0].inputs.retain(|input| input.bytes == 100);
    let models = models(&run);
    assert_eq!((models.len(), models[0].ns_per_byte, models[0].line_error), (2, None, None));
    assert!((models[0].fixed_ns / 5.0 - 1.0).abs() < 0.05 && models[0].ci_fixed_ns.is_some(), "{models:?}");
    let row = row(&run);
    assert_eq!([&row.per_kb.value, &row.quoted[0].value, &row.held_out], ["–"; 3]);
}

#[test]
fn without_a_model_nothing_is_said() {
    let run = synthetic::four_kernels(3);
    assert!(models(&run).is_empty());
    for text in texts(&run) {
        assert!(!text.contains("Crossing the boundary"), "{text}");
    }
}

#[test]
fn names_are_never_code() {
    let run = run("<img src=x onerror=alert(1)>|\u{1b}[2J[a](javascript:1)", 2, usual);
    let [text, markdown, html] = &texts(&run)[..] else { panic!("three formats") };
    assert!(!text.contains('\u{1b}') && text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 100));
    assert!(!html.contains("<img") && html.contains("&lt;img src=x"));
    assert!(!markdown.contains("<img") && !markdown.replace("\\]", "").contains("]("));
}

#[test]
fn extreme_times_make_every_format() {
    for (low, high) in [(1e-3, 1e15), (1e15, 1e-3), (1e15, 1e15), (f64::NAN, 1.0), (0.0, 0.0)] {
        let run = run("bytes", 3, |_, bytes, block| if bytes > 1e5 || block == 1 { low } else { high });
        for text in texts(&run) {
            let text = page::markup_of(&text);
            assert!(!text.contains("NaN") && !text.contains("inf "), "{low} {high}: {text}");
        }
        export(&Report::from_run(&run), Format::Json).unwrap();
    }
}

/// Every format for people.
fn texts(run: &Run) -> Vec<String> {
    let report = Report::from_run(run);
    let [html, markdown] = [Format::Html, Format::Markdown].map(|format| export(&report, format).unwrap());
    vec![terminal(&report, Colour::Never), markdown, html]
}

#[test]
fn formats() {
    let report = Report::from_run(&run("bytes", 6, usual));
    check("tests/golden/boundary.txt", &terminal(&report, Colour::Never));
    check("tests/golden/boundary.md", &export(&report, Format::Markdown).unwrap());
    let models = serde_json::to_string(&report.boundary_models).unwrap();
    check("tests/golden/boundary.json", &rounded(&models));
}

#[test]
fn where_costs_jump_nothing_is_predicted_and_that_is_said() {
    // Longer texts take another path: five times as much for a byte.
    let run = run("text", 6, |_, bytes, _| 400.0 + bytes * if bytes > 3e5 { 0.8 } else { 0.16 });
    let model = &models(&run)[0];
    assert_eq!(model.jumps, [[200_000, 1_000_000]]);
    assert!(model.held_out_error.unwrap() < 0.05, "{model:?}");
    for text in texts(&run) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("These jump from one size to the next"), "{text}");
        assert!(text.contains("µs for 200 kB, ") && text.contains("for 1.00 MB)"), "{text}");
    }
}
