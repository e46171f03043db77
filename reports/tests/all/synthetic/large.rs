//! A run of the size for which reports have limits of time and bytes.

use crossover_reports::run::*;

use super::samples::samples;
use super::{Noise, conditions, header, kernel, part, with_sessions_of};

const DOMAINS: [&str; 5] = ["hashing", "text", "image", "compression", "inference"];
const BROWSERS: [(&str, &str); 3] = [("chromium", "143.0.7499.40"), ("firefox", "128.5.0"), ("webkit", "18.4")];

/// So many kernels with one input and five contenders each, in so many browsers and blocks; every phase sampled.
pub fn large(kernels: u32, browsers: usize, blocks: u32) -> Run {
    use Kind::{Js, Platform, Wasm};
    use Track::{Controlled, Ecosystem};
    let mut run = Run { header: header(blocks), rows: Vec::new(), truncated: false };
    let first = run.header.strata.remove(0);
    run.header.strata = BROWSERS
        .into_iter()
        .take(browsers)
        .map(|(id, version)| {
            let runtime = Runtime {
                id: id.to_owned(),
                family: Family::Browser,
                version: version.to_owned(),
                ..first.runtime.clone()
            };
            Stratum { id: id.to_owned(), runtime, ..first.clone() }
        })
        .collect();
    for number in 0..kernels {
        let mut noise = Noise(u64::from(number) + 1);
        let call = 1e5 * (6.0 * noise.uniform()).exp();
        let mut contender = |name, kind, track, size| {
            let factor = (0.8 * noise.gaussian()).exp();
            part(name, kind, track, call * factor, 0.004 + 0.02 * noise.uniform(), size)
        };
        let parts = [
            contender("js", Js, Ecosystem, 24_310),
            contender("js-tuned", Js, Controlled, 6_120),
            contender("wasm", Wasm, Controlled, 31_480),
            contender("wasm-simd", Wasm, Controlled, 38_960),
            contender("platform", Platform, Ecosystem, 310),
        ];
        let domain = DOMAINS[number as usize % DOMAINS.len()];
        let name = format!("{domain}-invented-{number}");
        let mut kernel = kernel(&name, "Something that a page might do, invented to be many", domain, &parts);
        kernel.inputs.retain(|input| input.headline);
        for block in 0..blocks {
            for stratum in &run.header.strata {
                for part in &parts {
                    run.rows.push(Row {
                        cell: Cell { stratum: stratum.id.clone(), ..super::cell(&name, "1MB", part.name) },
                        block,
                        conditions: conditions(block),
                        outcome: RowOutcome::Samples(Box::new(samples(&mut noise, part, 1.0))),
                    });
                }
            }
        }
        run.header.kernels.push(kernel);
    }
    with_sessions_of(run, "1MB")
}
