//! The advice for one candidate in one scenario, and what it rests on. Pure.

mod size;
mod total;

pub use size::{SizeCrossing, Step, size_crossing};
pub use total::{Estimate, Needed};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::comparison::{Outcome, Ratio, Rule, are_torn};
use crate::measurement::Measurement;
use crate::run::{Contender, Kind, Scenario};
use crate::stats::{Crossing, Difference, crossing};
use total::{difference, differences, needed, of_starts};

/// A saving of less in a whole scenario is not worth a person's notice, nanoseconds.
pub const NOTICE_NS: f64 = 1e6;

/// An input of so many bytes crosses for the price of the call.
pub const SMALL_BYTES: u64 = 1024;

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// The candidate costs less, and enough less to be noticed.
    Port,
    /// JavaScript costs less, or the candidate saves nothing that is worth notice.
    KeepJs,
    /// What the browser has already gives the same answer, and no candidate beats it.
    UsePlatform,
    /// The candidate would cost less if it crossed the boundary once instead of in each call.
    BatchFirst,
    /// A port that took no time would save enough to be noticed.
    WorthATry,
    /// Not even a port that took no time would.
    NotWorthATry,
    /// The blocks do not tell.
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

/// A contender with what was measured of it.
#[derive(Debug, Clone, Copy)]
pub struct Contestant<'a> {
    /// Who.
    pub contender: &'a Contender,
    /// Its samples.
    pub measurement: &'a Measurement,
    /// Its samples on an input of at most [`SMALL_BYTES`], where crossing costs what it costs whatever crosses.
    pub small: Option<&'a Measurement>,
}

/// An advice and its grounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement<'a> {
    /// What to do.
    pub advice: Advice,
    /// The contender that the candidate has to beat: the cheapest in JavaScript or of the browser's own.
    pub rival: &'a Contender,
    /// What the scenario costs with the candidate more than with the rival.
    pub difference: Estimate,
    /// The same with one crossing for all calls; absent where what crossing costs at least was not measured.
    pub batched: Option<Estimate>,
    /// What the candidate's start costs more than the rival's.
    pub start: Option<Estimate>,
    /// From how many calls on the candidate is ahead.
    pub break_even: Crossing,
    /// How fast the work of a port has to be that the candidate stands in for; absent where it is no stand-in.
    pub needed: Option<Needed>,
    /// Why the calls tell nothing, where they were measured and do not.
    pub doubt: Option<Doubt>,
}

/// Why a ratio of calls is no ground for an advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The machine was slower for one than for the other.
    Uneven,
    /// Which one is faster differs from page to page.
    Torn,
}

/// Judges a candidate against all others in one scenario; `None` where it or all that it could be compared with have too
/// few blocks.
///
/// It has to beat the best of JavaScript and of the browser, not only the baseline: who can port can also tune.
#[must_use]
pub fn judge<'a>(
    candidate: Contestant<'a>,
    others: &[Contestant<'a>],
    scenario: &Scenario,
    rule: Rule,
) -> Option<Judgement<'a>> {
    let best = |kind: Kind| {
        let of_kind = others.iter().filter(|other| other.contender.kind == kind);
        let against = |other: &&Contestant<'a>| between(**other, candidate, scenario, None, rule);
        let compared = of_kind.filter_map(|other| Some((*other, against(&other)?)));
        // The one that the candidate saves least against.
        compared.max_by(|a, b| a.1.ns.total_cmp(&b.1.ns))
    };
    let (js, platform) = (best(Kind::Js), best(Kind::Platform));
    let (rival, difference) = match (js, platform) {
        (Some(js), Some(platform)) if platform.1.ns > js.1.ns => platform,
        (js, platform) => js.or(platform)?,
    };
    let batched = candidate.small.filter(|_| scenario.calls > 1);
    let batched = batched.and_then(|small| between(rival, candidate, scenario, Some(small), rule));
    let blocks = differences(rival.measurement, candidate.measurement, None);
    let start = of_starts(&blocks, rule.confidence);
    let starts_for_free = |block: &Difference| Difference { start: 0.0, ..*block };
    let blocks: Vec<Difference> =
        blocks.iter().map(|(block, _)| if scenario.hidden_startup { starts_for_free(block) } else { *block }).collect();
    let calls = Ratio::of_calls(rival.measurement, candidate.measurement, rule);
    let doubt = doubt(&calls, rule);
    let start_counts = start.filter(|_| !scenario.hidden_startup);
    let break_even = match (calls.outcome, start_counts) {
        // Times of calls may differ from block to block by more than the two differ in each of them.
        (Outcome::Faster, start) if start.is_none_or(|start| start.ci[1] < 0.0) => Crossing::FromTheFirstCall,
        (Outcome::Slower, start) if start.is_none_or(|start| start.ci[0] > 0.0) => Crossing::Never,
        _ => crossing(&blocks, rule.confidence),
    };
    let is_platform_enough = || {
        let (Some((js, _)), Some((platform, against))) = (js, platform) else { return false };
        let saved = between(js, platform, scenario, None, rule);
        saved.is_some_and(is_worth_notice) && against.ci[0] > -NOTICE_NS
    };
    let is_stand_in = candidate.contender.kind == Kind::StandIn;
    let saves_nothing = difference.ci[0] > -NOTICE_NS || break_even == Crossing::Never;
    let advice = match () {
        () if doubt.is_some() => Advice::Unsure,
        () if is_platform_enough() => Advice::UsePlatform,
        () if is_worth_notice(difference) && candidate.contender.kind == Kind::Platform => Advice::UsePlatform,
        () if is_worth_notice(difference) && is_stand_in => Advice::WorthATry,
        () if is_worth_notice(difference) => Advice::Port,
        () if batched.is_some_and(is_worth_notice) => Advice::BatchFirst,
        () if saves_nothing && is_stand_in => Advice::NotWorthATry,
        () if saves_nothing => Advice::KeepJs,
        () => Advice::Unsure,
    };
    let needed = is_stand_in.then(|| {
        let added = added_bytes(rival, candidate);
        needed([rival, candidate].map(|one| one.measurement), scenario, added, rule.confidence)
    });
    let needed = needed.flatten();
    Some(Judgement { advice, rival: rival.contender, difference, batched, start, break_even, needed, doubt })
}

/// Whether what is saved is surely worth a person's notice.
fn is_worth_notice(difference: Estimate) -> bool {
    difference.ci[1] <= -NOTICE_NS
}

fn doubt(calls: &Ratio, rule: Rule) -> Option<Doubt> {
    match calls.modes {
        _ if calls.uneven => Some(Doubt::Uneven),
        Some(modes) if are_torn(modes, rule.margin) => Some(Doubt::Torn),
        _ => None,
    }
}

/// What the scenario costs with the candidate more than with the rival.
fn between(
    rival: Contestant<'_>,
    candidate: Contestant<'_>,
    scenario: &Scenario,
    small: Option<&Measurement>,
    rule: Rule,
) -> Option<Estimate> {
    let blocks = differences(rival.measurement, candidate.measurement, small);
    difference(&blocks, scenario, added_bytes(rival, candidate), rule.confidence)
}

/// What the candidate's files have more than the rival's, bytes of brotli.
fn added_bytes(rival: Contestant<'_>, candidate: Contestant<'_>) -> f64 {
    let bytes = |contestant: Contestant<'_>| contestant.contender.size_bytes.map_or(0.0, |size| size.brotli as f64);
    bytes(candidate) - bytes(rival)
}
