//! The gate on invented runs: what it finds, in every format.

use crossover_reports::export::Colour;
use crossover_reports::export::gate::{GateFormat, annotations, export, html, terminal};
use crossover_reports::gate::headline::{headline, title};
use crossover_reports::gate::{Cost, Exception, Finding, Gate, GateRow, Limits, fix, of_run, of_runs, wanted};
use crossover_reports::metric::Metric;
use crossover_reports::report::{FailureRow, Report};
use crossover_reports::run::*;

use crate::golden::{check, rounded, rounded_fields};
use crate::synthetic::{self, Noise, cell, size, size_steps};

/// A contender before and after: nanoseconds per call, bytes, and how its blocks scatter.
struct Change {
    name: &'static str,
    call: [f64; 2],
    bytes: [u64; 2],
    spread: f64,
}

const fn change(name: &'static str, call: [f64; 2], bytes: [u64; 2], spread: f64) -> Change {
    Change { name, call, bytes, spread }
}

const CHANGES: [Change; 5] = [
    change("slower", [2.0e6, 2.2e6], [30_000, 30_000], 0.01),
    change("faster", [2.0e6, 1.6e6], [30_000, 29_400], 0.01),
    change("larger", [2.0e6, 2.0e6], [30_000, 30_600], 0.005),
    change("noisy", [2.0e6, 2.0e6], [30_000, 30_000], 0.2),
    change("unchanged", [2.0e6, 2.02e6], [30_000, 30_000], 0.004),
];

/// Both revisions of every contender in turns, each in so many blocks.
fn in_turns(blocks: u32) -> Run {
    let mut header = synthetic::header(blocks);
    header.base_revision = Some("a".repeat(40));
    header.git_revision = Some(format!("{}-dirty", "b".repeat(40)));
    header.schedule = Schedule { looks: vec![6, 20, 34], confirm_from: Some(20), ..header.schedule };
    let mut run = Run { header, rows: Vec::new(), truncated: false };
    for change in &CHANGES {
        let name = format!("hashing-blake3 {}", change.name);
        run.header.kernels.push(kernel(&name, &[&format!("{}@base", change.name), change.name], change));
        let of = RevisionsOf { kernel: "hashing-blake3".to_owned(), contender: change.name.to_owned() };
        run.header.kernels.last_mut().unwrap().revisions_of = Some(of);
        rows(&mut run.rows, &name, [&format!("{}@base", change.name), change.name], change, 0..blocks);
    }
    let mut same = kernel("hashing-blake3 same", &["same@base", "same"], &CHANGES[0]);
    same.revisions_of = Some(RevisionsOf { kernel: "hashing-blake3".to_owned(), contender: "same".to_owned() });
    same.contenders.iter_mut().for_each(|contender| contender.files_sha256 = Some("the same".to_owned()));
    run.header.kernels.push(same);
    run
}

fn kernel(name: &str, names: &[&str], change: &Change) -> Kernel {
    let mut kernel = synthetic::four_kernels(0).header.kernels.remove(0);
    kernel.name = name.to_owned();
    kernel.baseline = names[0].to_owned();
    kernel.inputs.retain(|input| input.headline);
    let contenders = names.iter().zip(change.bytes);
    let contender = |(name, bytes): (&&str, u64)| Contender {
        revision: Some(if name.ends_with("@base") { Revision::Base } else { Revision::Head }),
        size_bytes: Some(size(bytes)),
        size_steps: size_steps(bytes),
        files_sha256: Some(format!("{name} {bytes}")),
        imports: vec!["./x_bg.js.__wbindgen_throw".to_owned(); (bytes / 10_000) as usize],
        ..synthetic::contender(name, Kind::Wasm)
    };
    kernel.contenders = contenders.map(contender).collect();
    kernel
}

fn rows(rows: &mut Vec<Row>, kernel: &str, names: [&str; 2], change: &Change, blocks: std::ops::Range<u32>) {
    let mut noise = Noise(3);
    for block in blocks {
        for (name, call) in names.into_iter().zip(change.call) {
            let level = call * (change.spread * noise.gaussian()).exp();
            let sample = |round| Sample { round, calls: 3, ns: 3.0 * level };
            let linear = Memory { linear: Some(1_114_112), ..Memory::default() };
            let samples = Samples {
                call: (0..20).map(sample).collect(),
                timer_quantum_ns: Some(5000.0),
                memory: Some(BlockMemory { empty: Memory::default(), end: linear }),
                ..Samples::default()
            };
            let outcome = RowOutcome::Samples(Box::new(samples));
            rows.push(Row { cell: cell(kernel, "1MB", name), block, conditions: None, outcome });
        }
    }
}

fn gate(run: &Run) -> Gate {
    of_run(run, &Limits::default(), "2026-03-01")
}

/// As the command makes it.
fn repeatable(gate: Gate) -> Gate {
    Gate { arguments: ["--base-ref", "main"].map(str::to_owned).to_vec(), ..gate }
}

fn found(gate: &Gate, finding: Finding) -> Vec<(&str, Metric)> {
    gate.found(finding).map(|row| (row.contender.as_str(), *row.cost)).collect()
}

#[test]
fn each_change_is_found_for_what_it_is() {
    let gate = gate(&in_turns(34));
    let regressed = [("slower", Metric::CALL), ("larger", Metric::SIZE), ("larger", Metric::WASM)];
    let mut found_regressed = found(&gate, Finding::Regressed);
    found_regressed.sort_by_key(|(_, cost)| *cost);
    assert_eq!(found_regressed, regressed);
    let improved =
        [("faster", Metric::SIZE), ("faster", Metric::WASM), ("faster", Metric::IMPORTS), ("faster", Metric::CALL)];
    assert_eq!(found(&gate, Finding::Improved), improved);
    assert_eq!(found(&gate, Finding::Unsure), [("noisy", Metric::CALL)]);
    assert_eq!(found(&gate, Finding::Identical), [("same", Metric::SIZE)]);
    assert_eq!(gate.failures, []);
    let larger = gate.rows.iter().find(|row| row.contender == "larger" && *row.cost == Metric::WASM).unwrap();
    assert_eq!(larger.head.unwrap() - larger.base.unwrap(), 540.0, "to the byte");
}

#[test]
fn more_is_measured_of_what_may_be_worse() {
    let limits = Limits::default();
    let contenders = |blocks, look| {
        let wanted = wanted(&in_turns(blocks), look, &limits).into_iter();
        wanted.map(|(kernel, _)| kernel.trim_start_matches("hashing-blake3 ").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(contenders(0, 0), ["slower", "faster", "larger", "noisy", "unchanged"]);
    assert_eq!(contenders(6, 1), ["slower", "noisy"]);
    assert_eq!(contenders(20, 2), ["slower"]);
}

#[test]
fn without_blocks_that_confirm_it_nothing_regresses() {
    let mut run = in_turns(20);
    let gate = gate(&run);
    let row = gate.rows.iter().find(|row| row.contender == "slower" && *row.cost == Metric::CALL).unwrap();
    assert_eq!((row.finding, row.suspected), (Finding::Unsure, true));
    // Later ones that contradict it count, too.
    let calm = Change { call: [2.0e6, 2.0e6], ..CHANGES[0] };
    rows(&mut run.rows, "hashing-blake3 slower", ["slower@base", "slower"], &calm, 20..34);
    let row = of_run(&run, &Limits::default(), "").rows.into_iter().find(|row| row.suspected).unwrap();
    assert_eq!(
        (row.finding, row.reason.as_deref()),
        (Finding::Unsure, Some("a second measurement did not confirm it"))
    );
}

/// A run of `js` and a candidate, as `crossover run` makes it.
fn stored(id: &str, candidate: f64, machine_is: f64) -> Run {
    let mut run = Run { header: synthetic::header(20), rows: Vec::new(), truncated: false };
    run.header.id = id.to_owned();
    let change = Change { call: [8.0e6 * machine_is, candidate * machine_is], spread: 0.01, ..CHANGES[0] };
    run.header.kernels.push(kernel("hashing-blake3", &["js", "wasm"], &change));
    run.header.kernels[0].contenders[1].files_sha256 = Some(format!("{candidate}"));
    rows(&mut run.rows, "hashing-blake3", ["js", "wasm"], &change, 0..20);
    run
}

#[test]
fn stored_runs_are_compared_by_ratio_however_fast_the_machine_was() {
    let limits = Limits::default();
    let finding = |base: &Run, head: &Run| {
        let gate = of_runs(base, head, &limits, "2026-03-01");
        let row = gate.rows.into_iter().find(|row| *row.cost == Metric::CALL).unwrap();
        (row.finding, row.reason)
    };
    let base = stored("base", 2.0e6, 1.0);
    assert_eq!(finding(&base, &stored("head", 2.2e6, 1.9)).0, Finding::Regressed);
    assert_eq!(finding(&base, &stored("head", 1.7e6, 1.9)).0, Finding::Improved);
    assert_eq!(finding(&base, &stored("head", 2.01e6, 0.6)).0, Finding::Unchanged);

    let mut other = stored("head", 2.2e6, 1.0);
    other.header.machine.cpu = "another one".to_owned();
    let doubt = |run: &Run| finding(&base, run);
    assert_eq!(doubt(&other), (Finding::Unsure, Some("the runs are of machines of different classes".to_owned())));
    let mut other = stored("head", 2.2e6, 1.0);
    other.header.strata[0].runtime.version = "144".to_owned();
    assert_eq!(doubt(&other), (Finding::Unsure, Some("the runs are of different browsers".to_owned())));
    let mut other = stored("head", 2.2e6, 1.0);
    other.header.kernels[0].contenders[0].files_sha256 = Some("tuned".to_owned());
    assert!(doubt(&other).1.unwrap().starts_with("the baseline has changed"));
    let mut other = stored("head", 2.2e6, 1.0);
    other.header.kernels[0].inputs[0].sha256 = "other".to_owned();
    assert_eq!(doubt(&other), (Finding::Unsure, Some("the input is different".to_owned())));
}

#[test]
fn formats() {
    let exception = Exception {
        kernel: "hashing-blake3".to_owned(),
        contender: Some("larger".to_owned()),
        cost: Cost::of(Metric::WASM),
        until: "2026-03-31".to_owned(),
        reason: "a table for speed".to_owned(),
    };
    let over = Exception { cost: Cost::of(Metric::SIZE), until: "2026-02-28".to_owned(), ..exception.clone() };
    let limits = Limits { exceptions: vec![exception, over], ..Limits::default() };
    let gate = repeatable(of_run(&in_turns(34), &limits, "2026-03-01"));
    check("tests/golden/compare.txt", &terminal(&gate, Colour::Never));
    check("tests/golden/compare.annotations", &annotations(&gate));
    for format in GateFormat::ALL {
        let text = export(&gate, format).unwrap();
        let text = match format {
            GateFormat::Json => rounded(&text),
            GateFormat::Csv => rounded_fields(&text),
            GateFormat::Markdown | GateFormat::Junit => text,
        };
        check(&format!("tests/golden/{}", format.file()), &text);
    }
}

/// A gate whose regressions are these costs of a contender `wasm`, by kernel.
fn regressed(kernels: &[(&str, &[&str])]) -> Gate {
    let mut gate = gate(&in_turns(34));
    let row = |kernel: &str, cost: &str| GateRow {
        kernel: kernel.to_owned(),
        contender: "wasm".to_owned(),
        cost: serde_json::from_value(cost.into()).unwrap(),
        base: Some(1000.0),
        head: Some(1100.0),
        ratio: Some(1.1),
        ..gate.found(Finding::Regressed).next().unwrap().clone()
    };
    let rows = kernels.iter().flat_map(|(kernel, costs)| costs.iter().map(|cost| row(kernel, cost)));
    gate.rows = rows.chain(gate.found(Finding::Unchanged).cloned()).collect();
    gate
}

#[test]
fn the_headline_names_kernels_and_costs_and_counts_the_rest() {
    let said = |kernels| headline(&regressed(kernels)).to_string();
    assert_eq!(said(&[("a", &["size"])]), "1 regression in a: +100 B (`wasm`)");
    assert_eq!(
        said(&[("a", &["linear-memory", "imports", "call", "wasm", "size"])]),
        "5 regressions in a: +10.0 % per call (`wasm`), +100 B (`wasm`), +100 B Wasm (`wasm`) and 2 more"
    );
    assert_eq!(
        said(&[("a", &["cold-start"]), ("b", &["imports", "call"])]),
        "3 regressions in 2 kernels: a +10.0 % cold start (`wasm`); b +10.0 % per call (`wasm`), +100 Wasm imports (`wasm`)"
    );
    let many = said(&[("a", &["size"]), ("b", &["size"]), ("c", &["size"]), ("d", &["size"]), ("e", &["size"])]);
    assert!(
        many.starts_with("5 regressions in 5 kernels: a +100 B (`wasm`); b ") && many.ends_with("; and 2 more kernels")
    );
    assert!(!many.contains("; d"), "{many}");
    assert_eq!(title(&regressed(&[("a", &["size", "call"])])), "2 regressions in a");
}

#[test]
fn without_regressions_the_headline_is_one_sentence_that_hides_no_failure() {
    let mut gate = regressed(&[]);
    assert_eq!(headline(&gate).to_string(), "No regressions");
    let failure = FailureRow {
        kernel: "k".to_owned(),
        input: "i".to_owned(),
        contender: "wasm".to_owned(),
        stratum: "chromium".to_owned(),
        stage: Stage::Build,
        reason: "no".to_owned(),
        blocks: 0,
    };
    gate.failures.push(failure);
    assert_eq!(headline(&gate).to_string(), "No regressions in what was measured; the rest failed");
    gate.rows.clear();
    assert_eq!(headline(&gate).to_string(), "Nothing could be compared");
    gate.failures.clear();
    assert_eq!(headline(&gate).to_string(), "Base and head have nothing in common to compare");
}

#[test]
fn a_command_that_repeats_a_regression_is_one_that_a_shell_takes() {
    let mut gate = repeatable(regressed(&[("it's; a kernel", &["size", "call"])]));
    gate.rows.iter_mut().for_each(|row| row.contender = "a,b*".to_owned());
    assert_eq!(fix::commands(&gate), [r"crossover compare 'it'\''s; a kernel' --contender 'a?b?' --base-ref main"]);
    gate.arguments.clear();
    assert_eq!(fix::commands(&gate), Vec::<String>::new(), "two runs are not measured again");
}

#[test]
fn a_name_in_code_cannot_end_it() {
    let mut gate = regressed(&[("a", &["size"])]);
    gate.rows[0].contender = "x` <b> ``` @y".to_owned();
    let markdown = export(&gate, GateFormat::Markdown).unwrap();
    let headline = markdown.lines().nth(1).unwrap();
    assert_eq!(headline, "### ❌ 1 regression in a: +100 B (```` x` <b> ``` @y ````)");
}

/// Markdown without its code, in which nothing has a meaning.
fn outside_code(markdown: &str) -> String {
    let mut out = String::new();
    let mut is_block = false;
    for line in markdown.lines() {
        let is_fence = line.starts_with("```");
        is_block ^= is_fence;
        if !is_block && !is_fence {
            out.push_str(line);
            out.push('\n');
        }
    }
    assert!(!is_block, "a block of code goes on to the end: {markdown}");
    out
}

#[test]
fn names_and_reasons_are_never_code() {
    let evil =
        "<img src=x onerror=alert(1)> | `x` ::set-output name=a::b %0A ]]></failure> \u{1b}[2J\n::error::x @everyone";
    let mut run = in_turns(34);
    for kernel in &mut run.header.kernels {
        let of = kernel.revisions_of.as_mut().unwrap();
        if of.contender == "slower" {
            of.kernel = evil.to_owned();
        }
    }
    let failed = RowOutcome::Failure(Failure { stage: Stage::Measure, reason: format!("=1+1 {evil}") });
    let place = cell("hashing-blake3 noisy", "1MB", "noisy");
    run.rows.push(Row { cell: place, block: 34, conditions: None, outcome: failed });
    let gate = repeatable(gate(&run));
    assert_eq!(gate.found(Finding::Regressed).filter(|row| row.kernel == evil).count(), 1);

    let markdown = export(&gate, GateFormat::Markdown).unwrap();
    let text = outside_code(&markdown);
    assert!(!text.contains("<img") && !text.contains("@everyone") && !text.contains("| `x`"), "{text}");
    let page = html(&gate, &Report::from_run(&run)).unwrap();
    assert!(!page.contains("<img") && page.contains("&lt;img src=x"));
    let junit = export(&gate, GateFormat::Junit).unwrap();
    assert!(!junit.contains("<img") && !junit.contains("]]></failure>") && !junit.contains('\u{1b}'), "{junit}");
    let annotations = annotations(&gate);
    assert!(annotations.lines().all(|line| line.starts_with("::error title=") || line.starts_with("::warning title=")));
    let own_lines = annotations.matches("%0A").count();
    assert_eq!(own_lines, 3 * 8, "a sentence, a command and an exception for each regression: {annotations}");
    assert!(annotations.contains("%250A"), "{annotations}");
    for text in [terminal(&gate, Colour::Never), export(&gate, GateFormat::Csv).unwrap(), markdown, annotations] {
        assert!(!text.contains('\u{1b}'), "{text}");
    }
    let csv = export(&gate, GateFormat::Csv).unwrap();
    assert_eq!(csv.lines().count(), gate.rows.len() + 1, "no name makes a line of its own");
}

/// The same run in a second browser, too, in which the calls of one contender take so many times as long.
fn and_in_firefox(mut run: Run, contender: &str, times: f64) -> Run {
    let mut stratum = run.header.strata[0].clone();
    [&mut stratum.id, &mut stratum.runtime.id].into_iter().for_each(|id| *id = "firefox".to_owned());
    run.header.strata.push(stratum);
    let mut rows = run.rows.clone();
    for row in &mut rows {
        row.cell.stratum = "firefox".to_owned();
        if let RowOutcome::Samples(samples) = &mut row.outcome
            && row.cell.contender == contender
        {
            samples.call.iter_mut().for_each(|sample| sample.ns *= times);
        }
    }
    run.rows.extend(rows);
    run
}

/// Strata of the calls that got slower than the limit.
fn slower_in(gate: &Gate, contender: &str) -> Vec<String> {
    let slower = gate.found(Finding::Regressed).filter(|row| row.contender == contender && *row.cost == Metric::CALL);
    slower.filter_map(|row| row.stratum.clone()).collect()
}

#[test]
fn a_regression_in_any_browser_fails() {
    let mut run = in_turns(34);
    run.header.kernels.retain(|kernel| kernel.name == "hashing-blake3 unchanged");
    run.rows.retain(|row| row.cell.kernel == "hashing-blake3 unchanged");
    assert!(!gate(&run).has_regressed());
    let in_turns = gate(&and_in_firefox(run, "unchanged", 1.2));
    assert!(in_turns.has_regressed());
    assert_eq!(slower_in(&in_turns, "unchanged"), ["firefox"]);
    let [base, mut head] = [1.0, 1.2].map(|times| and_in_firefox(stored("run", 2.0e6, 1.0), "wasm", times));
    head.header.kernels[0].contenders[1].files_sha256 = Some("changed".to_owned());
    let stored = of_runs(&base, &head, &Limits::default(), "2026-03-01");
    assert_eq!(slower_in(&stored, "wasm"), ["firefox"]);
    for gate in [in_turns, stored] {
        let markdown = export(&gate, GateFormat::Markdown).unwrap();
        let junit = export(&gate, GateFormat::Junit).unwrap();
        for text in [terminal(&gate, Colour::Never), annotations(&gate), markdown, junit] {
            assert!(text.contains("1MB, firefox"), "{text}");
        }
        assert!(export(&gate, GateFormat::Csv).unwrap().contains(",firefox,"));
    }
}

#[test]
fn what_may_be_worse_in_any_browser_is_measured_on() {
    let mut run = in_turns(20);
    run.header.kernels.retain(|kernel| kernel.name == "hashing-blake3 unchanged");
    run.rows.retain(|row| row.cell.kernel == "hashing-blake3 unchanged");
    let kernels = |run: &Run| wanted(run, 2, &Limits::default()).len();
    assert_eq!([kernels(&run), kernels(&and_in_firefox(run.clone(), "unchanged", 1.2))], [0, 1]);
}
