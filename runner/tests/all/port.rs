//! `crossover port` in a real browser, on projects of users outside the repository.
use crate::common;
use std::fs;
use std::path::Path;

use crate::common::{Output, crossover};
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a user's files.
fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

/// `(module (func (export "add") (param f64 f64) (result f64) local.get 0 local.get 1 f64.add))`
const ADD: &[u8] = b"\0asm\x01\0\0\0\x01\x07\x01\x60\x02\x7c\x7c\x01\x7c\x03\x02\x01\0\x07\x07\x01\x03add\0\0\x0a\x09\x01\x07\0\x20\0\x20\x01\xa0\x0b";

fn port(folder: &Path, arguments: &[&str]) -> Output {
    port_within("2s", folder, arguments)
}

fn port_within(budget: &str, folder: &Path, arguments: &[&str]) -> Output {
    crossover(&[&["port", "--out", "out", "--budget", budget], arguments].concat(), folder)
}

fn report(output: &Output) -> Value {
    assert!(output.is_measured(), "{}\n{}", output.stdout, output.stderr);
    serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", output.stdout))
}

#[test]
fn a_bare_wasm_file_is_called_with_arguments() {
    let folder = project(&[("src/add.ts", "export function add(a: number, b: number): number { return a + b; }\n")]);
    fs::write(folder.path().join("add.wasm"), ADD).unwrap();
    let arguments = ["--js", "src/add.ts#add", "--wasm", "add.wasm", "--args", "[0.1, 0.2]", "--json"];
    let report = report(&port(folder.path(), &arguments));
    let cells = report["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 2);
    assert!(cells.iter().all(|cell| cell["failure"].is_null() && cell["kernel"] == "add"), "{cells:?}");
    let verdict = &report["verdicts"][0];
    assert!(["keep-js", "unsure"].contains(&verdict["verdict"].as_str().unwrap()), "{verdict}");
    assert!(folder.path().join("out/report.html").is_file());
}

#[test]
fn a_common_js_function_is_called_with_what_a_module_makes() {
    let folder = project(&[
        ("sum.cjs", "exports.add = function (a, b) { return a + b; };\n"),
        (
            "make.mjs",
            "export const inputs = async () => [{ name: 'nan', args: [NaN, 1] }, { name: 'one', args: [1, -0] }];\n",
        ),
    ]);
    fs::write(folder.path().join("add.wasm"), ADD).unwrap();
    let arguments = ["--js", "sum.cjs#add", "--wasm", "add.wasm#add", "--input-module", "make.mjs", "--json"];
    let report = report(&port_within("4s", folder.path(), &arguments));
    let mut inputs: Vec<_> = report["cells"].as_array().unwrap().iter().map(|cell| cell["input"].clone()).collect();
    inputs.dedup();
    assert_eq!(inputs, ["one", "nan"], "by size");
}

#[test]
fn a_module_fetches_the_wasm_that_it_imports() {
    let module = "import address from './add.wasm';\nlet wasm;\nexport async function setup() {\n\
                  const streamed = fetch(new URL(address, import.meta.url));\n\
                  wasm = (await WebAssembly.instantiateStreaming(streamed)).instance.exports;\n}\n\
                  export const add = (a, b) => wasm.add(a, b);\n";
    let folder = project(&[("own.js", module), ("add.js", "export const add = (a, b) => a + b;\n")]);
    fs::write(folder.path().join("add.wasm"), ADD).unwrap();
    let arguments =
        ["--js", "add.js#add", "--wasm", "add.wasm#add", "--platform", "own.js#add", "--args", "[0.1, 0.2]"];
    let report = report(&port_within("3s", folder.path(), &[&arguments[..], &["--json"]].concat()));
    let cells = report["cells"].as_array().unwrap();
    let own = cells.iter().find(|cell| cell["contender"] == "platform").unwrap();
    assert!(own["failure"].is_null() && own["cold_start_ns"]["median"].as_f64().unwrap() > 0.0, "{own}");
}

#[test]
fn workers_are_counted_and_reported() {
    let by_worker = "const worker = new Worker(new URL('./adder.js', import.meta.url), { type: 'module' });\n\
                     export const add = (...numbers) => new Promise((resolve) => {\n\
                     worker.onmessage = ({ data }) => resolve(data);\nworker.postMessage(numbers);\n});\n";
    let folder = project(&[
        ("by-worker.js", by_worker),
        ("adder.js", "onmessage = ({ data: [a, b] }) => postMessage(a + b);\n"),
        ("add.js", "export const add = (a, b) => a + b;\n"),
    ]);
    let arguments = ["--js", "add.js#add", "--wasm", "by-worker.js#add", "--args", "[0.1, 0.2]", "--json"];
    let report = report(&port(folder.path(), &arguments));
    let workers: Vec<_> = report["cells"].as_array().unwrap().iter().map(|cell| &cell["workers"]).collect();
    assert_eq!(workers, [0, 1]);
    let page = fs::read_to_string(folder.path().join("out/report.html")).unwrap();
    assert!(page.contains("by-worker.js#add starts a worker; memory of workers is not in its figures"));
    let kernel = &report["kernels"][0];
    assert_eq!(
        [&kernel["name"], &kernel["title"], &kernel["contenders"][0]["label"]],
        ["add", "add.js#add", "add.js#add"]
    );
}

#[test]
fn answers_that_differ_are_reported_and_never_timed() {
    for (body, expected) in [
        ("return a + b + 1e-12", "the answer: expected"),
        ("return { a: 1 }", "expected an object with the keys \"a\", got 0.30000000000000004"),
        ("return NaN", "expected NaN, got 0.30000000000000004"),
    ] {
        let folder = project(&[("add.js", &format!("export default (a, b) => {{ {body}; }};\n"))]);
        fs::write(folder.path().join("add.wasm"), ADD).unwrap();
        let output = port(folder.path(), &["--js", "add.js", "--wasm", "add.wasm#add", "--args", "[0.1, 0.2]"]);
        assert_eq!(output.code, 4, "{}", output.stderr);
        assert!(
            output.stderr.contains(expected) && output.stderr.contains("gives another answer than --js"),
            "{}",
            output.stderr
        );
        assert!(output.stdout.is_empty() && !folder.path().join("out").exists(), "nothing is measured or reported");
    }
    let folder = project(&[("add.js", "export default (a, b) => a + b + 1e-12;\n")]);
    fs::write(folder.path().join("add.wasm"), ADD).unwrap();
    let close = ["--js", "add.js", "--wasm", "add.wasm#add", "--args", "[0.1, 0.2]", "--tolerance", "1e-9"];
    assert!(port(folder.path(), &close).is_measured());
}

#[test]
fn what_cannot_be_called_is_reported_with_what_to_do() {
    let folder = project(&[
        ("add.js", "export const add = (a, b) => a + b;\n"),
        ("node.js", "import { readFileSync } from 'node:fs';\nexport const add = (a) => readFileSync(a);\n"),
        ("throws.js", "export const add = () => { throw new Error('not today'); };\n"),
        ("hangs.js", "export const add = () => { for (;;); };\n"),
        ("spawn.js", "import { execSync } from 'child_process';\nexport const add = (a) => execSync(a);\n"),
        ("buffer.js", "export const add = (a) => Buffer.from(a);\n"),
        ("class.js", "export class Add { run(a, b) { return a + b; } }\n"),
        ("object.js", "export default { add(a, b) { return a + b; } };\n"),
        ("glue.js", "let wasm_bindgen = (function () { return {}; })();\n"),
    ]);
    fs::write(folder.path().join("add.wasm"), ADD).unwrap();
    fs::write(folder.path().join("glue_bg.wasm"), ADD).unwrap();
    for (js, wasm, expected) in [
        ("node.js#add", "add.wasm", "there is no such file beside the module"),
        ("spawn.js#add", "add.wasm", "child_process.execSync of Node.js, which no browser has"),
        ("buffer.js#add", "add.wasm", "Buffer is not defined (it is of Node.js, which no browser has: use Uint8Array"),
        ("class.js#Add", "add.wasm#add", "`Add` is a class: name `Add.new().run`"),
        ("object.js#default", "add.wasm#add", "`default` is an object: name `default.add`"),
        ("add.js#add", "add.wasm#sub", "there is no `sub`\nhelp: choose from add"),
        ("add.js#add", "glue.js#add", "there is no `add`"),
        ("throws.js#add", "add.wasm", "not today"),
        ("hangs.js#add", "add.wasm", "no answer within 2 s"),
    ] {
        let arguments = ["--js", js, "--wasm", wasm, "--args", "[1, 2]", "--call-timeout", "2"];
        let output = port(folder.path(), &arguments);
        assert_eq!(output.code, 2, "{js} {wasm}: {}\n{}", output.stdout, output.stderr);
        assert!(
            output.stderr.contains(expected) && output.stderr.contains(" cannot be "),
            "{expected}: {}",
            output.stderr
        );
        assert!(output.stdout.is_empty() && !folder.path().join("out").exists(), "{}", output.stdout);
    }
}

#[test]
fn what_a_bundle_shows_is_refused_before_a_browser_is_needed() {
    let folder = project(&[
        ("add.js", "export const add = (a, b) => a + b;\n"),
        ("lacks.js", "import x from 'not-installed-anywhere/deep';\nexport const add = x;\n"),
    ]);
    for (js, expected) in [
        ("add.js#ad", "error: --js add.js has no export `ad`\nhelp: it exports add\n"),
        (
            "lacks.js#add",
            "error: --js lacks.js imports `not-installed-anywhere`, which is not installed\nhelp: npm install not-installed-anywhere\n",
        ),
    ] {
        let output = port(folder.path(), &["--js", js, "--args", "[1, 2]"]);
        assert_eq!((output.code, &*output.stdout), (2, ""), "{}", output.stderr);
        assert!(output.stderr.ends_with(expected), "{}", output.stderr);
        assert!(!output.stderr.contains("loading every side"), "{}", output.stderr);
        assert!(!folder.path().join("out").exists(), "nothing is written");
    }
}

#[test]
fn functions_are_found_below_what_a_module_exports() {
    let folder = project(&[
        ("add.js", "export const add = (a, b) => a + b;\n"),
        ("made.js", "export const make = async (by) => ({ add: (a, b) => a + b + by });\n"),
        ("class.js", "export class Sum { #by = 0; add(a, b) { return a + b + this.#by; } }\n"),
    ]);
    for path in ["made.js#make(0).add", "class.js#Sum.new().add"] {
        let output = port(folder.path(), &["--js", "add.js#add", "--wasm", path, "--args", "[0.1, 0.2]", "--json"]);
        assert!(output.is_measured(), "{path}: {}", output.stderr);
    }
}

#[test]
fn a_module_without_a_function_is_listed() {
    let folder = project(&[
        ("a.js", "export const render = (text, deep) => text;\nexport class P { parse(a) { return a; } }\n"),
        ("a.d.ts", "export function render(text: string, deep?: boolean): string;\n"),
    ]);
    let output = crossover(&["port", "--wasm", "a.js"], folder.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stdout.contains("  render  (text: string, deep?: boolean): string\n"), "{}", output.stdout);
    assert!(output.stdout.contains("  P.new().parse  (1 argument)\n"), "{}", output.stdout);
}

#[test]
fn an_installed_package_is_named_as_an_import_names_it() {
    let folder = project(&[
        ("node_modules/@my/pkg/package.json", r#"{ "name": "@my/pkg", "version": "1.0.0", "exports": "./main.js" }"#),
        ("node_modules/@my/pkg/main.js", "export const render = (text) => text;\n"),
    ]);
    let output = crossover(&["port", "--wasm", "@my/pkg"], folder.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stdout.contains("  render  (1 argument)\n"), "{}", output.stdout);
}

#[test]
fn answers_are_brought_into_one_form_or_compared_by_the_user() {
    let folder = project(&[
        ("one.js", "export const render = (text) => `<p class=\"a\" id=\"b\">${text}</p>\\n`;\n"),
        ("two.js", "export const render = (text) => `<p id='b' class='a'>\\n${text} </p>`;\n"),
        ("three.js", "export const render = (text) => `<div>${text}</div>`;\n"),
        (
            "judge.js",
            "export const trimmed = (html) => html.replace(/<[^>]*>/g, '').trim();\n\
                      export const alike = (a, b) => trimmed(a) === trimmed(b) || 'other text';\n",
        ),
    ]);
    let tried = |wasm: &str, how: &[&str]| {
        let arguments = ["--js", "one.js#render", "--wasm", wasm, "--args", "[\"hello\"]"];
        port(folder.path(), &[&arguments[..], how].concat())
    };
    assert!(tried("two.js#render", &["--normalize", "html"]).is_measured());
    let other = tried("three.js#render", &["--normalize", "html"]);
    assert_eq!(other.code, 4, "{}", other.stderr);
    assert!(tried("three.js#render", &["--normalize", "html-text"]).is_measured());
    assert!(tried("three.js#render", &["--normalize", "judge.js#trimmed"]).is_measured());
    assert!(tried("three.js#render", &["--same", "judge.js#alike"]).is_measured());
    fs::write(folder.path().join("four.js"), "export const render = (text) => text + '!';\n").unwrap();
    let other = tried("four.js#render", &["--same", "judge.js#alike"]);
    assert!(other.code == 4 && other.stderr.contains("other text"), "{}", other.stderr);
}

#[test]
fn a_function_that_changes_its_argument_gets_a_copy_for_each_call() {
    let folder = project(&[
        ("twice.js", "export function twice(list) { for (let i = 0; i < list.length; i++) list[i] *= 2; }\n"),
        ("thrice.js", "export function twice(list) { for (let i = 0; i < list.length; i++) list[i] *= 3; }\n"),
        ("make.mjs", "export const inputs = [{ name: 'list', args: [Float64Array.of(1, 2, 3)] }];\n"),
    ]);
    let tried = |wasm: &str, how: &[&str]| {
        let arguments = ["--js", "twice.js#twice", "--wasm", wasm, "--input-module", "make.mjs"];
        port(folder.path(), &[&arguments[..], how].concat())
    };
    let tried_twice = tried("twice.js#twice", &[]);
    assert!(tried_twice.code == 2 && tried_twice.stderr.contains("help: pass --in-place"), "{}", tried_twice.stderr);
    assert!(tried("twice.js#twice", &["--in-place"]).is_measured());
    let other = tried("thrice.js#twice", &["--in-place"]);
    assert!(other.code == 4 && other.stderr.contains("expected 2, got 3"), "{}", other.stderr);
}

/// As Emscripten writes it: the factory loads its Wasm, and resolves once that is instantiated.
const FACTORY: &str = "export default async function Module(moduleArg = {}) {
  const streamed = fetch(new URL('add.wasm', import.meta.url));
  const { instance } = await WebAssembly.instantiateStreaming(streamed, IMPORTS);
  return { ...moduleArg, _add: instance.exports.add };
}
";

#[test]
fn a_factory_whose_wasm_cannot_be_instantiated_says_why_at_once() {
    let folder = project(&[
        ("add.js", "export const add = (a, b) => a + b;\n"),
        ("good.js", &FACTORY.replace("IMPORTS", "{}")),
        ("bad.js", &FACTORY.replace("IMPORTS", "5")),
    ]);
    fs::write(folder.path().join("add.wasm"), ADD).unwrap();
    let call = |module| port(folder.path(), &["--js", "add.js#add", "--wasm", module, "--args", "[1, 2]"]);
    let good = call("good.js");
    assert!(good.is_measured(), "{}\n{}", good.stdout, good.stderr);
    let bad = call("bad.js");
    assert_eq!(bad.code, 2, "{}\n{}", bad.stdout, bad.stderr);
    assert!(!bad.stderr.contains("no answer within"), "{}", bad.stderr);
}

/// Answers of all kinds that cross in ways of their own.
const ANSWERS: &str = "export const inputs = [\n\
  { name: 'text', args: ['Grüße 🎉'] },\n\
  { name: 'number', args: [-0] },\n\
  { name: 'nothing', args: [undefined] },\n\
  { name: 'bytes', args: [Uint8Array.of(1, 2, 255)] },\n\
  { name: 'floats', args: [Float32Array.of(0.1, NaN, -0)] },\n\
  { name: 'doubles', args: [Float64Array.of(0.1, Infinity)] },\n\
  { name: 'words', args: [Int16Array.of(-1, 300)] },\n\
  { name: 'bigints', args: [BigInt64Array.of(-5n, 7n)] },\n\
  { name: 'json', args: [{ b: [1, 'two', null], a: { __proto__: null, '': 'é' }, 1: true }] },\n\
  { name: 'image', args: [{ data: new Uint8ClampedArray(8), width: 2, height: 1, ratio: NaN }] },\n\
];\n";

#[cfg(unix)]
#[test]
fn without_wasm_a_stand_in_gives_every_kind_of_answer() {
    let folder = project(&[
        (
            "same.js",
            "const inside = () => [new Date(5), /a/g, new URL('http://a.test/'), new Error('x', { cause: 1n }), new Blob(['ab']), 'half \\ud800'];\n\
             export default (value) => ({ value, more: value === undefined ? 1n : [new Map([[value, new Set([1])]]), ...inside()] });\n",
        ),
        ("echo.js", "export default (value) => value === undefined ? null : value;\n"),
        ("make.mjs", ANSWERS),
    ]);
    for js in ["same.js", "echo.js"] {
        // Every answer is checked before the first row comes, and no more is asked here.
        let inputs = ["--input-module", "make.mjs", "--sessions", "0"];
        let out = format!("{js}-out");
        let arguments = [&["port", "--js", js, "--out", &out][..], &inputs].concat();
        let mut child = common::start(&arguments, folder.path());
        let run = folder.path().join(out).join("run.jsonl");
        common::wait_for_rows(&run, 2, std::time::Duration::from_secs(300));
        common::interrupt(child.id());
        assert_eq!(child.wait().unwrap().code(), Some(130));
        let rows = common::rows(&run);
        let kernel = &rows[0]["kernels"][0];
        assert_eq!(
            (kernel["inputs"].as_array().unwrap().len(), kernel["contenders"].as_array().unwrap().len()),
            (10, 3)
        );
        assert!(rows.iter().all(|row| row.get("failure").is_none()), "{rows:#?}");
    }
}

#[test]
fn without_wasm_every_input_has_its_sentences_and_the_next_command_works() {
    let count = "export function count(text) { let n = 0; for (const c of text) n += c === 'a' ? 1 : 0; return n; }\n";
    let large = "a banana ".repeat(20_000);
    let folder = project(&[("src/job.js", count), ("small.txt", "a banana"), ("large.txt", &large)]);
    let arguments = ["--js", "src/job.js#count", "--input", "small.txt", "large.txt", "--sessions", "0"];
    let output = port_within("8s", folder.path(), &arguments);
    assert!(output.is_measured(), "{}\n{}", output.stdout, output.stderr);
    let text = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    // On a busy machine one of the inputs is not measured, which is said as well.
    for said in [
        "n small.txt",
        "n large.txt",
        "crossing into Wasm and back costs ",
        "Loading it costs ",
        "This is a ceiling: a real port also needs time",
    ] {
        assert!(text.contains(said), "no `{said}` in:\n{}", output.stdout);
    }
    assert!(!text.contains('×') && !text.contains("faster"), "{}", output.stdout);
    // The command that the report ends with.
    let header = &common::rows(&folder.path().join("out/run.jsonl"))[0]["kernels"][0];
    assert_eq!([&header["name"], &header["from"]], ["count", "src/job.js#count"]);
    assert_eq!(crossover(&["init"], folder.path()).code, 0);
    let made = crossover(&["new", "count", "--from", "src/job.js#count"], folder.path());
    assert!(made.code == 0 && folder.path().join("kernels/count/kernel.toml").is_file(), "{}", made.stderr);
}

#[test]
fn without_wasm_a_function_that_fails_is_reported_and_nothing_is_measured() {
    let folder = project(&[("throws.js", "export default () => { throw new Error('not today'); };\n")]);
    let output = port(folder.path(), &["--js", "throws.js", "--args", "[1]"]);
    assert_eq!(output.code, 2, "{}\n{}", output.stdout, output.stderr);
    assert!(output.stderr.contains("--js throws.js#default cannot be called: Error: not today"), "{}", output.stderr);
    assert!(output.stdout.is_empty() && !output.stderr.contains("free-"), "{}", output.stderr);
    // Where it answers to some inputs, the others say why nothing stands in.
    let inputs = "export const inputs = [{ name: 'good', args: [1] }, { name: 'bad', args: [0] }];\n";
    let some = "export default (n) => { if (!n) throw new Error('not today'); return n; };\n";
    let folder = project(&[("some.js", some), ("make.mjs", inputs)]);
    let output = port_within("5s", folder.path(), &["--js", "some.js", "--input-module", "make.mjs"]);
    assert_eq!(output.code, 4, "{}\n{}", output.stdout, output.stderr);
    let text = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("the function gave no answer to this input"), "{}", output.stdout);
}

#[test]
fn bad_usage_is_refused_before_anything_is_built() {
    let folder = project(&[
        ("add.js", "export default (a, b) => a + b;\n"),
        ("waits.js", "export const inputs = () => new Promise(() => {});\n"),
    ]);
    fs::write(folder.path().join("add.wasm"), ADD).unwrap();
    for (arguments, expected) in [
        (
            &["--js", "add.js", "--wasm", "add.wasm", "--args", "[1]"][..],
            "no function given\nhelp: write --wasm add.wasm#FUNCTION",
        ),
        (
            &["--js", "add.js", "--wasm", "add.wasm#add"],
            "error: no input given\nhelp: pass --input FILE, --args JSON or --input-module FILE\n",
        ),
        (&["--js", "gone.js", "--wasm", "add.wasm#add", "--args", "[1]"], "gone.js: cannot be opened"),
        (&["--js", "@gone/away#x", "--wasm", "add.wasm#add", "--args", "[1]"], "npm:@gone/away downloads it"),
        (&["--js", "add.js", "--wasm", "add.wasm#add", "--args", "1"], "as a JSON array"),
        (&["--js", "add.js", "--wasm", "add.wasm#add", "--input", "gone.txt"], "gone.txt"),
        (&["--js", "add.js", "--wasm", "add.wasm#add", "--input-module", "add.js"], "it has to export `inputs`"),
        (&["--js", "add.js", "--wasm", "add.wasm#add", "--input-module", "waits.js"], "its promise is never settled"),
    ] {
        let output = crossover(&[&["port"], arguments].concat(), folder.path());
        assert_eq!(output.code, 2, "{arguments:?}: {}\n{}", output.stdout, output.stderr);
        assert!(output.stderr.to_lowercase().contains(&expected.to_lowercase()), "{expected}: {}", output.stderr);
    }
}
