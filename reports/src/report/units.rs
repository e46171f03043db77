//! Figures as text: three significant digits, the unit always written. The only place that rounds for people.

use crate::metric::Unit;

/// Text for a missing figure.
pub const MISSING: &str = "–";

const TIMES: [(f64, &str); 7] = [
    (1.0, "ns"),
    (1e3, "µs"),
    (1e6, "ms"),
    (1e9, "s"),
    (HOUR_NS, "h"),
    (24.0 * HOUR_NS, "days"),
    (365.25 * 24.0 * HOUR_NS, "years"),
];

const HOUR_NS: f64 = 3.6e12;

/// Significant digits on a summary, for people, and of figures in full.
const BRIEF: i32 = 2;
const READABLE: i32 = 3;
const EXACT: i32 = 6;

const BYTES: [(f64, &str); 7] =
    [(1.0, "B"), (1e3, "kB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB"), (1e15, "PB"), (1e18, "EB")];

/// A time: `812 ns`, `12.3 µs`, `4.56 ms`, `1.23 s`.
#[must_use]
pub fn time(ns: f64) -> String {
    scaled(ns, &TIMES)
}

/// A time on a summary: `12 µs`, `1.2 s`.
#[must_use]
pub fn brief_time(ns: f64) -> String {
    scaled_to(ns, &TIMES, BRIEF)
}

/// A size on a summary: `12 kB`, `1.2 MB`.
#[must_use]
pub fn brief_bytes(bytes: f64) -> String {
    scaled_to(bytes, &BYTES, BRIEF)
}

/// A number on a summary: `85`, `1.4`.
#[must_use]
pub fn brief(value: f64) -> String {
    significant_to(value, BRIEF)
}

/// A time in full, for further computation: `1.31024 ms`.
#[must_use]
pub fn exact_time(ns: f64) -> String {
    scaled_to(ns, &TIMES, EXACT)
}

/// Two times in full, with the unit once if it is the same.
#[must_use]
pub fn exact_time_interval(interval: [f64; 2]) -> String {
    with_shared_unit(interval.map(exact_time))
}

/// A number without a unit in full: `0.416123`.
#[must_use]
pub fn exact(value: f64) -> String {
    if value.is_finite() { significant_to(value, EXACT) } else { MISSING.to_owned() }
}

/// A round time, for a scale: `0`, `20 ms`, `2.5 ms`.
#[must_use]
pub fn round_time(ns: f64) -> String {
    round(&time(ns))
}

/// A round size, for a scale: `10 kB`.
#[must_use]
pub fn round_bytes(bytes: f64) -> String {
    round(&scaled(bytes, &BYTES))
}

/// A round rate, for a scale: `100 MB/s`.
#[must_use]
pub fn round_throughput(bytes_per_s: f64) -> String {
    round(&throughput(bytes_per_s))
}

/// A round count, for a scale: `200`, `10 k`.
#[must_use]
pub fn round_count(count: f64) -> String {
    round(&scaled(count, &[(1.0, ""), (1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T")])).trim_end().to_owned()
}

/// A round share of 1, for a scale: `5 %`.
#[must_use]
pub fn round_percent(share: f64) -> String {
    round(&percent(share))
}

/// A round figure, for a scale: `1 GB/s` for `1.00 GB/s`.
#[must_use]
pub fn round(text: &str) -> String {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let number = if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    if number == "0" { number.to_owned() } else { format!("{number} {unit}") }
}

/// A size, decimal: `812 B`, `12.3 kB`, `4.56 MB`.
#[must_use]
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        _ => scaled(bytes as f64, &BYTES),
    }
}

/// A count, whole up to a million: `200`, `1.23 M`.
#[must_use]
pub fn count(count: f64) -> String {
    match count {
        _ if count.is_finite() && count < 1e6 => format!("{count:.0}"),
        _ => scaled(count, &[(1e6, "M"), (1e9, "G"), (1e12, "T")]),
    }
}

/// A change in size, with its sign and in whole bytes: `+64.0 kB`, `−812 B`, `0 B`.
#[must_use]
pub fn added_bytes(bytes: f64) -> String {
    let bytes = bytes.round();
    let size = match bytes.abs() {
        0.0..1000.0 => format!("{} B", bytes.abs()),
        size => scaled(size, &BYTES),
    };
    signed(bytes, &size)
}

/// The size of a change with the change's sign: `+12 ms`, `−12 ms`, and none for 0.
#[must_use]
pub fn signed(change: f64, size: &str) -> String {
    let sign = match change {
        _ if change > 0.0 => "+",
        _ if change < 0.0 => "−",
        _ => "",
    };
    format!("{sign}{size}")
}

/// A change of a figure, with its sign.
#[must_use]
pub fn added(unit: Unit, change: f64) -> String {
    match unit {
        Unit::Bytes => added_bytes(change),
        other if change < 0.0 => format!("−{}", amount(other, -change)),
        other => format!("+{}", amount(other, change)),
    }
}

/// A rate, decimal: `812 kB/s`, `1.23 GB/s`.
#[must_use]
pub fn throughput(bytes_per_s: f64) -> String {
    let rate = scaled(bytes_per_s, &BYTES);
    if rate == MISSING { rate } else { format!("{rate}/s") }
}

/// A share of 1 as a percentage: `12.3 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", significant(share * 100.0))
}

/// A figure of a metric, in its unit.
#[must_use]
pub fn amount(unit: Unit, figure: f64) -> String {
    match unit {
        Unit::Nanoseconds => time(figure),
        Unit::Bytes => bytes(figure as u64),
        Unit::Count => count(figure),
        Unit::CallsPerSecond => format!("{}/s", count(figure)),
    }
}

/// Two times, with the unit once if it is the same: `1.20–1.31 ms`, `980 µs – 1.02 ms`.
#[must_use]
pub fn time_interval(interval: [f64; 2]) -> String {
    with_shared_unit(interval.map(time))
}

/// Two figures of a metric, with the unit once if it is the same.
#[must_use]
pub fn amount_interval(unit: Unit, interval: [f64; 2]) -> String {
    with_shared_unit(interval.map(|end| amount(unit, end)))
}

/// Two figures as text, with the unit once if it is the same.
fn with_shared_unit([low, high]: [String; 2]) -> String {
    match (low.rsplit_once(' '), high.rsplit_once(' ')) {
        (Some((number, unit)), Some((_, other))) if unit == other => format!("{number}–{high}"),
        _ => format!("{low} – {high}"),
    }
}

/// Three significant digits, without an exponent; trailing zeros are kept, because they show the precision.
#[must_use]
pub fn significant(value: f64) -> String {
    significant_to(value, READABLE)
}

fn significant_to(value: f64, digits: i32) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.abs() < 0.0005 {
        return if value < 0.0 { "> −0.001" } else { "< 0.001" }.to_owned();
    }
    // Rounding first finds the right number of decimals for values such as 9.996.
    let value = rounded(value, digits);
    let decimals = (digits - 1 - value.abs().log10().floor() as i32).clamp(0, digits);
    format!("{value:.*}", usize::try_from(decimals).unwrap_or(0)).replace('-', "−")
}

/// Rounded to so many significant digits.
fn rounded(value: f64, digits: i32) -> f64 {
    let step = 10_f64.powi(value.abs().log10().floor() as i32 + 1 - digits);
    (value / step).round() * step
}

fn scaled(value: f64, units: &[(f64, &str)]) -> String {
    scaled_to(value, units, READABLE)
}

/// In the largest unit that leaves at least 1 before the point.
fn scaled_to(value: f64, units: &[(f64, &str)], digits: i32) -> String {
    if !value.is_finite() {
        return MISSING.to_owned();
    }
    let size = if value == 0.0 { 0.0 } else { rounded(value, digits).abs() };
    let fitting = units.iter().rev().find(|(unit, _)| size >= *unit * (1.0 - 1e-9)).or(units.first());
    // `units` is one of the constant lists above and never empty; without a unit the bare number is returned.
    let &(unit, name) = fitting.unwrap_or(&(1.0, ""));
    format!("{} {name}", significant_to(value / unit, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_significant_digits_and_a_unit() {
        for (ns, text) in [
            (0.0, "0 ns"),
            (1e-12, "< 0.001 ns"),
            (0.25, "0.250 ns"),
            (1.0, "1.00 ns"),
            (812.4, "812 ns"),
            (999.4, "999 ns"),
            (999.6, "1.00 µs"),
            (12_345.0, "12.3 µs"),
            (9_996_000.0, "10.0 ms"),
            (1.5e9, "1.50 s"),
            (3590e9, "3590 s"),
            (3600e9, "1.00 h"),
            (1e15, "11.6 days"),
            (1e21, "31700 years"),
            (-2_500.0, "−2.50 µs"),
            (f64::NAN, MISSING),
            (f64::INFINITY, MISSING),
        ] {
            assert_eq!(time(ns), text);
        }
    }

    #[test]
    fn summaries_have_two_digits() {
        assert_eq!([812.4, 12_345.0, 1.96e9].map(brief_time), ["810 ns", "12 µs", "2.0 s"]);
        assert_eq!([812.4, 116_000.0].map(brief_bytes), ["810 B", "120 kB"]);
        assert_eq!([1.39, 84.96, 344.0].map(brief), ["1.4", "85", "340"]);
    }

    #[test]
    fn figures_in_full_have_six_digits() {
        for (ns, text) in [
            (0.0, "0 ns"),
            (1e-12, "< 0.001 ns"),
            (0.25, "0.250000 ns"),
            (1_310_241.7, "1.31024 ms"),
            (999_999.7, "1.00000 ms"),
            (1e15, "11.5741 days"),
            (f64::NAN, MISSING),
        ] {
            assert_eq!(exact_time(ns), text);
        }
        assert_eq!(exact_time_interval([1.2e6, 1.3e6]), "1.20000–1.30000 ms");
        assert_eq!([0.416_123_4, f64::INFINITY].map(exact), ["0.416123", MISSING]);
    }

    #[test]
    fn counts_are_whole_until_they_are_long() {
        for (n, text) in [(0.0, "0"), (200.0, "200"), (999_999.0, "999999"), (1.234e6, "1.23 M"), (f64::NAN, MISSING)] {
            assert_eq!(count(n), text);
        }
    }

    #[test]
    fn round_times_are_short() {
        for (ns, text) in [(0.0, "0"), (20e6, "20 ms"), (100e6, "100 ms"), (2.5e6, "2.5 ms")] {
            assert_eq!(round_time(ns), text);
        }
    }

    #[test]
    fn intervals_name_a_shared_unit_once() {
        assert_eq!(time_interval([1.2e6, 1.314e6]), "1.20–1.31 ms");
        assert_eq!(time_interval([980e3, 1.02e6]), "980 µs – 1.02 ms");
        assert_eq!(time_interval([71_500e9, 80_000e9]), "19.9–22.2 h");
        assert_eq!(time_interval([-3600e9, 400_000e9]), "−1.00 h – 4.63 days");
    }

    #[test]
    fn bytes_rates_and_shares() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!([64, 999].map(bytes), ["64 B", "999 B"]);
        assert_eq!(bytes(12_345), "12.3 kB");
        assert_eq!(bytes(1_048_576), "1.05 MB");
        assert_eq!(bytes(u64::MAX), "18.4 EB");
        assert_eq!([0.3, -812.4, 65_536.0].map(added_bytes), ["0 B", "−812 B", "+65.5 kB"]);
        assert_eq!([1.234e9, 1e15, f64::INFINITY].map(throughput), ["1.23 GB/s", "1.00 PB/s", MISSING]);
        assert_eq!(percent(0.123), "12.3 %");
        assert_eq!(percent(-0.02), "−2.00 %");
    }
}
