//! The sentinel shows the machine, and nothing that a contender does in its own page.
use crate::common::{Suite, crossover, rows};

/// Fills and drops arrays, so that the engine collects garbage, and with it the code of functions that rest.
const LITTERS: &str = "const kept = [];
export function run(input) {
  for (let i = 0; i < 30; i++) {
    kept.push(new Array(1e6).fill(i + 0.5));
    if (kept.length > 5) kept.shift();
  }
  return input.slice();
}
";

#[test]
fn garbage_of_a_contender_is_no_load_of_the_machine() {
    let suite = Suite::new();
    std::fs::create_dir(suite.path().join("kernels/litter")).unwrap();
    suite.write("kernels/litter/index.js", "export const run = (input) => input.slice();\n");
    suite.write("kernels/litter/litters.js", LITTERS);
    suite.write(
        "kernels/litter/kernel.toml",
        "summary = \"litter\"\ndomain = \"test\"\n\n\
         [[input]]\nname = \"1kB\"\nas = \"bytes\"\ngenerate = { random = { seed = 1, bytes = 1000 } }\n\n\
         [contender.js]\nkind = \"js\"\nmodule = \"index.js\"\n\n\
         [contender.litters]\nkind = \"js\"\nmodule = \"litters.js\"\n",
    );
    let output = crossover(&["run", "litter", "--preset", "quick", "--out", "out", "-q"], suite.path());
    assert_eq!(output.code, 0, "{}", output.stderr);
    let mut times = [Vec::new(), Vec::new()];
    for row in &rows(&suite.path().join("out/run.jsonl"))[1..] {
        let of = usize::from(row["contender"] == "litters");
        let Some(samples) = row["samples"]["sentinel"].as_array() else { continue };
        times[of].extend(samples.iter().map(|sample| sample["ns"].as_f64().unwrap()));
    }
    let [tidy, littered] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    });
    assert!(littered < 2.0 * tidy, "{littered} ns beside the contender that litters, {tidy} ns beside the other");
}
