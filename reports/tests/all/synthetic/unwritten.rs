//! A run of `port` without Wasm: a function that a port could hardly help on one input, and very much on the other.

use crossover_reports::run::*;

use super::samples::{Noise, samples};
use super::{Part, cell, conditions, header, kernel, part};

/// Names of the inputs, and one call of the function and of a module that only crosses, nanoseconds.
const INPUTS: [(&str, u64, f64, f64); 2] = [("tiny.txt", 40, 3.1e3, 1.4e3), ("large.txt", 4000, 93e6, 4.2e3)];

/// The contenders, by size.
const CONTENDERS: [(&str, &str, Kind, u64); 3] = [
    ("js", "src/lev.js#distance", Kind::Js, 282),
    ("free-30kB", "Wasm that does no work, 30 kB", Kind::StandIn, 33_711),
    ("free-300kB", "Wasm that does no work, 300 kB", Kind::StandIn, 304_176),
];

/// So many browser starts.
pub fn unwritten(blocks: u32) -> Run {
    let of = |(name, _, kind, size): (&'static str, &str, Kind, u64), call: [f64; 2]| -> Part {
        part(name, kind, Track::Ecosystem, if kind == Kind::Js { call[0] } else { call[1] }, 0.01, size)
    };
    let parts: Vec<Part> = CONTENDERS.iter().map(|contender| of(*contender, [0.0; 2])).collect();
    let mut kernel = kernel("distance", "distance of src/lev.js", "port", &parts);
    (kernel.title, kernel.from) = (Some("src/lev.js#distance".to_owned()), Some("src/lev.js#distance".to_owned()));
    for (contender, (_, label, ..)) in kernel.contenders.iter_mut().zip(CONTENDERS) {
        contender.label = Some(label.to_owned());
    }
    let template = kernel.inputs[0].clone();
    kernel.inputs = INPUTS
        .map(|(name, bytes, ..)| Input {
            name: name.to_owned(),
            bytes,
            headline: name == "tiny.txt",
            ..template.clone()
        })
        .to_vec();
    let mut noise = Noise(5);
    let mut run = Run { header: header(blocks), rows: Vec::new(), truncated: false };
    run.header.schedule.preset = "quick".to_owned();
    for block in 0..blocks {
        for (input, _, js, crossing) in INPUTS {
            for contender in CONTENDERS {
                let outcome = samples(&mut noise, &of(contender, [js, crossing]), 1.0);
                let outcome = RowOutcome::Samples(Box::new(outcome));
                let cell = cell("distance", input, contender.0);
                run.rows.push(Row { cell, block, conditions: conditions(block), outcome });
            }
        }
    }
    run.header.kernels.push(kernel);
    run
}
