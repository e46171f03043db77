//! Common rules about porting, checked against this run.

use super::{BoundaryModel, Decision, Headline, JobDecision, Report, decisions_in_words, units, wording};
use crate::report::boundary::Direction;
use crate::run::Kind;

/// The rule recommends porting longer calls, nanoseconds, if they never touch the page.
const PORT_ABOVE_NS: f64 = 5e6;
/// The rule advises against porting shorter ones.
const KEEP_BELOW_NS: f64 = 2e6;
/// The domain of jobs that touch the page.
const PAGE: &str = "dom";
/// The payload that supposedly takes 8 ms a call to pass.
const TEXT_BYTES: u64 = 50_000;
/// From this factor on, batching makes a difference.
const WORTH_BATCHING: f64 = 1.1;

/// The rule that longer calls are worth a port.
const PORT_RULE: &str = "Over 5 ms in JavaScript without touching the page, port it";
/// The rule that shorter ones are not.
const KEEP_RULE: &str = "Under 2 ms in JavaScript, don't port it";

/// A rule, put to the test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The rule.
    pub words: &'static str,
    /// Everything that it was applied to; never empty.
    pub cases: Vec<Case>,
}

/// A rule, applied to one measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it is applied to, with its figure.
    pub to: String,
    /// The measurement.
    pub measured: String,
    /// Whether the rule is right here.
    pub holds: Holds,
}

/// Whether a rule is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It is right.
    Yes,
    /// It is wrong.
    No,
    /// Right in some scenarios only, or undecided.
    Partly,
}

impl Holds {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Partly];

    /// The word that tables use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "right",
            Self::No => "wrong",
            Self::Partly => "depends",
        }
    }
}

impl Rule {
    /// How often it is right: `right 10 times, wrong 3, depends 1`.
    #[must_use]
    pub fn tally(&self) -> String {
        let count = |holds| self.cases.iter().filter(|case| case.holds == holds).count();
        let counted = Holds::ALL.into_iter().map(|holds| (holds.word(), count(holds))).filter(|(_, n)| *n > 0);
        let parts = counted.enumerate().map(|(at, (word, n))| match (at, n) {
            (0, 1) => format!("{word} once"),
            (0, n) => format!("{word} {n} times"),
            (_, n) => format!("{word} {n}"),
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    /// The cases in which it is wrong.
    pub fn wrong(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| case.holds == Holds::No)
    }
}

/// Every rule that covers anything, with all that it covers.
#[must_use]
pub fn rules(report: &Report) -> Vec<Rule> {
    let headlines = report.headlines();
    let of_calls = headlines.iter().filter_map(|headline| of_calls(report, headline));
    let models = || report.boundary_models.iter();
    let cases = of_calls
        .chain(models().filter_map(|model| of_text(report, model)))
        .chain(models().flat_map(|model| of_batches(report, model)));
    let mut rules: Vec<Rule> = Vec::new();
    for (words, case) in cases {
        match rules.iter_mut().find(|rule| rule.words == words) {
            Some(rule) => rule.cases.push(case),
            None => rules.push(Rule { words, cases: vec![case] }),
        }
    }
    rules
}

/// "Over 5 ms, port it; under 2 ms, don't."
fn of_calls(report: &Report, headline: &Headline<'_>) -> Option<(&'static str, Case)> {
    let kernel = headline.kernel;
    let input = headline.input?;
    let mut cells = report.cells_of(&kernel.name, &input.name, &headline.stratum.id);
    let cell = cells.find(|cell| cell.contender == kernel.baseline)?;
    let call = cell.call_ns?.median;
    let (rule, is_port_right) = match call {
        ns if ns > PORT_ABOVE_NS && kernel.domain != PAGE => (PORT_RULE, true),
        ns if ns < KEEP_BELOW_NS => (KEEP_RULE, false),
        _ => return None,
    };
    let decisions: Vec<&JobDecision> = report.decisions.iter().filter(|decision| decision.is_on(cell)).collect();
    let known = decisions.iter().filter(|decision| decision.decision != Decision::CannotTell);
    let right: Vec<bool> = known.map(|decision| is_wasm(headline, decision) == is_port_right).collect();
    let holds = match () {
        () if right.is_empty() => return None,
        () if right.len() < decisions.len() => Holds::Partly,
        () if right.iter().all(|right| *right) => Holds::Yes,
        () if right.iter().all(|right| !right) => Holds::No,
        () => Holds::Partly,
    };
    let case = Case {
        to: place(
            report,
            format!("{} on {}, {} a call", kernel.shown(), input.shown(), units::time(call)),
            &headline.stratum.id,
        ),
        measured: decisions_in_words(&decisions, decisions.len()),
        holds,
    };
    Some((rule, case))
}

/// Whether a decision is for WebAssembly, written or to be written.
fn is_wasm(headline: &Headline<'_>, decided: &JobDecision) -> bool {
    let kind = |name: &str| headline.kernel.contenders.iter().find(|one| one.name == name).map(|one| one.kind);
    match decided.decision {
        Decision::Port | Decision::WorthATry => true,
        Decision::Install => decided.option.as_deref().and_then(kind) == Some(Kind::Wasm),
        _ => false,
    }
}

/// With the runtime, if there are several.
fn place(report: &Report, what: String, stratum: &str) -> String {
    if report.run.strata.len() > 1 { format!("{what} in {}", report.name(stratum)) } else { what }
}

/// "Passing a string of 50 kB costs 8 ms."
fn of_text(report: &Report, model: &BoundaryModel) -> Option<(&'static str, Case)> {
    let is_text = model.payload.starts_with("string") && model.direction == Direction::In;
    let cost = model.predictions.iter().find(|prediction| is_text && prediction.bytes == TEXT_BYTES)?;
    let option = report.option(&model.kernel, &model.contender);
    let case = Case {
        to: place(report, format!("{} into {option}", model.payload), &model.stratum),
        measured: units::time(cost.ns),
        // Of the same order of magnitude.
        holds: if (2e6..=32e6).contains(&cost.ns) { Holds::Yes } else { Holds::No },
    };
    Some(("A string of 50 kB costs 8 ms a call to pass", case))
}

/// "Batch your calls."
fn of_batches<'a>(report: &'a Report, model: &'a BoundaryModel) -> impl Iterator<Item = (&'static str, Case)> + 'a {
    let option = report.option(&model.kernel, &model.contender);
    let (payload, way) = (&model.payload, model.direction.name());
    model.chatty.iter().map(move |chatty| {
        let factor = chatty.one_by_one_ns / chatty.at_once_ns;
        let what = format!("{payload} {way} {option}, {} × {}", chatty.calls, units::bytes(chatty.bytes));
        let case = Case {
            to: place(report, what, &model.stratum),
            measured: format!(
                "{} call by call, {} at once: {}",
                units::time(chatty.one_by_one_ns),
                units::time(chatty.at_once_ns),
                wording::times(factor)
            ),
            holds: if factor >= WORTH_BATCHING { Holds::Yes } else { Holds::No },
        };
        ("Batch your calls", case)
    })
}
