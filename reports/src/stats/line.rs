//! A straight line through costs that span several powers of ten.

/// `fixed + per_unit · size`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CostLine {
    /// The cost of size 0.
    pub fixed: f64,
    /// What each further unit of size costs.
    pub per_unit: f64,
}

impl CostLine {
    /// The cost of a size.
    #[must_use]
    pub fn at(&self, size: f64) -> f64 {
        self.fixed + self.per_unit * size
    }
}

/// Iterations of reweighting. Each brings the weights nearer to their limit by about a power of ten; ten are enough.
const ROUNDS: usize = 10;

/// The fit is bounded below by each cost ÷ this factor, because it has to stay positive to be a weight.
const LOWEST: f64 = 0.01;

/// The line with the smallest relative errors: least squares, each cost weighted by 1 ÷ (fitted cost)², iterated. An
/// ordinary fit would be decided by the largest size alone, and its fixed part would be noise.
///
/// This is the quasi-likelihood estimate for a constant coefficient of variation (McCullagh and Nelder 1989, chapter 9).
/// The fixed part is never negative. Costs have to be positive;
/// `None` with fewer than two different sizes.
#[must_use]
pub fn relative_line(points: &[(f64, f64)]) -> Option<CostLine> {
    // The spread of a single size is not always 0, after rounding.
    points.iter().find(|(size, _)| *size != points[0].0)?;
    let mut expected: Vec<f64> = points.iter().map(|(_, cost)| *cost).collect();
    let mut line = None;
    for _ in 0..ROUNDS {
        let weights: Vec<f64> = expected.iter().map(|cost| cost.powi(-2)).collect();
        let fit = weighted(points, &weights)?;
        let floor = |cost: f64| LOWEST * cost;
        expected = points.iter().map(|(size, cost)| fit.at(*size).max(floor(*cost))).collect();
        line = Some(fit);
    }
    line.filter(|line| line.fixed.is_finite() && line.per_unit.is_finite())
}

/// Weighted least squares; through the origin if the fixed part would be negative.
fn weighted(points: &[(f64, f64)], weights: &[f64]) -> Option<CostLine> {
    let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
        points.iter().zip(weights).map(|((size, cost), weight)| weight * of(*size, *cost)).sum()
    };
    let total = sum(&|_, _| 1.0);
    // About the means, so that large sizes do not drown small ones.
    let (mean_size, mean_cost) = (sum(&|size, _| size) / total, sum(&|_, cost| cost) / total);
    let spread = sum(&|size, _| (size - mean_size).powi(2));
    let per_unit = sum(&|size, cost| (size - mean_size) * (cost - mean_cost)) / spread;
    let fixed = mean_cost - per_unit * mean_size;
    if fixed >= 0.0 {
        return Some(CostLine { fixed, per_unit });
    }
    Some(CostLine { fixed: 0.0, per_unit: sum(&|size, cost| size * cost) / sum(&|size, _| size * size) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::simulation::Noise;
    use crate::stats::{hodges_lehmann, student};

    const SIZES: [f64; 7] = [100.0, 1e3, 5e4, 2e5, 1e6, 5e6, 1.6e7];

    fn costs(mut of: impl FnMut(f64) -> f64) -> Vec<(f64, f64)> {
        SIZES.iter().map(|size| (*size, of(*size))).collect()
    }

    #[test]
    fn a_line_without_noise_is_found() {
        let line = relative_line(&costs(|size| 150.0 + 0.07 * size)).unwrap();
        assert!((line.fixed - 150.0).abs() < 1e-6 && (line.per_unit - 0.07).abs() < 1e-12, "{line:?}");
        let level = relative_line(&costs(|_| 60.0)).unwrap();
        assert!((level.fixed - 60.0).abs() < 1e-6 && level.per_unit.abs() < 1e-12, "{level:?}");
    }

    #[test]
    fn small_sizes_decide_over_the_fixed_part() {
        // The largest is 30 % off, which is more than all the fixed part a million times.
        let off = |size: f64| if size > 1e7 { 1.3 } else { 1.0 };
        let line = relative_line(&costs(|size| off(size) * (150.0 + 0.07 * size))).unwrap();
        assert!((line.fixed / 150.0 - 1.0).abs() < 0.05 && (line.per_unit / 0.07 - 1.0).abs() < 0.1, "{line:?}");
    }

    #[test]
    fn the_fixed_part_is_never_negative() {
        let line = relative_line(&[(10.0, 1.0), (20.0, 3.0), (30.0, 5.0)]).unwrap();
        assert_eq!(line.fixed, 0.0);
        assert!(line.per_unit > 0.0);
    }

    #[test]
    fn one_size_makes_no_line() {
        assert_eq!(relative_line(&[]), None);
        // However its sums are rounded.
        assert!((1..1000).all(|cost| relative_line(&[(100.0, 0.37 * f64::from(cost))]).is_none()));
        assert_eq!(relative_line(&[(5.0, 1.0), (5.0, 2.0)]), None);
    }

    #[test]
    fn the_truth_is_in_the_interval_over_blocks_as_often_as_it_claims() {
        let (mut noise, runs) = (Noise::new(5), 2000);
        let (mut fixed_held, mut slope_held) = (0, 0);
        for _ in 0..runs {
            let lines: Vec<CostLine> = (0..6)
                .filter_map(|_| {
                    // 2 % between blocks, and 4 % between the sizes of a block.
                    let block = (0.02 * noise.gaussian()).exp();
                    relative_line(&costs(|size| (150.0 + 0.07 * size) * block * (0.04 * noise.gaussian()).exp()))
                })
                .collect();
            let held = |of: fn(&CostLine) -> f64, truth: f64| {
                let values: Vec<f64> = lines.iter().map(of).collect();
                let [low, high] = student(&values, 0.95).unwrap();
                assert!(hodges_lehmann(&values).is_some_and(|point| (point / truth - 1.0).abs() < 0.3));
                u32::from(low <= truth && truth <= high)
            };
            fixed_held += held(|line| line.fixed, 150.0);
            slope_held += held(|line| line.per_unit, 0.07);
        }
        let share = |held: u32| f64::from(held) / f64::from(runs);
        assert!(share(fixed_held) >= 0.93 && share(slope_held) >= 0.93, "{} {}", share(fixed_held), share(slope_held));
    }
}
