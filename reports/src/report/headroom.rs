//! The most that a port could save, where no Wasm is written yet: figures of modules that only load and cross, and for
//! which numbers of calls they leave a port worth a try. On every input. All formats read it from here.

mod next;
mod sentences;

pub use next::next;
pub use sentences::{LIMIT, lines, place, title};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::quoted;
use super::{BreakEven, CellReport, JobDecision, KernelInfo, Middle, Report};
use crate::metric::Metric;
use crate::run::{Input, Kernel, Kind, Run, Stratum};
use crate::stats::{median, student, widened};
use crate::verdict::{CallRange, Decision, DecisionBasis, Effort, decide, ranges};
use sentences::Sentences;

/// The most that a port could save on one input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Headroom {
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// Id of the stratum.
    pub stratum: String,
    /// The contender that a port would replace: of those that exist, the one with the shortest calls. Absent if none was
    /// measured.
    pub replaced: Option<String>,
    /// One call of it, nanoseconds.
    pub call_ns: Option<Middle>,
    /// The most that a port could save of each call, nanoseconds; negative if crossing alone takes longer.
    pub saved_ns: Option<Middle>,
    /// Crossing into Wasm and back with this input and its answer, nanoseconds.
    pub crossing_ns: Option<Middle>,
    /// What loading Wasm takes, by size.
    pub loads: Vec<Load>,
    /// From how many calls on the smallest of these modules, with no work to do, costs less than what it would replace.
    pub break_even_calls: BreakEven,
    /// The decision in the scenario that summaries quote, which is one and the same for all inputs.
    pub decision: Decision,
    /// The decision in every scenario.
    pub decisions: Vec<ScenarioDecision>,
    /// The decision by number of calls, from one call on, with the start and the network of the quoted scenario.
    pub ranges: Vec<CallRange>,
    /// What the figures say, whatever the number of calls.
    pub sentences: Vec<String>,
    /// For which numbers of calls a port is worth a try; empty if nothing was measured.
    pub advice: Vec<String>,
    /// What would help where the measurements do not decide.
    pub remedy: String,
}

/// What loading a module that does no work takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Load {
    /// Contender.
    pub contender: String,
    /// What people read for it.
    pub label: String,
    /// Everything that ships, bytes, as built.
    pub size_bytes: Option<u64>,
    /// From asking for it to its first answer, nanoseconds, from this machine: a download comes on top.
    pub ns: Middle,
}

/// The decision in a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioDecision {
    /// Name of the scenario.
    pub scenario: String,
    /// Its number of calls.
    pub calls: u64,
    /// The decision.
    pub decision: Decision,
}

impl Headroom {
    /// Whether there is anything to say about a port.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        self.saved_ns.is_some()
    }

    /// Whether a port is worth a try for any number of calls.
    #[must_use]
    pub fn is_worth_a_try(&self) -> bool {
        self.ranges.iter().any(|range| range.decision == Decision::WorthATry)
    }
}

/// What all headrooms of a run are made from.
struct Scope<'a> {
    run: &'a Run,
    cells: &'a [CellReport],
    bases: &'a [DecisionBasis],
    decisions: &'a [JobDecision],
}

/// One for each input and stratum of each kernel whose Wasm is not written yet, in the order of the plan.
pub fn all(run: &Run, cells: &[CellReport], bases: &[DecisionBasis], decisions: &[JobDecision]) -> Vec<Headroom> {
    let scope = Scope { run, cells, bases, decisions };
    let mut found = Vec::new();
    for kernel in run.header.kernels.iter().filter(|kernel| kernel.is_unwritten()) {
        let info = KernelInfo::of(kernel);
        for stratum in run.header.contests() {
            let planned = kernel.inputs.iter().filter(|input| stratum.has(&kernel.name, &input.name));
            found.extend(planned.filter_map(|input| scope.headroom(kernel, &info, input, stratum)));
        }
    }
    found
}

impl Scope<'_> {
    fn headroom(&self, kernel: &Kernel, info: &KernelInfo, input: &Input, stratum: &Stratum) -> Option<Headroom> {
        let place = [&*kernel.name, &*input.name, &*stratum.id];
        let headline = stratum.headline(&kernel.name, &kernel.inputs)?;
        let scenario = &quoted([place[0], &headline.name, place[2]], self.decisions)?.scenario;
        let is_of = |[a, b, c]: [&String; 3]| [a, b, c] == place;
        let basis = self.bases.iter().find(|basis| is_of([&basis.kernel, &basis.input, &basis.stratum]))?;
        let decisions = self.decisions.iter().filter(|one| is_of([&one.kernel, &one.input, &one.stratum]));
        let cells: Vec<&CellReport> =
            self.cells.iter().filter(|cell| is_of([&cell.kernel, &cell.input, &cell.stratum])).collect();
        let figure = |option: usize, metric| {
            cells.iter().find(|cell| cell.contender == basis.options[option].contender)?.figure(metric)
        };
        let call = |option: usize| figure(option, Metric::CALL);
        let (stand_ins, others): (Vec<usize>, Vec<usize>) =
            (0..basis.options.len()).partition(|option| basis.options[*option].effort == Effort::Unwritten);
        let shortest = |a: &usize, b: &usize| {
            let ns = |option: &usize| call(*option).map_or(f64::INFINITY, |call| call.median);
            ns(a).total_cmp(&ns(b))
        };
        // Stand-ins differ in their size alone; the first one stands for all.
        let (replaced, stand_in) = (others.into_iter().min_by(shortest), stand_ins.first().copied());
        let both = replaced.zip(stand_in);
        let saved_ns = both.and_then(|(replaced, stand_in)| saved(basis, replaced, stand_in));
        let loads = stand_ins.iter().filter_map(|option| {
            let contender = &basis.options[*option].contender;
            let cell = cells.iter().find(|cell| cell.contender == *contender)?;
            let size_bytes = cell.size_bytes.map(|size| size.raw);
            let ns = cell.figure(Metric::COLD_START)?;
            Some(Load { contender: contender.clone(), label: info.option(contender), size_bytes, ns })
        });
        let ranges = if saved_ns.is_some() { ranges(basis, scenario) } else { Vec::new() };
        let mut headroom = Headroom {
            kernel: kernel.name.clone(),
            input: input.name.clone(),
            stratum: stratum.id.clone(),
            replaced: replaced.map(|option| basis.options[option].contender.clone()),
            call_ns: replaced.and_then(call),
            saved_ns,
            crossing_ns: stand_in.and_then(call),
            loads: loads.collect(),
            break_even_calls: both.map_or(BreakEven::Undetermined, |(replaced, stand_in)| {
                basis.break_even(replaced, stand_in, scenario).into()
            }),
            decision: decide(basis, scenario).decision,
            decisions: decisions.map(ScenarioDecision::of).collect(),
            ranges,
            sentences: Vec::new(),
            advice: Vec::new(),
            remedy: String::new(),
        };
        let is_missing =
            |cell: &&&CellReport| cell.call_ns.is_none() && (replaced.is_none() || cell.kind == Kind::StandIn);
        let said = Sentences {
            kernel: info,
            headroom: &headroom,
            failure: cells.iter().find(is_missing).and_then(|cell| cell.failure.as_deref()),
            is_doubtful: both.and_then(|(from, to)| basis.pair(from, to)).is_some_and(|pair| pair.doubtful),
            preset: &self.run.header.schedule.preset,
        };
        let (sentences, advice, remedy) = (said.figures(), said.advice(), said.remedy().to_owned());
        headroom = Headroom { sentences, advice, remedy, ..headroom };
        Some(headroom)
    }
}

impl ScenarioDecision {
    fn of(decided: &JobDecision) -> Self {
        let JobDecision { scenario, decision, .. } = decided;
        Self { scenario: scenario.name.clone(), calls: scenario.calls, decision: *decision }
    }
}

/// What each call costs less: median over blocks, with Student's interval, on logarithms where there are any.
fn saved(basis: &DecisionBasis, replaced: usize, stand_in: usize) -> Option<Middle> {
    let added = basis.pair(replaced, stand_in)?.added_call_ns;
    let saved: Vec<f64> = added.into_iter().flatten().map(|added| -added).collect();
    let median = median(&saved)?;
    let ci = match saved.iter().all(|saved| *saved > 0.0) {
        true => {
            let logs: Vec<f64> = saved.iter().map(|saved| saved.ln()).collect();
            student(&logs, basis.confidence).map(|ci| ci.map(f64::exp))
        }
        false => student(&saved, basis.confidence),
    };
    Some(Middle { median, ci: ci.map(|ci| widened(ci, median)) })
}

impl Report {
    /// The headrooms of a kernel in a stratum, one for each input; empty unless its Wasm is not written yet.
    pub fn headrooms_on<'a>(&'a self, kernel: &'a str, stratum: &'a str) -> impl Iterator<Item = &'a Headroom> {
        self.headrooms.iter().filter(move |headroom| headroom.kernel == kernel && headroom.stratum == stratum)
    }
}
