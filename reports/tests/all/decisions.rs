//! Decisions on jobs: what to do, with which option, against which alternative.

use crossover_reports::export::{Colour, terminal};
use crossover_reports::report::{BreakEven, Decision, JobDecision, Report, finding};
use crossover_reports::run::{Kind, Package, Run, Scenario};

use crate::synthetic;
use crate::verdicts::{Costs, JS, MS, WASM, calls, run};

fn decisions(run: &Run) -> Vec<JobDecision> {
    Report::from_run(run).decisions
}

/// The decision on a job of these contenders for so many calls.
fn decide(contenders: &[Costs], scenario: Scenario) -> JobDecision {
    decisions(&run(contenders, vec![scenario])).remove(0)
}

fn is(decided: &JobDecision) -> (Decision, Option<&str>, Option<&str>) {
    (decided.decision, decided.option.as_deref(), decided.alternative.as_deref())
}

const PLATFORM: Costs = ("platform", Kind::Platform, 5.0 * MS, 0.15 * MS, 0.0);
const TUNED: Costs = ("js-tuned", Kind::Js, 5.0 * MS, 0.1 * MS, 0.0);

#[test]
fn a_port_has_to_beat_everything_that_takes_less_effort() {
    let port = decide(&[JS, WASM], calls(200));
    assert_eq!(is(&port), (Decision::Port, Some("wasm"), Some("js")), "{port:?}");
    let tuned = decide(&[JS, WASM, TUNED], calls(200));
    assert_eq!(is(&tuned), (Decision::TuneJs, Some("js-tuned"), Some("js")), "{tuned:?}");
    let browser = decide(&[JS, WASM, PLATFORM], calls(200));
    assert_eq!(is(&browser), (Decision::UseBrowser, Some("platform"), Some("js")), "{browser:?}");
}

#[test]
fn the_number_that_is_quoted_is_the_one_that_the_advice_rests_on() {
    let fast = ("wasm", Kind::Wasm, 8.0 * MS, 0.1 * MS, 0.0);
    let decided = decide(&[JS, fast, PLATFORM], calls(1000));
    assert_eq!(is(&decided), (Decision::Port, Some("wasm"), Some("platform")), "{decided:?}");
    assert!((decided.ratio.unwrap() / (0.1 / 0.15) - 1.0).abs() < 0.03, "{decided:?}");
    assert!(decided.reason.contains("than platform and pays off from"), "{}", decided.reason);
}

#[test]
fn what_is_made_of_packages_is_installed() {
    let mut run = run(&[JS, WASM], vec![calls(200)]);
    run.header.kernels[0].contenders[1].packages = vec![Package { name: "fast-job".to_owned(), version: None }];
    let decided = decisions(&run).remove(0);
    assert_eq!(decided.decision, Decision::Install);
    assert!(decided.reason.starts_with("Install fast-job: it is "), "{}", decided.reason);
}

#[test]
fn calls_count_the_first_one() {
    // 20 ms more to the first answer, 0.8 ms less for each further call: 26 calls.
    let decided = decide(&[JS, WASM], calls(200));
    let BreakEven::From(at) = decided.break_even_calls else { panic!("{decided:?}") };
    assert!(at.ci[0] <= 26.0 && 26.0 <= at.ci[1] && (at.value / 26.0 - 1.0).abs() < 0.1, "{at:?}");
    let once = decide(&[JS, WASM], calls(1));
    assert_eq!(is(&once), (Decision::KeepJs, Some("js"), Some("wasm")), "{once:?}");
    assert!(once.reason.contains("but pays off only from 2"), "{}", once.reason);
}

#[test]
fn two_percent_are_no_difference() {
    let close = ("wasm", Kind::Wasm, 5.0 * MS, 0.98 * MS, 0.0);
    let decided = decide(&[JS, close], calls(1000));
    assert_eq!(is(&decided), (Decision::NoDifference, Some("js"), Some("wasm")), "{decided:?}");
    let strict = decide(&[JS, close], Scenario { margin: Some(0.005), ..calls(1000) });
    assert_eq!(strict.decision, Decision::Port, "{strict:?}");
}

#[test]
fn two_builds_that_are_alike_are_too_close_to_call() {
    let twin = ("wasm-simd", Kind::Wasm, 25.0 * MS, 0.2 * MS, 0.0);
    let decided = decide(&[JS, WASM, twin], calls(200));
    let both = [decided.option.as_deref().unwrap(), decided.runner_up.as_deref().unwrap()];
    assert!(both.contains(&"wasm") && both.contains(&"wasm-simd"), "{decided:?}");
    assert!(decided.reason.ends_with("are too close to call."), "{}", decided.reason);
    let slower = ("wasm-simd", Kind::Wasm, 25.0 * MS, 0.4 * MS, 0.0);
    assert_eq!(decide(&[JS, WASM, slower], calls(200)).runner_up, None);
}

#[test]
fn a_placeholder_is_worth_a_try_or_not() {
    let stand_in = ("free-30kB", Kind::StandIn, 25.0 * MS, 0.2 * MS, 0.0);
    let worth = decide(&[JS, stand_in], calls(200));
    assert_eq!(is(&worth), (Decision::WorthATry, Some("free-30kB"), Some("js")), "{worth:?}");
    let not = decide(&[JS, stand_in], calls(5));
    assert_eq!(is(&not), (Decision::NotWorthATry, Some("free-30kB"), Some("js")), "{not:?}");
}

#[test]
fn where_nothing_was_measured_nothing_is_decided() {
    let mut run = run(&[JS, WASM], vec![calls(200)]);
    run.rows.retain(|row| row.cell.contender != "wasm");
    assert_eq!(is(&decisions(&run)[0]), (Decision::CannotTell, Some("js"), None));
    run.rows.clear();
    assert_eq!(is(&decisions(&run)[0]), (Decision::CannotTell, None, None));
}

#[test]
fn the_tally_counts_every_mix_of_decisions() {
    let tally = |run: &Run| finding::tally(&Report::from_run(run).headlines());
    let mut four = synthetic::four_kernels(6);
    assert_eq!(tally(&four), "Port 2 of 4 jobs to WebAssembly, keep JavaScript for 1, can't tell yet for 1");
    assert_eq!(tally(&synthetic::four_kernels(1)), "Can't tell yet for all 4 jobs", "one block gives no interval");
    four.rows.clear();
    assert_eq!(tally(&four), "All 4 jobs could not be measured");
    four.header.kernels.clear();
    assert_eq!(tally(&four), "This run measured nothing");
    let stand_in = ("free-30kB", Kind::StandIn, 25.0 * MS, 0.2 * MS, 0.0);
    let mut unwritten = run(&[JS, stand_in], vec![calls(200)]);
    assert_eq!(tally(&unwritten), "For 200 calls, a port is worth a try on every input");
    unwritten.header.kernels[0].inputs.remove(0);
    let one = tally(&unwritten);
    assert!(
        one.starts_with("A port is worth a try: it could save at most 1") && one.ends_with(" in 200 calls"),
        "{one}"
    );
}

/// What a terminal shows of a job that one browser start measured.
fn without_intervals() -> String {
    let mut run = run(&[JS, WASM], vec![calls(200)]);
    run.rows.retain(|row| row.block == 0);
    terminal(&Report::from_run(&run), Colour::Never)
}

#[test]
fn a_terminal_leaves_out_a_comparison_that_has_no_interval() {
    let text = without_intervals();
    assert!(!text.contains("Each call is"), "{text}");
}

#[test]
fn a_terminal_says_once_that_it_cannot_tell() {
    let text = without_intervals();
    assert!(text.contains("Can't tell yet  200 calls, including start-up: the two share too few browser"), "{text}");
}
