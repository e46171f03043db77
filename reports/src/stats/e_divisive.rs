//! Changes of level in a long series of values, with their significance.
//!
//! E-divisive (Matteson and James 2014): values are split where the energy distance (Székely and Rizzo 2005) between
//! the values before and after is greatest, and both parts are split again. It assumes no shape of the noise and no
//! number of changes. Like MongoDB's and Apache Otava's implementations (Daly et al. 2020, Fleming et al. 2023), it
//! looks at windows of a series instead of all of it, so that its time is proportional to the length.
//!
//! A split counts when two tests agree: the permutation test of Matteson and James, which takes into account that the
//! best of all splits was chosen, and the rank sum test, which is robust against a single outlier. Permutations are
//! seeded.

use std::ops::Range;

use super::rank_sum;

/// Number of values in a window.
const WINDOW: usize = 50;
/// Fewest values on either side of a split: fewer may be a passing disturbance.
const FEWEST: usize = 5;
/// A split counts when chance makes one as good less often than this, by either test.
const SIGNIFICANCE: f64 = 0.001;
/// As many as this significance needs.
const PERMUTATIONS: u32 = 999;

/// The indices at which a new level begins, ascending.
#[must_use]
pub fn e_divisive(values: &[f64]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut start = 0;
    loop {
        let end = values.len().min(start + WINDOW);
        bisect(values, start..end, &mut found);
        if end == values.len() {
            return settled(values, found);
        }
        // Half of a window further, or to the level that the last change began, so that this change is not found again.
        start = found.last().copied().unwrap_or_default().max(start + WINDOW / 2);
    }
}

/// Splits until no split counts.
fn bisect(values: &[f64], part: Range<usize>, found: &mut Vec<usize>) {
    let Some(at) = significant(values, part.clone()) else { return };
    bisect(values, part.start..at, found);
    found.push(at);
    bisect(values, at..part.end, found);
}

/// A window may see few values after a change. So each change is placed again between its neighbours, with up to half a
/// window on either side; one that the rank test rejects there is dropped.
fn settled(values: &[f64], mut found: Vec<usize>) -> Vec<usize> {
    let mut i = 0;
    while let Some(&at) = found.get(i) {
        let before = i.checked_sub(1).map_or(0, |before| found[before]).max(at.saturating_sub(WINDOW / 2));
        let after = found.get(i + 1).copied().unwrap_or(values.len()).min(at + WINDOW / 2);
        match Stretch::of(&values[before..after]).and_then(|part| part.likely_split()) {
            Some((at, _)) => {
                found[i] = before + at;
                i += 1;
            }
            None => {
                found.remove(i);
            }
        }
    }
    found
}

/// The best split of a part, if both tests accept it. The rank test comes first because it is cheaper.
fn significant(values: &[f64], part: Range<usize>) -> Option<usize> {
    let start = part.start;
    let mut part = Stretch::of(&values[part])?;
    let (at, energy) = part.likely_split()?;
    part.beats_permutations(energy).then_some(start + at)
}

/// Values among which a split is looked for.
struct Stretch {
    values: Vec<f64>,
    /// For each value, the sum of its distances from all others.
    distances: Vec<f64>,
}

impl Stretch {
    /// `None` with too few values.
    fn of(values: &[f64]) -> Option<Self> {
        let distances = values.iter().map(|value| distance(values, *value)).collect();
        (values.len() >= 2 * FEWEST).then(|| Self { values: values.to_vec(), distances })
    }

    /// The best split, if the rank test accepts it.
    fn likely_split(&self) -> Option<(usize, f64)> {
        let (at, energy) = self.best_split();
        let (before, after) = self.values.split_at(at);
        (rank_sum(before, after)? < SIGNIFICANCE).then_some((at, energy))
    }

    /// The split with the greatest energy distance between both sides, weighted by their sizes, and that distance, up
    /// to a factor that is the same for all splits.
    fn best_split(&self) -> (usize, f64) {
        let n = self.values.len();
        let (mut left, mut across, mut right) = (0.0, 0.0, self.distances.iter().sum::<f64>() / 2.0);
        let mut best = (FEWEST, f64::NEG_INFINITY);
        for at in 1..=n - FEWEST {
            // One value changes sides.
            let before = distance(&self.values[..at - 1], self.values[at - 1]);
            let after = self.distances[at - 1] - before;
            left += before;
            right -= after;
            across += after - before;
            if at < FEWEST {
                continue;
            }
            let (l, r) = (at as f64, (n - at) as f64);
            let energy = across - left * r / (l - 1.0) - right * l / (r - 1.0);
            if energy > best.1 {
                best = (at, energy);
            }
        }
        best
    }

    /// Whether no shuffling of the values has a split as good; with [`PERMUTATIONS`] of them, that is p ≤ 0.001.
    fn beats_permutations(&mut self, energy: f64) -> bool {
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        (0..PERMUTATIONS).all(|_| {
            for i in (1..self.values.len()).rev() {
                // Xorshift (Marsaglia 2003): good enough to shuffle fifty values, and the same on every machine.
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                let j = (((random >> 32) * (i as u64 + 1)) >> 32) as usize;
                self.values.swap(i, j);
                self.distances.swap(i, j);
            }
            self.best_split().1 < energy
        })
    }
}

/// The sum of the distances of a value from others.
fn distance(others: &[f64], value: f64) -> f64 {
    // Four partial sums: the order of additions is fixed, and a single sum would wait for each addition.
    let (fours, rest) = others.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for four in fours {
        for (sum, other) in sums.iter_mut().zip(four) {
            *sum += (other - value).abs();
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|other| (other - value).abs()).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::super::simulation::Noise;
    use super::*;

    /// Noise as in measured logs.
    #[derive(Debug, Clone, Copy)]
    enum Shape {
        Gaussian,
        LogNormal,
        Outliers,
        Tied,
        /// Correlation with the value before.
        Following(f64),
    }

    fn series(noise: &mut Noise, shape: Shape, n: usize, spread: f64, step_at: usize, step: f64) -> Vec<f64> {
        let mut last = 0.0;
        (0..n)
            .map(|i| {
                let white = noise.gaussian();
                let value = match shape {
                    Shape::Gaussian => white,
                    Shape::LogNormal => (0.8 * white).exp() - 1.0,
                    Shape::Outliers if noise.uniform() < 0.05 => white + 15.0 * noise.uniform(),
                    Shape::Outliers => white,
                    Shape::Tied => white.round(),
                    Shape::Following(share) => share * last + (1.0 - share * share).sqrt() * white,
                };
                last = value;
                spread * value + if i >= step_at { step } else { 0.0 }
            })
            .collect()
    }

    #[test]
    fn a_level_that_stays_has_no_change() {
        let mut noise = Noise::new(9);
        for (shape, allowed) in [
            (Shape::Gaussian, 2),
            (Shape::LogNormal, 2),
            (Shape::Outliers, 2),
            (Shape::Tied, 2),
            (Shape::Following(0.3), 12),
        ] {
            let changed = (0..200).filter(|_| !e_divisive(&series(&mut noise, shape, 100, 0.02, 0, 0.0)).is_empty());
            let changed = changed.count();
            assert!(changed <= allowed, "{shape:?}: {changed} of 200 histories of 100 runs");
        }
    }

    #[test]
    fn a_step_of_five_percent_is_found_where_it_is() {
        let mut noise = Noise::new(10);
        for (shape, spread, at, least) in [
            (Shape::Gaussian, 0.01, 40, 8),
            (Shape::Gaussian, 0.01, 92, 8),
            (Shape::Gaussian, 0.02, 40, 7),
            (Shape::LogNormal, 0.01, 40, 7),
            (Shape::Outliers, 0.01, 60, 7),
        ] {
            let found = (0..8).filter(|i| {
                let step = if i % 2 == 0 { 0.05_f64.ln_1p() } else { -0.05_f64.ln_1p() };
                let found = e_divisive(&series(&mut noise, shape, 100, spread, at, step));
                matches!(found[..], [one] if one.abs_diff(at) <= 2)
            });
            let found = found.count();
            assert!(found >= least, "{shape:?} {spread} at {at}: {found} of 8");
        }
    }

    #[test]
    fn several_levels_are_found_wherever_the_windows_begin() {
        let mut noise = Noise::new(11);
        for shift in [0, 19] {
            let level = |i: usize| [0.0, 0.1, 0.0, -0.1, 0.2][(i + shift) / 60 % 5];
            let values: Vec<f64> = (0..280).map(|i| level(i) + 0.01 * noise.gaussian()).collect();
            let expected: Vec<usize> = (1..5).map(|step| step * 60 - shift).collect();
            assert_eq!(e_divisive(&values), expected);
        }
    }

    #[test]
    fn the_same_values_always_have_the_same_changes() {
        let values = series(&mut Noise::new(12), Shape::Gaussian, 200, 0.02, 90, 0.05);
        assert_eq!(e_divisive(&values), e_divisive(&values));
    }

    #[test]
    fn few_equal_and_wild_values() {
        assert_eq!(e_divisive(&[]), Vec::<usize>::new());
        assert_eq!(e_divisive(&[1.0; 9]), Vec::<usize>::new());
        assert_eq!(e_divisive(&[1.0; 500]), Vec::<usize>::new());
        let step: Vec<f64> = (0..40).map(|i| if i < 25 { 1.0 } else { 1.05 }).collect();
        assert_eq!(e_divisive(&step), [25]);
        // Four runs on a bad day are no new level.
        let spike: Vec<f64> = (0..100).map(|i| if (50..54).contains(&i) { 9.0 } else { f64::from(i % 3) }).collect();
        assert_eq!(e_divisive(&spike), Vec::<usize>::new());
        assert_eq!(e_divisive(&[f64::MAX; 30]), Vec::<usize>::new());
    }
}
