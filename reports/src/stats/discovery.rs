//! One-sided tests, and which of many of them to believe.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// How certain it is that the mean of the values behind a list lies above `bound`: the p-value of Student's one-sided
/// test, 0 to 1, where small is certain. `None` with fewer than two values.
#[must_use]
pub fn above(values: &[f64], bound: f64) -> Option<f64> {
    let Moments { count, mean, variance } = Moments::of(values)?;
    p_value(mean - bound, (variance / count).sqrt(), count - 1.0)
}

/// The same for the difference between the means behind two lists, `b` − `a`, whose variances may differ (Welch 1947).
#[must_use]
pub fn difference_above(a: &[f64], b: &[f64], bound: f64) -> Option<f64> {
    let Welch { difference, error, freedom } = Welch::of(a, b)?;
    p_value(difference - bound, error, freedom)
}

/// Welch's interval for the difference between two means, `b` − `a`, at the given confidence (0 to 1); `None` if either
/// list has fewer than two values, or the confidence is invalid.
#[must_use]
pub fn difference_interval(a: &[f64], b: &[f64], confidence: f64) -> Option<[f64; 2]> {
    let Welch { difference, error, freedom } = Welch::of(a, b)?;
    if !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let reach = StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(0.5 + confidence / 2.0) * error;
    Some([difference - reach, difference + reach])
}

/// Which of many p-values to believe so that at most the share `rate` of those believed is wrong, on average (Benjamini
/// and Hochberg 1995). A missing p-value is not believed, and not counted either.
#[must_use]
pub fn discoveries(p_values: &[Option<f64>], rate: f64) -> Vec<bool> {
    let mut sorted: Vec<f64> = p_values.iter().copied().flatten().filter(|p| !p.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let tests = sorted.len() as f64;
    let is_below_line = |(rank, p): &(usize, &f64)| **p <= rate * (*rank as f64 + 1.0) / tests;
    let most = sorted.iter().enumerate().rfind(is_below_line).map(|(_, p)| *p);
    p_values.iter().map(|p| p.is_some_and(|p| most.is_some_and(|most| p <= most))).collect()
}

struct Moments {
    count: f64,
    mean: f64,
    variance: f64,
}

impl Moments {
    fn of(values: &[f64]) -> Option<Self> {
        if values.len() < 2 {
            return None;
        }
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1.0);
        Some(Self { count, mean, variance })
    }
}

struct Welch {
    difference: f64,
    error: f64,
    freedom: f64,
}

impl Welch {
    fn of(a: &[f64], b: &[f64]) -> Option<Self> {
        let (a, b) = (Moments::of(a)?, Moments::of(b)?);
        let [of_a, of_b] = [&a, &b].map(|of| of.variance / of.count);
        // Welch and Satterthwaite. Without any variance the degrees of freedom do not matter.
        let spread = of_a.powi(2) / (a.count - 1.0) + of_b.powi(2) / (b.count - 1.0);
        let freedom = if spread > 0.0 { (of_a + of_b).powi(2) / spread } else { a.count + b.count - 2.0 };
        Some(Self { difference: b.mean - a.mean, error: (of_a + of_b).sqrt(), freedom })
    }
}

fn p_value(distance: f64, error: f64, freedom: f64) -> Option<f64> {
    if error == 0.0 {
        // Values without any variance leave no doubt.
        return Some(if distance > 0.0 { 0.0 } else { 1.0 });
    }
    Some(StudentsT::new(0.0, 1.0, freedom).ok()?.sf(distance / error))
}

#[cfg(test)]
mod tests {
    use super::super::simulation::Noise;
    use super::*;

    #[test]
    fn p_values_are_those_of_the_tables() {
        // Six values with mean 1 and standard error 1: t(5) = 1 above 0, and 0 above 1.
        let six = [-1.0, 1.0, -1.0, 1.0, -1.0, 1.0].map(|x: f64| 1.0 + x * 5.0_f64.sqrt());
        assert!((above(&six, 0.0).unwrap() - 0.181_609).abs() < 1e-5);
        assert!((above(&six, 1.0).unwrap() - 0.5).abs() < 1e-12);
        assert_eq!(
            (above(&[1.0], 0.0), above(&[1.0, 1.0], 0.0), above(&[1.0, 1.0], 1.0)),
            (None, Some(0.0), Some(1.0))
        );
        // Equal scatter and counts: Welch's degrees of freedom are Student's, 10.
        let other = six.map(|x| x + 2.0_f64.sqrt());
        assert!((difference_above(&six, &other, 0.0).unwrap() - 0.170_447).abs() < 1e-5);
        assert_eq!(difference_above(&six, &[1.0], 0.0), None);
    }

    #[test]
    fn the_interval_of_a_difference_holds_it_as_often_as_it_claims() {
        let mut noise = Noise::new(3);
        let held = (0..2000).filter(|_| {
            let a: Vec<f64> = (0..6).map(|_| noise.gaussian()).collect();
            let b: Vec<f64> = (0..20).map(|_| 1.0 + 3.0 * noise.gaussian()).collect();
            let [low, high] = difference_interval(&a, &b, 0.95).unwrap();
            low <= 1.0 && 1.0 <= high
        });
        let held = held.count();
        assert!((1880..=1930).contains(&held), "{held} of 2000");
        assert_eq!(difference_interval(&[1.0, 2.0], &[1.0, 2.0], 1.0), None);
    }

    #[test]
    fn benjamini_and_hochbergs_own_example() {
        // Their table 1, of which they believe four at 0.05 where Bonferroni believes three.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        let believed = discoveries(&p.map(Some), 0.05);
        assert_eq!(believed.iter().filter(|believed| **believed).count(), 4);
        assert_eq!(believed[..5], [true, true, true, true, false]);
    }

    #[test]
    fn what_has_no_p_value_takes_nothing_from_the_others() {
        assert_eq!(discoveries(&[None, Some(0.04), Some(f64::NAN)], 0.05), [false, true, false]);
        assert_eq!(discoveries(&[None], 0.05), [false]);
        // One above the line is believed when one below it has a larger rank.
        assert_eq!(discoveries(&[Some(0.04), Some(0.045)], 0.05), [true, true]);
    }

    #[test]
    fn among_equals_hardly_any_test_is_believed() {
        let mut noise = Noise::new(9);
        let runs = 500;
        let wrong = (0..runs).filter(|_| {
            let mut p = || above(&(0..6).map(|_| noise.gaussian()).collect::<Vec<_>>(), 0.0);
            let all: Vec<_> = (0..20).map(|_| p()).collect();
            discoveries(&all, 0.025).into_iter().any(|believed| believed)
        });
        let wrong = wrong.count();
        assert!(wrong <= 25, "{wrong} of {runs}");
    }
}
