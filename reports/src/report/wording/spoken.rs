//! Comparisons as sentences and slides have them, with the sign behind the number: `1.39× faster (1.31–1.47×)`.

use super::{Claim, claim};
use crate::report::Comparison;

/// A comparison in parts.
#[must_use]
pub fn spoken(comparison: &Comparison) -> Claim {
    let Claim { factor, word, interval } = claim(comparison);
    Claim { factor: factor.map(|factor| behind(&factor)), word, interval: interval.map(|text| behind(&text)) }
}

/// A text of words and factors, with the sign behind each number or range.
fn behind(text: &str) -> String {
    let word = |word: &str| match word.strip_suffix(',').map_or((word, ""), |word| (word, ",")) {
        (factor, comma) if factor.starts_with('×') => format!("{}×{comma}", factor.replace('×', "")),
        _ => word.to_owned(),
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::behind;

    #[test]
    fn the_sign_is_behind_numbers_and_ranges() {
        for (written, spoken) in [
            ("×10.3", "10.3×"),
            ("×9.9–×10.7", "9.9–10.7×"),
            ("×2.29, no interval", "2.29×, no interval"),
            ("first 2 starts unlike the last 4, ×0.9–×1.1", "first 2 starts unlike the last 4, 0.9–1.1×"),
            ("×<0.01", "<0.01×"),
            ("±1 %", "±1 %"),
        ] {
            assert_eq!(behind(written), spoken);
        }
    }
}
