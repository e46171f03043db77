//! What `doctor` says of this machine: nothing that a contender needs is missing without a word.

use crate::common::{Output, Suite, crossover, root};

/// The rows of what is optional: the name, and all the lines.
fn optional(output: &Output) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for line in output.stdout.lines().take_while(|line| !line.is_empty()) {
        match line.strip_prefix(' ') {
            None => {
                let name = line.split_whitespace().nth(1).unwrap_or_default();
                rows.push((name.to_owned(), line.to_owned()));
            }
            Some(rest) => rows.last_mut().unwrap().1 += &format!(" {}", rest.trim()),
        }
    }
    rows.retain(|(name, _)| ["clang", "rust-src", "webgpu"].contains(&&**name));
    rows
}

#[test]
fn contenders_that_cannot_be_measured_here_are_named_with_the_reason_and_a_fix() {
    let output = crossover(&["doctor"], &root());
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    let rows = optional(&output);
    assert_eq!(rows.len(), 3, "{}", output.stdout);
    let needing = ["compression-zstd/wasm-c", "image-blur/wasm-threads", "inference-encoder/peer-ort-webgpu"];
    for ((name, row), contender) in rows.iter().zip(needing) {
        let is_here = row.starts_with("ok ");
        let says_why = row.starts_with('–') && row.contains(contender) && row.contains(" help: ");
        assert!(is_here || says_why, "{name}: {row}");
    }
    let is_whole = rows.iter().all(|(_, row)| row.starts_with("ok "));
    assert_eq!(output.stdout.contains("\nReady. Next: crossover port --js "), is_whole, "{}", output.stdout);
    assert_eq!(output.stdout.contains("\nReady, but "), !is_whole, "{}", output.stdout);
    assert!(output.stdout.trim_end().ends_with("--input docs/*.md"), "{}", output.stdout);
}

#[test]
fn a_suite_that_needs_nothing_is_ready() {
    let suite = Suite::new();
    let output = crossover(&["doctor"], suite.path());
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    assert!(output.stdout.contains("\nReady. Next: crossover port --js "), "{}", output.stdout);
}

#[test]
fn what_all_need_and_is_missing_is_an_error_with_what_to_do() {
    let suite = Suite::new();
    let output = crossover(&["doctor", "--browser-path", "/no/such/browser"], suite.path());
    assert_eq!(output.code, 3, "{}", output.stdout);
    assert!(output.stdout.contains("missing  Chromium ") && !output.stdout.contains("Ready"), "{}", output.stdout);
    assert_eq!(output.stderr, "error: missing: Chromium\nhelp: `crossover setup` installs what it can\n");
}
