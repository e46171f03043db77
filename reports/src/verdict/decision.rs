//! The decision on a job in one scenario: the least effort that no other option is worth exceeding. Pure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DecisionBasis;
use super::effort::Effort;
use super::grounds::{Grounds, Worth};
use super::total::{TotalDifference, break_even, download_ns, estimate, total};
use crate::run::Scenario;
use crate::stats::{Crossing, median};

/// What to do about a job, in the order in which reports list the decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// WebAssembly of one's own beats everything that takes less effort.
    Port,
    /// A package does.
    Install,
    /// The browser's API does.
    UseBrowser,
    /// Faster JavaScript does.
    TuneJs,
    /// WebAssembly that is not written yet could.
    WorthATry,
    /// The best of the others is neither better nor worse by more than the margin.
    NoDifference,
    /// Nothing beats what is there by enough.
    KeepJs,
    /// Not even WebAssembly that takes no time could save enough.
    NotWorthATry,
    /// The measurements do not decide.
    CannotTell,
}

impl Decision {
    /// All decisions, in the order in which reports list them.
    pub const ALL: [Self; 9] = [
        Self::Port,
        Self::Install,
        Self::UseBrowser,
        Self::TuneJs,
        Self::WorthATry,
        Self::NoDifference,
        Self::KeepJs,
        Self::NotWorthATry,
        Self::CannotTell,
    ];

    /// The name used in every file format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Port => "port",
            Self::Install => "install",
            Self::UseBrowser => "use-browser",
            Self::TuneJs => "tune-js",
            Self::WorthATry => "worth-a-try",
            Self::KeepJs => "keep-js",
            Self::NoDifference => "no-difference",
            Self::NotWorthATry => "not-worth-a-try",
            Self::CannotTell => "cannot-tell",
        }
    }

    /// What people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Port => "Port it",
            Self::Install => "Install it",
            Self::UseBrowser => "Use the browser",
            Self::TuneJs => "Tune the JavaScript",
            Self::WorthATry => "Worth a try",
            Self::KeepJs => "Keep JavaScript",
            Self::NoDifference => "No difference",
            Self::NotWorthATry => "Not worth a try",
            Self::CannotTell => "Can't tell yet",
        }
    }

    /// The decision to ship an option of this effort.
    fn of(effort: Effort) -> Self {
        match effort {
            Effort::Keep => Self::KeepJs,
            Effort::Browser => Self::UseBrowser,
            Effort::Install => Self::Install,
            Effort::Tune => Self::TuneJs,
            Effort::Port => Self::Port,
            Effort::Unwritten => Self::WorthATry,
        }
    }
}

/// A decision, and the options that it rests on, by their index in the basis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decided {
    /// The decision.
    pub decision: Decision,
    /// The option to ship, or the one in doubt; absent if nothing was measured.
    pub option: Option<usize>,
    /// Another of the same effort that may be as good.
    pub runner_up: Option<usize>,
    /// The best that could be shipped instead; absent if there is nothing to compare with.
    pub alternative: Option<usize>,
}

/// Decides a job in a scenario.
///
/// Each effort is represented by its option with the lowest total. The decision is the least effort that no greater one
/// certainly or possibly is worth exceeding, if it is certainly worth exceeding every lesser one. Otherwise the
/// measurements do not decide between the two.
#[must_use]
pub fn decide(grounds: &impl Grounds, scenario: &Scenario) -> Decided {
    let total = |option: usize| grounds.total(option, scenario);
    let efforts = grounds.efforts();
    let cheapest = |options: &mut dyn Iterator<Item = usize>| {
        let known = options.filter_map(|option| Some((option, total(option)?)));
        known.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(option, _)| option)
    };
    let of = |option: &usize| efforts[*option];
    let all = 0..efforts.len();
    let of_effort = |effort: Effort| all.clone().filter(move |option| of(option) == effort);
    let best: Vec<usize> = Effort::ALL.into_iter().filter_map(|effort| cheapest(&mut of_effort(effort))).collect();
    let worth = |from: usize, to: usize| grounds.worth(from, to, scenario);
    let is_enough = |(at, option): &(usize, &usize)| best[at + 1..].iter().all(|&to| worth(**option, to) == Worth::No);
    let Some((at, &option)) = best.iter().enumerate().find(is_enough) else {
        return Decided { decision: Decision::CannotTell, option: None, runner_up: None, alternative: None };
    };
    let in_doubt = cheapest(&mut best[..at].iter().copied().filter(|&from| worth(from, option) != Worth::Yes));
    let stand_in = of_effort(Effort::Unwritten).next();
    let is_js = |effort: Effort| matches!(effort, Effort::Keep | Effort::Tune);
    let without = |option: usize| {
        // What is there already is set against what it might give way to.
        let others = || all.clone().filter(move |other| of(other) != of(&option));
        let rivals = if of(&option) == Effort::Keep {
            cheapest(&mut others().filter(|other| !is_js(of(other))))
        } else {
            cheapest(&mut others().filter(|other| of(other) < Effort::Port))
        };
        rivals.or_else(|| cheapest(&mut others()))
    };
    let (decision, option, alternative) = match (in_doubt, stand_in) {
        (None, Some(stand_in)) if of(&option) != Effort::Unwritten => (Decision::NotWorthATry, stand_in, Some(option)),
        (Some(doubtful), _) => (Decision::CannotTell, option, Some(doubtful)),
        _ if best.len() < 2 => (Decision::CannotTell, option, None),
        _ => (Decision::of(of(&option)), option, without(option)),
    };
    let is_same = || alternative.is_some_and(|other| grounds.is_same(option, other, scenario));
    let decision = if decision == Decision::KeepJs && is_same() { Decision::NoDifference } else { decision };
    let close =
        of_effort(of(&option)).filter(|&other| other != option && grounds.may_be_as_good(option, other, scenario));
    let runner_up = cheapest(&mut close.into_iter()).filter(|_| of(&option) != Effort::Unwritten);
    Decided { decision, option: Some(option), runner_up, alternative }
}

impl Grounds for DecisionBasis {
    fn efforts(&self) -> Vec<Effort> {
        self.options.iter().map(|option| option.effort).collect()
    }

    fn total(&self, option: usize, scenario: &Scenario) -> Option<f64> {
        self.total(option, scenario)
    }

    fn difference(&self, from: usize, to: usize, scenario: &Scenario) -> Option<TotalDifference> {
        self.difference(from, to, scenario)
    }

    fn is_doubtful(&self, from: usize, to: usize) -> Option<bool> {
        Some(self.pair(from, to)?.doubtful)
    }

    fn never_pays(&self, from: usize, to: usize, scenario: &Scenario) -> bool {
        self.break_even(from, to, scenario) == Crossing::Never
    }
}

impl DecisionBasis {
    /// What the scenario costs with an option, nanoseconds: the median over blocks.
    #[must_use]
    pub fn total(&self, option: usize, scenario: &Scenario) -> Option<f64> {
        let option = &self.options[option];
        let download = download_ns(scenario, option.brotli.map_or(0.0, |bytes| bytes as f64));
        let in_block = |(start, call): (&Option<f64>, &Option<f64>)| {
            let (start, call) = ((*start)?, (*call)?);
            let first = if scenario.hidden_startup { call } else { start + download };
            Some(first + scenario.calls.saturating_sub(1) as f64 * call)
        };
        median(&option.start_ns.iter().zip(&option.call_ns).filter_map(in_block).collect::<Vec<_>>())
    }

    /// How much more the scenario costs with `to` than with `from`.
    #[must_use]
    pub fn difference(&self, from: usize, to: usize, scenario: &Scenario) -> Option<TotalDifference> {
        let added = self.added_bytes(from, to).unwrap_or(0.0);
        let blocks = self.differences(&self.pair(from, to)?, scenario);
        let totals: Vec<f64> = blocks.iter().map(|block| total(block, scenario, added)).collect();
        estimate(&totals, self.confidence)
    }

    /// How much later the first answer of `to` comes than that of `from`, its download included.
    #[must_use]
    pub fn first_result(&self, from: usize, to: usize, scenario: &Scenario) -> Option<TotalDifference> {
        let waited_for = Scenario { calls: 1, hidden_startup: false, ..scenario.clone() };
        self.difference(from, to, &waited_for)
    }

    /// From how many calls on `to` costs less than `from`.
    #[must_use]
    pub fn break_even(&self, from: usize, to: usize, scenario: &Scenario) -> Crossing {
        let Some(pair) = self.pair(from, to) else { return Crossing::Undetermined };
        let blocks = self.differences(&pair, scenario);
        let start = self.first_result(from, to, scenario);
        let added = self.added_bytes(from, to).unwrap_or(0.0);
        break_even(pair.outcome, start, blocks, scenario, added, self.confidence)
    }
}
