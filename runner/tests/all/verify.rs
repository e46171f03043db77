//! `crossover verify` on inputs that cannot be handed over and contenders that cannot be built: a line for each, and no
//! quiet success.
use std::fs;

use crate::common::{Suite, crossover, root, rows_that_count};

/// A kernel of texts: good ones, and files of users that are in no encoding a string can be made of.
fn texts() -> Suite {
    let suite = Suite::new();
    let field = |file: &str| fs::read(root().join("runner/tests/fixtures/field/files").join(file)).unwrap();
    let folder = suite.path().join("kernels/text");
    fs::create_dir_all(&folder).unwrap();
    let mut manifest = "summary = \"Characters\"\ndomain = \"text\"\n".to_owned();
    for (name, kind, bytes) in [
        ("good", "string", "Grüße".as_bytes().to_vec()),
        ("latin-1", "string", field("src-latin1.js")),
        ("utf-16", "string", field("src-utf16.js")),
        ("surrogate", "string", b"'\xed\xa0\x80'".to_vec()),
        ("escape", "json", field("nd-escape.ndjson")),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
        let headline = name == "good";
        manifest +=
            &format!("[[input]]\nname = \"{name}\"\nas = \"{kind}\"\nfile = \"{name}\"\nheadline = {headline}\n");
    }
    for name in ["js", "other"] {
        manifest += &format!("[contender.{name}]\nkind = \"js\"\nmodule = \"length.js\"\n");
    }
    suite.write("kernels/text/length.js", "export const run = (text) => [text.length];\n");
    suite.write("kernels/text/kernel.toml", &manifest);
    suite
}

const BAD: [(&str, &str); 4] = [
    ("latin-1", "looks like text that is not UTF-8 (Latin-1 or Windows-1252)"),
    ("utf-16", "it is text in UTF-16, by its byte-order mark; help: convert it with `iconv -f UTF-16 -t UTF-8`"),
    ("surrogate", "it is not UTF-8 text"),
    ("escape", "it is not JSON"),
];

#[test]
fn an_input_that_cannot_be_handed_over_is_a_line_for_each_contender() {
    let suite = texts();
    let output = crossover(&["verify", "text"], suite.path());
    assert_eq!(output.code, 1, "{}\n{}", output.stdout, output.stderr);
    assert!(!output.stdout.contains(['\u{1b}', '\u{7}']), "{:?}", output.stdout);
    for contender in ["js", "other"] {
        assert!(output.stdout.contains(&format!("ok      text good {contender}\n")), "{}", output.stdout);
        for (input, expected) in BAD {
            let begin = format!("FAILED  text {input} {contender}: build: ");
            let line = output.stdout.lines().find(|line| line.starts_with(&begin));
            let line = line.unwrap_or_else(|| panic!("no `{begin}` in:\n{}", output.stdout));
            assert!(line.contains(expected), "no `{expected}` in: {line}");
        }
    }
    assert_eq!(output.stdout.lines().count(), 10, "{}", output.stdout);
}

#[test]
fn such_an_input_is_a_row_of_a_run_and_the_others_are_measured() {
    let suite = texts();
    let arguments = ["run", "text", "--all-inputs", "--preset", "quick", "--out", "out"];
    let output = crossover(&arguments, suite.path());
    assert_eq!(output.code, 4, "{}\n{}", output.stdout, output.stderr);
    assert!(!output.stdout.contains(['\u{1b}', '\u{7}']), "{:?}", output.stdout);
    let rows = rows_that_count(&suite.path().join("out/run.jsonl"));
    for (input, expected) in BAD {
        let of_input: Vec<_> = rows[1..].iter().filter(|row| row["input"] == input).collect();
        assert_eq!(of_input.len(), 2, "{input}: {of_input:?}");
        for row in of_input {
            assert_eq!(row["failure"]["stage"], "build", "{row}");
            assert!(row["failure"]["reason"].as_str().unwrap().contains(expected), "{row}");
        }
    }
    assert_eq!(rows.iter().filter(|row| row["input"] == "good" && row["samples"].is_object()).count(), 6 * 2);
}

#[test]
fn an_own_file_that_cannot_be_handed_over_is_no_quiet_success() {
    let suite = texts();
    let file = root().join("runner/tests/fixtures/field/files/src-latin1.js");
    let output = crossover(&["verify", "text", "--input", &format!("text={}", file.display())], suite.path());
    assert_eq!(output.code, 1, "{}\n{}", output.stdout, output.stderr);
    assert_eq!(output.stdout.matches("FAILED  text src-latin1.js ").count(), 2, "{}", output.stdout);
}

#[test]
fn own_files_of_one_name_are_named_with_their_folders() {
    let suite = texts();
    let names = root().join("runner/tests/fixtures/field/javascript/names");
    let input = |folder: &str| format!("text={}", names.join(folder).join("input.txt").display());
    let output = crossover(&["list", "text", "--plan", "--input", &input("a"), "--input", &input("b")], suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    for name in ["input      a/input.txt, headline", "input      b/input.txt"] {
        assert!(output.stdout.contains(name), "no `{name}` in:\n{}", output.stdout);
    }
}

#[test]
fn a_kernel_of_which_nothing_can_be_built_is_no_quiet_success() {
    let suite = Suite::new();
    for file in ["for.js", "reduce.js"] {
        suite.write(&format!("kernels/sum/{file}"), "export const run = (\u{1b}[2J;\n");
    }
    let output = crossover(&["verify", "sum"], suite.path());
    assert_eq!(output.code, 1, "{}\n{}", output.stdout, output.stderr);
    for cell in ["64kB js", "64kB js-reduce", "1kB js", "1kB js-reduce"] {
        assert!(output.stdout.contains(&format!("FAILED  sum {cell}: build: ")), "no {cell} in:\n{}", output.stdout);
    }
    assert!(
        !output.stdout.contains('\u{1b}') && !output.stderr.contains('\u{1b}'),
        "{output:?}",
        output = output.stdout
    );
}
