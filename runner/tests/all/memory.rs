//! Memory in a real browser: what contenders hold, and leaks of 64 KiB per session that were planted, in linear memory, in
//! the JavaScript heap and in array buffers. Each is found every time, and so is that `release` gives it back.
use crate::common;
use crate::common::{Suite, crossover, rows};
use serde_json::Value;

/// Takes all to be the same: the answer is the input.
const CLEAN: &str = "export const run = (input) => input.slice();\n";

/// Numbers that are no small integers, of which the engine keeps eight bytes each.
const HEAP: &str = "let kept = [];
export function setup() { kept.push(Array.from({ length: 8192 }, (_, i) => i + 0.5)); }
export const run = (input) => input.slice();
export function release() { kept = []; }
";

const BUFFER: &str = "let kept = [];
export function setup() { kept.push(new Uint8Array(65536).fill(1)); }
export const run = (input) => input.slice();
export function release() { kept = []; }
";

const LIB: &str = r#"//! Keeps 64 KiB of linear memory per session, until it is released.

use std::cell::RefCell;

use kernel_contract::wasm_bindgen::{self, prelude::wasm_bindgen};

kernel_contract::contender!(echo, [u8] => Vec<u8>);

thread_local! {
    static KEPT: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

fn echo(input: &[u8]) -> Result<Vec<u8>, String> {
    Ok(input.to_vec())
}

#[wasm_bindgen]
pub fn setup() {
    KEPT.with_borrow_mut(|kept| kept.push(vec![1; 65536]));
}

#[wasm_bindgen]
pub fn release() {
    KEPT.take();
}
"#;

/// A kernel whose contenders, but for `js`, keep 64 KiB of each session until it is released.
fn suite() -> Suite {
    let suite = Suite::new();
    suite.add_crate("keeps", LIB);
    let modules = [("js", CLEAN), ("heap", HEAP), ("buffer", BUFFER)];
    let mut manifest = "summary = \"keeps\"\ndomain = \"test\"\ncheck = \"exact\"\n\n\
                        [[input]]\nname = \"1kB\"\nas = \"bytes\"\ngenerate = { random = { seed = 1, bytes = 1024 } }\n\n\
                        [contender.wasm]\nkind = \"wasm\"\ncrate = \".\"\n\n"
        .to_owned();
    for (name, text) in modules {
        suite.write(&format!("kernels/keeps/{name}.js"), text);
        manifest += &format!("[contender.{name}]\nkind = \"js\"\nmodule = \"{name}.js\"\n\n");
    }
    suite.write("kernels/keeps/kernel.toml", &manifest);
    suite
}

fn report(suite: &Suite, out: &str) -> Value {
    let output = crossover(&["report", out, "--format", "json"], suite.path());
    serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", output.stderr))
}

#[test]
fn a_run_tells_what_contenders_hold_and_what_their_sessions_leave() {
    let suite = suite();
    let arguments = ["run", "keeps", "--preset", "quick", "--sessions", "50", "--out", "out", "-q"];
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 0, "{}{}", output.stdout, output.stderr);
    let shown = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("js: sessions leave nothing behind."), "{shown}");
    let report = report(&suite, "out");
    let cells = report["cells"].as_array().unwrap();
    let held = |contender: &str, part: &str| {
        let cell = cells.iter().find(|cell| cell["contender"] == contender).unwrap();
        cell["memory_bytes"][part].as_i64()
    };
    // Each holds what one session keeps, and holds it in its own part of memory.
    let more_than_js = |contender: &str, part: &str| held(contender, part).unwrap() - held("js", part).unwrap();
    for (contender, part, other) in [("heap", "js_heap", "buffers"), ("buffer", "buffers", "js_heap")] {
        let (own, other) = (more_than_js(contender, part), more_than_js(contender, other));
        // Two pages differ by some kilobytes of their own: what the engine has compiled until then is not the same, and
        // the busier the machine, the less is alike.
        assert!((own - 65_536).abs() < 32_768 && 2 * other.abs() < own, "{contender}: {own} and {other}");
    }
    assert!(held("wasm", "linear_peak").is_some_and(|bytes| bytes >= 1 << 20), "{cells:?}");
    assert!(
        held("wasm", "buffers").is_some_and(|bytes| bytes.abs() < 20_000),
        "linear memory is counted twice: {cells:?}"
    );
    assert!(["js", "heap", "buffer"].iter().all(|contender| held(contender, "linear_peak").is_none()), "{cells:?}");
    for sessions in report["session_memory"].as_array().unwrap() {
        let at_once = &sessions["at_once"];
        assert_eq!((at_once["sessions"].as_u64(), &at_once["stopped"]), (Some(8), &Value::Null), "{sessions}");
        // An instance of Wasm has a megabyte of stack alone.
        let per_instance = at_once["growth"]["bytes_per_session"].as_f64().unwrap();
        assert_eq!(per_instance > 1e6, sessions["contender"] == "wasm", "{sessions}");
    }
    // What was watched once is not watched again.
    let again = crossover(&[&arguments[..], &["--resume"]].concat(), suite.path());
    assert_eq!(again.code, 0, "{}", again.stderr);
    let rows = rows(&suite.path().join("out/run.jsonl"));
    assert_eq!(rows.iter().filter(|row| row["sessions"].is_object()).count(), 4);
}

#[cfg(target_os = "linux")]
#[test]
fn firefox_tells_what_contenders_hold_too() {
    let suite = suite();
    let contenders = ["--contender", "js", "--contender", "heap", "--contender", "buffer"];
    let arguments = ["run", "keeps", "--runtime", "firefox", "--preset", "quick", "--sessions", "50", "--out", "out"];
    let output = crossover(&[&arguments[..], &contenders].concat(), suite.path());
    assert_eq!(output.code, 0, "{}{}", output.stdout, output.stderr);
    for sessions in report(&suite, "out")["session_memory"].as_array().unwrap() {
        let (kept, released) = (&sessions["kept"], &sessions["released"]);
        let per_session = kept["growth"]["bytes_per_session"].as_f64().unwrap();
        // Its reports take so long on a busy machine that there may be fewer sessions than say anything for sure.
        if sessions["contender"] == "js" {
            assert!(per_session < 1024.0 && kept["outcome"] != "leaks", "{sessions}");
        } else {
            assert!((0.9..1.2).contains(&(per_session / 65_536.0)) && kept["outcome"] != "clean", "{sessions}");
            assert!(released["outcome"].is_string() && released["outcome"] != "leaks", "{sessions}");
        }
    }
}

#[test]
fn a_number_of_sessions_that_tells_nothing_is_bad_usage() {
    let suite = Suite::new();
    for count in ["10", "49", "1001", "-1", "many"] {
        let output = crossover(&["list", &format!("--sessions={count}")], suite.path());
        assert_eq!(output.code, 2, "{count}");
        assert!(output.stderr.contains("give 0, or 50 to 1000: fewer say nothing"), "{}", output.stderr);
    }
}

#[test]
fn sessions_are_planned_where_there_is_time_or_they_are_asked_for() {
    let suite = Suite::new();
    for (arguments, planned) in [
        (&["--preset", "standard"][..], true),
        (&["--preset", "standard", "--sessions", "0"], false),
        (&["--preset", "standard", "--budget", "5m"], false),
        (&["--preset", "standard", "--budget", "5m", "--sessions", "50"], true),
        (&["--preset", "quick"], false),
        (&["--preset", "quick", "--sessions", "50"], true),
    ] {
        let output = crossover(&[&["list", "sum", "--plan"], arguments].concat(), suite.path());
        assert_eq!(
            output.stdout.contains("50 sessions of every contender"),
            planned,
            "{arguments:?}: {}",
            output.stdout
        );
    }
}

#[cfg(unix)]
#[test]
fn planted_leaks_are_found_and_released_sessions_are_clean() {
    findings_are_right_each_time(4);
}

#[cfg(unix)]
#[test]
#[ignore = "takes minutes"]
fn planted_leaks_are_found_and_released_sessions_are_clean_twenty_times_out_of_twenty() {
    findings_are_right_each_time(20);
}

#[cfg(unix)]
fn findings_are_right_each_time(times: usize) {
    let suite = suite();
    // All builds and right answers are kept from here on.
    let verified = crossover(&["verify", "keeps"], suite.path());
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
    std::thread::scope(|scope| {
        for worker in 0..2 {
            let suite = &suite;
            scope.spawn(move || {
                (0..times / 2).for_each(|time| findings_are_right(suite, &format!("out-{worker}-{time}")))
            });
        }
    });
}

/// The sessions come first, so a run that is interrupted then has reported all that is asked here.
#[cfg(unix)]
fn findings_are_right(suite: &Suite, out: &str) {
    let arguments = ["run", "keeps", "--preset", "quick", "--sessions", "50", "--out", out];
    let mut child = common::start(&arguments, suite.path());
    // The header, and the sessions of four contenders.
    common::wait_for_rows(&suite.path().join(out).join("run.jsonl"), 1 + 4, std::time::Duration::from_secs(300));
    common::interrupt(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    for sessions in report(suite, out)["session_memory"].as_array().unwrap() {
        let (kept, released) = (&sessions["kept"], &sessions["released"]);
        if sessions["contender"] == "js" {
            assert_eq!((&kept["outcome"], released), (&Value::from("clean"), &Value::Null), "{out}: {sessions}");
            continue;
        }
        assert_eq!((&kept["outcome"], &released["outcome"]), (&"leaks".into(), &"clean".into()), "{out}: {sessions}");
        let per_session = kept["growth"]["bytes_per_session"].as_f64().unwrap();
        assert!((0.95..1.1).contains(&(per_session / 65_536.0)), "{out}: {sessions}");
        assert_eq!(kept["sessions"], 50, "{out}: {sessions}");
    }
}
