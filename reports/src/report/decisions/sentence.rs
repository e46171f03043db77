//! A decision in one sentence, and its parts as tables show them.

use crate::comparison::{Outcome, swapped};
use crate::report::{At, BreakEven, KernelInfo, units, wording};
use crate::run::Scenario;
use crate::verdict::{Decided, Decision, DecisionBasis, Effort, PairBlocks, TotalDifference};

/// Why there is no interval.
const NO_INTERVAL: &str = "the two share too few browser starts for an interval";

/// From this factor on, times are said as multiples; below, in percent.
const AS_PERCENT: f64 = 1.095;

/// How an option compares with another per call, without their names: `1.39× faster`, `2 % slower`, `as fast`.
pub fn against(ratio: Option<f64>, ci: Option<[f64; 2]>, outcome: Outcome) -> String {
    match (outcome, ratio, ci) {
        (_, None, _) => "not compared".to_owned(),
        (Outcome::Faster, Some(ratio), _) => format!("{} faster", factor(1.0 / ratio)),
        (Outcome::Slower, Some(ratio), _) => format!("{} slower", factor(ratio)),
        (Outcome::Same, ..) => "as fast".to_owned(),
        (Outcome::Unsure, _, Some([low, high])) if low < 1.0 && high > 1.0 => {
            format!("between {} slower and {} faster", factor(high), factor(1.0 / low))
        }
        (Outcome::Unsure, ..) => "perhaps as fast".to_owned(),
    }
}

/// A factor of at least 1 in two or three digits: `4 %`, `1.39×`, `11.7×`, `344×`.
fn factor(times: f64) -> String {
    match times {
        _ if times < AS_PERCENT => format!("{:.0} %", (times - 1.0) * 100.0),
        _ => format!("{}×", wording::times(times).trim_start_matches('×')),
    }
}

/// From how many calls on an option pays: `from 6 calls`; empty where that is not known.
pub fn break_even(answer: BreakEven) -> String {
    match answer {
        BreakEven::FromTheFirstCall => "from the first call".to_owned(),
        BreakEven::From(At { value, .. }) if value <= 1.0 => "from the first call".to_owned(),
        BreakEven::From(At { value, .. }) => format!("from {}", wording::calls(value)),
        BreakEven::UpTo(At { value, .. }) => format!("for up to {}", wording::calls(value.floor())),
        BreakEven::Never => "at no number of calls".to_owned(),
        BreakEven::Undetermined => String::new(),
    }
}

/// Why, in one sentence with its full stop.
pub fn reason(kernel: &KernelInfo, basis: &DecisionBasis, decided: &Decided, scenario: &Scenario) -> String {
    let Decided { decision, option, runner_up, alternative } = *decided;
    let name = |option: usize| kernel.option(&basis.options[option].contender);
    let (option, alternative) = match (option, alternative) {
        (Some(option), Some(alternative)) => (option, alternative),
        (Some(option), None) => return format!("There is nothing to compare {} with.", name(option)),
        (None, _) => return "Nothing was measured in enough browser starts.".to_owned(),
    };
    let said = Said {
        option: name(option),
        other: name(alternative),
        pair: basis.pair(alternative, option),
        difference: basis.difference(alternative, option, scenario),
        break_even: basis.break_even(alternative, option, scenario).into(),
        reversed: basis.break_even(option, alternative, scenario).into(),
        calls: wording::calls(scenario.calls as f64),
        is_unwritten: basis.options[option].effort == Effort::Unwritten,
    };
    let close = runner_up
        .map_or_else(String::new, |other| format!(" {} and {} are too close to call.", said.option, name(other)));
    let sentence = match decision {
        Decision::Port => format!("Port it to WebAssembly: {}.", said.better()),
        Decision::Install => format!("Install {}: {}. No port is needed.", said.option, said.it_is_better()),
        Decision::UseBrowser => format!("Use {}: {}.", said.option, said.it_is_better()),
        Decision::TuneJs => format!("Tune the JavaScript: {}.", said.better()),
        Decision::KeepJs => format!("Keep JavaScript: {}.", said.other_is_worse()),
        Decision::NoDifference => format!("No difference that matters: {}.", said.between(&said.other, true)),
        Decision::WorthATry => format!("A port is worth a try: {}.", said.could_save()),
        Decision::NotWorthATry => format!("A port is not worth a try: {}.", said.no_port_saves()),
        Decision::CannotTell => said.doubt(),
    };
    sentence + &close
}

/// The parts of a sentence about an option and the one that it is compared with.
struct Said {
    option: String,
    other: String,
    pair: Option<PairBlocks>,
    difference: Option<TotalDifference>,
    break_even: BreakEven,
    reversed: BreakEven,
    calls: String,
    /// Whether the option stands in for WebAssembly that is not written yet.
    is_unwritten: bool,
}

impl Said {
    fn better(&self) -> String {
        format!("{} {}", self.option, self.is_better())
    }

    fn it_is_better(&self) -> String {
        format!("it {}", self.is_better())
    }

    /// `is 1.39× faster than createImageBitmap and pays off from 6 calls`.
    fn is_better(&self) -> String {
        let outcome = self.pair.as_ref().map_or(Outcome::Unsure, |pair| pair.outcome);
        match (outcome, self.break_even) {
            (Outcome::Faster, BreakEven::Undetermined | BreakEven::Never) => self.is_compared(),
            (Outcome::Faster, pays) => format!("{} and pays off {}", self.is_compared(), break_even(pays)),
            _ => format!("saves {} in {} compared with {}", self.time_saved(), self.calls, self.other),
        }
    }

    fn is_compared(&self) -> String {
        format!("is {} than {}", self.compared(), self.other)
    }

    fn compared(&self) -> String {
        self.pair.as_ref().map_or_else(String::new, |pair| against(pair.ratio, pair.ci, pair.outcome))
    }

    fn time_saved(&self) -> String {
        self.difference.map_or_else(String::new, |difference| units::time(-difference.ns))
    }

    /// What the other costs more, where the option is JavaScript that stays.
    fn other_is_worse(&self) -> String {
        let outcome = self.pair.as_ref().map_or(Outcome::Unsure, |pair| pair.outcome);
        let reversed =
            |pair: &PairBlocks| against(pair.ratio.map(f64::recip), pair.ci.map(swapped), pair.outcome.reversed());
        let compared = self.pair.as_ref().map_or_else(String::new, reversed);
        match (outcome, self.reversed) {
            (Outcome::Faster, _) => format!("{} is {compared}", self.other),
            (Outcome::Slower, BreakEven::From(_)) => {
                format!("{} is {compared}, but pays off only {}", self.other, break_even(self.reversed))
            }
            (Outcome::Slower, _) => {
                format!("{} is {compared}, but saves too little in {}", self.other, self.calls)
            }
            _ => self.between(&self.other, true),
        }
    }

    /// `200 calls take between 1.2 ms less and 3 ms more with it`.
    fn between(&self, with: &str, is_reversed: bool) -> String {
        let Some(difference) = self.difference else {
            return NO_INTERVAL.to_owned();
        };
        let [low, high] = if is_reversed { [-difference.ci[1], -difference.ci[0]] } else { difference.ci };
        let signed = |ns: f64| format!("{} {}", units::time(ns.abs()), if ns < 0.0 { "less" } else { "more" });
        let compared = if is_reversed { &self.option } else { &self.other };
        format!("{} take between {} and {} with {with} than with {compared}", self.calls, signed(low), signed(high))
    }

    /// `it could save at most 94.7 ms in 200 calls`, of a port.
    fn could_save(&self) -> String {
        let Some(TotalDifference { ns, ci: [low, high] }) = self.difference else { return NO_INTERVAL.to_owned() };
        match wording::is_vague(ns, [low, high]) {
            true if high < 0.0 => {
                let [least, most] = [-high, -low].map(units::time);
                format!("at most it could save between {least} and {most} in {}", self.calls)
            }
            true => format!("it could save at most {} in {}", units::time(-low), self.calls),
            false => format!("it could save at most {} in {}", units::time(-ns), self.calls),
        }
    }

    fn no_port_saves(&self) -> String {
        match self.difference {
            Some(difference) if difference.ns >= 0.0 => format!(
                "loading and calling WebAssembly that does nothing costs {} more in {} than {} does",
                units::time(difference.ns),
                self.calls,
                self.other
            ),
            _ => self.could_save(),
        }
    }

    fn doubt(&self) -> String {
        if self.pair.as_ref().is_some_and(|pair| pair.doubtful) {
            return format!(
                "Whether {} is faster than {} differs from browser start to browser start, or the machine was slower for one of them.",
                self.option, self.other
            );
        }
        match self.difference {
            Some(TotalDifference { ci: [low, high], .. }) if self.is_unwritten && low < 0.0 && high > 0.0 => {
                let [most, more] = [-low, high].map(units::time);
                let calls = &self.calls;
                format!("Can't tell yet about a port: it could save at most {most} in {calls}, or cost {more} more.")
            }
            _ if self.is_unwritten => format!("Can't tell yet about a port: {}.", self.could_save()),
            _ => format!("Can't tell yet: {}.", self.between(&self.option, false)),
        }
    }
}
