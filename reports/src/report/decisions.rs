//! The decision on every job, with what it rests on.

mod basis;
mod row;
mod sentence;

pub use basis::all as bases;
pub use row::DecisionRow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BreakEven, CellReport, Delay, KernelInfo, Report, Saving, scenarios, units};
use crate::measurement::Measurements;
use crate::run::{Run, Scenario};
use crate::verdict::{Decided, Decision, DecisionBasis, Effort, TotalDifference, decide};

/// Of several scenarios, summaries quote the one with the most calls up to this number, or the first.
const QUOTED_CALLS: u64 = 200;

/// What to do about a job in one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JobDecision {
    /// Kernel.
    pub kernel: String,
    /// The input it is about.
    pub input: String,
    /// Id of its stratum.
    pub stratum: String,
    /// The scenario.
    pub scenario: Scenario,
    /// The decision.
    pub decision: Decision,
    /// The contender to ship, or the one in doubt; absent if nothing was measured.
    pub option: Option<String>,
    /// Another contender of the same effort that may be as good: too close to call.
    pub runner_up: Option<String>,
    /// The best contender that could be shipped instead; absent if there is nothing to compare with.
    pub alternative: Option<String>,
    /// Time per call of the option ÷ that of the alternative; absent where one of them does no work.
    pub ratio: Option<f64>,
    /// Its interval.
    pub ci: Option<[f64; 2]>,
    /// What the option saves over the alternative in the scenario; negative if it costs more.
    pub saving_ns: Option<Saving>,
    /// From how many calls on the option costs less.
    pub break_even_calls: BreakEven,
    /// How much later its first answer comes, with the download at the scenario's bandwidth; negative if it is sooner.
    pub first_result_ns: Option<Delay>,
    /// What it adds to the download, bytes of brotli.
    pub added_bytes_brotli: Option<i64>,
    /// Why, in one sentence.
    pub reason: String,
}

/// All decisions of a run: by kernel, stratum and scenario, each in the run's order.
pub fn all(run: &Run, measurements: &Measurements, bases: &[DecisionBasis]) -> Vec<JobDecision> {
    let of_basis = |basis: &DecisionBasis| -> Option<Vec<JobDecision>> {
        let kernel = run.header.kernels.iter().find(|kernel| kernel.name == basis.kernel)?;
        let input = kernel.inputs.iter().find(|input| input.name == basis.input)?;
        let info = KernelInfo::of(kernel);
        let scenarios = scenarios::of(kernel, input, &basis.stratum, measurements);
        Some(scenarios.into_iter().map(|scenario| JobDecision::of(&info, basis, scenario)).collect())
    };
    bases.iter().filter_map(of_basis).flatten().collect()
}

impl JobDecision {
    /// The decision on a job in a scenario.
    #[must_use]
    pub fn of(kernel: &KernelInfo, basis: &DecisionBasis, scenario: Scenario) -> Self {
        let decided = decide(basis, &scenario);
        let Decided { decision, option, runner_up, alternative } = decided;
        let name = |option: usize| basis.options[option].contender.clone();
        let both = option.zip(alternative);
        let is_real = |option: usize| basis.options[option].effort != Effort::Unwritten;
        let pair = both.filter(|(option, other)| is_real(*option) && is_real(*other));
        let pair = pair.and_then(|(option, other)| basis.pair(other, option));
        let difference = both.and_then(|(option, other)| basis.difference(other, option, &scenario));
        let first_result = both.and_then(|(option, other)| basis.first_result(other, option, &scenario));
        let break_even = both.map(|(option, other)| basis.break_even(other, option, &scenario).into());
        Self {
            kernel: basis.kernel.clone(),
            input: basis.input.clone(),
            stratum: basis.stratum.clone(),
            decision,
            option: option.map(name),
            runner_up: runner_up.map(name),
            alternative: alternative.map(name),
            ratio: pair.as_ref().and_then(|pair| pair.ratio),
            ci: pair.as_ref().and_then(|pair| pair.ci),
            saving_ns: difference.map(saving),
            break_even_calls: break_even.unwrap_or(BreakEven::Undetermined),
            first_result_ns: first_result.map(|later| Delay { median: later.ns, ci: Some(later.ci) }),
            added_bytes_brotli: both.and_then(|(option, other)| Some(basis.added_bytes(other, option)? as i64)),
            reason: sentence::reason(kernel, basis, &decided, &scenario),
            scenario,
        }
    }
}

impl JobDecision {
    /// Whether it is about a cell's kernel, input and stratum.
    #[must_use]
    pub fn is_on(&self, cell: &CellReport) -> bool {
        (&self.kernel, &self.input, &self.stratum) == (&cell.kernel, &cell.input, &cell.stratum)
    }
}

/// Decisions on one job in words, from few calls to many: `Port it`, or `Port it at 200, 10000 calls` where those are not
/// all of the scenarios, of which there are `of`.
#[must_use]
pub fn in_words(decisions: &[&JobDecision], of: usize) -> String {
    let parts = decisions.chunk_by(|one, other| one.decision == other.decision).map(|same| {
        let words = same[0].decision.words();
        let calls: Vec<String> = same.iter().map(|one| units::count(one.scenario.calls as f64)).collect();
        let unit = if calls == ["1"] { "call" } else { "calls" };
        if same.len() == of { words.to_owned() } else { format!("{words} at {} {unit}", calls.join(", ")) }
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// What an option saves that costs so much more.
pub fn saving(difference: TotalDifference) -> Saving {
    let [low, high] = difference.ci;
    Saving { median: -difference.ns, ci: [-high, -low] }
}

/// The decisions for the scenarios of a kernel, an input and a stratum.
fn of_place<'a>(place: [&'a str; 3], decisions: &'a [JobDecision]) -> impl Iterator<Item = &'a JobDecision> {
    decisions.iter().filter(move |one| [&one.kernel, &one.input, &one.stratum] == place)
}

/// The decision that summaries quote, of those for the scenarios of a job and an input.
pub fn quoted<'a>(place: [&'a str; 3], decisions: &'a [JobDecision]) -> Option<&'a JobDecision> {
    let all = || of_place(place, decisions);
    let fitting = all().filter(|decision| decision.scenario.calls <= QUOTED_CALLS);
    fitting.max_by_key(|decision| decision.scenario.calls).or_else(|| all().next())
}

impl Report {
    /// The decisions on a job and an input, one for each scenario.
    pub fn decisions_on<'a>(
        &'a self,
        kernel: &'a str,
        input: &'a str,
        stratum: &'a str,
    ) -> impl Iterator<Item = &'a JobDecision> {
        of_place([kernel, input, stratum], &self.decisions)
    }

    /// The decision on a job that summaries quote, on one of its inputs.
    #[must_use]
    pub fn decision_on<'a>(&'a self, kernel: &'a str, input: &'a str, stratum: &'a str) -> Option<&'a JobDecision> {
        quoted([kernel, input, stratum], &self.decisions)
    }

    /// What the decisions on a job and an input rest on.
    #[must_use]
    pub fn basis_of(&self, kernel: &str, input: &str, stratum: &str) -> Option<&DecisionBasis> {
        self.bases.iter().find(|basis| [&basis.kernel, &basis.input, &basis.stratum] == [kernel, input, stratum])
    }
}
