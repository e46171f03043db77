//! Verdicts: from the samples of a run to an advice, in the situations that they are made for.

use crossover_reports::report::{Advice, BreakEven, CrossoverSize, Report, Verdict};
use crossover_reports::run::{
    Check, Input, InputKind, Kernel, Kind, Row, RowOutcome, Run, Sample, Samples, Scenario, Size, Start,
};

use crate::synthetic::{self, Noise};

/// A contender: kind, start and call in nanoseconds, and what of a call is crossing, in and out each.
pub type Costs = (&'static str, Kind, f64, f64, f64);

pub const MS: f64 = 1e6;

/// A run of one kernel in six blocks, with spreads as in browsers. Calls of Wasm are cheaper or more expensive by
/// `by_size` on inputs that are not the headline, in order of size.
pub fn run(contenders: &[Costs], scenarios: Vec<Scenario>) -> Run {
    let mut noise = Noise(21);
    let mut run = Run { header: synthetic::header(6), rows: Vec::new(), truncated: false };
    let inputs = [("small", 100, 4.0), ("large", 10_000, 1.0)];
    for block in 0..6 {
        for (input, _, factor) in inputs {
            for (name, kind, start, call, crossing) in contenders {
                let mut near = |ns: f64, spread: f64| ns * (spread * noise.gaussian()).exp();
                // A fixed cost weighs more on a small input.
                let call = call * if *kind == Kind::Wasm { factor } else { 1.0 };
                let list = |near: &mut dyn FnMut(f64, f64) -> f64, ns: f64| -> Vec<Sample> {
                    (0..5).map(|round| Sample { round, calls: 1, ns: near(ns, 0.01) }).collect()
                };
                let total_ns = near(*start, 0.03);
                let start = Start {
                    total_ns,
                    fetch: None,
                    compile: None,
                    instantiate: None,
                    evaluate: None,
                    setup: None,
                    first_call: Some(total_ns),
                    cached: None,
                    workers: None,
                };
                let crossings = |near: &mut dyn FnMut(f64, f64) -> f64| match *crossing {
                    0.0 => Vec::new(),
                    ns => list(near, ns),
                };
                let samples = Samples {
                    call: list(&mut near, call),
                    cold_start: vec![start],
                    boundary_in: crossings(&mut near),
                    boundary_out: crossings(&mut near),
                    ..Samples::default()
                };
                let cell = synthetic::cell("job", input, name);
                run.rows.push(Row { cell, block, conditions: None, outcome: RowOutcome::Samples(Box::new(samples)) });
            }
        }
    }
    let input = |(name, bytes, _): (&str, u64, f64)| Input {
        name: name.to_owned(),
        label: None,
        kind: InputKind::Bytes,
        bytes,
        sha256: String::new(),
        headline: name == "large",
        payload: None,
        answer_bytes: None,
    };
    let contender = |(name, kind, ..): &Costs| {
        let mut contender = synthetic::contender(name, *kind);
        let brotli = if *kind == Kind::Wasm { 50_000 } else { 5000 };
        contender.size_bytes = Some(Size { raw: 4 * brotli, gzip: 2 * brotli, brotli });
        contender
    };
    run.header.kernels.push(Kernel {
        name: "job".to_owned(),
        title: None,
        summary: "A job".to_owned(),
        caveats: Vec::new(),
        domain: "test".to_owned(),
        purpose: crossover_reports::run::Purpose::Choice,
        baseline: "js".to_owned(),
        check: Check::Exact,
        inputs: inputs.map(input).into(),
        contenders: contenders.iter().map(contender).collect(),
        scenarios,
        own_checks: Default::default(),
        revisions_of: None,
        from: None,
    });
    run
}

pub fn calls(calls: u64) -> Scenario {
    Scenario::of_calls("some calls", calls)
}

fn verdicts(run: &Run) -> Vec<Verdict> {
    Report::from_run(run).verdicts
}

/// The verdict on `wasm` for so many calls.
fn verdict(contenders: &[Costs], scenario: Scenario) -> Verdict {
    let verdicts = verdicts(&run(contenders, vec![scenario]));
    verdicts.into_iter().find(|verdict| verdict.candidate == "wasm").unwrap()
}

pub const JS: Costs = ("js", Kind::Js, 5.0 * MS, MS, 0.0);
/// Five times faster, 20 ms later.
pub const WASM: Costs = ("wasm", Kind::Wasm, 25.0 * MS, 0.2 * MS, 0.0);

#[test]
fn a_start_that_is_paid_back_in_the_scenario_is_worth_a_port() {
    let verdict = verdict(&[JS, WASM], calls(200));
    assert_eq!((verdict.verdict, verdict.rival.as_deref()), (Advice::Port, Some("js")), "{verdict:?}");
    let saving = verdict.saving_ns.unwrap();
    assert!(saving.ci[0] <= 140.0 * MS && 140.0 * MS <= saving.ci[1], "{saving:?}");
    let BreakEven::From(at) = verdict.break_even_calls else { panic!("{verdict:?}") };
    assert!(at.ci[0] <= 26.0 && 26.0 <= at.ci[1] && at.ci[1] < 35.0, "{at:?}");
    assert_eq!(verdict.added_bytes_brotli, Some(45_000));
    assert!(verdict.flips.iter().any(|flip| flip.ends_with("keep-js")), "{:?}", verdict.flips);
    // 100 B: 0.8 ms against 1 ms.
    assert_eq!(verdict.crossover_bytes, CrossoverSize::AlwaysFaster);
}

#[test]
fn a_start_that_is_not_paid_back_keeps_javascript_unless_it_is_hidden() {
    let kept = verdict(&[JS, WASM], calls(5));
    assert_eq!(kept.verdict, Advice::KeepJs, "{kept:?}");
    assert!(kept.flips.iter().any(|flip| flip.contains("preload") && flip.ends_with("port")), "{:?}", kept.flips);
    let hidden = verdict(&[JS, WASM], Scenario { hidden_startup: true, ..calls(5) });
    assert_eq!((hidden.verdict, hidden.break_even_calls), (Advice::Port, BreakEven::FromTheFirstCall), "{hidden:?}");
}

#[test]
fn a_slow_network_makes_bytes_count() {
    // 45 kB over 1.6 Mbit/s take 225 ms; 200 calls save 140.
    let slow = verdict(&[JS, WASM], Scenario { megabits_per_s: Some(1.6), ..calls(200) });
    assert_eq!(slow.verdict, Advice::KeepJs, "{slow:?}");
    let port = verdict(&[JS, WASM], calls(200));
    assert!(port.flips.iter().any(|flip| flip.contains("slow 4G")), "{:?}", port.flips);
}

#[test]
fn savings_too_small_to_matter_keep_javascript() {
    let tiny = ("js", Kind::Js, 5.0 * MS, 100.0, 0.0);
    let faster = ("wasm", Kind::Wasm, 5.0 * MS, 50.0, 0.0);
    let verdict = verdict(&[tiny, faster], Scenario { hidden_startup: true, ..calls(200) });
    assert_eq!(verdict.verdict, Advice::KeepJs, "{verdict:?}");
    assert!(verdict.reasons[0].contains("does not matter"), "{:?}", verdict.reasons);
}

#[test]
fn calls_that_are_slower_never_pay() {
    let slow = ("wasm", Kind::Wasm, 25.0 * MS, 3.0 * MS, 0.0);
    let verdict = verdict(&[JS, slow], calls(1_000_000));
    assert_eq!((verdict.verdict, verdict.break_even_calls), (Advice::KeepJs, BreakEven::Never), "{verdict:?}");
    assert_eq!(verdict.crossover_bytes, CrossoverSize::NeverFaster);
}

#[test]
fn crossing_in_each_call_is_what_batching_is_for() {
    // 300 µs for a call of 100, of which 250 are crossing.
    let quick = ("js", Kind::Js, 5.0 * MS, 0.1 * MS, 0.0);
    let chatty = ("wasm", Kind::Wasm, 5.5 * MS, 0.3 * MS, 0.125 * MS);
    let verdict = verdict(&[quick, chatty], calls(1000));
    assert_eq!(verdict.verdict, Advice::BatchFirst, "{verdict:?}");
    assert!(verdict.reasons.iter().any(|reason| reason.contains("one crossing for all data")), "{:?}", verdict.reasons);
}

#[test]
fn slower_calls_never_pay_however_much_their_times_differ_from_block_to_block() {
    let slower = ("wasm", Kind::Wasm, 25.0 * MS, 1.05 * MS, 0.0);
    let mut run = run(&[JS, slower], vec![calls(1000)]);
    for row in &mut run.rows {
        let RowOutcome::Samples(samples) = &mut row.outcome else { continue };
        // Every second block is three times slower, for both.
        let factor = if row.block % 2 == 0 { 3.0 } else { 1.0 };
        samples.call.iter_mut().for_each(|sample| sample.ns *= factor);
    }
    let [verdict] = &verdicts(&run)[..] else { panic!() };
    assert_eq!((verdict.verdict, verdict.break_even_calls), (Advice::KeepJs, BreakEven::Never), "{verdict:?}");
}

#[test]
fn bytes_that_cross_are_not_spared_by_crossing_once() {
    // Crossing is as expensive, and no input is small enough to separate the fixed part from the bytes.
    let quick = ("js", Kind::Js, 5.0 * MS, 0.1 * MS, 0.0);
    let heavy = ("wasm", Kind::Wasm, 5.5 * MS, 0.3 * MS, 0.125 * MS);
    let mut run = run(&[quick, heavy], vec![calls(1000)]);
    run.header.kernels[0].inputs.iter_mut().for_each(|input| input.bytes *= 100);
    assert_eq!(verdicts(&run)[0].verdict, Advice::KeepJs);
}

#[test]
fn a_stand_in_shows_what_a_port_saves_at_most_and_how_fast_it_has_to_be() {
    let stand_in = ("wasm", Kind::StandIn, 25.0 * MS, 0.2 * MS, 0.0);
    let worth = verdict(&[JS, stand_in], calls(200));
    assert_eq!(worth.verdict, Advice::WorthATry, "{worth:?}");
    assert!(worth.reasons[0].contains("a port would save at most 1"), "{worth:?}");
    // 140 ms for the work of 200 calls, against 1 ms each.
    let times = worth.reasons.iter().find_map(|reason| reason.split("is at least ×").nth(1)).unwrap();
    let times: f64 = times.split(' ').next().unwrap().parse().unwrap();
    assert!((times / (1.0 / 0.7) - 1.0).abs() < 0.03, "{worth:?}");
    let not = verdict(&[JS, stand_in], calls(5));
    assert_eq!(not.verdict, Advice::NotWorthATry, "{not:?}");
    assert!(not.reasons[0].contains("even an infinitely fast port would cost 1"), "{not:?}");
    assert!(not.reasons.iter().any(|reason| reason.starts_with("Even if it were infinitely fast")), "{not:?}");
}

#[test]
fn where_loading_costs_nothing_any_port_that_is_as_fast_pays() {
    let light = ("wasm", Kind::StandIn, 5.0 * MS, 0.001 * MS, 0.0);
    let judged = verdict(&[JS, light], calls(200));
    let is_said = |reason: &String| reason.starts_with("Any port that is as fast as js pays off: a call of js takes ");
    assert!(judged.reasons.iter().any(is_said), "{judged:?}");
}

#[test]
fn a_stand_in_shows_what_another_size_of_module_would_change() {
    let small = ("free-30kB", Kind::StandIn, 25.0 * MS, 0.2 * MS, 0.0);
    let large = ("free-300kB", Kind::StandIn, 425.0 * MS, 0.2 * MS, 0.0);
    let run = run(&[JS, small, large], vec![calls(200)]);
    let [small, large] = &verdicts(&run)[..] else { panic!() };
    assert_eq!((small.verdict, large.verdict), (Advice::WorthATry, Advice::NotWorthATry));
    assert!(small.flips.iter().any(|flip| flip == "With 20.0 kB to load: not-worth-a-try"), "{:?}", small.flips);
}

#[test]
fn the_browsers_own_wins_where_nothing_beats_it() {
    let platform = ("platform", Kind::Platform, 5.0 * MS, 0.15 * MS, 0.0);
    let run = run(&[JS, WASM, platform], vec![calls(200)]);
    let advice: Vec<_> = verdicts(&run).iter().map(|verdict| (verdict.candidate.clone(), verdict.verdict)).collect();
    let use_platform = |name: &str| (name.to_owned(), Advice::UsePlatform);
    assert_eq!(advice, [use_platform("wasm"), use_platform("platform")]);
    // And does not where it is beaten.
    let slow = ("platform", Kind::Platform, 5.0 * MS, 0.9 * MS, 0.0);
    assert_eq!(verdict(&[JS, WASM, slow], calls(200)).verdict, Advice::Port);
}

#[test]
fn a_candidate_has_to_beat_the_best_javascript() {
    let tuned = ("js-tuned", Kind::Js, 5.0 * MS, 0.1 * MS, 0.0);
    let verdict = verdict(&[JS, WASM, tuned], calls(200));
    assert_eq!((verdict.verdict, verdict.rival.as_deref()), (Advice::KeepJs, Some("js-tuned")), "{verdict:?}");
}

#[test]
fn what_was_not_measured_is_unsure_and_says_so() {
    let mut run = run(&[JS, WASM], vec![calls(200)]);
    run.rows.retain(|row| row.cell.contender != "wasm");
    let [verdict] = &verdicts(&run)[..] else { panic!() };
    assert_eq!((verdict.verdict, verdict.saving_ns, &verdict.rival), (Advice::Unsure, None, &None));
    assert!(verdict.reasons[0].contains("not measured"), "{:?}", verdict.reasons);
}

#[test]
fn a_kernel_without_scenarios_gets_four_numbers_of_calls() {
    let names = |run: &Run| -> Vec<String> { verdicts(run).into_iter().map(|one| one.scenario.name).collect() };
    assert_eq!(names(&run(&[JS, WASM], Vec::new())), ["1 call", "10 calls", "200 calls", "10000 calls"]);
    // A page is kept for ten minutes at most: 300 calls of two seconds.
    let slow = ("js", Kind::Js, 2000.0 * MS, 2010.0 * MS, 0.0);
    let [.., last] = &names(&run(&[slow, WASM], Vec::new()))[..] else { panic!() };
    assert!(["290 calls", "300 calls"].contains(&last.as_str()), "{last}");
}

#[test]
fn one_call_is_one_execution() {
    // Both start and answer in their first answer: 25 ms against 5 ms, and no further call.
    let once = verdict(&[JS, WASM], calls(1));
    let saving = once.saving_ns.unwrap();
    assert!(saving.ci[0] <= -20.0 * MS && -20.0 * MS <= saving.ci[1] && saving.ci[1] < -15.0 * MS, "{saving:?}");
    // A start that is hidden leaves one call of each: 1 ms against 0.2 ms.
    let hidden = verdict(&[JS, WASM], Scenario { hidden_startup: true, ..calls(1) });
    assert!((hidden.saving_ns.unwrap().median / (0.8 * MS) - 1.0).abs() < 0.05, "{hidden:?}");
}

#[test]
fn less_than_the_margin_of_advice_is_no_port() {
    // Three per cent less in calls that take a second in all.
    let close = ("wasm", Kind::Wasm, 5.0 * MS, 0.97 * MS, 0.0);
    let kept = verdict(&[JS, close], calls(1000));
    assert_eq!(kept.verdict, Advice::KeepJs, "{kept:?}");
    let willing = verdict(&[JS, close], Scenario { margin: Some(0.01), ..calls(1000) });
    assert_eq!(willing.verdict, Advice::Port, "{willing:?}");
}
