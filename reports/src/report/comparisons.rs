//! Every comparison of a run. Tracks are never mixed: each comparison names the one contender it is against.

use super::Comparison;
use crate::comparison::{CONFIDENCE, Ratio, Rule};
use crate::measurement::{Measurement, Measurements};
use crate::metric::Metric;
use crate::run::{Cell, Contender, Kernel, Kind, Run};

/// Every candidate against the baseline, and every candidate that is not JavaScript against every other JavaScript
/// contender, per input, browser and metric.
pub fn all(run: &Run, measurements: &Measurements) -> Vec<Comparison> {
    let mut comparisons = Vec::new();
    for kernel in &run.header.kernels {
        let pairs = pairs(kernel);
        for browser in &run.header.browsers {
            for input in &kernel.inputs {
                let none = Measurement::default();
                let measurement = |contender: &Contender| {
                    let cell = Cell {
                        kernel: kernel.name.clone(),
                        input: input.name.clone(),
                        contender: contender.name.clone(),
                        browser: browser.name.clone(),
                    };
                    measurements.get(&cell).unwrap_or(&none)
                };
                for &(baseline, candidate) in &pairs {
                    for metric in [Metric::CallNs, Metric::ColdStartNs, Metric::SizeBytes] {
                        let ratio = match metric {
                            Metric::ColdStartNs => {
                                Ratio::of_cold_starts(measurement(baseline), measurement(candidate), Rule::default())
                            }
                            Metric::SizeBytes => Ratio::exact(brotli(baseline), brotli(candidate), Rule::default()),
                            _ => Ratio::of_calls(measurement(baseline), measurement(candidate), Rule::default()),
                        };
                        comparisons.push(Comparison {
                            kernel: kernel.name.clone(),
                            input: input.name.clone(),
                            browser: browser.name.clone(),
                            metric,
                            baseline: baseline.name.clone(),
                            candidate: candidate.name.clone(),
                            ratio: ratio.point,
                            ci: ratio.ci,
                            confidence: CONFIDENCE,
                            blocks: ratio.blocks,
                            outcome: ratio.outcome,
                        });
                    }
                }
            }
        }
    }
    comparisons
}

/// Baseline and candidate of every comparison of a kernel.
fn pairs(kernel: &Kernel) -> Vec<(&Contender, &Contender)> {
    let candidates = || kernel.contenders.iter().filter(|contender| contender.name != kernel.baseline);
    let baseline = kernel.contenders.iter().find(|contender| contender.name == kernel.baseline);
    let against_baseline = baseline.into_iter().flat_map(|baseline| candidates().map(move |other| (baseline, other)));
    let other_js = candidates().filter(|contender| contender.kind == Kind::Js);
    let against_js = other_js
        .flat_map(|js| candidates().filter(|contender| contender.kind != Kind::Js).map(move |other| (js, other)));
    against_baseline.chain(against_js).collect()
}

fn brotli(contender: &Contender) -> Option<u64> {
    contender.size_bytes.map(|size| size.brotli)
}
