//! What a browser lacks takes a contender out and fails nothing.
use std::fs;

use crate::common::{Suite, crossover, rows_that_count};

/// The test suite with a contender more, which needs what no browser has.
fn suite() -> Suite {
    let suite = Suite::new();
    let manifest = suite.read("kernels/sum/kernel.toml");
    suite.write(
        "kernels/sum/kernel.toml",
        &format!("{manifest}\n[contender.platform]\nkind = \"platform\"\nmodule = \"platform.js\"\n"),
    );
    suite.write(
        "kernels/sum/platform.js",
        "export const unavailable = async () => (typeof FluxCapacitor === 'undefined' ? 'FluxCapacitor' : null);\n\
         export const run = (bytes) => FluxCapacitor.sum(bytes);\n",
    );
    suite
}

#[test]
fn a_contender_that_needs_what_the_browser_lacks_is_a_row_that_says_so() {
    let suite = suite();
    let output = crossover(&["verify", "sum"], suite.path());
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    let expected = "not available in this browser, which has no FluxCapacitor";
    assert!(output.stdout.contains(&format!("absent  sum 64kB platform: {expected}")), "{}", output.stdout);

    let output = crossover(&["run", "sum", "--preset", "quick", "--out", "out"], suite.path());
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    let text = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(expected), "{}", output.stdout);
    let rows = rows_that_count(&suite.path().join("out/run.jsonl"));
    let of_platform: Vec<_> = rows[1..].iter().filter(|row| row["contender"] == "platform").collect();
    assert_eq!(of_platform.len(), 1, "{of_platform:?}");
    assert_eq!(of_platform[0]["failure"]["stage"], "available");
    assert_eq!(rows.len(), 1 + 6 * 2 + 1, "the others are measured");
    assert!(fs::read_to_string(suite.path().join("out/report.html")).unwrap().contains(expected));
}

#[test]
fn so_is_one_whose_start_has_to_be_found_out_first() {
    let suite = suite();
    let module = suite.read("kernels/sum/platform.js");
    suite.write(
        "kernels/sum/platform.js",
        &format!("const file = 'flux.wasm';\nexport const beside = () => fetch(file);\n{module}"),
    );
    suite.write("kernels/sum/flux.wasm", "\0asm\u{1}\0\0\0");
    let output = crossover(&["verify", "sum"], suite.path());
    let expected = "absent  sum 64kB platform: not available in this browser, which has no FluxCapacitor";
    assert!(output.code == 0 && output.stdout.contains(expected), "{}\n{}", output.stdout, output.stderr);
}
