//! Costs of sizes between the measured ones.
//!
//! A straight line predicts these badly: the cost of a byte changes where a cache ends, or where an engine takes
//! another path. So the cost per unit comes from the two measured sizes on either side, and only the fixed part from
//! the smallest ones.

/// If a size costs this factor more by one neighbour's cost per unit than by the other's, there is no prediction: the
/// engine takes another path somewhere between the two, at an unknown size.
const JUMP: f64 = 2.0;

/// Sizes, ascending and positive, each once, with their costs.
#[derive(Debug, Clone, Copy)]
pub struct Ladder<'a>(pub &'a [(f64, f64)]);

impl Ladder<'_> {
    /// The expected cost of a size; `None` outside the ladder, or if there is no prediction.
    #[must_use]
    pub fn at(&self, size: f64) -> Option<f64> {
        let above = self.0.partition_point(|(other, _)| *other < size);
        let upper = *self.0.get(above)?;
        match above.checked_sub(1) {
            Some(below) => between([self.0[0], self.0[1]], self.0[below], upper, size),
            None => (upper.0 == size).then_some(upper.1),
        }
    }

    /// The pairs of neighbours without predictions between them, because costs jump there: lower size, upper size.
    #[must_use]
    pub fn jumps(&self) -> Vec<[f64; 2]> {
        let is_jump = |pair: &&[(f64, f64)]| between([self.0[0], self.0[1]], pair[0], pair[1], pair[1].0).is_none();
        self.0.windows(2).filter(is_jump).map(|pair| [pair[0].0, pair[1].0]).collect()
    }

    /// The expected cost of the step with this index, from all other steps; `None` for the first and the last.
    #[must_use]
    pub fn without(&self, step: usize) -> Option<f64> {
        let (size, _) = *self.0.get(step)?;
        let (below, above) = (*self.0.get(step.checked_sub(1)?)?, *self.0.get(step + 1)?);
        let smallest = if step == 1 { [below, above] } else { [self.0[0], self.0[1]] };
        between(smallest, below, above, size)
    }
}

/// The cost of a size between two others: `fixed + size · per_unit`, with `fixed` from the line through the two
/// smallest sizes, and `per_unit` between that of the lower size and that of the upper one, by the logarithm of the
/// size. `None` if these two differ too much.
fn between(smallest: [(f64, f64); 2], below: (f64, f64), above: (f64, f64), size: f64) -> Option<f64> {
    let [first, second] = smallest;
    let fixed = first.1 - first.0 * (second.1 - first.1) / (second.0 - first.0);
    let per_unit = |(size, cost): (f64, f64)| (cost - fixed) / size;
    let (low, high) = (per_unit(below), per_unit(above));
    // For every size: costs per unit are most precise at the upper one.
    let [by_low, by_high] = [low, high].map(|per_unit| fixed + above.0 * per_unit);
    if by_low.max(by_high) > JUMP * by_low.min(by_high) {
        return None;
    }
    let share = (size / below.0).ln() / (above.0 / below.0).ln();
    // Costs grow by factors. If size costs nothing, the remaining cost is noise of either sign.
    let grown = if low > 0.0 && high > 0.0 { low * (high / low).powf(share) } else { low + (high - low) * share };
    let cost = fixed + size * grown;
    (cost.is_finite() && cost > 0.0).then_some(cost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::median;
    use crate::stats::simulation::Noise;

    const SIZES: [f64; 8] = [100.0, 1e3, 1e4, 5e4, 2e5, 1e6, 5e6, 1.6e7];

    fn steps(mut of: impl FnMut(f64) -> f64) -> Vec<(f64, f64)> {
        SIZES.iter().map(|size| (*size, of(*size))).collect()
    }

    #[test]
    fn a_line_is_followed_exactly_and_never_left() {
        let steps = steps(|size| 150.0 + 0.07 * size);
        let ladder = Ladder(&steps);
        for size in [100.0, 300.0, 1e3, 2e4, 5e4, 3e6, 1.6e7] {
            let error = ladder.at(size).unwrap() / (150.0 + 0.07 * size) - 1.0;
            assert!(error.abs() < 1e-9, "{size}: {error}");
        }
        assert_eq!((ladder.at(99.0), ladder.at(1.7e7)), (None, None));
        assert!((ladder.without(4).unwrap() / (150.0 + 0.07 * 2e5) - 1.0).abs() < 1e-9);
        assert_eq!((ladder.without(0), ladder.without(7), ladder.without(8)), (None, None, None));
    }

    #[test]
    fn too_few_sizes_predict_nothing_between_them() {
        assert_eq!(Ladder(&[]).at(1.0), None);
        assert_eq!(Ladder(&[(1.0, 5.0)]).at(1.0), Some(5.0));
        assert_eq!(Ladder(&[(1.0, 5.0)]).at(2.0), None);
        assert_eq!(Ladder(&[(1.0, 5.0)]).without(0), None);
    }

    #[test]
    fn what_costs_nothing_per_unit_is_level() {
        let mut noise = Noise::new(4);
        let steps = steps(|_| 60.0 * (0.01 * noise.gaussian()).exp());
        for size in [500.0, 3e4, 4e5, 1e7] {
            let cost = Ladder(&steps).at(size).unwrap();
            assert!((54.0..66.0).contains(&cost), "{size}: {cost}");
        }
    }

    #[test]
    fn where_costs_jump_nothing_is_predicted() {
        // Sizes above 300 kB take another path.
        let steps = steps(|size| 400.0 + size * if size < 3e5 { 0.16 } else { 0.8 });
        let ladder = Ladder(&steps);
        assert_eq!((ladder.at(2.5e5), ladder.at(9e5)), (None, None));
        assert_eq!(ladder.jumps(), [[2e5, 1e6]]);
        assert!((ladder.at(1e5).unwrap() / 16_400.0 - 1.0).abs() < 1e-9);
        // A size next to the jump that is left out could be on either side of it.
        assert_eq!((ladder.without(4), ladder.without(5)), (None, None));
        assert!(ladder.without(3).is_some() && ladder.without(6).is_some());
    }

    #[test]
    fn a_size_left_out_is_predicted_within_15_percent_where_caches_end_and_times_are_10_percent_off() {
        // From 0.03 ns a byte if everything fits into the nearest cache to 0.06 ns if nothing does.
        let truth = |size: f64| 150.0 + size * (0.03 + 0.03 * size / (size + 1e6));
        let mut noise = Noise::new(3);
        let (mut within, mut all) = (0, 0);
        for _ in 0..1000 {
            // Each figure is the median of six blocks, each of them 10 % off.
            let steps = steps(|size| {
                let blocks: Vec<f64> = (0..6).map(|_| truth(size) * (0.1 * noise.gaussian()).exp()).collect();
                median(&blocks).unwrap()
            });
            for (step, size) in SIZES.iter().enumerate().take(7).skip(1) {
                let error = Ladder(&steps).without(step).map_or(f64::INFINITY, |cost| cost / truth(*size) - 1.0);
                within += u32::from(error.abs() < 0.15);
                all += 1;
            }
        }
        assert!(f64::from(within) >= 0.9 * f64::from(all), "{within} of {all}");
    }
}
