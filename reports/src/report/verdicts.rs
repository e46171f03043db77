//! The advice on every candidate in every scenario, on the headline input, with its reasons.

mod answer;
mod reasons;

pub use answer::{At, BreakEven, CrossoverSize};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::comparison::{Ratio, Rule};
use crate::measurement::{Measurement, Measurements};
use crate::report::{KernelInfo, scenarios, units};
use crate::run::{Cell, Contender, Input, Kernel, Kind, Run, Scenario};
use crate::verdict::{
    Advice, Contestant, Judgement, Pairs, SMALL_BYTES, SizeCrossing, SizeOutcome, judge, size_crossing,
};
use reasons::Reasoner;

/// The advice for one candidate in one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// Kernel.
    pub kernel: String,
    /// The input it is about.
    pub input: String,
    /// Id of its stratum.
    pub stratum: String,
    /// The contender that might be used.
    pub candidate: String,
    /// The contender that it has to beat: the cheapest of JavaScript and of the browser's APIs in this scenario. Absent
    /// if the two were not measured.
    pub rival: Option<String>,
    /// The scenario.
    pub scenario: Scenario,
    /// The advice.
    pub verdict: Advice,
    /// What the candidate saves over its rival in the whole scenario; negative if it costs more.
    pub saving_ns: Option<Saving>,
    /// From how many calls on the candidate costs less.
    pub break_even_calls: BreakEven,
    /// From which size of input on its calls are faster.
    pub crossover_bytes: CrossoverSize,
    /// What it adds to the download, bytes of brotli; absent if a size is not known.
    pub added_bytes_brotli: Option<i64>,
    /// Why, the most important reason first.
    pub reasons: Vec<String>,
    /// Changes that would change the verdict.
    pub flips: Vec<String>,
}

/// What is saved in a scenario, nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Saving {
    /// Median over blocks.
    pub median: f64,
    /// Its interval.
    pub ci: [f64; 2],
}

/// All verdicts of a run: by kernel, stratum, candidate and scenario, each in the run's order. Kernels that only cross
/// have none, and JavaScript is not a candidate.
pub fn all(run: &Run, measurements: &Measurements) -> Vec<Verdict> {
    let rule = Rule::of(&run.header.schedule);
    let mut verdicts = Vec::new();
    for kernel in run.header.kernels.iter().filter(|kernel| kernel.purpose.is_choice()) {
        let info = KernelInfo::of(kernel);
        for stratum in run.header.contests() {
            let Some(input) = stratum.headline(&kernel.name, &kernel.inputs) else { continue };
            let pairs = Pairs::new(rule);
            let scope = VerdictScope { kernel, info: &info, input, stratum: &stratum.id, measurements, pairs };
            let scenarios = scenarios::of(kernel, input, &stratum.id, measurements);
            for candidate in kernel.contenders.iter().filter(|one| is_candidate(kernel, one)) {
                verdicts.extend(scenarios.iter().map(|scenario| scope.verdict(candidate, scenario)));
            }
        }
    }
    verdicts
}

/// Whether a contender could replace JavaScript or the browser's API.
fn is_candidate(kernel: &Kernel, contender: &Contender) -> bool {
    let is_rival = |other: &Contender| matches!(other.kind, Kind::Js | Kind::Platform) && other.name != contender.name;
    matches!(contender.kind, Kind::Wasm | Kind::Platform | Kind::StandIn) && kernel.contenders.iter().any(is_rival)
}

struct VerdictScope<'a> {
    kernel: &'a Kernel,
    info: &'a KernelInfo,
    input: &'a Input,
    stratum: &'a str,
    measurements: &'a Measurements,
    pairs: Pairs<'a>,
}

impl<'a> VerdictScope<'a> {
    fn verdict(&self, candidate: &'a Contender, scenario: &Scenario) -> Verdict {
        let judgement = self.judge(candidate, scenario);
        let judged = judgement.as_ref();
        let added = judged.and_then(|judged| {
            let bytes = |contender: &Contender| i64::try_from(contender.size_bytes?.brotli).ok();
            Some(bytes(candidate)?.saturating_sub(bytes(judged.rival)?))
        });
        let reasoner = Reasoner {
            kernel: self.info,
            candidate,
            scenario,
            added_bytes: added,
            input: self.input,
            calls: judged.and_then(|judged| self.calls(self.input, judged.rival, candidate)),
        };
        let (reasons, flips) = match judged {
            Some(judged) => {
                let advice_in = |scenario: &Scenario| self.judge(candidate, scenario).map(|judged| judged.advice);
                let mut flips = reasoner.flips(judged, advice_in);
                flips.extend(self.of_other_sizes(candidate, scenario, judged.advice));
                (reasoner.reasons(judged), flips)
            }
            None => (vec![reasoner.nothing_to_go_by()], Vec::new()),
        };
        Verdict {
            kernel: self.kernel.name.clone(),
            input: self.input.name.clone(),
            stratum: self.stratum.to_owned(),
            candidate: candidate.name.clone(),
            rival: judged.map(|judged| judged.rival.name.clone()),
            scenario: scenario.clone(),
            verdict: judged.map_or(Advice::Unsure, |judged| judged.advice),
            saving_ns: judged.map(|judged| {
                let [low, high] = judged.difference.ci;
                Saving { median: -judged.difference.ns, ci: [-high, -low] }
            }),
            break_even_calls: judged.map_or(BreakEven::Undetermined, |judged| judged.break_even.into()),
            crossover_bytes: judged
                .map_or(SizeCrossing::Undetermined, |judged| self.size_crossing(judged.rival, candidate))
                .into(),
            added_bytes_brotli: added,
            reasons,
            flips,
        }
    }

    /// The advice for modules with the sizes of the other stand-ins, if it differs.
    fn of_other_sizes(&self, stand_in: &'a Contender, scenario: &Scenario, advice: Advice) -> Vec<String> {
        let is_other = |other: &&Contender| other.kind == Kind::StandIn && other.name != stand_in.name;
        let others = self.kernel.contenders.iter().filter(|_| stand_in.kind == Kind::StandIn).filter(is_other);
        let advised = others.filter_map(|other| Some((other.size_bytes?, self.judge(other, scenario)?.advice)));
        let differing = advised.filter(|(_, other)| *other != advice);
        differing.map(|(size, other)| format!("With {} to load: {}", units::bytes(size.raw), other.name())).collect()
    }

    fn judge(&self, candidate: &'a Contender, scenario: &Scenario) -> Option<Judgement<'a>> {
        let others = self.kernel.contenders.iter().filter(|other| other.name != candidate.name);
        let others: Vec<Contestant<'a>> = others.filter_map(|other| self.contestant(self.input, other)).collect();
        judge(self.contestant(self.input, candidate)?, &others, scenario, &self.pairs)
    }

    fn contestant(&self, input: &Input, contender: &'a Contender) -> Option<Contestant<'a>> {
        let smallest = self.kernel.inputs.iter().min_by_key(|input| input.bytes);
        let small = smallest.filter(|input| input.bytes <= SMALL_BYTES);
        let small = small.and_then(|input| self.measured(input, contender));
        Some(Contestant { contender, measurement: self.measured(input, contender)?, small })
    }

    fn measured(&self, input: &Input, contender: &Contender) -> Option<&'a Measurement> {
        self.measurements.get(&Cell {
            kernel: self.kernel.name.clone(),
            input: input.name.clone(),
            contender: contender.name.clone(),
            stratum: self.stratum.to_owned(),
        })
    }

    fn calls(&self, input: &Input, rival: &'a Contender, candidate: &'a Contender) -> Option<Ratio> {
        let pair = self.pairs.of(self.contestant(input, rival)?, self.contestant(input, candidate)?);
        Some(*pair.calls()).filter(|ratio| ratio.point.is_some())
    }

    fn size_crossing(&self, rival: &'a Contender, candidate: &'a Contender) -> SizeCrossing {
        let step = |input: &Input| {
            let calls = self.calls(input, rival, candidate)?;
            Some(SizeOutcome { bytes: input.bytes, ratio: calls.point?, outcome: calls.outcome })
        };
        size_crossing(&self.kernel.inputs.iter().filter_map(step).collect::<Vec<_>>())
    }
}
