//! The smallest difference that would be detected, given the spread between blocks. Pure.

use crate::comparison::Rule;
use crate::run::Schedule;
use crate::stats::student_quantile;

/// Probability with which the smallest difference is detected.
pub const POWER: f64 = 0.90;

/// The smallest relative difference (0.02 is 2 %) that comes out as `slower` with probability [`POWER`], if the
/// estimates of single blocks scatter by `spread` (standard deviation of the log ratio).
///
/// With the standard error e = spread ÷ √n, a difference Δ on the log scale is detected when its estimate exceeds both
/// the interval's half-width h = t(1 − α/2; n − 1) · e and the margin δ below which nothing is called different. That
/// happens with probability 1 − β when
///
/// Δ = max(h, δ) + t(1 − β; n − 1) · e.
///
/// Without δ this is the usual sample-size formula n = (t(1 − α/2) + t(1 − β))² σ² ÷ Δ², solved for Δ (NIST/SEMATECH
/// e-Handbook of Statistical Methods, section 7.2.2.2). α is that of one look. n is the first look at which an interval
/// of this spread is as narrow as the schedule asks, because measuring may end there; else it is the last look. The
/// figure is conservative, because an earlier look may detect the difference, too. `None` for a schedule without looks.
#[must_use]
pub fn smallest_difference(schedule: &Schedule, spread: f64) -> Option<f64> {
    let rule = Rule::of(schedule);
    let at = |blocks: u32| {
        let error = spread / f64::from(blocks).sqrt();
        let half = student_quantile(blocks as usize, 0.5 + rule.confidence / 2.0)? * error;
        let difference = half.max(rule.margin.ln_1p()) + student_quantile(blocks as usize, POWER)? * error;
        Some((half, difference))
    };
    let looks: Vec<_> = schedule.looks.iter().filter_map(|blocks| at(*blocks)).collect();
    let is_narrow = |half: f64| half <= schedule.precision.ln_1p();
    let (_, difference) = looks.iter().find(|(half, _)| is_narrow(*half)).or(looks.last())?;
    Some(difference.exp_m1())
}

/// The standard deviation of the log ratio between blocks, from an interval over them. `None` without an interval.
///
/// The interval reaches t(1 − α/2; n − 1) · spread ÷ √n from its middle on the log scale. (Outlier blocks that pull the
/// mean away from the point make the interval wider, and so this result, too.)
pub fn spread(schedule: &Schedule, [low, high]: [f64; 2], blocks: u32) -> Option<f64> {
    let quantile = student_quantile(blocks as usize, 0.5 + Rule::of(schedule).confidence / 2.0)?;
    Some((high / low).ln() / 2.0 * f64::from(blocks).sqrt() / quantile)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::{MARGIN, Outcome, Ratio};
    use crate::measurement::{Block, Measurement};
    use crate::run::Goal;
    use crate::stats::simulation::Noise;

    fn schedule(looks: &[u32]) -> Schedule {
        Schedule {
            preset: "standard".to_owned(),
            looks: looks.to_vec(),
            confirm_from: None,
            precision: 0.01,
            goal: Goal::Outcome,
            rounds: 20,
            cold_starts: 3,
            other_starts: 0,
            sessions: 0,
        }
    }

    #[test]
    fn without_spread_the_margin_is_detected() {
        assert!((smallest_difference(&schedule(&[6]), 0.0).unwrap() - MARGIN).abs() < 1e-12);
        assert_eq!(smallest_difference(&schedule(&[]), 0.01), None);
        assert_eq!(smallest_difference(&schedule(&[1]), 0.01), None);
    }

    #[test]
    fn a_known_case_by_hand() {
        // One look at 6 blocks: α = 0.05, t(0.975; 5) = 2.5706, t(0.9; 5) = 1.4759; spread √6 % makes e = 1 %.
        let found = smallest_difference(&schedule(&[6]), 0.01 * 6.0_f64.sqrt()).unwrap();
        assert!((found.ln_1p() - 0.040_465).abs() < 1e-5, "{found}");
    }

    #[test]
    fn the_spread_comes_back_out_of_the_interval() {
        let half = 2.5706 * 0.01;
        let found = spread(&schedule(&[6]), [f64::exp(0.02 - half), f64::exp(0.02 + half)], 6).unwrap();
        assert!((found - 0.01 * 6.0_f64.sqrt()).abs() < 1e-5, "{found}");
        assert_eq!(spread(&schedule(&[6]), [1.0, 1.0], 1), None);
    }

    /// One round per block, whose time is `exp(log)` milliseconds.
    fn measurement(logs: impl Iterator<Item = (u32, f64)>) -> Measurement {
        let block = |log: f64| Block { call: [(0, log.exp() * 1e6)].into(), ..Block::default() };
        Measurement { blocks: logs.map(|(number, log)| (number, block(log))).collect(), rejected: 0, uncached: 0 }
    }

    #[test]
    fn nine_in_ten_differences_of_this_size_are_found() {
        let mut noise = Noise::new(5);
        for (looks, block_spread) in [(&[6][..], 0.02), (&[10][..], 0.02), (&[20][..], 0.03), (&[6][..], 0.003)] {
            let schedule = schedule(looks);
            let difference = smallest_difference(&schedule, block_spread).unwrap().ln_1p();
            let runs = 2000;
            let found = (0..runs).filter(|_| {
                let blocks = 0..schedule.most_blocks();
                let logs = blocks.clone().map(|_| difference + block_spread * noise.gaussian());
                let candidate = measurement(blocks.clone().zip(logs));
                let baseline = measurement(blocks.map(|block| (block, 0.0)));
                Ratio::of_calls(&baseline, &candidate, Rule::of(&schedule)).outcome == Outcome::Slower
            });
            let share = found.count() as f64 / f64::from(runs);
            assert!((0.87..=0.95).contains(&share), "{looks:?} {block_spread}: {share}");
        }
    }
}
