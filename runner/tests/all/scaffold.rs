//! `init` and `new`: from an empty folder to a report, and on to a kernel of one's own.
use std::fs;
use std::path::Path;

use crate::common::crossover;

fn lines(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = crossover(arguments, folder);
    assert_eq!(output.code, code, "{arguments:?}: {}\n{}", output.stdout, output.stderr);
    output.stdout
}

#[test]
fn a_new_kernel_verifies_and_runs_as_it_is_and_after_changes() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path();
    lines(folder, &["init"], 0);
    lines(folder, &["new", "mine"], 0);
    let verified = lines(folder, &["verify", "mine"], 0);
    assert_eq!(verified.lines().filter(|line| line.starts_with("ok ")).count(), 6, "{verified}");
    let arguments = ["run", "mine", "--preset", "quick", "--contender", "wasm", "--out", "out"];
    let shown = lines(folder, &arguments, 0);
    assert!(shown.contains("200 calls, including start-up: "), "{shown}");
    assert!(folder.join("out/report.html").is_file());
    let markdown = lines(folder, &["report", "out", "--format", "markdown"], 0);
    assert!(markdown.contains("| Candidate | Runtime | Scenario | Verdict |"), "{markdown}");

    // Changed by a user: every byte plus one, on both sides; then on one side alone.
    let (js, rust) = (folder.join("kernels/mine/index.js"), folder.join("kernels/mine/src/lib.rs"));
    fs::write(&js, "export const run = (input) => input.map((byte) => byte + 1);\n").unwrap();
    let text = fs::read_to_string(&rust).unwrap();
    let (before, rest) = text.split_once("fn job(").unwrap();
    let (_, after) = rest.split_once("\n}\n").unwrap();
    let own = "fn job(input: &[u8]) -> Result<Vec<u8>, String> {\n    \
               Ok(input.iter().map(|byte| byte.wrapping_add(1)).collect())\n}\n";
    fs::write(&rust, format!("{before}{own}{after}")).unwrap();
    let arguments = ["verify", "mine", "--contender", "wasm"];
    lines(folder, &arguments, 0);
    fs::write(&js, "export const run = (input) => input.map((byte) => byte + 2);\n").unwrap();
    let wrong = lines(folder, &arguments, 1);
    assert!(wrong.contains("first difference at byte 0"), "{wrong}");
}

#[test]
fn a_function_that_is_not_ported_yet_is_measured_alone_and_the_port_says_so() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path();
    fs::create_dir(folder.join("src")).unwrap();
    fs::write(folder.join("src/shout.js"), "export const shout = (text) => text.toUpperCase();\n").unwrap();
    lines(folder, &["init"], 0);
    lines(folder, &["new", "shouting", "--domain", "text", "--from", "src/shout.js#shout"], 0);
    let verified = lines(folder, &["verify", "shouting", "--contender", "wasm"], 1);
    assert!(verified.contains("ok ") && verified.contains("not ported yet: write `job` in src/lib.rs"), "{verified}");
}

#[test]
fn nothing_is_overwritten_and_names_that_are_none_are_refused() {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path();
    let shown = crossover(&["new", "mine"], folder);
    assert!(shown.code == 2 && shown.stderr.contains("crossover init"), "{}", shown.stderr);
    lines(folder, &["init"], 0);
    let again = crossover(&["init"], folder);
    assert!(again.code == 2 && again.stderr.contains("crossover.toml"), "{}", again.stderr);
    lines(folder, &["new", "mine"], 0);
    for (arguments, fix) in [
        (&["new", "mine"][..], "give the kernel another name"),
        (&["new", "My Own"], "write a letter, then up to 63 of a-z, 0-9 and -"),
        (&["new", "other", "--from", "src/gone.js#render"], "is not there"),
        (&["new", "other", "--from", "../outside.js"], "is not there"),
        (&["new", "other", "--from", "a.js#a b"], "write FILE#EXPORT, as in src/md.js#render"),
    ] {
        let output = crossover(arguments, folder);
        assert!(output.code == 2 && output.stderr.contains(fix), "{arguments:?}: {}", output.stderr);
    }
    assert!(!folder.join("kernels/other").exists());
}
