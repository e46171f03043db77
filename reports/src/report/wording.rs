//! Comparisons in words. The only place that turns a ratio with its interval into text for people.

pub mod exact;
mod spoken;

pub use spoken::spoken;

use super::{At, Boundary, BreakEven, CellReport, Comparison, CrossoverSize, Delay, Outcome, Saving, units};
use crate::comparison::{MARGIN, are_torn};
use crate::metric::Metric;
use crate::run::{CalibrationQuote, Scenario};

/// What a stand-in is, and what its figures assume.
pub const STAND_IN: &str = "Wasm that does no work stands in for Wasm that is not written yet. It takes the arguments in and \
                            gives the right answer out, as bytes, text or JSON. It shows the cost of loading and calling \
                            Wasm, so your port can only be slower.";

/// A comparison in parts, for layouts that separate them. Joined, the parts are one phrase: `×10.3 faster
/// (×9.9–×10.7)`, `×1.40 slower (…)`, `same (±1 %)`, `unsure (×0.97–×1.05)`.
///
/// Factors of `faster` and `slower` are at least 1. The interval of `unsure` is that of the speed-up, so above ×1 the
/// candidate is better. Bytes are `smaller` and `larger`, and exact, so they come without an interval. If blocks fall
/// into two clusters, no single factor is true of both, so the range is given: `×1.90–×2.40 faster (bimodal)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The factor, if one can be claimed.
    pub factor: Option<String>,
    /// The outcome's word.
    pub word: &'static str,
    /// The interval, without brackets.
    pub interval: Option<String>,
}

impl std::fmt::Display for Claim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { factor, word, interval } = self;
        if let Some(factor) = factor {
            write!(f, "{factor} ")?;
        }
        f.write_str(word)?;
        interval.as_ref().map_or(Ok(()), |interval| write!(f, " ({interval})"))
    }
}

/// A comparison in parts.
#[must_use]
pub fn claim(comparison: &Comparison) -> Claim {
    let metric = comparison.metric;
    let word = outcome(metric, comparison.outcome);
    let Some(ratio) = comparison.ratio else { return Claim { factor: None, word: "not measured", interval: None } };
    let sure = |factor: f64, [low, high]: [f64; 2]| {
        let interval = (!metric.is_exact()).then(|| between(low, high, factor));
        Claim { factor: Some(times(factor)), word, interval }
    };
    let vague = |interval: String| Claim { factor: None, word, interval: Some(interval) };
    if let Some([low, high]) = comparison.modes {
        let speed_up = between(1.0 / high, 1.0 / low, 1.0 / ratio);
        let bimodal = |range| Claim { factor: Some(range), word, interval: Some(clusters(comparison)) };
        return match comparison.outcome {
            Outcome::Faster => bimodal(speed_up),
            Outcome::Slower => bimodal(between(low, high, ratio)),
            Outcome::Same | Outcome::Unsure => vague(format!("{}, {speed_up}", clusters(comparison))),
        };
    }
    match (comparison.outcome, comparison.ci) {
        (Outcome::Faster, Some([low, high])) => sure(1.0 / ratio, [1.0 / high, 1.0 / low]),
        (Outcome::Slower, Some(ci)) => sure(ratio, ci),
        (Outcome::Same, _) => vague(format!("±{} %", MARGIN * 100.0)),
        (_, Some([low, high])) => vague(between(1.0 / high, 1.0 / low, 1.0 / ratio)),
        (_, None) => vague(format!("{}, no interval", times(1.0 / ratio))),
    }
}

/// A scenario in words: `200 calls, including start-up over 9 Mbit/s`.
#[must_use]
pub fn scenario(scenario: &Scenario) -> String {
    let Scenario { calls, hidden_startup, megabits_per_s, .. } = scenario;
    let start = if *hidden_startup { "" } else { ", including start-up" };
    let network = megabits_per_s.map_or_else(String::new, |megabits| format!(" over {megabits} Mbit/s"));
    format!("{}{start}{network}", self::calls(*calls as f64))
}

/// How the blocks of a comparison fall into two clusters.
fn clusters(comparison: &Comparison) -> String {
    match comparison.changed_after {
        Some(first) => format!("first {first} starts unlike the last {}", comparison.blocks.saturating_sub(first)),
        None => "bimodal".to_owned(),
    }
}

/// A ratio and its interval as one phrase: `×5.01 faster (×4.90–×5.12)`, `not certainly faster or slower (…)`.
#[must_use]
pub fn speed_up(ratio: f64, [low, high]: [f64; 2]) -> String {
    let faster = between(1.0 / high, 1.0 / low, 1.0 / ratio);
    match () {
        () if high < 1.0 => format!("{} faster ({faster})", times(1.0 / ratio)),
        () if low > 1.0 => format!("{} slower ({})", times(ratio), between(low, high, ratio)),
        () => format!("not certainly faster or slower ({faster})"),
    }
}

/// A comparison as one phrase.
#[must_use]
pub fn comparison(comparison: &Comparison) -> String {
    claim(comparison).to_string()
}

/// What would help if the outcome is unsure, in a few words; `None` otherwise, or if nothing was measured.
#[must_use]
pub fn remedy(comparison: &Comparison) -> Option<&'static str> {
    comparison.ratio.filter(|_| comparison.outcome == Outcome::Unsure)?;
    if comparison.uneven {
        return Some("something slowed the machine beside one of them; measure again when it is quiet");
    }
    if comparison.changed_after.is_some() {
        return Some("something changed while the run went on; measure again");
    }
    Some(match (comparison.modes, comparison.ci) {
        (Some(modes), _) if are_torn(modes, MARGIN) => {
            "pages differ in which is faster, and more blocks would not change that"
        }
        (_, Some(_)) => "more blocks or a quieter machine would narrow it",
        (_, None) => "more blocks would give it an interval",
    })
}

/// The finding of a calibration, as a sentence without its full stop.
#[must_use]
pub fn calibration(found: &CalibrationQuote) -> String {
    let CalibrationQuote { started_at, tool_version, preset, comparisons, different, smallest_difference_percent } =
        found;
    let date = started_at.split('T').next().unwrap_or_default();
    let false_differences =
        if *different == 1 { "1 false difference" } else { &format!("{different} false differences") };
    let smallest = smallest_difference_percent
        .map(|percent| format!("; the smallest difference detected at preset {preset} is {percent:.1} %"))
        .unwrap_or_default();
    format!(
        "On this machine and browser, calibration found {false_differences} in {comparisons} comparisons of code with \
         itself{smallest} ({date}, crossover {tool_version})"
    )
}

/// Whether the engine kept compiled code: then a hot start is certainly shorter than a warm one. This is observed and
/// never assumed, because engines keep code of some sizes and origins only.
#[must_use]
pub fn kept_code(cell: &CellReport) -> &'static str {
    let interval = |start: &Option<super::StartFigures>| start.as_ref().and_then(|start| start.ci);
    match (interval(&cell.warm_start_ns), interval(&cell.hot_start_ns)) {
        (Some([warm, _]), Some([_, hot])) if hot < warm => "kept: hot is shorter than warm",
        (Some(_), Some(_)) => "no sign that any was kept",
        _ => units::MISSING,
    }
}

/// A change of a time, with its sign: `+204 ms (+180 ms to +230 ms)`.
#[must_use]
pub fn delay(delay: Delay) -> String {
    let signed = |ns: f64| format!("{}{}", if ns < 0.0 { "−" } else { "+" }, units::time(ns.abs()));
    match delay.ci {
        Some([low, high]) => format!("{} ({} to {})", signed(delay.median), signed(low), signed(high)),
        None => format!("{} (no interval)", signed(delay.median)),
    }
}

/// What is saved, with its interval: `366 ms less (286–434 ms)`, `between 1.20 ms more and 3.00 ms less`.
#[must_use]
pub fn saving(Saving { median, ci: [low, high] }: Saving) -> String {
    let sure = |ns: f64, word: &str, ci| format!("{} {word} ({})", units::time(ns), units::time_interval(ci));
    match () {
        () if low > 0.0 => sure(median, "less", [low, high]),
        () if high < 0.0 => sure(-median, "more", [-high, -low]),
        () => format!("between {} more and {} less", units::time(-low), units::time(high)),
    }
}

/// A split of the call does not add up if the rest is more than this share of it.
const ADDITIVE_WITHIN: f64 = 0.15;

/// Whether the parts of a call that were measured alone add up to the call, as far as is known.
#[must_use]
pub fn adds_up(boundary: Boundary) -> bool {
    boundary.residual_share.is_none_or(|residual| residual.abs() <= ADDITIVE_WITHIN)
}

/// The share of a call that is spent crossing: `12.3 %`, or `does not add up`.
#[must_use]
pub fn boundary_share(boundary: Boundary) -> String {
    if adds_up(boundary) { units::percent(boundary.share) } else { "does not add up".to_owned() }
}

/// Whether an interval is so wide that its two ends say more than its middle.
#[must_use]
pub fn is_vague(middle: f64, [low, high]: [f64; 2]) -> bool {
    high - low > 0.2 * middle.abs()
}

/// The number of calls from which something pays: `from 38 calls on (30–47)`, `never`.
#[must_use]
pub fn break_even(answer: BreakEven) -> String {
    let of = |At { value, ci: [low, high] }: At<f64>| {
        (calls(value), format!("({}–{})", units::count(low.floor()), units::count(high.ceil())))
    };
    match answer {
        BreakEven::FromTheFirstCall => "from the first call on".to_owned(),
        BreakEven::From(at) => {
            let (calls, interval) = of(at);
            format!("from {calls} on {interval}")
        }
        BreakEven::UpTo(at) => {
            let (calls, interval) = of(at);
            format!("up to {calls} {interval}")
        }
        BreakEven::Never => "never".to_owned(),
        BreakEven::Undetermined => "undetermined".to_owned(),
    }
}

/// A number of calls: `1 call`, `38 calls`, `1.23 M calls`.
#[must_use]
pub fn calls(calls: f64) -> String {
    let whole = calls.ceil();
    format!("{} call{}", units::count(whole), if whole == 1.0 { "" } else { "s" })
}

/// The size from which something is faster: `from 316 B on (100 B – 1.00 kB)`, `at every size`.
#[must_use]
pub fn crossover_size(answer: CrossoverSize) -> String {
    let of = |At { value, ci: [low, high] }: At<u64>| {
        format!("{} ({} – {})", units::bytes(value as u64), units::bytes(low), units::bytes(high))
    };
    match answer {
        CrossoverSize::From(at) => format!("from {}", of(at)),
        CrossoverSize::UpTo(at) => format!("up to {}", of(at)),
        CrossoverSize::AlwaysFaster => "at every size".to_owned(),
        CrossoverSize::NeverFaster => "at no size".to_owned(),
        CrossoverSize::Undetermined => "undetermined".to_owned(),
    }
}

/// A moment in RFC 3339 and UTC as people write it: `29 Nov 2026, 02:55 UTC`; unchanged if it is none.
#[must_use]
pub fn date(moment: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let written = || {
        let (day, time) = moment.split_once('T')?;
        let [year, month, day]: [&str; 3] = day.split('-').collect::<Vec<_>>().try_into().ok()?;
        let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{} {month} {year}, {} UTC", day.parse::<u8>().ok()?, time.get(..5)?))
    };
    written().unwrap_or_else(|| moment.to_owned())
}

/// A factor alone: `×10.3`.
#[must_use]
pub fn times(factor: f64) -> String {
    times_like(factor, factor)
}

/// A factor with as many decimals as give `like` three significant digits, so that an interval matches its point.
fn times_like(factor: f64, like: f64) -> String {
    let decimals = match like {
        // With an end of a thousand or more, decimals mean nothing.
        _ if like >= 99.95 || factor >= 999.5 => 0,
        _ if like >= 9.995 => 1,
        _ => 2,
    };
    match factor {
        _ if factor < 0.005 => "×<0.01".to_owned(),
        _ if factor >= 1e6 => "×>1000000".to_owned(),
        _ => format!("×{factor:.decimals$}"),
    }
}

/// The text with a capital at its beginning.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The text on one line, as it looks: control characters, marks that change the reading direction, and characters that
/// XML does not allow become spaces. Names come from manifests and reasons from pages.
#[must_use]
pub fn printable(text: &str) -> String {
    text.replace(|c| !is_printable(c), " ")
}

/// Whether [`printable`] leaves a character unchanged.
#[must_use]
pub fn is_printable(c: char) -> bool {
    !(c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'))
}

/// The word for the outcome in a metric.
#[must_use]
pub fn outcome(metric: Metric, outcome: Outcome) -> &'static str {
    let [less, more] = metric.unit.comparatives();
    match outcome {
        Outcome::Faster => less,
        Outcome::Slower => more,
        Outcome::Same | Outcome::Unsure => outcome.name(),
    }
}

/// An interval of factors; a single one if both ends are beyond the largest factor that is written.
pub(super) fn between(low: f64, high: f64, point: f64) -> String {
    let [low, high] = [low, high].map(|factor| times_like(factor, point));
    if low == high && low.contains(['<', '>']) { low } else { format!("{low}–{high}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(metric: Metric, ratio: Option<f64>, ci: Option<[f64; 2]>, outcome: Outcome) -> String {
        super::comparison(&compared(metric, ratio, ci, outcome))
    }

    fn compared(metric: Metric, ratio: Option<f64>, ci: Option<[f64; 2]>, outcome: Outcome) -> Comparison {
        let name = String::new;
        Comparison {
            kernel: name(),
            input: name(),
            stratum: name(),
            metric,
            baseline: name(),
            candidate: name(),
            ratio,
            ci,
            modes: None,
            changed_after: None,
            uneven: false,
            confidence: 0.95,
            blocks: 6,
            outcome,
        }
    }

    #[test]
    fn ends_of_intervals_have_as_many_decimals_as_their_point_unless_they_are_long() {
        assert_eq!([9.5, 10.25, 2881.65].map(|end| times_like(end, 9.9)), ["×9.50", "×10.25", "×2882"]);
    }

    #[test]
    fn every_outcome_has_its_words() {
        let call = |ratio, ci, outcome| said(Metric::CALL, Some(ratio), Some(ci), outcome);
        assert_eq!(call(0.0971, [0.0935, 0.101], Outcome::Faster), "×10.3 faster (×9.9–×10.7)");
        assert_eq!(call(1.4, [1.35, 1.45], Outcome::Slower), "×1.40 slower (×1.35–×1.45)");
        assert_eq!(call(1.001, [0.995, 1.005], Outcome::Same), "same (±1 %)");
        assert_eq!(call(0.99, [0.952, 1.031], Outcome::Unsure), "unsure (×0.97–×1.05)");
        assert_eq!(call(1e-9, [1e-10, 1e-8], Outcome::Faster), "×>1000000 faster (×>1000000)");
        assert_eq!(call(1e9, [1e8, 1e10], Outcome::Slower), "×>1000000 slower (×>1000000)");
        assert_eq!(said(Metric::CALL, None, None, Outcome::Unsure), "not measured");
        assert_eq!(said(Metric::CALL, Some(0.5), None, Outcome::Unsure), "unsure (×2.00, no interval)");
        assert_eq!(said(Metric::SIZE, Some(2.5), Some([2.5; 2]), Outcome::Slower), "×2.50 larger");
        assert_eq!(said(Metric::SIZE, Some(0.5), Some([0.5; 2]), Outcome::Faster), "×2.00 smaller");
    }

    #[test]
    fn two_modes_are_a_range_from_either_side() {
        let bimodal = |ratio, modes, outcome| Comparison {
            modes: Some(modes),
            ..compared(Metric::CALL, Some(ratio), Some([ratio * 0.9, ratio * 1.1]), outcome)
        };
        let faster = bimodal(0.47, [1.0 / 2.4, 1.0 / 1.9], Outcome::Faster);
        assert_eq!(comparison(&faster), "×1.90–×2.40 faster (bimodal)");
        assert_eq!(comparison(&faster.reversed()), "×1.90–×2.40 slower (bimodal)");
        assert_eq!(remedy(&faster), None);
        let uneven = Comparison { uneven: true, outcome: Outcome::Unsure, modes: None, ..faster.clone() };
        assert!(remedy(&uneven).is_some_and(|words| words.contains("slowed the machine")), "{uneven:?}");
        let changed = Comparison { changed_after: Some(2), ..faster };
        assert_eq!(comparison(&changed), "×1.90–×2.40 faster (first 2 starts unlike the last 4)");
        let torn = bimodal(1.01, [0.95, 1.08], Outcome::Unsure);
        assert_eq!(comparison(&torn), "unsure (bimodal, ×0.93–×1.05)");
        assert!(remedy(&torn).unwrap().starts_with("pages differ"));
    }

    #[test]
    fn what_would_help_is_said_where_the_outcome_is_unsure() {
        let remedy = |ratio, ci, outcome| super::remedy(&compared(Metric::CALL, ratio, ci, outcome));
        assert_eq!(remedy(Some(1.4), Some([1.35, 1.45]), Outcome::Slower), None);
        assert_eq!(remedy(Some(1.0), Some([0.995, 1.005]), Outcome::Same), None);
        assert_eq!(remedy(None, None, Outcome::Unsure), None);
        assert!(remedy(Some(1.0), Some([0.9, 1.1]), Outcome::Unsure).unwrap().contains("narrow"));
        assert!(remedy(Some(1.0), None, Outcome::Unsure).unwrap().contains("interval"));
    }

    #[test]
    fn factors_of_any_size_are_short() {
        for (factor, text) in
            [(0.0, "×<0.01"), (0.5, "×0.50"), (1.0, "×1.00"), (39.04, "×39.0"), (1234.5, "×1234"), (1e15, "×>1000000")]
        {
            assert_eq!(times(factor), text);
        }
    }
}
