//! Two decimals, rounded as JavaScript's `toFixed` rounds.

/// A magnitude in hundredths, to the nearest, and up where two are equally near.
///
/// The rounding is of the double's exact value, in whole numbers: the product with 100.0 would have been rounded once already.
/// Half a hundredth goes up in JavaScript, and to the even neighbour in `{:.2}`.
///
/// `value` has to be less than 2^53.
pub fn hundredths(value: f64) -> u64 {
    // value = mantissa / 2^decimals.
    const FRACTION_BITS: u32 = 52;
    let bits = value.abs().to_bits();
    let exponent = (bits >> FRACTION_BITS) as u32;
    let mantissa = (bits & ((1 << FRACTION_BITS) - 1)) | (1 << FRACTION_BITS);
    let decimals = 1075_u32.saturating_sub(exponent);
    // So small that it is less than half a hundredth; the sum below would not have room for its half.
    if decimals > 62 { 0 } else { (200 * mantissa + (1 << decimals)) >> (decimals + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_up_and_what_only_looks_like_one_does_not() {
        assert_eq!(hundredths(10.125), 1013);
        assert_eq!(hundredths(10.375), 1038);
        assert_eq!(hundredths(-0.625), 63);
        // The nearest double is a little less than 1.005, and more than 8.345.
        assert_eq!(hundredths(1.005), 100);
        assert_eq!(hundredths(8.345), 835);
    }

    #[test]
    fn the_ends_of_the_range_are_exact() {
        assert_eq!(hundredths(0.0), 0);
        assert_eq!(hundredths(5e-324), 0);
        assert_eq!(hundredths(0.004_999_999), 0);
        assert_eq!(hundredths(0.0051), 1);
        assert_eq!(hundredths(999_999_999_999.99), 99_999_999_999_999);
        assert_eq!(hundredths(9_007_199_254_740_991.0), 900_719_925_474_099_100);
    }
}
