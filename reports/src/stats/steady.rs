//! Whether a block's warm-up ended in a steady state.
//!
//! The rule, on the logarithm of the time per call, smoothed by a running median of three so that one pause is no trend:
//! 1. Noise is the median absolute difference between neighbours before smoothing, × 1.4826 / √2, in the last third: a
//!    trend hardly shows in it. Two levels differ when they are apart by more than three times the noise and by more
//!    than 5 %.
//! 2. If the medians of the two halves of the last third differ, the block is in *no steady state*.
//! 3. Else the best single change point (least squares) splits the trajectory. If the medians before and after it
//!    differ, the block had a *warm-up* (it got faster) or a *slow-down* (it got slower); else it is *flat*.
//!
//! After Barrett et al. 2017, with one change point where they allow many.

use super::{median, split};

/// How a block reached its samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trajectory {
    /// As fast at the start as at the end.
    Flat,
    /// Got faster, then steady.
    WarmUp,
    /// Got slower, then steady.
    SlowDown,
    /// Still changing at the end.
    NoSteadyState,
}

/// Fewest batches that can show a trend: two in each half of the last third.
pub const FEWEST: usize = 12;

/// Smallest relative difference between two levels that counts.
const LEAST_STEP: f64 = 1.05;

/// Classifies a trajectory of times per call, in order; `None` when it has fewer than [`FEWEST`] batches.
#[must_use]
pub fn classify(times: &[f64]) -> Option<Trajectory> {
    if times.len() < FEWEST {
        return None;
    }
    let raw: Vec<f64> = times.iter().map(|t| t.ln()).collect();
    let tail_from = raw.len() - raw.len() / 3;
    let steps: Vec<f64> = raw[tail_from..].windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let noise = median(&steps)? * 1.4826 / std::f64::consts::SQRT_2;
    let tolerance = (3.0 * noise).max(LEAST_STEP.ln());

    let logs = smoothed(&raw);
    let tail = &logs[tail_from..];
    let (early, late) = tail.split_at(tail.len() / 2);
    if (median(late)? - median(early)?).abs() > tolerance {
        return Some(Trajectory::NoSteadyState);
    }
    let (before, after) = logs.split_at(split(&logs, 1)?);
    let step = median(after)? - median(before)?;
    Some(match step {
        _ if step < -tolerance => Trajectory::WarmUp,
        _ if step > tolerance => Trajectory::SlowDown,
        _ => Trajectory::Flat,
    })
}

fn smoothed(values: &[f64]) -> Vec<f64> {
    (0..values.len())
        .map(|i| {
            let window = &values[i.saturating_sub(1)..values.len().min(i + 2)];
            // The window always holds at least the value itself.
            median(window).unwrap_or(values[i])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::simulation::Noise;
    use super::*;

    fn noisy(levels: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut noise = Noise::new(3);
        levels.map(|level| level * (0.01 * noise.gaussian()).exp()).collect()
    }

    #[test]
    fn the_four_classes() {
        let step = |n, at: usize, from, to| noisy((0..n).map(move |i| if i < at { from } else { to }));
        assert_eq!(classify(&step(60, 0, 1.0, 1.0)), Some(Trajectory::Flat));
        assert_eq!(classify(&step(60, 12, 3.0, 1.0)), Some(Trajectory::WarmUp));
        assert_eq!(classify(&step(60, 12, 1.0, 1.4)), Some(Trajectory::SlowDown));
        assert_eq!(classify(&step(60, 50, 2.0, 1.0)), Some(Trajectory::NoSteadyState));
        assert_eq!(classify(&noisy((0..60).map(|i| 1.03_f64.powi(i)))), Some(Trajectory::NoSteadyState));
    }

    #[test]
    fn a_pause_is_no_trend() {
        let mut times = noisy((0..60).map(|_| 1.0));
        times[55] = 40.0;
        assert_eq!(classify(&times), Some(Trajectory::Flat));
    }

    #[test]
    fn too_short_to_classify() {
        assert_eq!(classify(&[1.0; FEWEST - 1]), None);
        assert_eq!(classify(&[1.0; FEWEST]), Some(Trajectory::Flat));
    }
}
