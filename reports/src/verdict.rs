//! The advice for one candidate in one scenario, and its grounds. Pure.

mod basis;
mod decision;
mod effort;
mod grounds;
mod mix;
mod pair;
mod ranges;
mod size;
mod total;

pub use basis::{DecisionBasis, OptionBlocks, PairBlocks};
pub use decision::{Decided, Decision, decide};
pub use effort::Effort;
pub use grounds::Grounds;
pub use mix::{Mix, Part};
pub use pair::Pairs;
pub use ranges::{CallRange, ranges};
pub use size::{SizeCrossing, SizeOutcome, size_crossing};
pub use total::{Needed, TotalDifference};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::comparison::{Ratio, Rule, are_torn};
use crate::measurement::Measurement;
use crate::run::{Contender, Kind, Scenario};
use crate::stats::{BlockDifference, Crossing};
use total::{break_even, difference, needed, total_of};

/// A smaller saving in a whole scenario is ignored, nanoseconds.
pub const NOTICE_NS: f64 = 1e6;

/// An input of at most so many bytes crosses for the price of the call.
pub const SMALL_BYTES: u64 = 1024;

/// The advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// The candidate costs less, by enough to matter.
    Port,
    /// JavaScript costs less, or the candidate saves too little to matter.
    KeepJs,
    /// The browser's API gives the same answer, and no candidate beats it.
    UsePlatform,
    /// The candidate would cost less if it crossed the boundary once instead of in each call.
    BatchFirst,
    /// An infinitely fast port would save enough to matter.
    WorthATry,
    /// Even an infinitely fast port would not.
    NotWorthATry,
    /// The blocks do not decide.
    Unsure,
}

impl Advice {
    /// The name used in every file format and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Port => "port",
            Self::KeepJs => "keep-js",
            Self::UsePlatform => "use-platform",
            Self::BatchFirst => "batch-first",
            Self::WorthATry => "worth-a-try",
            Self::NotWorthATry => "not-worth-a-try",
            Self::Unsure => "unsure",
        }
    }
}

/// A contender with its measurements.
#[derive(Debug, Clone, Copy)]
pub struct Contestant<'a> {
    /// The contender.
    pub contender: &'a Contender,
    /// Its samples.
    pub measurement: &'a Measurement,
    /// Its samples on an input of at most [`SMALL_BYTES`], whose crossing costs only the fixed part.
    pub small: Option<&'a Measurement>,
}

/// An advice and its grounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement<'a> {
    /// The advice.
    pub advice: Advice,
    /// The contender that the candidate has to beat: the cheapest of JavaScript and of the browser's APIs.
    pub rival: &'a Contender,
    /// How much more the scenario costs with the candidate than with the rival.
    pub difference: TotalDifference,
    /// The same with one crossing for all calls; absent if the fixed cost of crossing was not measured.
    pub batched: Option<TotalDifference>,
    /// How much more the candidate's start costs than the rival's.
    pub start: Option<TotalDifference>,
    /// From how many calls on the candidate is ahead.
    pub break_even: Crossing,
    /// How fast the work of a port has to be, for a stand-in; absent otherwise.
    pub needed: Option<Needed>,
    /// Why the measured calls do not support an advice, if they do not.
    pub doubt: Option<Doubt>,
}

/// Why a ratio of calls does not support an advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The machine was slower for one than for the other.
    Uneven,
    /// Which one is faster differs from page to page.
    Torn,
}

/// Judges a candidate against all others in one scenario; `None` if the candidate or all of its possible rivals have
/// too few blocks.
///
/// It has to beat the best of JavaScript and of the browser, not only the baseline, because a team that can port can
/// also tune.
#[must_use]
pub fn judge<'a>(
    candidate: Contestant<'a>,
    others: &[Contestant<'a>],
    scenario: &Scenario,
    pairs: &Pairs<'a>,
) -> Option<Judgement<'a>> {
    let rule = pairs.rule();
    let estimate = |blocks: &[BlockDifference], added: f64| difference(blocks, scenario, added, rule.confidence);
    let between = |rival: Contestant<'a>, candidate: Contestant<'a>| {
        estimate(&pairs.of(rival, candidate).differences(scenario), added_bytes(rival, candidate))
    };
    let best = |kind: Kind| {
        let of_kind = others.iter().filter(|other| other.contender.kind == kind);
        let against = |other: &&Contestant<'a>| between(**other, candidate);
        let compared = of_kind.filter_map(|other| Some((*other, against(&other)?)));
        // The contender that the candidate saves least against.
        compared.max_by(|a, b| a.1.ns.total_cmp(&b.1.ns))
    };
    let (js, platform) = (best(Kind::Js), best(Kind::Platform));
    let (rival, difference) = match (js, platform) {
        (Some(js), Some(platform)) if platform.1.ns > js.1.ns => platform,
        (js, platform) => js.or(platform)?,
    };
    let pair = pairs.of(rival, candidate);
    let added = added_bytes(rival, candidate);
    let batched = candidate.small.filter(|_| scenario.calls > 1);
    let batched = batched.and_then(|_| estimate(&pair.differences_batched(scenario), added));
    let (blocks, start, calls) = (pair.differences(scenario), pair.start(), pair.calls());
    let doubt = doubt(calls, rule);
    let break_even = break_even(calls.outcome, start, blocks, scenario, added, rule.confidence);
    let is_platform_enough = || {
        let (Some((js, _)), Some((platform, against))) = (js, platform) else { return false };
        let saved = between(js, platform);
        saved.is_some_and(|saved| is_worth_notice(saved, js, scenario)) && against.ci[0] > -NOTICE_NS
    };
    let is_worth_it = |difference| is_worth_notice(difference, rival, scenario);
    let is_stand_in = candidate.contender.kind == Kind::StandIn;
    let saves_nothing = difference.ci[0] > -least_saving(rival, scenario) || break_even == Crossing::Never;
    let advice = match () {
        () if doubt.is_some() => Advice::Unsure,
        () if is_platform_enough() => Advice::UsePlatform,
        () if is_worth_it(difference) && candidate.contender.kind == Kind::Platform => Advice::UsePlatform,
        () if is_worth_it(difference) && is_stand_in => Advice::WorthATry,
        () if is_worth_it(difference) => Advice::Port,
        () if batched.is_some_and(is_worth_it) => Advice::BatchFirst,
        () if saves_nothing && is_stand_in => Advice::NotWorthATry,
        () if saves_nothing => Advice::KeepJs,
        () => Advice::Unsure,
    };
    let needed =
        is_stand_in.then(|| needed([rival, candidate].map(|one| one.measurement), scenario, added, rule.confidence));
    let needed = needed.flatten();
    Some(Judgement { advice, rival: rival.contender, difference, batched, start, break_even, needed, doubt })
}

/// Whether the saving certainly is large enough to matter, and not a small part of what the rival costs.
fn is_worth_notice(difference: TotalDifference, rival: Contestant<'_>, scenario: &Scenario) -> bool {
    difference.ci[1] <= -NOTICE_NS && difference.ns <= -least_saving(rival, scenario)
}

/// The least saving that is worth anything beside what the rival costs, nanoseconds.
fn least_saving(rival: Contestant<'_>, scenario: &Scenario) -> f64 {
    NOTICE_NS.max(scenario.margin() * total_of(rival.measurement, scenario).unwrap_or(0.0))
}

/// Why a ratio of calls does not support an advice, if it does not.
#[must_use]
pub fn doubt(calls: &Ratio, rule: Rule) -> Option<Doubt> {
    match calls.modes {
        _ if calls.uneven => Some(Doubt::Uneven),
        Some(modes) if are_torn(modes, rule.margin) => Some(Doubt::Torn),
        _ => None,
    }
}

/// How much larger the candidate's files are than the rival's, bytes of brotli.
fn added_bytes(rival: Contestant<'_>, candidate: Contestant<'_>) -> f64 {
    let bytes = |contestant: Contestant<'_>| contestant.contender.size_bytes.map_or(0.0, |size| size.brotli as f64);
    bytes(candidate) - bytes(rival)
}
