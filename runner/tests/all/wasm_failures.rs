//! How Rust ends when it does not answer: each end has a name and, where there is one, a place in the source.
use crate::common::{Suite, crossover};

const LIB: &str = r#"//! Ends in the way that the first byte of the input says.

kernel_contract::contender!(end, [u8] => Vec<u8>);

fn end(input: &[u8]) -> Result<Vec<u8>, String> {
    match input[0] {
        b'p' => panic!("no luck with {} bytes", input.len()),
        b'i' => Ok(vec![input[input.len()]]),
        b'm' => {
            let mut kept: Vec<Vec<u8>> = Vec::new();
            loop {
                kept.push(std::hint::black_box(Vec::with_capacity(512 << 20)));
            }
        }
        b's' => Ok(vec![deep(1)]),
        b'e' => Err("this is no file of ours".to_owned()),
        _ => Ok(input.to_vec()),
    }
}

fn deep(level: u64) -> u8 {
    if std::hint::black_box(level) == 0 { 0 } else { std::hint::black_box(deep(level + 1)).wrapping_add(1) }
}
"#;

/// Inputs by their only byte, with what has to be reported of them.
const ENDS: [(&str, &str); 6] = [
    ("answers", "ok "),
    ("panics", "panic: panicked at src/lib.rs:7:17: no luck with 6 bytes"),
    ("indexes", "panic: panicked at src/lib.rs:8:25: index out of bounds: the len is 7 but the index is 7"),
    ("memory", "out of memory ("),
    ("stacks", "stack overflow: RangeError"),
    ("errors", "Error: this is no file of ours"),
];

#[test]
fn every_failure_is_reported_by_its_name() {
    let suite = Suite::new();
    suite.add_crate("ends", LIB);
    suite.write("kernels/ends/index.js", "export const run = (input) => input.slice();\n");
    let inputs: String = ENDS
        .iter()
        .map(|(name, _)| {
            format!(
                "[[input]]\nname = \"{name}\"\nas = \"bytes\"\nfile = \"{name}\"\nheadline = {}\n\n",
                *name == "answers"
            )
        })
        .collect();
    for (name, _) in ENDS {
        // Of all names, only that of the one that answers begins with a letter that asks for no end.
        suite.write(&format!("kernels/ends/{name}"), name);
    }
    suite.write(
        "kernels/ends/kernel.toml",
        &format!(
            "summary = \"ends\"\ndomain = \"test\"\ncheck = \"exact\"\n\n{inputs}\
             [contender.js]\nkind = \"js\"\nmodule = \"index.js\"\n\n[contender.wasm]\nkind = \"wasm\"\ncrate = \".\"\n"
        ),
    );
    let output = crossover(&["verify", "ends"], suite.path());
    for (input, expected) in ENDS {
        let line = output.stdout.lines().find(|line| line.contains(&format!("ends {input} wasm")));
        let line = line.unwrap_or_else(|| panic!("nothing of {input} in:\n{}\n{}", output.stdout, output.stderr));
        assert!(line.contains(expected), "no `{expected}` in: {line}");
    }
    assert_eq!(output.code, 1, "{}", output.stderr);
}
