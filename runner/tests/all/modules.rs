//! Generators and checks of a user's own, which a manifest names: they are called with what belongs to them, and where one
//! fails, a line says which, and what to correct.
use std::fs;

use crate::common::{Output, Suite, crossover};

/// A kernel that is made of these files alone.
fn kernel(manifest: &str, files: &[(&str, &str)]) -> Suite {
    let suite = Suite::new();
    fs::create_dir_all(suite.path().join("kernels/own")).unwrap();
    suite.write("kernels/own/kernel.toml", &format!("summary = \"Modules\"\ndomain = \"test\"\n{manifest}"));
    files.iter().for_each(|(name, text)| suite.write(&format!("kernels/own/{name}"), text));
    suite
}

fn verify(suite: &Suite) -> Output {
    crossover(&["verify", "own"], suite.path())
}

/// The line of a cell.
fn line<'a>(output: &'a Output, cell: &str) -> &'a str {
    let is_of = |line: &&str| line.split_once(" own ").is_some_and(|(_, rest)| rest.trim_start().starts_with(cell));
    output.stdout.lines().find(is_of).unwrap_or_else(|| panic!("no {cell} in:\n{}\n{}", output.stdout, output.stderr))
}

const MAKE: &str = "import { word } from './word.js';\n\
                    export default ({ times, of }) => word.repeat(times) + of.letters.join('');\n\
                    export const bytes = async ({ seed }) => Uint8Array.of(seed, 2, 3);\n\
                    export const throws = () => { throw new Error('no\\u001b words'); };\n\
                    export const nothing = () => {};\n\
                    export const waits = () => new Promise(() => {});\n\
                    export const exits = () => globalThis.process.exit(3);\n";

#[test]
fn a_generator_is_called_with_the_keys_of_its_table_and_what_it_made_is_kept_until_its_code_changes() {
    let inputs = "[[input]]\nname = \"text\"\nas = \"string\"\nheadline = true\n\
                  generate = { module = \"make.js\", times = 2, of = { letters = [\"x\", \"y\"] } }\n\
                  [[input]]\nname = \"packed\"\nas = \"bytes\"\n\
                  generate = { module = \"make.js#bytes\", seed = 7, gzip = 6 }\n\
                  [[input]]\nname = \"throws\"\nas = \"bytes\"\ngenerate = { module = \"make.js#throws\" }\n\
                  [[input]]\nname = \"nothing\"\nas = \"bytes\"\ngenerate = { module = \"make.js#nothing\" }\n\
                  [[input]]\nname = \"exits\"\nas = \"bytes\"\ngenerate = { module = \"make.js#exits\" }\n\
                  [[input]]\nname = \"waits\"\nas = \"bytes\"\ngenerate = { module = \"make.js#waits\" }\n\
                  [[input]]\nname = \"gone\"\nas = \"bytes\"\ngenerate = { module = \"make.js#gone\" }\n\
                  [contender.js]\nkind = \"js\"\nmodule = \"echo.js\"\n\
                  [contender.known]\nkind = \"js\"\nmodule = \"known.js\"\n";
    let files = [
        ("make.js", MAKE),
        ("word.js", "export const word = 'ab';\n"),
        ("echo.js", "export const run = (input) => typeof input === 'string' ? input : [...input.subarray(0, 2)];\n"),
        ("known.js", "export const run = (input) => typeof input === 'string' ? 'ababxy' : [31, 139];\n"),
    ];
    let suite = kernel(inputs, &files);
    let output = verify(&suite);
    assert_eq!(output.code, 1, "{}", output.stderr);
    for cell in ["text js", "text known", "packed js", "packed known"] {
        assert!(line(&output, cell).starts_with("ok "), "{}", line(&output, cell));
    }
    for (input, reasons) in [
        ("throws", &["make.js#throws failed: Error: no", "words; correct that function"][..]),
        ("nothing", &["it returned undefined: return a Uint8Array or a string", "correct that function"]),
        ("exits", &["make.js#exits failed: ", "correct that function"]),
        ("waits", &["make.js#waits failed: its promise is never settled; correct that function"]),
        ("gone", &["make.js#gone", "gone"]),
    ] {
        let line = line(&output, &format!("{input} js"));
        let field = format!("kernels/own/kernel.toml: field `input.generate` of input `{input}`: ");
        assert!(line.starts_with("FAILED") && line.contains(&field), "{line}");
        assert!(reasons.iter().all(|reason| line.contains(reason)) && !line.contains('\u{1b}'), "{line}");
    }

    suite.write("kernels/own/word.js", "export const word = 'cd';\n");
    let output = verify(&suite);
    assert!(line(&output, "text js").starts_with("ok "), "{}", output.stdout);
    let other = line(&output, "text known");
    assert!(other.starts_with("FAILED") && other.contains("expected \"cdcdxy\", got \"ababxy\""), "{other}");
}

const CHECK: &str = "export function check(expected, got, input) {\n\
                       if (input.length !== 3) return `the input is ${input}`;\n\
                       return expected[0] === got[0] ? null : `expected ${expected[0]}, got ${got[0]} of ${input}`;\n\
                     }\n\
                     export const throws = () => { throw new RangeError('no way'); };\n\
                     export const nothing = () => {};\n\
                     export const asks = (expected, got, input) => input === 'one' && expected === 'one';\n";

#[test]
fn a_check_gets_both_answers_and_the_input_and_says_what_differs() {
    let contender =
        |name: &str, rest: &str| format!("[contender.{name}]\nkind = \"js\"\nmodule = \"{name}.js\"\n{rest}");
    let own = |export: &str| format!("check = {{ module = \"check.js#{export}\" }}\n");
    let manifest = [
        own("check"),
        "[[input]]\nname = \"one\"\nas = \"string\"\nfile = \"one.txt\"\nheadline = true\n".to_owned(),
        "[[input]]\nname = \"two\"\nas = \"string\"\nfile = \"two.txt\"\n".to_owned(),
        contender("js", ""),
        contender("longer", ""),
        contender("other", ""),
        contender("asks", &own("asks")),
        contender("throws", &own("throws")),
        contender("nothing", &own("nothing")),
        contender("exact", "check = \"exact\"\n"),
        contender("gone", &own("gone")),
    ];
    let longer = "export const run = (text) => `${text} and more`;\n";
    let files = [
        ("check.js", CHECK),
        ("one.txt", "one"),
        ("two.txt", "two"),
        // On one of them the baseline gives no answer, and others are compared with one another.
        ("js.js", "export const run = (text) => { if (text === 'two') throw new Error('not two'); return text; };\n"),
        ("longer.js", longer),
        ("other.js", "export const run = (text) => text === 'two' ? 'tower' : 'x';\n"),
        ("asks.js", longer),
        ("throws.js", longer),
        ("nothing.js", longer),
        ("exact.js", longer),
        ("gone.js", longer),
    ];
    let suite = kernel(&manifest.concat(), &files);
    let output = verify(&suite);
    assert_eq!(output.code, 1, "{}", output.stderr);
    for cell in ["one js", "one longer", "one asks", "two longer", "two other"] {
        assert!(line(&output, cell).starts_with("ok "), "{}", line(&output, cell));
    }
    let field = "kernels/own/kernel.toml: line ";
    for (cell, reasons) in [
        ("one other", &["wrong answer, compared with `js`: expected o, got x of one"][..]),
        (
            "one throws",
            &[
                field,
                "field `contender.throws.check`: `check.js#throws` failed: RangeError: no way",
                "; correct that function",
            ],
        ),
        (
            "one nothing",
            &[field, "`check.js#nothing` failed", "has to answer a text that says what differs, or null or true"],
        ),
        ("one exact", &["wrong answer, compared with `js`: the texts differ"]),
        ("one gone", &[field, "field `contender.gone.check`: `check.js#gone`"]),
    ] {
        let line = line(&output, cell);
        assert!(line.starts_with("FAILED") && reasons.iter().all(|reason| line.contains(reason)), "{line}");
    }
}
