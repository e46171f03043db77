//! Inputs with a payload and kernels of the boundary: what a manifest may say of them, and when they run.
use crate::common::{Suite, crossover, rows_that_count};

const MANIFEST: &str = "kernels/sum/kernel.toml";

/// The test suite, with `old` in the manifest of its kernel `sum` replaced.
fn suite(changes: &[(&str, &str)]) -> Suite {
    let suite = Suite::new();
    for (old, new) in changes {
        let text = suite.read(MANIFEST);
        assert!(text.contains(old), "no `{old}` in {MANIFEST}");
        suite.write(MANIFEST, &text.replacen(old, new, 1));
    }
    suite
}

#[test]
fn kernels_are_named_by_their_domain_as_well() {
    let suite = suite(&[("domain = \"test\"", "domain = \"adding\"")]);
    let output = crossover(&["list", "adding", "--plan"], suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert!(output.stdout.contains("sum (adding)"), "{}", output.stdout);
    assert!(!output.stdout.contains("faulty ("), "{}", output.stdout);
}

#[test]
fn quick_measures_every_input_with_a_payload() {
    let suite = suite(&[("name = \"1kB\"", "name = \"1kB\"\npayload = \"bytes\"")]);
    let output = crossover(&["list", "sum", "--preset", "quick", "--plan"], suite.path());
    assert!(output.stdout.contains("input      1kB"), "{}", output.stdout);
}

#[test]
fn kernels_of_the_boundary_run_only_when_they_are_named() {
    let suite = suite(&[("domain = \"test\"", "domain = \"boundary\"\npurpose = \"boundary\"")]);
    suite.write("mine.txt", "some bytes");
    let listed = |arguments: &[&str]| crossover(&[&["list", "--plan"], arguments].concat(), suite.path()).stdout;
    for preset in ["quick", "standard"] {
        let unnamed = listed(&["--preset", preset]);
        assert!(!unnamed.contains("sum (boundary)"), "{unnamed}");
        assert!(unnamed.contains("only when they are named, or with --all-inputs: sum"), "{unnamed}");
    }
    for arguments in [
        &["--preset", "quick", "--all-inputs"][..],
        &["--preset", "quick", "sum"],
        &["--preset", "quick", "boundary"],
        &["--preset", "quick", "--input", "sum=mine.txt"],
    ] {
        assert!(listed(arguments).contains("sum (boundary)"), "{arguments:?}");
    }
}

#[test]
fn a_payload_that_is_no_name_is_refused_with_its_line() {
    for payload in ["Text", "", "a b", "<b>", "a-payload-that-is-longer-than-32-characters"] {
        let suite = suite(&[("name = \"1kB\"", &*format!("name = \"1kB\"\npayload = \"{payload}\""))]);
        let output = crossover(&["list"], suite.path());
        assert_eq!(output.code, 2, "{payload}: {}", output.stdout);
        assert!(output.stderr.contains("field `input.payload`"), "{}", output.stderr);
        assert!(output.stderr.contains("write 1 to 32 of a-z, 0-9 and -"), "{}", output.stderr);
        assert!(output.stderr.contains("kernel.toml: line "), "{}", output.stderr);
    }
}

#[test]
fn what_crosses_back_is_held_before_it_is_timed() {
    let suite = suite(&[("module = \"reduce.js\"", "module = \"holds.js\"")]);
    suite.write(
        "kernels/sum/holds.js",
        "let held;\n\
         export const run = (input) => [input.reduce((sum, byte) => (sum + byte) | 0, 0)];\n\
         export const copy_in = (input) => input.slice().length;\n\
         export const hold = (input) => { held = input.slice(); };\n\
         export function copy_out_held() {\n  \
           if (!held) throw new Error('nothing is held');\n  \
           return held.slice();\n\
         }\n",
    );
    let output = crossover(&["run", "sum", "--preset", "quick", "--budget", "2s", "--out", "out"], suite.path());
    assert!(output.is_measured(), "{}\n{}", output.stdout, output.stderr);
    let rows = rows_that_count(&suite.path().join("out/run.jsonl"));
    let measured: Vec<_> = rows.iter().filter(|row| row["contender"] == "js-reduce").collect();
    assert!(!measured.is_empty());
    for row in measured {
        assert!(!row["samples"]["boundary_out"].as_array().unwrap().is_empty(), "{row}");
    }
}
