//! Contenders in languages other than Rust and JavaScript.

use super::packages::called;
use super::*;
use crate::artifact::foreign::WAT;

/// A recipe for one such file.
fn foreign(suite: &Suite, path: &str) -> Recipe {
    suite.recipe(BuildSource::Foreign { path: path.into() })
}

#[test]
fn assembly_script_becomes_a_contender_and_is_built_again_when_what_it_imports_changes() {
    let suite = Suite::new(&[
        (
            "main.ts",
            "import { twice } from './arithmetic/twice';\n\
             export function run(input: Uint8Array): Uint8Array {\n  \
               const out = new Uint8Array(input.length);\n  \
               for (let i = 0; i < input.length; i++) out[i] = twice(input[i]);\n  \
               return out;\n\
             }\n",
        ),
        ("arithmetic/twice.ts", "export function twice(byte: u8): u8 {\n  return byte * 2;\n}\n"),
    ]);
    let first = quietly(&foreign(&suite, "main.ts")).unwrap();
    assert!(first.build[0].starts_with("asc 0."), "{:?}", first.build);
    let twice = called(&first, "none").unwrap();
    assert!(quietly(&foreign(&suite, "main.ts")).unwrap().from_cache);
    suite.write("arithmetic/twice.ts", "export function twice(byte: u8): u8 {\n  return byte * 3;\n}\n");
    let second = quietly(&foreign(&suite, "main.ts")).unwrap();
    assert!(!second.from_cache);
    assert_ne!(called(&second, "none").unwrap(), twice);
}

#[test]
fn the_text_form_may_use_objects_that_the_engine_collects() {
    let suite = Suite::new(&[(
        "boxed.wat",
        "(module (type $boxed (struct (field $of i32)))\n  \
           (func (export \"run\") (param i32) (result i32)\n    \
             (struct.get $boxed $of (struct.new $boxed (local.get 0)))))",
    )]);
    let artifact = quietly(&foreign(&suite, "boxed.wat")).unwrap();
    assert_eq!(artifact.build[0], format!("wat {}", WAT));
    let needs: Vec<&str> = artifact.needs().iter().map(|need| need.name).collect();
    assert_eq!(needs, ["WebAssembly garbage collection"]);
}

#[test]
fn what_is_wrong_with_such_a_file_is_reported_with_its_name() {
    let suite = Suite::new(&[
        ("wrong.ts", "export function run(input: Uint8Array): Uint8Array { return nowhere; }"),
        ("wrong.wat", "(module (func (export \"run\") (result i32)))x"),
        ("main.zig", ""),
    ]);
    for (path, expected) in [
        ("wrong.ts", "Cannot find name 'nowhere'"),
        ("wrong.wat", "wrong.wat:1:"),
        ("main.zig", "`source` takes .ts (AssemblyScript) and .wat"),
        ("gone.wat", "gone.wat"),
    ] {
        let message = message(&foreign(&suite, path));
        assert!(message.contains(expected) && message.contains(path), "{path}: {message}");
    }
}

#[test]
fn the_assembler_that_is_named_is_the_one_that_is_linked() {
    let lock = include_str!("../../../../Cargo.lock");
    assert!(lock.contains(&format!("name = \"wat\"\nversion = \"{}\"", WAT)));
}
