//! The slope of values in their order, with its interval.

use statrs::distribution::{ContinuousCDF, Normal};

/// A line's slope per step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SlopeEstimate {
    /// The slope.
    pub slope: f64,
    /// Its interval.
    pub ci: [f64; 2],
}

/// Most values for which all pairs are computed.
const MOST: usize = 1000;

/// The median of the slopes between all pairs of `values` (Theil 1950, Sen 1968), with Sen's interval for it at the
/// given confidence (0 to 1): the slopes at the ranks that Kendall's S reaches by chance, which assumes no shape of the
/// noise. A single step, or a fifth of all values far off, hardly moves it. `None` with too few values for an interval
/// (up to five at 95 %), with more than [`MOST`], or if one is not finite.
#[must_use]
pub fn trend(values: &[f64], confidence: f64) -> Option<SlopeEstimate> {
    let n = values.len();
    if n > MOST || !values.iter().all(|value| value.is_finite()) || !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let mut slopes = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for (i, first) in values.iter().enumerate() {
        slopes.extend(values[i + 1..].iter().zip(1..).map(|(later, steps)| (later - first) / f64::from(steps)));
    }
    slopes.sort_unstable_by(f64::total_cmp);
    let (count, pairs) = (n as f64, slopes.len() as f64);
    let z = Normal::standard().inverse_cdf(f64::midpoint(1.0, confidence));
    // Kendall's variance of S without ties; with ties it would be smaller, so the interval is conservative.
    let reach = z * (count * (count - 1.0) * (2.0 * count + 5.0) / 18.0).sqrt();
    let (low, high) = ((pairs - reach) / 2.0, (pairs + reach) / 2.0);
    if low < 1.0 {
        return None;
    }
    // The casts are safe: `low` is between 1 and half of all pairs, and `high` as far from their number.
    let ci = [slopes[low.floor() as usize - 1], slopes[high.ceil() as usize]];
    Some(SlopeEstimate { slope: super::median(&slopes)?, ci })
}

#[cfg(test)]
mod tests {
    use super::super::simulation::Noise;
    use super::*;

    #[test]
    fn a_straight_line_is_known_exactly() {
        let line: Vec<f64> = (0..10).map(|i| 3.0 + 2.0 * f64::from(i)).collect();
        assert_eq!(trend(&line, 0.95), Some(SlopeEstimate { slope: 2.0, ci: [2.0, 2.0] }));
        assert_eq!(trend(&[7.0; 8], 0.95), Some(SlopeEstimate { slope: 0.0, ci: [0.0, 0.0] }));
    }

    #[test]
    fn too_few_values_and_what_is_no_number_have_no_trend() {
        assert_eq!(trend(&[], 0.95), None);
        assert_eq!(trend(&[1.0, 2.0, 3.0], 0.95), None);
        assert_eq!(trend(&[1.0, 2.0, f64::NAN, 4.0, 5.0, 6.0, 7.0, 8.0], 0.95), None);
        assert_eq!(trend(&[1.0; MOST + 1], 0.95), None);
        assert_eq!(trend(&[1.0; 8], f64::NAN), None);
    }

    #[test]
    fn one_step_and_some_outliers_are_no_trend() {
        let step: Vec<f64> = (0..40).map(|i| if i < 12 { 0.0 } else { 64.0 }).collect();
        assert_eq!(trend(&step, 0.95).unwrap().slope, 0.0);
        let outliers: Vec<f64> = (0..40).map(|i| if i % 7 == 0 { 1e6 } else { f64::from(i) }).collect();
        assert!((trend(&outliers, 0.95).unwrap().slope - 1.0).abs() < 0.5);
    }

    #[test]
    fn the_interval_holds_the_truth_as_often_as_it_claims() {
        let mut noise = Noise::new(5);
        for n in [8, 40] {
            let held = (0..1000).filter(|_| {
                let values: Vec<f64> = (0..n).map(|i| 0.3 * f64::from(i) + noise.gaussian()).collect();
                let [low, high] = trend(&values, 0.95).unwrap().ci;
                low <= 0.3 && 0.3 <= high
            });
            let held = held.count();
            assert!(held >= 930, "{n} values: {held} of 1000");
        }
    }
}
