//! A headroom in sentences.

use super::{Headroom, Load};
use crate::report::{Decision, KernelInfo, Middle, units, wording};
use crate::verdict::CallRange;

/// What no stand-in shows.
pub const LIMIT: &str = "This is a ceiling: a real port also needs time for the work itself.";

/// Most names of inputs in a title.
const MOST_NAMES: usize = 3;

/// The facts behind the sentences.
pub struct Sentences<'a> {
    pub kernel: &'a KernelInfo,
    pub headroom: &'a Headroom,
    /// Why a figure is missing.
    pub failure: Option<&'a str>,
    /// Whether the machine or the engine, more than the two, made the difference between the calls.
    pub is_doubtful: bool,
    pub preset: &'a str,
}

impl Sentences<'_> {
    /// What a call could save, and what loading takes.
    pub fn figures(&self) -> Vec<String> {
        let Headroom { call_ns: Some(call), saved_ns: Some(saved), crossing_ns: Some(crossing), .. } = self.headroom
        else {
            let why = self.failure.unwrap_or("no samples");
            return vec![format!("What a port could save is not known: {why}.")];
        };
        [self.saved(*call, *saved, *crossing)].into_iter().chain(self.loading()).collect()
    }

    fn saved(&self, call: Middle, saved: Middle, crossing: Middle) -> String {
        let calls = match &self.headroom.replaced {
            Some(replaced) if *replaced != self.kernel.baseline => {
                format!("each call of {}", self.kernel.option(replaced))
            }
            _ => "each call".to_owned(),
        };
        let Middle { median, ci } = saved;
        let most = match ci {
            _ if median <= 0.0 && ci.is_none_or(|[_, high]| high <= 0.0) => {
                format!("A port can save nothing of {calls}, which takes {}", units::time(call.median))
            }
            Some([low, high]) if low <= 0.0 => {
                format!("A port can save at most {} of {calls}, and perhaps nothing", units::time(high))
            }
            Some(ci) if wording::is_vague(median, ci) => {
                format!("At most, a port can save {} of {calls}", between(ci, units::time))
            }
            _ => format!("A port can save at most {} of {calls}", units::time(median)),
        };
        let crosses = match wide(crossing) {
            Some(ends) => between(ends, units::brief_time),
            None => units::brief_time(crossing.median),
        };
        format!("{most}; crossing into Wasm and back costs {crosses}.")
    }

    /// What loading takes: the smallest and the largest size. Where it is hardly known, the range of both.
    fn loading(&self) -> Option<String> {
        let loads = &self.headroom.loads;
        let size = |of: &Load| of.size_bytes.map_or_else(String::new, |bytes| units::brief_bytes(bytes as f64));
        let time = |of: &Load| units::brief_time(of.ns.median);
        let (first, last) = (loads.first()?, loads.last()?);
        let ends: Vec<f64> = [first, last].into_iter().flat_map(|load| wide(load.ns)).flatten().collect();
        let is_one = loads.len() == 1;
        let costs = match (ends.is_empty(), is_one) {
            (true, true) => format!("about {} ({} module)", time(first), size(first)),
            (true, false) => {
                format!("about {} ({} module) to {} ({})", time(first), size(first), time(last), size(last))
            }
            (false, _) => {
                let all = ends.iter().copied().chain([first.ns.median, last.ns.median]);
                let range = [all.clone().fold(f64::INFINITY, f64::min), all.fold(0.0, f64::max)];
                let sizes = if is_one {
                    format!("{} module", size(first))
                } else {
                    format!("modules of {} to {}", size(first), size(last))
                };
                format!("{} ({sizes})", between(range, units::brief_time))
            }
        };
        Some(format!("Loading it costs {costs}, plus the download."))
    }

    /// For which numbers of calls a port is worth a try, for which it is not, and for which that is not known.
    pub fn advice(&self) -> Vec<String> {
        let of = |wanted: Decision| self.headroom.ranges.iter().filter(move |range| range.decision == wanted);
        let worth = of(Decision::WorthATry).map(|range| format!("Worth trying {}.", times(range)));
        let not = of(Decision::NotWorthATry).map(|range| format!("Not worth it {}.", times(range)));
        // Numbers of calls between the others, which are close, are not worth a sentence.
        let unknown = of(Decision::CannotTell).filter(|range| range.to >= 2 * range.from).map(|range| {
            let when = if is_any(range) { "whether a port is worth trying".to_owned() } else { times(range) };
            format!("Can't tell yet {when}: {}.", self.remedy())
        });
        worth.chain(not).chain(unknown).collect()
    }

    /// What would help where the measurements do not decide.
    pub fn remedy(&self) -> &'static str {
        match self.preset {
            _ if self.is_doubtful => "which is faster differs between browser starts",
            "quick" => "repeat with --preset standard",
            "standard" => "repeat with --preset thorough",
            _ => "more browser starts would narrow it",
        }
    }
}

/// The interval of a figure that is hardly known.
fn wide(of: Middle) -> Option<[f64; 2]> {
    of.ci.filter(|[low, high]| high - low > of.median)
}

fn between(ends: [f64; 2], words: fn(f64) -> String) -> String {
    let [low, high] = ends.map(words);
    format!("between {low} and {high}")
}

/// Whether a range has every number of calls.
fn is_any(range: &CallRange) -> bool {
    range.from == 1 && range.is_endless()
}

/// The numbers of calls: `if a page calls it at least 26 times`.
fn times(range: &CallRange) -> String {
    let count = |calls: u64| units::count(calls as f64);
    let often = match (range.from, range.to) {
        _ if is_any(range) => return "however often a page calls it".to_owned(),
        (1, 1) => "once".to_owned(),
        (1, to) => format!("at most {} times", count(to)),
        (from, _) if range.is_endless() => format!("at least {} times", count(from)),
        (from, to) if from == to => format!("{} times", count(from)),
        (from, to) => format!("{} to {} times", count(from), count(to)),
    };
    format!("if a page calls it {often}")
}

impl Headroom {
    /// What a port could save of a call, in a line of a table: `at most 474 µs of each 475 µs call`.
    #[must_use]
    pub fn most(&self) -> String {
        let (Some(call), Some(saved)) = (self.call_ns, self.saved_ns) else { return "not measured".to_owned() };
        let call = units::time(call.median);
        let about = if saved.ci.is_some_and(|ci| wording::is_vague(saved.median, ci)) { "about " } else { "" };
        match saved.median > 0.0 {
            true => format!("at most {about}{} of each {call} call", units::time(saved.median)),
            false => format!("nothing of each {call} call"),
        }
    }
}

/// What a headroom is about: `475 µs per call on small.txt`.
#[must_use]
pub fn place(kernel: &KernelInfo, one: &Headroom) -> String {
    let input = kernel.input(&one.input);
    match one.call_ns {
        Some(Middle { median, ci: Some(ci) }) if wording::is_vague(median, ci) => {
            format!("{} per call on {input}", between(ci, units::time))
        }
        Some(call) => format!("{} per call on {input}", units::time(call.median)),
        None => format!("on {input}"),
    }
}

/// What a port could save of a call, by input; a single input is not named.
#[must_use]
pub fn lines(kernel: &KernelInfo, headrooms: &[&Headroom]) -> Vec<String> {
    let named = |one: &&Headroom| format!("{}: {}", kernel.input(&one.input), one.most());
    match headrooms {
        [one] => vec![one.most()],
        several => several.iter().map(named).collect(),
    }
}

/// What to do on several inputs, for so many calls: `For 200 calls, a port is worth a try on a.txt, not worth a try on
/// b.txt.`
#[must_use]
pub fn title(kernel: &KernelInfo, headrooms: &[&Headroom], calls: u64) -> String {
    let words = [
        (Some(Decision::WorthATry), "worth a try", "every input"),
        (Some(Decision::NotWorthATry), "not worth a try", "any input"),
        (Some(Decision::CannotTell), "too close to call", "every input"),
        (None, "not measured", "any input"),
    ];
    let decided = |one: &Headroom| Some(one.decision).filter(|_| one.is_measured());
    let parts = words.into_iter().filter_map(|(decision, words, all)| {
        let on: Vec<&str> =
            headrooms.iter().filter(|one| decided(one) == decision).map(|one| kernel.input(&one.input)).collect();
        let names = match on.len() {
            0 => return None,
            n if n == headrooms.len() => all.to_owned(),
            n if n > MOST_NAMES => format!("{n} inputs"),
            _ => on.join(" and "),
        };
        Some(format!("{words} on {names}"))
    });
    format!("For {}, a port is {}.", wording::calls(calls as f64), parts.collect::<Vec<_>>().join(", "))
}
