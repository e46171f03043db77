//! Cost of crossing by size: a model for every payload with several measured sizes.

mod table;

pub use table::{CAPTION, CHATTY_CAPTION, CHATTY_HEADINGS, FigureText, ModelRow, chatty_rows, headings, notes};

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::count;
use crate::comparison::Rule;
use crate::measurement::{Block, Measurement, Measurements};
use crate::run::{self, Cell, Run};
use crate::stats::{CostLine, Ladder, median, relative_line, student, widened};

/// Sizes that a model needs, without the size 0.
const FEWEST_SIZES: usize = 3;

/// Familiar sizes, bytes, and their names: every model that covers them predicts their costs.
const QUOTED: [(u64, &str); 2] = [(50_000, "50 kB"), (1_000_000, "1 MB")];

/// How often, and how many bytes each time: the cost of many calls is compared with one call that has all of the bytes.
const CHATTY: [(u32, u64); 2] = [(100, 50_000), (1000, 50)];

/// A measured size stands for another one within this relative difference: text does not end within a character.
const SAME_SIZE: f64 = 0.01;

/// A prediction within this relative error is a good one.
const GOOD: f64 = 0.15;

/// Direction of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From JavaScript to the contender.
    In,
    /// Back.
    Out,
}

impl Direction {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    fn times(self, block: &Block) -> &[f64] {
        match self {
            Self::In => &block.boundary_in,
            Self::Out => &block.boundary_out,
        }
    }
}

/// Cost of crossing for one payload in one stratum and one direction, on one contender's glue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BoundaryModel {
    /// Kernel.
    pub kernel: String,
    /// Id of its stratum.
    pub stratum: String,
    /// Contender.
    pub contender: String,
    /// Payload.
    pub payload: String,
    /// Direction.
    pub direction: Direction,
    /// Cost of a call regardless of its size: the line's value at 0, never negative.
    pub fixed_ns: f64,
    /// Its interval; absent with fewer than two blocks.
    pub ci_fixed_ns: Option<[f64; 2]>,
    /// Cost of every further byte. Noise can make it negative: then size costs nothing. Absent for a payload of a
    /// single size, such as a number.
    pub ns_per_byte: Option<f64>,
    /// Its interval; absent with fewer than two blocks.
    pub ci_ns_per_byte: Option<[f64; 2]>,
    /// Largest relative error of the line at a measured size; absent without a line.
    pub line_error: Option<f64>,
    /// Largest relative error of a prediction: each size but the smallest and the largest is left out and predicted
    /// from the others.
    pub held_out_error: Option<f64>,
    /// The sizes measured, ascending.
    pub sizes: Vec<MeasuredSize>,
    /// Neighbouring sizes between which costs jump, so that there is no prediction between them: lower, upper, bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jumps: Vec<[u64; 2]>,
    /// Predicted costs of familiar sizes. They come from the measured sizes on either side, not from the line.
    pub predictions: Vec<Prediction>,
    /// Many calls against one, if both sizes were measured.
    pub chatty: Vec<Chatty>,
    /// Blocks in which every size was measured.
    pub blocks: u32,
}

/// A size that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeasuredSize {
    /// Input.
    pub input: String,
    /// Its length, bytes.
    pub bytes: u64,
    /// The calmest round of all blocks.
    pub ns: f64,
    /// Its interval; absent with fewer than two blocks.
    pub ci: Option<[f64; 2]>,
    /// (what the other sizes predict ÷ what was measured) − 1; absent for the smallest and the largest size, for size
    /// 0, and next to a jump.
    pub held_out_error: Option<f64>,
}

/// The expected cost of a size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Prediction {
    /// The size.
    pub bytes: u64,
    /// From the costs of the sizes on either side.
    pub ns: f64,
    /// Its interval; absent with fewer than two blocks.
    pub ci: Option<[f64; 2]>,
}

/// Many calls against one with all of the bytes; both measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Chatty {
    /// Calls.
    pub calls: u32,
    /// Bytes in each.
    pub bytes: u64,
    /// All calls together.
    pub one_by_one_ns: f64,
    /// One call with the bytes of all of them.
    pub at_once_ns: f64,
}

/// All models of a run: by kernel and stratum, then payload, contender and direction, each in the run's order.
pub fn all(run: &Run, measurements: &Measurements) -> Vec<BoundaryModel> {
    let confidence = Rule::of(&run.header.schedule).confidence;
    let mut models = Vec::new();
    for kernel in &run.header.kernels {
        for stratum in run.header.contests() {
            let scope = ModelScope { measurements, confidence, kernel, stratum: &stratum.id };
            for payload in payloads(kernel) {
                for contender in &kernel.contenders {
                    let both = [Direction::In, Direction::Out].into_iter();
                    models.extend(both.filter_map(|direction| scope.model(payload, &contender.name, direction)));
                }
            }
        }
    }
    models
}

/// The payloads of a kernel, each once, in the order of its inputs.
fn payloads(kernel: &run::Kernel) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let named = kernel.inputs.iter().filter_map(|input| input.payload.as_deref());
    named.filter(|payload| seen.insert(*payload)).collect()
}

/// One size in every block of a model: nanoseconds.
struct SizeSamples<'a> {
    input: &'a run::Input,
    /// Medians over rounds, for intervals.
    medians: Vec<f64>,
    /// The calmest round of each block. The two threads of a core disturb each other in some rounds of a page and not
    /// in others.
    calmest: Vec<f64>,
}

impl SizeSamples<'_> {
    /// The quoted cost, that of a calm machine: the minimum over blocks. Other work on the machine only ever makes
    /// costs higher, and may do so in most blocks of one size and in none of its neighbour's (Chen and Revels, "Robust
    /// benchmarking in noisy environments", 2016).
    fn ns(&self) -> Option<f64> {
        self.calmest.iter().copied().reduce(f64::min)
    }
}

struct ModelScope<'a> {
    measurements: &'a Measurements,
    confidence: f64,
    kernel: &'a run::Kernel,
    stratum: &'a str,
}

impl ModelScope<'_> {
    fn model(&self, payload: &str, contender: &str, direction: Direction) -> Option<BoundaryModel> {
        let (steps, blocks) = self.steps(payload, contender, direction);
        // An empty payload may take a short cut through glue and engine, which says nothing about other sizes.
        let first = steps.iter().take_while(|step| step.input.bytes == 0).count();
        let full = &steps[first..];
        let is_of_one_size = self.inputs(payload).count() == 1;
        if blocks == 0 || (full.len() < FEWEST_SIZES && !is_of_one_size) {
            return None;
        }
        let in_block = |block: usize| -> Vec<(f64, f64)> {
            full.iter().map(|step| (step.input.bytes as f64, step.medians[block])).collect()
        };
        let of_blocks: Vec<_> = (0..blocks).map(in_block).collect();
        let middle: Vec<_> =
            full.iter().map(|step| Some((step.input.bytes as f64, step.ns()?))).collect::<Option<_>>()?;
        let lines: Vec<CostLine> = of_blocks.iter().filter_map(|points| relative_line(points)).collect();
        let line = relative_line(&middle);
        let fixed = line.map_or_else(|| middle.first().map(|(_, ns)| *ns), |line| Some(line.fixed))?;
        let ci_fixed_ns = match is_of_one_size {
            true => self.interval_of_costs(&steps.first()?.medians, fixed),
            false => self.interval(lines.iter().map(|line| line.fixed), fixed),
        };
        let of_line = |line: CostLine| self.interval(lines.iter().map(|line| line.per_unit), line.per_unit);
        let sizes = self.sizes(&steps, &middle)?;
        let predicted = |(bytes, _): (u64, &str)| {
            let ns = Ladder(&middle).at(bytes as f64)?;
            let costs: Vec<f64> = of_blocks.iter().filter_map(|points| Ladder(points).at(bytes as f64)).collect();
            Some(Prediction { bytes, ns, ci: self.interval_of_costs(&costs, ns) })
        };
        Some(BoundaryModel {
            kernel: self.kernel.name.clone(),
            stratum: self.stratum.to_owned(),
            contender: contender.to_owned(),
            payload: payload.to_owned(),
            direction,
            fixed_ns: fixed,
            ci_fixed_ns,
            ns_per_byte: line.map(|line| line.per_unit),
            ci_ns_per_byte: line.and_then(of_line),
            line_error: line.and_then(|line| largest(middle.iter().map(|(size, ns)| line.at(*size) / ns - 1.0))),
            held_out_error: largest(sizes.iter().filter_map(|size| size.held_out_error)),
            jumps: Ladder(&middle).jumps().into_iter().map(|sizes| sizes.map(|size| size as u64)).collect(),
            predictions: QUOTED.into_iter().filter_map(predicted).collect(),
            chatty: chatty(&sizes),
            sizes,
            blocks: count(blocks),
        })
    }

    /// The sizes of a payload, as planned.
    fn inputs<'a>(&'a self, payload: &'a str) -> impl Iterator<Item = &'a run::Input> {
        self.kernel.inputs.iter().filter(move |input| input.payload.as_deref() == Some(payload))
    }

    /// The measured sizes, ascending and each once, and the number of blocks that have all of them.
    fn steps<'a>(&'a self, payload: &'a str, contender: &str, direction: Direction) -> (Vec<SizeSamples<'a>>, usize) {
        let mut inputs: Vec<_> = self
            .inputs(payload)
            .filter_map(|input| Some((input, self.measurement(input, contender)?)))
            .filter(|(_, measurement)| measurement.blocks.values().any(|block| !direction.times(block).is_empty()))
            .collect();
        inputs.sort_by_key(|(input, _)| input.bytes);
        inputs.dedup_by_key(|(input, _)| input.bytes);
        let Some((_, first)) = inputs.first() else { return (Vec::new(), 0) };
        let times = |measurement: &'a Measurement, block: u32| Some(direction.times(measurement.blocks.get(&block)?));
        let is_whole = |block: &u32| {
            inputs.iter().all(|(_, measurement)| times(measurement, *block).is_some_and(|times| !times.is_empty()))
        };
        let whole: Vec<u32> = first.blocks.keys().copied().filter(is_whole).collect();
        let step = |(input, measurement): &(&'a run::Input, &'a Measurement)| {
            let times = || whole.iter().filter_map(|block| times(measurement, *block));
            let calmest = |times: &[f64]| times.iter().copied().min_by(f64::total_cmp);
            SizeSamples {
                input,
                medians: times().filter_map(median).collect(),
                calmest: times().filter_map(calmest).collect(),
            }
        };
        let steps = inputs.iter().map(step).collect();
        (steps, whole.len())
    }

    fn sizes(&self, steps: &[SizeSamples<'_>], middle: &[(f64, f64)]) -> Option<Vec<MeasuredSize>> {
        let empty = steps.len() - middle.len();
        let measured = |(at, step): (usize, &SizeSamples<'_>)| {
            let ns = step.ns()?;
            let ci = self.interval_of_costs(&step.medians, ns);
            let predicted = at.checked_sub(empty).and_then(|at| Ladder(middle).without(at));
            Some(MeasuredSize {
                input: step.input.name.clone(),
                bytes: step.input.bytes,
                ns,
                ci,
                held_out_error: predicted.map(|predicted| predicted / ns - 1.0),
            })
        };
        steps.iter().enumerate().map(measured).collect()
    }

    fn measurement(&self, input: &run::Input, contender: &str) -> Option<&Measurement> {
        self.measurements.get(&Cell {
            kernel: self.kernel.name.clone(),
            input: input.name.clone(),
            contender: contender.to_owned(),
            stratum: self.stratum.to_owned(),
        })
    }

    /// Student's interval over blocks, widened to contain the quoted cost.
    fn interval(&self, values: impl Iterator<Item = f64>, quoted: f64) -> Option<[f64; 2]> {
        let ci = widened(student(&values.collect::<Vec<_>>(), self.confidence)?, quoted);
        Some(ci).filter(|ci| ci.iter().all(|bound| bound.is_finite()))
    }

    /// The same for costs, which are positive: the interval is computed on their logarithms.
    fn interval_of_costs(&self, costs: &[f64], quoted: f64) -> Option<[f64; 2]> {
        let ci = self.interval(costs.iter().map(|ns| ns.ln()), quoted.ln())?.map(f64::exp);
        Some(ci).filter(|ci| ci[0] > 0.0 && ci[1].is_finite())
    }
}

fn largest(errors: impl Iterator<Item = f64>) -> Option<f64> {
    errors.map(f64::abs).filter(|error| error.is_finite()).max_by(f64::total_cmp)
}

fn chatty(sizes: &[MeasuredSize]) -> Vec<Chatty> {
    let measured = |bytes: f64| sizes.iter().find(|size| (size.bytes as f64 / bytes - 1.0).abs() <= SAME_SIZE);
    let against = |(calls, bytes): (u32, u64)| {
        let (each, all) = (measured(bytes as f64)?, measured(bytes as f64 * f64::from(calls))?);
        Some(Chatty { calls, bytes, one_by_one_ns: each.ns * f64::from(calls), at_once_ns: all.ns })
    };
    CHATTY.into_iter().filter_map(against).collect()
}
