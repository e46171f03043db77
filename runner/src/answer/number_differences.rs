//! How far apart the numbers of two answers are, and which tolerance would accept them.

use super::shown::number;

/// A difference of up to this share of the largest number may come from rounding.
const MAYBE_ROUNDED: f64 = 0.01;

/// The differences between the numbers of two answers.
#[derive(Debug, Default)]
pub struct NumberDifferences {
    /// The first difference, for people.
    pub first: Option<String>,
    /// How many numbers differ.
    count: u64,
    /// The largest relative difference.
    relative: f64,
    /// The largest absolute difference.
    absolute: f64,
    /// The largest expected number, without its sign.
    scale: f64,
    /// Whether NaN or infinity made a difference, which no tolerance accepts.
    is_beyond: bool,
}

/// Whether two numbers are the same within a tolerance. Without one, `-0` differs from `0`. `NaN` always equals `NaN`.
fn are_alike(a: f64, b: f64, tolerance: Option<f64>) -> bool {
    let is_same = a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
    is_same || tolerance.is_some_and(|tolerance| a == b || (a - b).abs() <= tolerance)
}

impl NumberDifferences {
    /// Compares two numbers and counts a difference. Returns whether they are the same.
    pub fn compare(&mut self, expected: f64, got: f64, tolerance: Option<f64>) -> bool {
        if expected.is_finite() {
            self.scale = self.scale.max(expected.abs());
        }
        if are_alike(expected, got, tolerance) {
            return true;
        }
        let apart = (expected - got).abs();
        self.count += 1;
        self.is_beyond |= !apart.is_finite();
        self.absolute = self.absolute.max(apart);
        let larger = expected.abs().max(got.abs());
        if larger > 0.0 {
            self.relative = self.relative.max(apart / larger);
        }
        false
    }

    /// The first difference, and how far apart all numbers are. `None` if none differ.
    #[must_use]
    pub fn summary(self) -> Option<String> {
        let first = self.first?;
        if self.is_beyond {
            return Some(first);
        }
        let count =
            if self.count == 1 { "1 number differs".to_owned() } else { format!("{} numbers differ", self.count) };
        let relative = self.relative;
        let close = if self.absolute <= MAYBE_ROUNDED * self.scale || self.absolute == 0.0 {
            format!(
                "; help: if that is close enough, --tolerance {} accepts them all",
                number(rounded_up(self.absolute))
            )
        } else {
            String::new()
        };
        Some(format!("{first}; {count}, and the largest relative difference is {relative:.1e}{close}"))
    }
}

/// Rounds up to one digit.
fn rounded_up(absolute: f64) -> f64 {
    if absolute == 0.0 {
        return 0.0;
    }
    let exponent = absolute.log10().floor() as i32;
    let digit = absolute / 10f64.powi(exponent);
    // Parsed from text, as the user's option will be. The next digit is for a logarithm that was rounded.
    let written = |digit: f64| format!("{digit}e{exponent}").parse().unwrap_or(f64::INFINITY);
    [digit.ceil(), digit.ceil() + 1.0].map(written).into_iter().find(|up| *up >= absolute).unwrap_or(absolute)
}

/// Says so if two numbers are the same 32 bits, one read as signed and one as unsigned. Empty otherwise.
#[must_use]
pub fn same_bits(expected: f64, got: f64) -> &'static str {
    let are_whole = expected.fract() == 0.0 && got.fract() == 0.0;
    let is_read_signed = |low: f64, high: f64| (-2f64.powi(31)..0.0).contains(&low) && high - low == 2f64.powi(32);
    if are_whole && is_read_signed(got, expected) {
        " (the same 32 bits, read as a signed number: Wasm's i32 is one; `>>> 0` makes it unsigned)"
    } else if are_whole && is_read_signed(expected, got) {
        " (the same 32 bits, read as an unsigned number; `| 0` makes it signed)"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(pairs: &[(f64, f64)], tolerance: Option<f64>) -> Option<String> {
        let mut differences = NumberDifferences::default();
        for (expected, got) in pairs {
            if !differences.compare(*expected, *got, tolerance) {
                differences.first.get_or_insert_with(|| "first".to_owned());
            }
        }
        differences.summary()
    }

    #[test]
    fn a_tolerance_is_suggested_if_rounding_may_be_the_reason() {
        let close = [(0.178_030_282_580_776, 0.178_028_717_637_062_07), (100.0, 100.0)];
        let message = summary(&close, None).unwrap();
        let end = "first; 1 number differs, and the largest relative difference is 8.8e-6; help: if that is close enough, \
                   --tolerance 2e-6 accepts them all";
        assert_eq!(message, end);
        assert_eq!(summary(&close, Some(2e-6)), None);
        let far = summary(&[(1.0, 2.0), (2.0, 1.0)], None).unwrap();
        assert_eq!(far, "first; 2 numbers differ, and the largest relative difference is 5.0e-1");
        assert_eq!(summary(&[(1.0, f64::NAN), (1.0, 1.001)], None).unwrap(), "first");
        assert!(summary(&[(0.0, -0.0)], None).unwrap().ends_with("--tolerance 0 accepts them all"));
        assert_eq!(summary(&[(0.0, -0.0)], Some(0.0)), None);
        assert_eq!(summary(&[(f64::NAN, f64::NAN), (f64::INFINITY, f64::INFINITY)], None), None);
        assert!(summary(&[(f64::INFINITY, 1.0)], Some(1e9)).is_some());
    }

    #[test]
    fn the_suggested_tolerance_accepts_every_number() {
        for absolute in [1e-300, 1.5e-7, 2e-6, 0.3, 1.0, 9.99, 1e22, f64::MIN_POSITIVE] {
            let up = rounded_up(absolute);
            assert!(up >= absolute && up <= 2.1 * absolute, "{up} for {absolute}");
        }
    }

    #[test]
    fn the_same_bits_read_as_signed_and_unsigned_are_recognised() {
        assert!(same_bits(4_294_967_295.0, -1.0).contains(">>> 0"));
        assert!(same_bits(-2_147_483_648.0, 2_147_483_648.0).contains("| 0"));
        assert_eq!(same_bits(4_294_967_294.0, -1.0), "");
        assert_eq!(same_bits(0.5, -4_294_967_295.5), "");
    }
}
