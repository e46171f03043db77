//! Whether answers are right, in a real browser: other answers are never taken for the same, and no contender is blamed wrongly.
use crate::common;
use std::fs;

use crate::common::{Output, Suite, crossover, root};
use serde_json::Value;
use tempfile::TempDir;

/// A folder with the files of one of the field's, which lie side by side there.
fn field(folder: &str) -> TempDir {
    let copied = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(root().join("runner/tests/fixtures/field").join(folder)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, copied.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    copied
}

fn port(folder: &TempDir, arguments: &[&str]) -> Output {
    port_within("2s", folder, arguments)
}

fn port_within(budget: &str, folder: &TempDir, arguments: &[&str]) -> Output {
    crossover(&[&["port", "--out", "out", "--budget", budget], arguments].concat(), folder.path())
}

/// All that was said, without the line breaks of tables.
fn said(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rows(folder: &TempDir) -> Vec<Value> {
    common::rows(&folder.path().join("out/run.jsonl")).split_off(1)
}

#[test]
fn objects_that_keep_what_they_are_inside_are_compared_by_it_or_refused() {
    let suite = Suite::new();
    let mut module = String::from("class Hidden { #of; constructor(of) { this.#of = of; } }\n");
    let values = [
        ("hidden", "new Hidden(x)"),
        ("promises", "[Promise.resolve(x)]"),
        ("within", "({ items: [x].values() })"),
        ("node", "({ at: [new URL(`http://${x}.test/`)] })"),
        ("error", "new Error(x)"),
        ("regexp", "new RegExp(x)"),
        ("blob", "new Blob([x])"),
        ("image", "new ImageData(new Uint8ClampedArray(4).fill(x.charCodeAt(0)), 1)"),
        ("iterator", "x.matchAll(/./g)"),
    ];
    let folder = suite.path().join("kernels/opaque");
    fs::create_dir(&folder).unwrap();
    for (name, value) in values {
        module += &format!("const {name} = (x) => {value};\nexport {{ {name} }};\n");
        module += &format!("export const {name}_of_another = () => {name}('b');\n");
        fs::create_dir(folder.join(name)).unwrap();
        let contender = |contender: &str, export: &str| {
            format!("[contender.{contender}]\nkind = \"js\"\nmodule = \"index.js\"\nexport = \"{export}\"\n")
        };
        let contenders =
            [contender("js", name), contender("same", name), contender("other", &format!("{name}_of_another"))]
                .concat();
        suite.write(
            &format!("kernels/opaque/{name}/kernel.toml"),
            &format!(
                "summary = \"x\"\ndomain = \"test\"\ncheck = \"exact\"\n\n[[input]]\nname = \"a\"\nas = \"json\"\n\
                 file = \"a.json\"\nheadline = true\n\n{contenders}"
            ),
        );
        suite.write(&format!("kernels/opaque/{name}/a.json"), "\"a\"");
    }
    for (name, _) in values {
        suite.write(&format!("kernels/opaque/{name}/index.js"), &module);
    }
    suite.write("crossover.toml", "kernels = [\"kernels/opaque/*\"]\n");
    let output = crossover(&["verify"], suite.path());
    assert_eq!(output.code, 1, "{}", output.stderr);
    let line = |cell: String| output.stdout.lines().find(|line| line.contains(&cell)).unwrap();
    for (name, _) in &values[3..] {
        assert!(line(format!("{name} a same")).starts_with("ok "), "{}", line(format!("{name} a same")));
        let other = line(format!("{name} a other"));
        assert!(
            other.starts_with("FAILED ") && other.contains("wrong answer, compared with `js`: the answer"),
            "{other}"
        );
    }
    for (name, why) in [
        ("hidden", "the answer is an object of a class that shows nothing of what is inside it"),
        ("promises", "the answer[0] is a promise"),
        ("within", "the answer.items is an iterator"),
    ] {
        for contender in ["js", "same", "other"] {
            let line = line(format!("{name} a {contender}"));
            assert!(line.starts_with("FAILED ") && line.contains(why), "{line}");
        }
    }
}

#[test]
fn what_differs_inside_is_never_timed() {
    let folder = field("javascript/opaque");
    for export in ["url", "iterate"] {
        let (js, other) = (format!("js.js#{export}"), format!("other.js#{export}"));
        let output = port(&folder, &["--js", &js, "--platform", &other, "--args", "[\"a\"]"]);
        assert_eq!(output.code, 4, "{export}: {}\n{}", output.stdout, output.stderr);
        assert!(output.stderr.contains("gives another answer than --js"), "{export}: {}", output.stderr);
        assert!(!folder.path().join("out").exists(), "{export}: nothing is measured");
    }
}

#[test]
fn a_generator_is_walked_within_the_time_that_is_taken() {
    let folder = field("javascript/gen");
    let made = "export const inputs = [100, 100000].map((n) => ({ name: `${n}`, args: [n] }));\n";
    fs::write(folder.path().join("make.mjs"), made).unwrap();
    let output = port_within("20s", &folder, &["--js", "walk.js#walk", "--input-module", "make.mjs", "--json"]);
    assert!(output.is_measured(), "{}\n{}", output.stdout, output.stderr);
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    let ns = |input: &str| {
        let cells = report["cells"].as_array().unwrap();
        let cell = cells.iter().find(|cell| cell["contender"] == "js" && cell["input"] == input).unwrap();
        cell["call_ns"]["median"].as_f64().unwrap()
    };
    assert!(ns("100000") > 50.0 * ns("100"), "{} and {} ns", ns("100000"), ns("100"));
}

#[test]
fn depth_is_no_limit_of_an_answer_nor_of_its_stand_in() {
    let folder = field("javascript/deep");
    let made = "export const inputs = [60, 100000].map((n) => ({ name: `${n}`, args: [n] }));\n";
    fs::write(folder.path().join("make.mjs"), made).unwrap();
    let output = port_within("10s", &folder, &["--js", "tree.js#tree", "--input-module", "make.mjs"]);
    assert!(output.is_measured(), "{}\n{}", output.stdout, output.stderr);
    let rows = rows(&folder);
    assert!(rows.iter().all(|row| row.get("failure").is_none()), "{rows:#?}");
    let ring = "export function ring() { const ring = { next: { back: [] } }; ring.next.back.push(ring.next); return ring; }\n";
    fs::write(folder.path().join("ring.js"), ring).unwrap();
    let output = port(&folder, &["--js", "ring.js#ring", "--args", "[]"]);
    assert_eq!(output.code, 2, "{}\n{}", output.stdout, output.stderr);
    let text = said(&output.stderr);
    assert!(text.contains("the answer.next.back[0] is the answer.next again: what contains itself"), "{text}");
}

#[test]
fn a_random_answer_is_blamed_on_the_contender_that_gave_it() {
    let folder = field("javascript/random");
    let output = port(&folder, &["--js", "stamp.js#stamp", "--args", "[1, 2]"]);
    assert_eq!(output.code, 2, "{}\n{}", output.stdout, output.stderr);
    let text = said(&output.stderr);
    assert!(text.contains("answers differently each time") && text.contains("Math.random"), "{text}");
    assert!(!text.contains("wrong answer"), "{text}");
}

#[test]
fn what_wasm_has_no_type_for_is_equal_and_said() {
    let folder = field("hotspots/collide");
    let arguments = ["--js", "collide.js#hits", "--wasm", "collide.wasm#hits", "--args", "[0, 0, 1, 1, 1, 1]"];
    // The second time the answers are known to be right, and it is said again.
    for _ in 0..2 {
        let output = port(&folder, &arguments);
        assert!(output.is_measured(), "{}\n{}", output.stdout, output.stderr);
        let note = "hits args wasm: taken as equal: the answer is a boolean in one, 0 or 1 in the other";
        assert_eq!(output.stderr.matches(note).count(), 1, "{}", output.stderr);
    }
}

#[test]
fn numbers_that_differ_are_reported_with_what_they_have_in_common() {
    let folder = field("hotspots/hash32");
    let output = port(&folder, &["--js", "mix.js#mix", "--wasm", "mix.wasm#mix", "--args", "[2147483648, 0]"]);
    assert_eq!(output.code, 4, "{}\n{}", output.stdout, output.stderr);
    let text = said(&output.stderr);
    assert!(text.contains("expected 2147483648, got -2147483648 (the same 32 bits, read as a signed number"), "{text}");

    let folder = field("hotspots/nbody/esm");
    let js = root().join("runner/tests/fixtures/field/hotspots/nbody/nbody.js");
    fs::copy(js, folder.path().join("double.js")).unwrap();
    let arguments = ["--js", "double.js#energy", "--wasm", "nbody.js#energy", "--args", "[200]"];
    let output = port(&folder, &arguments);
    assert_eq!(output.code, 4, "{}\n{}", output.stdout, output.stderr);
    let text = said(&output.stderr);
    let (_, from) = text.split_once("if that is close enough, --tolerance ").unwrap_or_else(|| panic!("{text}"));
    let tolerance = from.split(' ').next().unwrap();
    let output = port(&folder, &[&arguments[..], &["--tolerance", tolerance]].concat());
    assert!(output.is_measured(), "{tolerance}: {}\n{}", output.stdout, output.stderr);
}

#[test]
fn an_exception_of_wasm_is_reported_with_its_tag_and_contents() {
    let folder = field("packages/exc");
    let output = port(&folder, &["--js", "check.js#check", "--wasm", "check.wasm#check", "--args", "[1]"]);
    assert_eq!(output.code, 2, "{}\n{}", output.stdout, output.stderr);
    let text = said(&output.stderr);
    assert!(text.contains("threw the exception `bad` of Wasm with 7"), "{text}");
}
