//! A trend in words, the same in every format.

use super::{Basis, Change, Key, RunRef, SeriesTrend, SoftwareChange, Trend};
use crate::metric::Unit;
use crate::report::{units, wording};

/// Longest revision that is shown in full; hashes are shortened as git shortens them.
const REVISION: usize = 24;
const HASH: usize = 7;

/// The method, for pages and tables.
pub const METHOD: &str = "A change is reported once at least five runs are on the new level, and when two tests agree that \
    chance makes such a step less than once in a thousand windows of 50 runs (E-divisive with permutations, and rank \
    sums). Changes within 1 % are not reported. Candidates are followed as ratios to their baseline, which a slower \
    machine does not change. A slower machine does change series marked absolute. For sizes, every byte counts. Each \
    machine class, browser and input has its own series.";

/// The contents of the history, and the number of changes.
#[must_use]
pub fn summary(trend: &Trend) -> String {
    let [Some(first), Some(last)] = [&trend.first, &trend.last] else { return "The history has no runs.".to_owned() };
    let plural = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let changes = trend.series.iter().map(|series| series.changes.len()).sum();
    format!(
        "{} in {} over {}, from {} to {}.",
        plural(changes, "change", "changes"),
        plural(trend.series.len(), "series", "series"),
        plural(trend.runs as usize, "run", "runs"),
        date(first),
        date(last)
    )
}

/// Kernel, runtime and machine class.
#[must_use]
pub fn place(key: &Key) -> String {
    let place = [Some(key.kernel.clone()), key.runtime_label(), Some(key.machine.clone())];
    place.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The input; with a part of its hash if another input has the same name.
#[must_use]
pub fn input(series: &SeriesTrend, others: &[SeriesTrend]) -> String {
    let Key { input: Some(input), input_sha256, .. } = &series.key else { return units::MISSING.to_owned() };
    let is_namesake =
        |other: &SeriesTrend| other.key.input.as_ref() == Some(input) && other.key.input_sha256 != *input_sha256;
    match input_sha256 {
        Some(hash) if others.iter().any(is_namesake) => {
            format!("{input} ({})", hash.chars().take(HASH).collect::<String>())
        }
        _ => input.clone(),
    }
}

/// The finding of a series, for a title: its latest change, or that there was none, and its current level.
#[must_use]
pub fn finding(series: &SeriesTrend) -> String {
    let Key { kernel, contender, metric, .. } = &series.key;
    let what = format!("{kernel}: {} of {contender}", metric.short_words());
    match series.changes.last() {
        Some(change) => {
            format!("{what} {} since {}, {}", step(series, change), date(&change.after), levels(series, change))
        }
        None if series.ratio.is_some() => {
            format!("{what} kept its level over {} runs: {}", series.runs, against(series))
        }
        None => format!("{what} kept its level over {} runs: {}", series.runs, figure(series)),
    }
}

/// The followed metric, marked unless it is the ratio.
#[must_use]
pub fn followed(series: &SeriesTrend) -> String {
    let metric = series.key.metric.short_words();
    match series.basis {
        Basis::Ratio | Basis::Exact => metric.to_owned(),
        Basis::Absolute => format!("{metric}, absolute"),
    }
}

/// A figure of a series.
#[must_use]
pub fn figure(series: &SeriesTrend) -> String {
    amount(series, series.figure)
}

/// The latest ratio to the baseline, and its interval: `×2.65 faster than js (×2.60–×2.70)`.
#[must_use]
pub fn against(series: &SeriesTrend) -> String {
    let Some((baseline, ratio)) = series.key.baseline.as_ref().zip(series.ratio) else {
        return units::MISSING.to_owned();
    };
    match series.ci {
        Some(ci @ [low, high]) if high < 1.0 || low > 1.0 => {
            let said = wording::speed_up(ratio, ci);
            let (factor, interval) = said.split_once(" (").unwrap_or((&said, ""));
            format!("{factor} than {baseline} ({interval}")
        }
        Some([low, high]) => {
            format!("unsure against {baseline} ({}–{})", wording::times(1.0 / high), wording::times(1.0 / low))
        }
        None => format!("unsure against {baseline} ({}, no interval)", wording::times(1.0 / ratio)),
    }
}

/// The amount of a change, with its sign: `+5.12 % slower`, `−812 B (−3.40 %) smaller`.
#[must_use]
pub fn step(series: &SeriesTrend, change: &Change) -> String {
    let sign = if change.change > 0.0 { "+" } else { "" };
    let percent = format!("{sign}{}", units::percent(change.change));
    let [less, more] = series.key.metric.unit.comparatives();
    let word = if change.change > 0.0 { more } else { less };
    match series.basis {
        Basis::Exact => {
            format!("{} ({percent}) {word}", units::added(series.key.metric.unit, change.to - change.from))
        }
        Basis::Ratio | Basis::Absolute => format!("{percent} {word}"),
    }
}

/// The levels on either side: `×0.38 → ×0.40 of js`, `1.20 ms → 1.31 ms`.
#[must_use]
pub fn levels(series: &SeriesTrend, change: &Change) -> String {
    let [from, to] = [change.from, change.to].map(|level| level_text(series, level));
    match (series.basis, &series.key.baseline) {
        (Basis::Ratio, Some(baseline)) => format!("{from} → {to} of {baseline}"),
        _ => format!("{from} → {to}"),
    }
}

/// A level of a series; exact ones and small ratios get enough digits to distinguish them.
#[must_use]
pub fn level_text(series: &SeriesTrend, level: f64) -> String {
    let decimals = (2.0 - level.log10().floor()).clamp(0.0, 6.0) as usize;
    match series.basis {
        Basis::Ratio => format!("×{level:.decimals$}"),
        Basis::Exact if level < 1e6 && series.key.metric.unit == Unit::Bytes => format!("{level:.0} B"),
        Basis::Exact | Basis::Absolute => amount(series, level),
    }
}

/// The commits that may have caused a change: `abc1234..def5678`, as git writes it.
#[must_use]
pub fn commits(change: &Change) -> String {
    match [&change.before.revision, &change.after.revision] {
        [Some(before), Some(after)] if before == after => format!("no commit: both runs at {}", short(before)),
        [Some(before), Some(after)] => format!("{}..{}", short(before), short(after)),
        [Some(before), None] => format!("after {}", short(before)),
        [None, Some(after)] => format!("up to {}", short(after)),
        [None, None] => "revisions not known".to_owned(),
    }
}

/// What else changed: `chromium 142 → 143, rustc …`; empty if nothing did.
#[must_use]
pub fn software(change: &Change) -> String {
    let version = |version: &Option<String>| version.clone().unwrap_or_else(|| "none".to_owned());
    let one =
        |SoftwareChange { name, from, to }: &SoftwareChange| format!("{name} {} → {}", version(from), version(to));
    change.software.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The day on which a run began.
#[must_use]
pub fn date(run: &RunRef) -> String {
    day(&run.started_at)
}

/// The day of a time.
#[must_use]
pub fn day(time: &str) -> String {
    time.split('T').next().unwrap_or_default().chars().take(REVISION).collect()
}

fn amount(series: &SeriesTrend, amount: f64) -> String {
    units::amount(series.key.metric.unit, amount)
}

/// A hash as git shortens it, with `-dirty` if it has that; any other text unchanged, unless it is too long.
fn short(revision: &str) -> String {
    let hex = revision.bytes().take_while(u8::is_ascii_hexdigit).count();
    match &revision[hex..] {
        rest @ ("" | "-dirty") if hex > HASH => format!("{}{rest}", &revision[..HASH]),
        _ => revision.chars().take(REVISION).collect(),
    }
}
