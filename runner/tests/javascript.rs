//! The JavaScript contenders' own tests, run by the Node.js that set-up found.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::process::Command;

#[test]
fn the_javascript_contenders_pass_their_tests() {
    let setup = common::crossover(&["setup"], &common::root());
    assert_eq!(setup.code, 0, "{}", setup.stderr);
    let output = Command::new(common::node()).arg("--test").current_dir(common::root().join("js-baselines")).output();
    let output = output.expect("Node.js was there a moment ago");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}
