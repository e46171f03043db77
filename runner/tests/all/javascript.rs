//! Tests that are written in JavaScript, run by the Node.js that set-up found.
use crate::common;
use std::fs;
use std::path::Path;
use std::process::Command;

fn passes(folder: &Path) {
    let output = Command::new(common::node()).arg("--test").current_dir(folder).output();
    let output = output.expect("Node.js was there a moment ago");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_javascript_contenders_pass_their_tests() {
    let setup = common::crossover(&["setup"], &common::root());
    assert_eq!(setup.code, 0, "{}", setup.stderr);
    passes(&common::root().join("js-baselines"));
}

#[test]
fn the_modules_of_the_page_pass_their_tests() {
    // Their tests are no part of what a page is served; and Node.js needs to know that these are modules.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("package.json"), "{ \"type\": \"module\" }").unwrap();
    for from in ["runner/page", "runner/tests/page"] {
        for entry in fs::read_dir(common::root().join(from)).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    passes(folder.path());
}
