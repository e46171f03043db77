//! The basis of each decision, from the samples.

use std::collections::BTreeSet;

use crate::comparison::{Ratio, Rule, paired};
use crate::measurement::{Block, Measurement, Measurements};
use crate::metric::{call_ns, start_ns};
use crate::run::{Cell, Contender, Input, Kernel, Kind, Run, State, Stratum};
use crate::stats::student_quantile;
use crate::verdict::{DecisionBasis, Effort, OptionBlocks, PairBlocks, doubt};

/// Significant digits of what is kept.
const DIGITS: i32 = 5;

/// One for each kernel and stratum in which there is something to choose, on the headline input; for each input where Wasm
/// is not written yet.
pub fn all(run: &Run, measurements: &Measurements) -> Vec<DecisionBasis> {
    let rule = Rule::of(&run.header.schedule);
    let is_build = |kernel: &Kernel| kernel.contenders.iter().any(|contender| contender.variant.is_some());
    let is_choice = |kernel: &&Kernel| kernel.purpose.is_choice() && !is_build(kernel);
    let of = |kernel: &Kernel, stratum: &Stratum| -> Vec<DecisionBasis> {
        let inputs = inputs(kernel, stratum).into_iter();
        inputs.map(|input| basis(kernel, input, &stratum.id, measurements, rule)).collect()
    };
    let kernels = run.header.kernels.iter().filter(is_choice);
    kernels.flat_map(|kernel| run.header.contests().flat_map(move |stratum| of(kernel, stratum))).collect()
}

/// The inputs of a stratum that are decided on.
fn inputs<'a>(kernel: &'a Kernel, stratum: &Stratum) -> Vec<&'a Input> {
    let planned = || kernel.inputs.iter().filter(|input| stratum.has(&kernel.name, &input.name));
    match kernel.is_unwritten() {
        true => planned().collect(),
        false => stratum.headline(&kernel.name, &kernel.inputs).into_iter().collect(),
    }
}

fn basis(kernel: &Kernel, input: &Input, stratum: &str, measurements: &Measurements, rule: Rule) -> DecisionBasis {
    let measured = |contender: &Contender| {
        let [kernel, input, contender] = [&kernel.name, &input.name, &contender.name].map(String::clone);
        measurements.get(&Cell { kernel, input, contender, stratum: stratum.to_owned() })
    };
    let options = kernel.contenders.iter().filter_map(|one| Some((one, effort(kernel, one)?, measured(one)?)));
    let options: Vec<(&Contender, Effort, &Measurement)> = options.collect();
    let blocks: BTreeSet<u32> = options.iter().flat_map(|(_, _, measured)| measured.blocks.keys().copied()).collect();
    let by_block = |measured: &Measurement, figure: &dyn Fn(&Block) -> Option<f64>| -> Vec<Option<f64>> {
        blocks.iter().map(|number| figure(measured.blocks.get(number)?).map(rounded)).collect()
    };
    let of_option = |(contender, effort, measured): &(&Contender, Effort, &Measurement)| OptionBlocks {
        contender: contender.name.clone(),
        effort: *effort,
        brotli: contender.size_bytes.map(|size| size.brotli),
        start_ns: by_block(measured, &|block| start_ns(block, State::Cold)),
        call_ns: by_block(measured, &call_ns),
    };
    let mut pairs = Vec::new();
    for (from, (_, _, measured_from)) in options.iter().enumerate() {
        for (to, (_, _, measured_to)) in options.iter().enumerate().skip(from + 1) {
            let added_call_ns: Vec<Option<f64>> =
                blocks.iter().map(|block| added_call(measured_from, measured_to, *block).map(rounded)).collect();
            if added_call_ns.iter().all(Option::is_none) {
                continue;
            }
            let calls = Ratio::of_calls(measured_from, measured_to, rule);
            pairs.push(PairBlocks {
                from,
                to,
                added_call_ns,
                ratio: calls.point,
                ci: calls.ci,
                outcome: calls.outcome,
                doubtful: doubt(&calls, rule).is_some(),
            });
        }
    }
    let quantile = |blocks| student_quantile(blocks, 0.5 + rule.confidence / 2.0).map(rounded);
    DecisionBasis {
        kernel: kernel.name.clone(),
        input: input.name.clone(),
        stratum: stratum.to_owned(),
        quantiles: (2..=blocks.len()).filter_map(quantile).collect(),
        options: options.iter().map(of_option).collect(),
        pairs,
        confidence: rule.confidence,
    }
}

/// What a call costs more in a block. Rounds are paired, so that changes of the machine are in neither.
fn added_call(from: &Measurement, to: &Measurement, block: u32) -> Option<f64> {
    let [from, to] = [from.blocks.get(&block)?, to.blocks.get(&block)?];
    Some(call_ns(from)? * paired(&from.call, &to.call)?.exp_m1())
}

/// What it takes to ship a contender; `None` for what no page can load.
fn effort(kernel: &Kernel, contender: &Contender) -> Option<Effort> {
    Some(match contender.kind {
        _ if contender.name == kernel.baseline && contender.kind != Kind::Native => Effort::Keep,
        Kind::Native => return None,
        Kind::Platform => Effort::Browser,
        Kind::Js | Kind::Wasm if !contender.packages.is_empty() => Effort::Install,
        Kind::Js => Effort::Tune,
        Kind::Wasm => Effort::Port,
        Kind::StandIn => Effort::Unwritten,
    })
}

fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let step = 10_f64.powi(value.abs().log10().floor() as i32 + 1 - DIGITS);
    (value / step).round() * step
}
