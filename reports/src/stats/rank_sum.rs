//! Whether one group of values lies above another, by their ranks alone.

use statrs::distribution::{ContinuousCDF, Normal};

/// The probability that two groups of one distribution are at least as far apart by their ranks (two-sided; Mann and
/// Whitney 1947): the normal approximation, corrected for continuity and for ties. In the tails of small groups it is
/// rather too large than too small. `None` if a group is empty.
#[must_use]
pub fn rank_sum(first: &[f64], second: &[f64]) -> Option<f64> {
    if first.is_empty() || second.is_empty() {
        return None;
    }
    let mut all: Vec<_> = first.iter().map(|x| (*x, true)).chain(second.iter().map(|x| (*x, false))).collect();
    all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut rank, mut of_first, mut ties) = (0.0, 0.0, 0.0);
    for equal in all.chunk_by(|a, b| a.0 == b.0) {
        let count = equal.len() as f64;
        // The mean of the ranks that tied values share.
        of_first += equal.iter().filter(|(_, is_first)| *is_first).count() as f64 * (rank + (count + 1.0) / 2.0);
        ties += count.powi(3) - count;
        rank += count;
    }
    let (n, m) = (first.len() as f64, second.len() as f64);
    let above = of_first - n * (n + 1.0) / 2.0;
    let variance = n * m / 12.0 * (rank + 1.0 - ties / (rank * (rank - 1.0)));
    if variance <= 0.0 {
        return Some(1.0);
    }
    let z = ((above - n * m / 2.0).abs() - 0.5).max(0.0) / variance.sqrt();
    Some(2.0 * Normal::standard().sf(z))
}

#[cfg(test)]
mod tests {
    use super::super::simulation::Noise;
    use super::*;

    #[test]
    fn known_values() {
        // U = 0 where 32 is expected, with a variance of 64 × 17 / 12.
        let p = rank_sum(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], &[9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0]);
        assert!((p.unwrap() - 0.000_939_1).abs() < 1e-6, "{p:?}");
        // U = 2.5 where 8 is expected; ties take 16 / 12 × 36 / 56 from the variance of 12.
        let p = rank_sum(&[1.0, 2.0, 2.0, 3.0], &[2.0, 3.0, 4.0, 4.0]);
        assert!((p.unwrap() - 0.134_17).abs() < 1e-4, "{p:?}");
    }

    #[test]
    fn nothing_and_equal_values() {
        assert_eq!(rank_sum(&[], &[1.0]), None);
        assert_eq!(rank_sum(&[1.0], &[]), None);
        assert_eq!(rank_sum(&[2.0; 5], &[2.0; 5]), Some(1.0));
        assert_eq!(rank_sum(&[2.0], &[2.0]), Some(1.0));
    }

    #[test]
    fn the_order_of_the_groups_does_not_matter() {
        let (a, b) = ([1.0, 5.0, 2.5, 7.0], [3.0, 8.0, 9.0]);
        assert_eq!(rank_sum(&a, &b), rank_sum(&b, &a));
    }

    #[test]
    fn equal_groups_differ_as_seldom_as_it_says() {
        let mut noise = Noise::new(17);
        let mut group = |n: usize| (0..n).map(|_| noise.gaussian()).collect::<Vec<_>>();
        for (n, m) in [(5, 45), (10, 10), (25, 25)] {
            let wrong = (0..4000).filter(|_| rank_sum(&group(n), &group(m)).unwrap() < 0.01).count();
            assert!(wrong <= 56, "{n} and {m}: {wrong} of 4000");
        }
    }
}
