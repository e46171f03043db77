//! A browser that is updated in the middle of a run.
#![cfg(unix)]
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::time::Duration;

use crate::common::{Suite, chromium, command, crossover, node, rows_that_count, wait_for_rows};

/// A browser that says it is another version as soon as there is a file `updated` beside it.
fn updatable(suite: &Suite) -> String {
    let script = format!(
        r#"#!{node}
const {{ spawn }} = require('child_process');
const {{ existsSync }} = require('fs');
const {{ Socket }} = require('net');
const args = process.argv.slice(2);
const piped = args.includes('--remote-debugging-pipe');
const browser = spawn({chromium:?}, args, {{ stdio: ['inherit', 'inherit', 'inherit', ...(piped ? ['pipe', 'pipe'] : [])] }});
const isUpdated = existsSync(__dirname + '/updated');
if (piped) {{
  new Socket({{ fd: 3 }}).pipe(browser.stdio[3]);
  const out = new Socket({{ fd: 4 }});
  browser.stdio[4].on('data', (bytes) => {{
    const text = bytes.toString('latin1').replace(/("product":"[A-Za-z]+\/)\d+/, isUpdated ? '$1999' : '$&');
    out.write(Buffer.from(text, 'latin1'));
  }});
}}
process.on('SIGTERM', () => browser.kill());
browser.on('exit', (code) => process.exit(code ?? 1));
"#,
        node = node().display(),
        chromium = chromium().display().to_string(),
    );
    suite.write("browser.js", &script);
    fs::set_permissions(suite.path().join("browser.js"), fs::Permissions::from_mode(0o755)).unwrap();
    suite.path().join("browser.js").display().to_string()
}

#[test]
fn a_run_ends_when_its_browser_is_updated_and_is_resumed_with_the_old_one_alone() {
    let suite = Suite::new();
    let browser = updatable(&suite);
    let arguments = ["run", "sum", "--preset", "quick", "--out", "out", "--json", "--browser-path", &browser];
    let child = command(&arguments, suite.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let file = suite.path().join("out/run.jsonl");
    // Some seconds before its end.
    wait_for_rows(&file, 3, Duration::from_secs(300));
    suite.write("updated", "");
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{stderr}");

    let rows = rows_that_count(&file);
    let version = rows[0]["strata"][0]["runtime"]["version"].as_str().unwrap();
    let updated = format!("999.{}", version.split_once('.').unwrap().1);
    for part in [&format!("updated from version {version} to {updated}"), "start a new run", "--resume"] {
        assert!(stderr.contains(part), "no `{part}` in: {stderr}");
    }
    // What is complete is reported, and all of it is of the old one.
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let blocks = report["cells"][0]["blocks"].as_u64().unwrap();
    assert!((1..6).contains(&blocks), "{blocks}");
    assert!(suite.path().join("out/report.html").is_file());
    for row in &rows[1..] {
        assert!(row["conditions"]["runtime_version"] == version || row.get("sessions").is_some(), "{row}");
    }

    let before = suite.read("out/run.jsonl");
    let resume = [&arguments[..], &["--resume"]].concat();
    let refused = crossover(&resume, suite.path());
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    let difference = format!("`version` of `runtime` of stratum `chromium`: `{version}` against `{updated}`");
    assert!(refused.stderr.contains(&difference), "{}", refused.stderr);
    assert_eq!(suite.read("out/run.jsonl"), before);

    fs::remove_file(suite.path().join("updated")).unwrap();
    let resumed = crossover(&resume, suite.path());
    assert_eq!(resumed.code, 0, "{}", resumed.stderr);
    let report: serde_json::Value = serde_json::from_str(&resumed.stdout).unwrap();
    assert_eq!(report["cells"][0]["blocks"], 6);
}
