//! An advice in sentences: why it is given, and what would change it.

use crate::comparison::Ratio;
use crate::report::{KernelInfo, units, wording};
use crate::run::{Contender, Input, Kind, Scenario};
use crate::stats::Crossing;
use crate::verdict::{Advice, Doubt, Judgement, NOTICE_NS, Needed};

/// A slow but common network, megabits per second, and its name.
const SLOW_NETWORK: (f64, &str) = (1.6, "slow 4G (1.6 Mbit/s)");

/// A port that has to be this many times as fast need not be faster, as far as anyone can tell.
const AS_FAST: f64 = 1.05;

/// The facts behind the sentences about a candidate in a scenario.
pub struct Reasoner<'a> {
    /// The kernel, with the names that people read.
    pub kernel: &'a KernelInfo,
    /// The candidate.
    pub candidate: &'a Contender,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The input.
    pub input: &'a Input,
    /// What it adds to the download.
    pub added_bytes: Option<i64>,
    /// Its calls against the rival's.
    pub calls: Option<Ratio>,
}

impl Reasoner<'_> {
    /// The reason if neither was measured.
    pub fn nothing_to_go_by(&self) -> String {
        format!(
            "{} and a contender to compare it with were not measured in at least two blocks: see the failures, or measure more blocks",
            self.kernel.option(&self.candidate.name)
        )
    }

    /// Why, the most important reason first. Sentences without their full stop.
    pub fn reasons(&self, judged: &Judgement<'_>) -> Vec<String> {
        let mut reasons = vec![self.total(judged)];
        reasons.extend(judged.doubt.map(doubt));
        reasons.extend(self.batching(judged));
        reasons.push(judged.needed.map_or_else(|| self.per_call(judged), |needed| self.speed_needed(needed, judged)));
        reasons.extend(self.break_even(judged));
        reasons.push(self.start(judged));
        reasons
    }

    /// What would change the verdict, and from what value on.
    pub fn flips(&self, judged: &Judgement<'_>, advice_in: impl Fn(&Scenario) -> Option<Advice>) -> Vec<String> {
        let mut flips = Vec::new();
        let mut try_out = |scenario: Scenario, what: String| {
            if let Some(advice) = advice_in(&scenario).filter(|advice| *advice != judged.advice) {
                flips.push(format!("{what}: {}", advice.name()));
            }
        };
        if !self.scenario.hidden_startup {
            try_out(Scenario { hidden_startup: true, ..self.scenario.clone() }, "If you preload it".to_owned());
        }
        if self.scenario.megabits_per_s.is_none() && !self.scenario.hidden_startup {
            let (megabits, name) = SLOW_NETWORK;
            try_out(
                Scenario { megabits_per_s: Some(megabits), ..self.scenario.clone() },
                format!("With its files loaded over {name}"),
            );
        }
        if let Crossing::From(_, [low, high]) = judged.break_even {
            // Where the totals certainly differ, with a margin of the same size to make it matter.
            for (calls, which) in [(low / 2.0, "or less"), (2.0 * high, "or more")] {
                let is_on_the_way = (calls < self.scenario.calls as f64) == (which == "or less");
                let calls = calls.ceil().clamp(1.0, 1e15) as u64;
                if is_on_the_way && calls != self.scenario.calls {
                    let scenario = Scenario { calls, ..self.scenario.clone() };
                    try_out(scenario, format!("With {} {which}", wording::calls(calls as f64)));
                }
            }
        }
        flips
    }

    /// What the scenario costs more or less.
    fn total(&self, judged: &Judgement<'_>) -> String {
        let (candidate, rival) = (self.kernel.option(&self.candidate.name), self.rival(judged));
        let scenario = wording::scenario(self.scenario);
        let [low, high] = judged.difference.ci;
        let ns = judged.difference.ns;
        if self.candidate.kind == Kind::StandIn {
            return format!("{scenario}: {}", at_most(judged, &rival));
        }
        if high < 0.0 {
            let note = match high > -NOTICE_NS {
                true => format!(", and less than {} does not matter", units::time(NOTICE_NS)),
                false => String::new(),
            };
            let (time, interval) = (units::time(-ns), units::time_interval([-high, -low]));
            return format!("{scenario}: {time} faster ({interval}) with {candidate} than with {rival}{note}");
        }
        if low > 0.0 {
            let (time, interval) = (units::time(ns), units::time_interval([low, high]));
            return format!("{scenario}: {time} slower ({interval}) with {candidate} than with {rival}");
        }
        format!(
            "{scenario}: between {} slower and {} faster with {candidate} than with {rival}",
            units::time(high),
            units::time(-low)
        )
    }

    fn rival(&self, judged: &Judgement<'_>) -> String {
        self.kernel.option(&judged.rival.name)
    }

    fn batching(&self, judged: &Judgement<'_>) -> Option<String> {
        let batched = judged.batched.filter(|_| judged.advice == Advice::BatchFirst)?;
        Some(format!(
            "Crossing in each call is the problem: with one crossing for all data it would save {}",
            units::time(-batched.ns)
        ))
    }

    fn per_call(&self, judged: &Judgement<'_>) -> String {
        let rival = self.rival(judged);
        let Some(Ratio { point: Some(ratio), ci: Some(ci), .. }) = self.calls else {
            return format!("Its calls could not be compared with those of {rival}");
        };
        format!("Each call is {}", wording::speed_up(ratio, ci))
    }

    fn break_even(&self, judged: &Judgement<'_>) -> Option<String> {
        let between = |[low, high]: [f64; 2]| format!("{}–{}", units::count(low.floor()), units::count(high.ceil()));
        Some(match judged.break_even {
            Crossing::FromTheFirstCall => "It pays off from the first call".to_owned(),
            Crossing::From(calls, ci) => {
                format!("It pays off from {} on ({})", wording::calls(calls), between(ci))
            }
            Crossing::UpTo(calls, ci) => {
                let calls = wording::calls(calls.floor());
                format!("It pays off for at most {calls} ({}), because it starts sooner", between(ci))
            }
            Crossing::Never => "It never catches up".to_owned(),
            Crossing::Undetermined => return None,
        })
    }

    fn start(&self, judged: &Judgement<'_>) -> String {
        let bytes = match self.added_bytes {
            Some(bytes @ 1..) => format!("it adds {} to the download", units::bytes(bytes.unsigned_abs())),
            Some(bytes @ ..0) => format!("it takes {} from the download", units::bytes(bytes.unsigned_abs())),
            Some(0) => "it adds nothing to the download".to_owned(),
            None => "what it adds to the download is not known".to_owned(),
        };
        let start = judged.start.map_or_else(
            || "How much later it starts is not known".to_owned(),
            |start| match start.ci {
                [low, _] if low > 0.0 => format!("It starts {} later", units::time(start.ns)),
                [_, high] if high < 0.0 => format!("It starts {} sooner", units::time(-start.ns)),
                _ => "It starts about as soon".to_owned(),
            },
        );
        format!("{start}, and {bytes}")
    }

    /// The speed that a port needs to pay off.
    fn speed_needed(&self, needed: Needed, judged: &Judgement<'_>) -> String {
        let Needed { times, ci: [low, high], call_ns: [call, crossing] } = needed;
        let rival = self.rival(judged);
        let bytes_out =
            self.input.answer_bytes.map_or_else(String::new, |bytes| format!(", {} out", units::bytes(bytes)));
        let of_calls = format!(
            "a call of {rival} takes {}, and crossing alone {} ({} in{bytes_out})",
            units::time(call),
            units::time(crossing),
            units::bytes(self.input.bytes)
        );
        let factor =
            |times: f64| if times < 1e6 { format!("×{}", units::significant(times)) } else { "any factor".to_owned() };
        match () {
            () if high <= AS_FAST => format!("Any port that is as fast as {rival} pays off: {of_calls}"),
            () if low.is_infinite() => format!("Even if it were infinitely fast, it would save nothing: {of_calls}"),
            () if high.is_infinite() || times.is_infinite() => format!(
                "A port pays off only if its own work is at least {} as fast as {rival}, which may not be enough: \
                 {of_calls}",
                factor(low)
            ),
            () => format!(
                "A port pays off if its own work is at least {} as fast as {rival} ({}–{}): {of_calls}",
                factor(times),
                factor(low),
                factor(high)
            ),
        }
    }
}

fn doubt(doubt: Doubt) -> String {
    match doubt {
        Doubt::Uneven => "Something slowed the machine beside one of the two: measure again when it is quiet",
        Doubt::Torn => "Which of the two is faster differs from page to page, and more blocks would not change that",
    }
    .to_owned()
}

/// The most that a port could save, because a stand-in does no work.
fn at_most(judged: &Judgement<'_>, rival: &str) -> String {
    let [low, high] = judged.difference.ci;
    let ns = judged.difference.ns;
    match () {
        () if high < 0.0 => {
            let (time, interval) = (units::time(-ns), units::time_interval([-high, -low]));
            format!("a port would save at most {time} ({interval}), compared with {rival}")
        }
        () if low > 0.0 => {
            let (time, interval) = (units::time(ns), units::time_interval([low, high]));
            format!("even an infinitely fast port would cost {time} more ({interval}) than {rival}")
        }
        () => format!(
            "a port would save at most {} compared with {rival}, and might cost {} more even if it were infinitely fast",
            units::time(-low),
            units::time(high)
        ),
    }
}
