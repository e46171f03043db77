//! Whether values fall into two clusters, as blocks do when the engine compiles a contender well in some of them and
//! less well in others.

use super::split;

/// Fewest values that can show two clusters.
const FEWEST: usize = 6;

/// Clusters that are closer to each other than this, on the log scale, are not worth mentioning; the resolution of a
/// coarse clock is smaller, too.
const LEAST_DISTANCE: f64 = 0.02;

/// The centres of the two clusters of `values`, ascending; `None` if they do not form two, with fewer than [`FEWEST`]
/// values, or if the smaller cluster would hold less than a tenth of them or a single one.
///
/// The sorted values are cut in two where the squared error within is least (Fisher 1958). They are two clusters when
/// the distance D of the means, in units of the standard deviation within (pooled; Ashman, Bird and Zepf 1994), is at
/// least 6 + 2 / (k − 1)² + 3.5 · (6 / n)³, where k of n values are in the smaller cluster. The terms are needed
/// because any values have a best cut, and D is large by luck if n is small, or if k is small and the noise has long
/// tails. They were chosen by simulation: at most 1 % of Gaussian, log-normal (σ = 0.5, and the difference of two with
/// σ = 1) and t-distributed lists are taken for two clusters; of log-normal ones with σ = 1 up to 6 % are. So only
/// obvious clusters are found.
#[must_use]
pub fn modes(values: &[f64]) -> Option<[f64; 2]> {
    let n = values.len();
    if n < FEWEST {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let (low, high) = sorted.split_at(split(&sorted, n.div_ceil(10).max(2))?);
    let centres = [mean(low), mean(high)];
    let squares = |cluster: &[f64], centre: f64| cluster.iter().map(|x| (x - centre).powi(2)).sum::<f64>();
    let within = ((squares(low, centres[0]) + squares(high, centres[1])) / (n as f64 - 2.0)).sqrt();
    let distance = centres[1] - centres[0];
    (distance > LEAST_DISTANCE && distance >= threshold(n, low.len().min(high.len())) * within).then_some(centres)
}

/// How many of the first values are in one cluster, if all others are in the other one: the values then follow their
/// order, as when something changed while they were measured. `centres` are those of [`modes`].
#[must_use]
pub fn change(values: &[f64], centres: [f64; 2]) -> Option<usize> {
    let is_high = |value: &f64| (value - centres[1]).abs() < (value - centres[0]).abs();
    let first = is_high(values.first()?);
    let count = values.iter().take_while(|value| is_high(value) == first).count();
    let rest = &values[count..];
    (!rest.is_empty() && rest.iter().all(|value| is_high(value) != first)).then_some(count)
}

/// The least distance of two clusters, in standard deviations within, if `k` of `n` values are in the smaller one.
fn threshold(n: usize, k: usize) -> f64 {
    6.0 + 2.0 / (k as f64 - 1.0).powi(2) + 3.5 * (6.0 / n as f64).powi(3)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::super::simulation::Noise;
    use super::*;

    const TRIALS: usize = 4000;

    #[test]
    fn a_change_has_all_of_one_cluster_before_all_of_the_other() {
        assert_eq!(change(&[2.0, 2.1, 1.0, 1.1, 0.9, 1.0], [1.0, 2.05]), Some(2));
        assert_eq!(change(&[1.0, 1.0, 1.0, 1.1, 2.1, 2.0], [1.0, 2.05]), Some(4));
        assert_eq!(change(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0], [1.0, 2.0]), None);
        assert_eq!(change(&[1.0, 1.0], [1.0, 2.0]), None);
        assert_eq!(change(&[], [1.0, 2.0]), None);
    }

    /// The share of lists of `n` values that are found to be two clusters.
    fn found(n: usize, mut values: impl FnMut(&mut Noise) -> Vec<f64>) -> f64 {
        let mut noise = Noise::new(n as u64);
        let found = (0..TRIALS).filter(|_| modes(&values(&mut noise)).is_some()).count();
        found as f64 / TRIALS as f64
    }

    type Value = fn(&mut Noise) -> f64;

    /// Student's t with five degrees of freedom.
    fn long_tailed(noise: &mut Noise) -> f64 {
        let squares: f64 = (0..5).map(|_| noise.gaussian().powi(2)).sum();
        noise.gaussian() / (squares / 5.0).sqrt()
    }

    #[test]
    fn one_cluster_is_hardly_ever_taken_for_two() {
        // Scaled up, so that the least distance excludes none of them.
        let shapes: [(&str, Value); 4] = [
            ("Gaussian", |noise| noise.gaussian()),
            ("log-normal", |noise| (0.5 * noise.gaussian()).exp()),
            ("ratio of two log-normal", |noise| noise.gaussian().exp() - noise.gaussian().exp()),
            ("t", long_tailed),
        ];
        for n in [6, 10, 15, 20, 60] {
            for (name, value) in shapes {
                let share = found(n, |noise| (0..n).map(|_| value(noise)).collect());
                assert!(share <= 0.01, "{name}, {n} values: {share}");
            }
        }
    }

    #[test]
    fn two_plain_clusters_are_found() {
        for (within, n, least) in
            [(0.005, 10, 0.99), (0.007, 10, 0.95), (0.01, 10, 0.7), (0.01, 15, 0.85), (0.01, 20, 0.9), (0.01, 60, 0.99)]
        {
            for share in [0.3, 0.5] {
                let share = found(n, |noise| {
                    // At least two values in each; the others are random.
                    let mut level = |i| if i < 2 || (i > 3 && noise.uniform() < share) { 0.08 } else { 0.0 };
                    let levels: Vec<f64> = (0..n).map(&mut level).collect();
                    levels.into_iter().map(|level| level + within * noise.gaussian()).collect()
                });
                assert!(share >= least, "{n} values ±{within}: {share}");
            }
        }
    }

    #[test]
    fn examples() {
        let plain = [0.0, 0.01, 0.08, 0.0, 0.09, 0.01];
        let [low, high] = modes(&plain).unwrap();
        assert!((low - 0.005).abs() < 1e-12 && (high - 0.085).abs() < 1e-12);
        assert_eq!(modes(&plain[..5]), None, "too few");
        assert_eq!(modes(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.08]), None, "one block is no cluster");
        assert_eq!(modes(&[0.0, 0.0, 0.0, 0.01, 0.01, 0.01]), None, "too near to matter");
        assert_eq!(modes(&[0.0, 0.0, 0.08, 0.08, 0.08, 0.0]), Some([0.0, 0.08]));
        assert_eq!(modes(&[0.0; 6]), None);
    }
}
