//! Intervals over blocks.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Student's interval for the mean, at the given confidence (0 to 1); `None` with fewer than two values, or with an
/// invalid confidence.
#[must_use]
pub fn student(values: &[f64], confidence: f64) -> Option<[f64; 2]> {
    if values.len() < 2 || !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let half = student_quantile(values.len(), 0.5 + confidence / 2.0)? * (variance / n).sqrt();
    Some([mean - half, mean + half])
}

/// The quantile at `probability` of Student's distribution for the mean of `count` values; `None` with fewer than two
/// values, or with an invalid probability.
#[must_use]
pub fn student_quantile(count: usize, probability: f64) -> Option<f64> {
    if count < 2 || !(probability > 0.0 && probability < 1.0) {
        return None;
    }
    Some(StudentsT::new(0.0, 1.0, count as f64 - 1.0).ok()?.inverse_cdf(probability))
}

/// The interval, widened to contain the point. Student's interval lies around the mean, and several outlier blocks can
/// pull the mean away from the Hodges–Lehmann point; an interval without its point would look like a mistake.
#[must_use]
pub fn widened(interval: [f64; 2], point: f64) -> [f64; 2] {
    [interval[0].min(point), interval[1].max(point)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Two values at ±1 have mean 0 and standard error 1, so the half-width is the quantile for one degree of freedom.
        let half = |values: &[f64], confidence| student(values, confidence).unwrap()[1];
        assert!((half(&[-1.0, 1.0], 0.95) - 12.7062).abs() < 1e-3);
        assert!((half(&[-1.0, 1.0], 0.99) - 63.6567).abs() < 1e-2);
        // Six values with standard error 1: t(5) = 2.5706.
        let six = [-1.0, 1.0, -1.0, 1.0, -1.0, 1.0].map(|x: f64| x * 5.0_f64.sqrt());
        assert!((half(&six, 0.95) - 2.5706).abs() < 1e-3);
    }

    #[test]
    fn too_few_values_give_none() {
        assert_eq!(student(&[], 0.95), None);
        assert_eq!(student(&[1.0], 0.95), None);
        assert_eq!(student(&[1.0, 2.0], 1.0), None);
        assert_eq!(student(&[1.0, 2.0], f64::NAN), None);
    }

    #[test]
    fn equal_values_give_a_point() {
        assert_eq!(student(&[2.0, 2.0, 2.0], 0.95), Some([2.0, 2.0]));
    }

    #[test]
    fn widening_only_widens() {
        assert_eq!(widened([1.0, 2.0], 1.5), [1.0, 2.0]);
        assert_eq!(widened([1.0, 2.0], 3.0), [1.0, 3.0]);
    }
}
