//! From recorded profiles, made by hand, to whose time it is.

use std::collections::BTreeMap;

use crossover_reports::profile::{Category, Profiled, StateProfile};
use crossover_reports::run::Kind;

use super::{Attribution, cold, flame_graph, steady};
use crate::measure::{Cold, Steady};
use crate::protocol::{Phase, Span, Timeline};
use crate::runtime::Recorded;
use crate::sampling::cpuprofile::{CallFrame, CpuProfile, PositionTick, ProfileNode};

const GLUE: &str = "http://crossover.localhost/artifact/0/2/hash.js";
const WASM: &str = "http://crossover.localhost/artifact/0/2/hash_bg.wasm";
const HARNESS: &str = "http://crossover.localhost/page/batch.js";

/// The glue's second line only copies.
const MODULE: &str = "export function run(input) {\n  var v = getArrayU8FromWasm0(ret[0], ret[1]).slice();\n}\n";

fn node(id: u64, name: &str, url: &str, children: &[u64]) -> ProfileNode {
    let line_number = if url.is_empty() { -1 } else { 7 };
    let call_frame = CallFrame {
        function_name: name.to_owned(),
        script_id: "1".to_owned(),
        url: url.to_owned(),
        line_number,
        column_number: line_number,
    };
    ProfileNode { id, call_frame, children: children.to_vec(), ..ProfileNode::default() }
}

/// A call tree as V8 writes it, and samples with the time from each to the next, in microseconds.
fn profile(samples: &[(u64, f64)]) -> CpuProfile {
    let mut run = node(4, "run", GLUE, &[5, 6, 7, 8, 13, 14, 17, 18]);
    run.position_ticks = vec![PositionTick { line: 1, ticks: 1 }, PositionTick { line: 2, ticks: 3 }];
    let nodes = vec![
        node(1, "(root)", "", &[2, 3, 10, 11, 12, 19]),
        node(2, "trial", "http://crossover.localhost/page/harness.js", &[]),
        node(3, "timeSync", HARNESS, &[4, 9]),
        run,
        node(5, "passArray8ToWasm0", GLUE, &[15]),
        node(6, "js-to-wasm:iii:i", WASM, &[]),
        node(7, "blake3::hash", WASM, &[16]),
        node(8, "encodeInto", "", &[]),
        node(9, "now", "", &[]),
        node(10, "(garbage collector)", "", &[]),
        node(11, "(program)", "", &[]),
        node(12, "(idle)", "", &[]),
        node(13, "appendChild", "", &[]),
        node(14, "map", "", &[]),
        node(15, "__wbindgen_malloc", WASM, &[]),
        node(16, "memcpy", WASM, &[]),
        node(17, "__wbg_offsetHeight_91ca9e2be23502e5", GLUE, &[]),
        node(19, "pipeTo", "", &[]),
        node(18, "__wbg_get_imports", GLUE, &[]),
    ];
    let mut deltas = vec![0.0];
    deltas.extend(samples.iter().map(|(_, us)| us));
    let end_time = 1e6 + deltas.iter().sum::<f64>();
    deltas.pop();
    CpuProfile {
        nodes,
        start_time: 1e6,
        end_time,
        samples: samples.iter().map(|(node, _)| *node).collect(),
        time_deltas: deltas,
    }
}

fn steady_of(kind: Kind, samples: &[(u64, f64)]) -> StateProfile {
    let recorded = Recorded { profile: profile(samples), clock_us: None };
    let (state, part) = steady(&Steady { recorded, calls: 10 }, &Attribution::new(kind, MODULE));
    assert_eq!(part.samples.len(), part.time_deltas.len());
    state
}

/// Microseconds by category, of those that took any.
fn by_category(state: &StateProfile) -> BTreeMap<&'static str, f64> {
    let known = state.categories.iter().filter_map(|one| Some((one.category.name(), one.ns? / 1e3)));
    known.filter(|(_, us)| *us > 0.0).collect()
}

#[test]
fn time_is_that_of_whoever_had_it() {
    let samples = [
        (7, 50.0),
        (5, 10.0),
        (6, 3.0),
        (8, 7.0),
        (9, 2.0),
        (13, 5.0),
        (14, 4.0),
        (15, 6.0),
        (16, 8.0),
        (10, 9.0),
        (11, 1.0),
        (17, 30.0),
        (18, 2.0),
        (7, 1.0),
    ];
    let state = steady_of(Kind::Wasm, &samples);
    let expected = [
        ("runtime", 5.0 + 30.0),
        ("copying", 10.0 + 7.0 + 8.0),
        ("gc", 9.0),
        ("glue", 3.0 + 4.0 + 6.0 + 2.0),
        ("harness", 2.0),
        ("kernel", 51.0),
        ("native", 1.0),
    ];
    assert_eq!(by_category(&state), BTreeMap::from(expected));
    assert_eq!(state.total_ns, 138e3);
    assert_eq!((state.samples, state.calls), (14, 10));
    let compile = state.categories.iter().find(|one| one.category == Category::Compile).unwrap();
    assert_eq!(compile.ns, None, "it cannot be seen among the calls");
    assert_eq!(state.functions[0].name, "blake3::hash");
    assert!(
        state.folded().contains(&"run;blake3::hash;memcpy;(garbage collector) 9".to_owned()),
        "{:?}",
        state.folded()
    );
}

#[test]
fn without_wasm_all_of_the_contenders_code_is_the_kernel() {
    let state = steady_of(Kind::Js, &[(4, 40.0), (5, 20.0), (14, 5.0), (8, 10.0), (4, 1.0)]);
    assert_eq!(by_category(&state), BTreeMap::from([("copying", 10.0), ("kernel", 66.0)]));
    assert!(state.categories.iter().all(|one| one.category != Category::Glue));
}

#[test]
fn what_is_spent_on_a_line_that_copies_is_copying() {
    let state = steady_of(Kind::Wasm, &[(4, 100.0), (7, 100.0)]);
    // Three of four ticks are on it.
    assert_eq!(by_category(&state), BTreeMap::from([("copying", 75.0), ("glue", 25.0), ("kernel", 100.0)]));
    assert!(state.folded().contains(&"run;slice 75".to_owned()));
}

#[test]
fn what_is_before_and_after_the_calls_does_not_count() {
    let state =
        steady_of(Kind::Wasm, &[(11, 5000.0), (12, 700.0), (2, 100.0), (7, 50.0), (12, 20.0), (7, 30.0), (11, 900.0)]);
    assert_eq!(by_category(&state), BTreeMap::from([("idle", 20.0), ("kernel", 80.0)]));
    assert_eq!(steady_of(Kind::Wasm, &[(11, 5000.0), (2, 10.0)]).samples, 0, "it never ran");
    // What is awaited after its last function is its own, up to where the harness takes it.
    let awaited = steady_of(Kind::Platform, &[(4, 10.0), (12, 40.0), (19, 20.0), (3, 5.0), (11, 900.0)]);
    let expected = [("harness", 5.0), ("idle", 40.0), ("kernel", 10.0), ("native", 20.0)];
    assert_eq!(by_category(&awaited), BTreeMap::from(expected));
}

fn cold_of(clock_us: Option<f64>) -> StateProfile {
    let samples =
        [(12, 1000.0), (12, 1000.0), (11, 500.0), (11, 500.0), (11, 250.0), (4, 250.0), (7, 500.0), (12, 9000.0)];
    let span = |phase, until| Span { phase, until };
    let phases = vec![
        span(Phase::Fetch, 2.0),
        span(Phase::Evaluate, 2.5),
        span(Phase::Compile, 3.0),
        span(Phase::Instantiate, 3.5),
        span(Phase::FirstCall, 4.0),
    ];
    let timeline = Timeline { begin: 1.0, phases };
    let start = Cold { recorded: Recorded { profile: profile(&samples), clock_us }, timeline };
    let (state, parts) = cold(&[start.clone(), start], &Attribution::new(Kind::Wasm, MODULE));
    assert_eq!((state.state, state.calls, parts.len()), (Profiled::Cold, 2, 2));
    state
}

#[test]
fn a_start_has_its_phases_where_no_function_is_seen() {
    let expected = [
        ("compile", 1000.0),
        ("copying", 375.0),
        ("evaluate", 1000.0),
        ("fetch", 2000.0),
        ("glue", 125.0),
        ("instantiate", 500.0),
        ("kernel", 1000.0),
    ];
    assert_eq!(by_category(&cold_of(Some(1e6))), BTreeMap::from(expected));
}

#[test]
fn where_the_clocks_are_not_of_one_time_no_phase_is_made_up() {
    for clock_us in [None, Some(5.0), Some(9e12)] {
        let state = cold_of(clock_us);
        assert_eq!(by_category(&state), BTreeMap::from([("copying", 375.0), ("glue", 125.0), ("kernel", 1000.0)]));
        let untold = state.categories.iter().filter(|one| one.ns.is_none()).map(|one| one.category);
        let phases = [Category::Fetch, Category::Evaluate, Category::Compile, Category::Instantiate];
        assert_eq!(untold.collect::<Vec<_>>(), phases);
    }
}

#[test]
fn a_flame_graph_has_no_script_and_names_are_text() {
    let mut state = steady_of(Kind::Wasm, &[(7, 5000.0), (5, 1000.0)]);
    for (frame, name) in state.frames.iter_mut().zip([
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a;b\u{1b}[2J",
    ]) {
        frame.name = name.to_owned();
    }
    let svg = flame_graph(&state, "<b>\u{202e}title").unwrap().unwrap();
    for markup in ["<script", "onload", "<img", "<b>", "\u{1b}", "\u{202e}"] {
        assert!(!svg.contains(markup), "{markup} in {svg}");
    }
    assert!(svg.contains("&lt;img src=x onerror=alert(1)&gt;") && svg.ends_with("</svg>"), "{svg}");
    state.frames.clear();
    assert_eq!(flame_graph(&state, "").unwrap(), None);
}
