//! Exact inference about a rate, from a count out of a number of trials.

use statrs::distribution::{Beta, Binomial, ContinuousCDF, Discrete};

/// The interval of Clopper and Pearson (1934) for a rate, given `hits` of `trials`, at the given confidence (0 to 1).
/// It holds the true rate at least that often. `None` without a trial.
#[must_use]
pub fn rate_interval(hits: u32, trials: u32, confidence: f64) -> Option<[f64; 2]> {
    if trials == 0 || hits > trials || !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let tail = (1.0 - confidence) / 2.0;
    let (hits, misses) = (f64::from(hits), f64::from(trials - hits));
    let low = if hits == 0.0 { 0.0 } else { Beta::new(hits, misses + 1.0).ok()?.inverse_cdf(tail) };
    let high = if misses == 0.0 { 1.0 } else { Beta::new(hits + 1.0, misses).ok()?.inverse_cdf(1.0 - tail) };
    Some([low, high])
}

/// How often a fair coin splits at least as unevenly as `heads` to `tails` (the two-sided sign test; Arbuthnot 1710).
/// `None` without a throw.
#[must_use]
pub fn sign_test(heads: u32, tails: u32) -> Option<f64> {
    let trials = u64::from(heads) + u64::from(tails);
    if trials == 0 {
        return None;
    }
    let coin = Binomial::new(0.5, trials).ok()?;
    let fewer = u64::from(heads.min(tails));
    let tail: f64 = (0..=fewer).map(|count| coin.pmf(count)).sum();
    // An even split is counted in both tails.
    Some((2.0 * tail).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_tables() {
        let near = |found: Option<[f64; 2]>, [low, high]: [f64; 2]| {
            let [found_low, found_high] = found.unwrap();
            assert!((found_low - low).abs() < 1e-4 && (found_high - high).abs() < 1e-4, "{found_low} {found_high}");
        };
        // With no hit the upper end is 1 - 0.025^(1/n).
        near(rate_interval(0, 20, 0.95), [0.0, 0.16843]);
        near(rate_interval(20, 20, 0.95), [0.83157, 1.0]);
        near(rate_interval(10, 20, 0.95), [0.27196, 0.72804]);
        assert_eq!(rate_interval(0, 0, 0.95), None);
        assert_eq!(rate_interval(2, 1, 0.95), None);
    }

    #[test]
    fn the_sign_test_is_that_of_coins() {
        assert_eq!(sign_test(0, 0), None);
        assert!((sign_test(5, 0).unwrap() - 2.0 / 32.0).abs() < 1e-12);
        assert!((sign_test(0, 5).unwrap() - 2.0 / 32.0).abs() < 1e-12);
        assert!((sign_test(3, 3).unwrap() - 1.0).abs() < 1e-12);
        assert!((sign_test(2, 4).unwrap() - 2.0 * 22.0 / 64.0).abs() < 1e-12);
    }
}
