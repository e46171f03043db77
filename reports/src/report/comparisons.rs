//! Every comparison of a run. Tracks are never mixed: each comparison is against exactly one contender.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::comparison::{CONFIDENCE, Outcome, Ratio, Rule, swapped};
use crate::measurement::{Measurement, Measurements};
use crate::metric::{Compared, Metric};
use crate::run::{Cell, Contender, Kernel, Kind, Run, native_beside};

/// Baseline against candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// Id of its stratum.
    pub stratum: String,
    /// The metric.
    pub metric: Metric,
    /// The contender compared with.
    pub baseline: String,
    /// The contender compared.
    pub candidate: String,
    /// Candidate ÷ baseline; absent if either has no samples.
    pub ratio: Option<f64>,
    /// Interval of the ratio; absent with fewer than two blocks.
    pub ci: Option<[f64; 2]>,
    /// The two ratios around which the blocks cluster, ascending, if there are two clusters: the comparison is bimodal.
    /// `null` otherwise, and for everything but the time per call.
    pub modes: Option<[f64; 2]>,
    /// How many of the first blocks are in one cluster, if all others are in the other one: something changed while the
    /// run went on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_after: Option<u32>,
    /// Whether a fixed piece of work certainly took longer beside one of the two, which may explain the difference. The
    /// outcome is `unsure` then.
    pub uneven: bool,
    /// Confidence of the interval.
    pub confidence: f64,
    /// Blocks in which both were measured.
    pub blocks: u32,
    /// Outcome.
    pub outcome: Outcome,
}

impl Comparison {
    /// The same comparison with baseline and candidate swapped.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            baseline: self.candidate.clone(),
            candidate: self.baseline.clone(),
            ratio: self.ratio.map(f64::recip),
            ci: self.ci.map(swapped),
            modes: self.modes.map(swapped),
            outcome: self.outcome.reversed(),
            ..self.clone()
        }
    }
}

/// Every candidate against the baseline, and every candidate that is not JavaScript against every other JavaScript
/// contender, per input, stratum and metric. Native code is compared by the time per call alone: against the baseline,
/// and with each Wasm candidate against it.
pub fn all(run: &Run, measurements: &Measurements) -> Vec<Comparison> {
    let rule = Rule::of(&run.header.schedule);
    let (strata, mut comparisons) = (&run.header.strata, Vec::new());
    for kernel in &run.header.kernels {
        let pairs = pairs(kernel);
        for stratum in run.header.contests() {
            let native = native_beside(strata, strata, &stratum.id);
            for input in kernel.inputs.iter().filter(|input| stratum.has(&kernel.name, &input.name)) {
                let scope = ComparisonScope {
                    measurements,
                    rule,
                    kernel: &kernel.name,
                    input: &input.name,
                    stratum: &stratum.id,
                    native,
                };
                // States other than cold are measured on the headline input only.
                let has_others = run.header.schedule.other_starts > 0 && input.headline;
                let others = has_others.then_some(Compared::WithOtherStarts);
                for (baseline, candidate) in &pairs {
                    let metrics = std::iter::once(Compared::Always).chain(others).flat_map(compared);
                    comparisons.extend(metrics.map(|metric| scope.compared(baseline, candidate, metric)));
                }
                let natively = native_pairs(kernel);
                comparisons.extend(natively.into_iter().map(|(a, b)| scope.compared(a, b, Metric::CALL)));
            }
        }
    }
    comparisons
}

/// The metrics that are compared on an input.
fn compared(when: Compared) -> impl Iterator<Item = Metric> {
    Metric::ALL.iter().copied().filter(move |metric| metric.compared == when)
}

/// A group of contenders that are compared.
pub struct ComparisonScope<'a> {
    /// The measurements.
    pub measurements: &'a Measurements,
    /// The rule for outcomes.
    pub rule: Rule,
    /// Kernel.
    pub kernel: &'a str,
    /// Input.
    pub input: &'a str,
    /// Id of its stratum.
    pub stratum: &'a str,
    /// Id of the stratum of native code on the same machine.
    pub native: Option<&'a str>,
}

impl ComparisonScope<'_> {
    /// The time per call of a candidate against that of a baseline.
    pub fn calls(&self, baseline: &Contender, candidate: &Contender) -> Ratio {
        let none = Measurement::default();
        let of = |contender| self.measurement(contender).unwrap_or(&none);
        Ratio::of_calls(of(baseline), of(candidate), self.rule)
    }

    /// A candidate against a baseline in one metric.
    pub fn compared(&self, baseline: &Contender, candidate: &Contender, metric: Metric) -> Comparison {
        let none = Measurement::default();
        let of = |contender| (contender, self.measurement(contender).unwrap_or(&none));
        let ratio = Ratio::of(metric, of(baseline), of(candidate), self.rule);
        Comparison {
            kernel: self.kernel.to_owned(),
            input: self.input.to_owned(),
            stratum: self.stratum.to_owned(),
            metric,
            baseline: baseline.name.clone(),
            candidate: candidate.name.clone(),
            ratio: ratio.point,
            ci: ratio.ci,
            modes: ratio.modes,
            changed_after: ratio.changed_after,
            uneven: ratio.uneven,
            // Of all looks together.
            confidence: CONFIDENCE,
            blocks: ratio.blocks,
            outcome: ratio.outcome,
        }
    }

    fn measurement(&self, contender: &Contender) -> Option<&Measurement> {
        let stratum = if contender.kind == Kind::Native { self.native? } else { self.stratum };
        self.measurements.get(&Cell {
            kernel: self.kernel.to_owned(),
            input: self.input.to_owned(),
            contender: contender.name.clone(),
            stratum: stratum.to_owned(),
        })
    }
}

/// Baseline and candidate of every comparison of a kernel in a stratum.
pub fn pairs(kernel: &Kernel) -> Vec<(&Contender, &Contender)> {
    let is_candidate = |one: &&Contender| one.name != kernel.baseline && one.kind != Kind::Native;
    let candidates = || kernel.contenders.iter().filter(is_candidate);
    let baseline = baseline(kernel);
    let against_baseline = baseline.into_iter().flat_map(|baseline| candidates().map(move |other| (baseline, other)));
    let other_js = candidates().filter(|contender| contender.kind == Kind::Js);
    let against_js = other_js
        .flat_map(|js| candidates().filter(|contender| contender.kind != Kind::Js).map(move |other| (js, other)));
    against_baseline.chain(against_js).collect()
}

/// Baseline and candidate of every comparison of a kernel with native code: native code against the baseline, and Wasm
/// against native code.
fn native_pairs(kernel: &Kernel) -> Vec<(&Contender, &Contender)> {
    let Some(native) = kernel.contenders.iter().find(|one| one.kind == Kind::Native) else { return Vec::new() };
    let wasm = kernel.contenders.iter().filter(|one| one.kind == Kind::Wasm);
    baseline(kernel).map(|baseline| (baseline, native)).into_iter().chain(wasm.map(|wasm| (native, wasm))).collect()
}

fn baseline(kernel: &Kernel) -> Option<&Contender> {
    kernel.contenders.iter().find(|contender| contender.name == kernel.baseline)
}
