//! Figures as text: three significant digits, the unit always written. The only place that rounds for people.

/// What stands where a figure is missing.
pub const MISSING: &str = "–";

const HOUR_NS: f64 = 3.6e12;

/// A time: `812 ns`, `12.3 µs`, `4.56 ms`, `1.23 s`.
#[must_use]
pub fn time(ns: f64) -> String {
    scaled(ns, &[(1.0, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s")])
}

/// A time that may be as long as a day's work, for sentences: `1.23 s`, `19.9 h`, `3.05 days`.
#[must_use]
pub fn duration(ns: f64) -> String {
    match ns.abs() >= HOUR_NS {
        true => scaled(ns, &[(HOUR_NS, "h"), (24.0 * HOUR_NS, "days")]),
        false => time(ns),
    }
}

/// A round time, as a scale shows it: `0`, `20 ms`, `2.5 ms`.
#[must_use]
pub fn round_time(ns: f64) -> String {
    round(&time(ns))
}

/// A figure that is round, as a scale shows it: `1 GB/s` of `1.00 GB/s`.
#[must_use]
pub fn round(text: &str) -> String {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let number = if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    if number == "0" { number.to_owned() } else { format!("{number} {unit}") }
}

/// A size, decimal: `812 B`, `12.3 kB`, `4.56 MB`.
#[must_use]
pub fn bytes(bytes: u64) -> String {
    scaled(bytes as f64, &[(1.0, "B"), (1e3, "kB"), (1e6, "MB"), (1e9, "GB")])
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
        size => scaled(size, &[(1.0, "B"), (1e3, "kB"), (1e6, "MB"), (1e9, "GB")]),
    };
    match bytes {
        _ if bytes > 0.0 => format!("+{size}"),
        _ if bytes < 0.0 => format!("−{size}"),
        _ => size,
    }
}

/// A rate, decimal: `812 kB/s`, `1.23 GB/s`.
#[must_use]
pub fn throughput(bytes_per_s: f64) -> String {
    scaled(bytes_per_s, &[(1.0, "B/s"), (1e3, "kB/s"), (1e6, "MB/s"), (1e9, "GB/s")])
}

/// A share of 1 as a percentage: `12.3 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", significant(share * 100.0))
}

/// Two times, the unit once where it is the same: `1.20–1.31 ms`, `980 µs – 1.02 ms`.
#[must_use]
pub fn time_interval(interval: [f64; 2]) -> String {
    with_shared_unit(interval.map(time))
}

/// Two times as [`duration`] writes them: `19.9–21.0 h`.
#[must_use]
pub fn duration_interval(interval: [f64; 2]) -> String {
    with_shared_unit(interval.map(duration))
}

fn with_shared_unit([low, high]: [String; 2]) -> String {
    match (low.rsplit_once(' '), high.rsplit_once(' ')) {
        (Some((number, unit)), Some((_, other))) if unit == other => format!("{number}–{high}"),
        _ => format!("{low} – {high}"),
    }
}

/// Three significant digits, without an exponent, trailing zeros kept: they say how much is known.
#[must_use]
pub fn significant(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.abs() < 0.0005 {
        return if value < 0.0 { "> −0.001" } else { "< 0.001" }.to_owned();
    }
    // Rounding first finds the right number of decimals for values such as 9.996.
    let digits = rounded(value).abs().log10().floor() as i32;
    let text = format!("{:.*}", usize::try_from(2 - digits).unwrap_or(0).min(3), rounded(value));
    text.replace('-', "−")
}

/// Rounded to three significant digits.
fn rounded(value: f64) -> f64 {
    let step = 10_f64.powi(value.abs().log10().floor() as i32 - 2);
    (value / step).round() * step
}

/// In the largest unit that leaves at least 1 before the point.
fn scaled(value: f64, units: &[(f64, &str)]) -> String {
    if !value.is_finite() {
        return MISSING.to_owned();
    }
    let size = if value == 0.0 { 0.0 } else { rounded(value).abs() };
    let fitting = units.iter().rev().find(|(unit, _)| size >= *unit * 0.9999).or(units.first());
    // `units` is a constant list above and never empty; without one the bare number stands.
    let &(unit, name) = fitting.unwrap_or(&(1.0, ""));
    format!("{} {name}", significant(value / unit))
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
            (1e15, "1000000 s"),
            (-2_500.0, "−2.50 µs"),
            (f64::NAN, MISSING),
            (f64::INFINITY, MISSING),
        ] {
            assert_eq!(time(ns), text);
        }
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
        assert_eq!(duration_interval([71_500e9, 80_000e9]), "19.9–22.2 h");
        assert_eq!(duration_interval([-3600e9, 400_000e9]), "−1.00 h – 4.63 days");
    }

    #[test]
    fn bytes_rates_and_shares() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(12_345), "12.3 kB");
        assert_eq!(bytes(1_048_576), "1.05 MB");
        assert_eq!([0.3, -812.4, 65_536.0].map(added_bytes), ["0 B", "−812 B", "+65.5 kB"]);
        assert_eq!(throughput(1.234e9), "1.23 GB/s");
        assert_eq!(percent(0.123), "12.3 %");
        assert_eq!(percent(-0.02), "−2.00 %");
    }
}
