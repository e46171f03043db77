//! Contenders and programs that do what they should not: each is reported by its own name, and nothing waits for ever.
#![cfg(unix)]
use crate::common;
use std::process::Command;

use crate::common::{Output, Suite, crossover, crossover_with, node};

/// The suite with one more contender of its kernel `sum`.
fn with(contender: &str, module: &str) -> Suite {
    let suite = Suite::new();
    suite.write(&format!("kernels/sum/{contender}.js"), module);
    let manifest = suite.read("kernels/sum/kernel.toml");
    let more = format!("\n[contender.{contender}]\nkind = \"js\"\nmodule = \"{contender}.js\"\n");
    suite.write("kernels/sum/kernel.toml", &(manifest + &more));
    suite
}

/// What `verify` says of that contender; all others are right.
fn verified(contender: &str, module: &str) -> String {
    let output = crossover(&["verify", "sum"], with(contender, module).path());
    let (own, others): (Vec<_>, Vec<_>) =
        output.stdout.lines().partition(|line| line.contains(&format!(" {contender}")));
    assert_eq!(others.len(), 4, "{}{}", output.stdout, output.stderr);
    assert!(others.iter().all(|line| line.starts_with("ok ")), "{}", output.stdout);
    own.join("\n")
}

const SUM: &str = "const sum = (bytes) => [bytes.reduce((sum, byte) => sum + byte, 0)];\n";
/// Of a contender that waits for what its page does.
const NEVER: &str = "export const run = () => new Promise(() => {});";

#[test]
fn a_page_elsewhere_changes_no_answer() {
    // To the server, each measured page is elsewhere for all others. This one tries all of them, and its own.
    let module = format!(
        "{SUM}
        const places = Array.from({{ length: 8 }}, (_, n) => `http://p${{n}}.localhost:${{location.port}}`);
        places.push(`http://localhost:${{location.port}}`, `http://127.0.0.1:${{location.port}}`);
        const post = (place, token, mode) =>
          fetch(`${{place}}/answer/${{token}}?kind=bytes`, {{ method: 'POST', mode, body: 'wrong' }}).catch(() => null);
        export async function run(bytes) {{
          for (let token = 0; token < 20; token++) {{
            const answers = [post('', token, 'cors'), ...places.map((place) => post(place, token, 'cors'))];
            const taken = (await Promise.all(answers)).filter((answer) => answer?.ok);
            if (taken.length) throw new Error(`${{taken[0].url}} took an answer`);
            await Promise.all(places.map((place) => post(place, token, 'no-cors')));
          }}
          return sum(bytes);
        }}"
    );
    let lines = verified("poster", &module);
    assert_eq!(lines.matches("ok ").count(), 2, "{lines}");
}

#[test]
fn a_contender_that_reloads_its_page_is_reported() {
    let at_once = verified("reloader", &format!("location.reload();\n{NEVER}"));
    assert_eq!(at_once.matches("the contender reloaded the page").count(), 2, "{at_once}");

    // After its answer: what is timed next meets the new page.
    let later =
        format!("{SUM} export function run(bytes) {{ setTimeout(() => location.reload(), 1); return sum(bytes); }}");
    let suite = with("reloader", &later);
    let output = crossover(&["run", "sum", "--preset", "quick", "--out", "out"], suite.path());
    assert_eq!(output.code, 4, "{}", output.stderr);
    let rows = common::rows(&suite.path().join("out/run.jsonl"));
    let failed: Vec<_> = rows.iter().filter_map(|row| row["failure"]["reason"].as_str()).collect();
    assert!(!failed.is_empty(), "{}", output.stdout);
    assert!(failed.iter().all(|reason| *reason == "the contender reloaded the page"), "{failed:?}");
}

#[test]
fn a_contender_that_leaves_its_page_is_reported() {
    let leaver = verified("leaver", &format!("location.href = '/elsewhere';\n{NEVER}"));
    assert_eq!(leaver.matches("the contender left the page for http://p").count(), 2, "{leaver}");
    assert_eq!(leaver.matches("/elsewhere").count(), 2, "{leaver}");
    // What only changes the address leaves the page where it is.
    let module = format!(
        "{SUM} export function run(bytes) {{ location.hash = 'x'; history.pushState(0, '', '/y'); return sum(bytes); }}"
    );
    let stayer = verified("stayer", &module);
    assert_eq!(stayer.matches("ok ").count(), 2, "{stayer}");
}

/// What comes of it when this script stands where Node.js is.
fn with_node(script: &str) -> Output {
    let suite = Suite::new();
    suite.write("node", &format!("#!/bin/sh\n{script}\n"));
    common::make_executable(&suite.path().join("node"));
    let path = format!("{}:{}", suite.path().display(), std::env::var("PATH").unwrap());
    crossover_with(&["verify", "sum", "--no-setup"], suite.path(), &[("PATH", &path)])
}

#[test]
fn a_node_that_hangs_is_not_waited_for() {
    // Where set-up has brought one of its own, that is used in its place.
    let output = with_node("exec sleep 1000");
    match output.code {
        0 => assert!(node().starts_with(common::root().join("runner/tools/node"))),
        code => {
            assert_eq!(code, 3, "{}", output.stderr);
            assert!(output.stderr.contains("node was stopped after 20 s"), "{}", output.stderr);
        }
    }
}

#[test]
fn a_driver_that_hangs_is_not_waited_for() {
    let real = node();
    let script =
        format!("case \"$*\" in *run-driver*) exec cat > /dev/null;; *) exec '{}' \"$@\";; esac", real.display());
    let output = with_node(&script);
    assert_eq!(output.code, 3, "{}", output.stderr);
    assert!(output.stderr.contains("the browser driver (playwright-core) could not be started"), "{}", output.stderr);
}

#[test]
fn a_browser_that_hangs_is_not_waited_for() {
    let suite = Suite::new();
    suite.write("browser", "#!/bin/sh\ncase $1 in --version) echo Chromium 1.2.3.4;; *) exec sleep 1000;; esac\n");
    common::make_executable(&suite.path().join("browser"));
    let output = crossover(&["verify", "sum", "--browser-path", "browser"], suite.path());
    assert_eq!(output.code, 3, "{}", output.stderr);
    assert!(output.stderr.contains("Chromium could not be started"), "{}", output.stderr);
}

#[test]
fn a_pipe_in_place_of_a_browser_is_no_file() {
    let suite = Suite::new();
    assert!(Command::new("mkfifo").arg(suite.path().join("browser")).status().unwrap().success());
    let output = crossover(&["verify", "sum", "--browser-path", "browser"], suite.path());
    assert_eq!(output.code, 3, "{}", output.stderr);
    assert!(output.stderr.contains("there is no file browser"), "{}", output.stderr);
}
