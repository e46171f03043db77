//! The number of calls after which a more expensive start is paid back.

use super::student_quantile;

/// Differences between a candidate and its rival in one block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockDifference {
    /// What the candidate's first answer costs more: its start and the first call.
    pub start: f64,
    /// What each call after the first costs more; negative if it saves.
    pub call: f64,
}

impl BlockDifference {
    /// The part of `start` that is not a call like the others.
    fn before_any_call(&self) -> f64 {
        self.start - self.call
    }
}

/// Where the totals of candidate and rival, `start + (calls − 1) · call`, cross. Numbers of calls include the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Crossing {
    /// The candidate is ahead from the first call on.
    FromTheFirstCall,
    /// The candidate is behind at first, and ahead from so many calls on, with the interval.
    From(f64, [f64; 2]),
    /// Its calls cost more: it is ahead for so many calls at most, with the interval, and then behind.
    UpTo(f64, [f64; 2]),
    /// The candidate is never ahead.
    Never,
    /// The blocks do not show whose calls cost less.
    Undetermined,
}

/// Where the totals cross, at the given confidence (0 to 1).
///
/// The number of calls is 1 − (mean of `start`) ÷ (mean of `call`), and its interval is Fieller's (1954, "Some problems in
/// interval estimation"): all numbers of calls at which Student's test cannot distinguish the two totals. A bootstrap
/// of six blocks would be too narrow, and a quotient whose divisor may be zero has no bounds in it at all.
#[must_use]
pub fn crossing(blocks: &[BlockDifference], confidence: f64) -> Crossing {
    let Some(t) = student_quantile(blocks.len(), 0.5 + confidence / 2.0) else { return Crossing::Undetermined };
    let n = blocks.len() as f64;
    let mean = |of: fn(&BlockDifference) -> f64| blocks.iter().map(of).sum::<f64>() / n;
    // As `before + calls · call`: the start has the first call in it.
    let (before, call) = (mean(BlockDifference::before_any_call), mean(|block| block.call));
    // Of the means.
    let covariance = |of: &dyn Fn(&BlockDifference) -> f64| blocks.iter().map(of).sum::<f64>() / (n * (n - 1.0));
    let of_starts = covariance(&|block| (block.before_any_call() - before).powi(2));
    let of_calls = covariance(&|block| (block.call - call).powi(2));
    let of_both = covariance(&|block| (block.before_any_call() - before) * (block.call - call));
    // (before + N · call)² ≤ t² · variance of it, as a·N² + 2·b·N + c ≤ 0.
    let a = call * call - t * t * of_calls;
    let b = before * call - t * t * of_both;
    let c = before * before - t * t * of_starts;
    // The sign of `call` is not sure.
    if a.is_nan() || a <= 0.0 {
        return Crossing::Undetermined;
    }
    let half = (b * b - a * c).max(0.0).sqrt();
    let [low, high] = [(-b - half) / a, (-b + half) / a];
    let calls = -before / call;
    if ![low, high, calls].iter().all(|bound| bound.is_finite()) {
        return Crossing::Undetermined;
    }
    match call < 0.0 {
        true if high <= 1.0 => Crossing::FromTheFirstCall,
        true => Crossing::From(calls.max(1.0), [low.max(1.0), high]),
        false if high < 1.0 => Crossing::Never,
        false => Crossing::UpTo(calls.max(1.0), [low.max(1.0), high]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::simulation::Noise;

    fn blocks(of: [(f64, f64); 6]) -> [BlockDifference; 6] {
        of.map(|(before, call)| BlockDifference { start: before + call, call })
    }

    /// Six blocks of a first answer that costs `start` more and calls that cost `call` more than 1000, with spreads as in
    /// browsers.
    fn noisy(noise: &mut Noise, start: f64, call: f64) -> Vec<BlockDifference> {
        let mut once = || {
            let times = |noise: &mut Noise, ns: f64, spread: f64| ns * (spread * noise.gaussian()).exp();
            let machine = (0.02 * noise.gaussian()).exp();
            BlockDifference {
                start: machine * (times(noise, 50_000.0 + start, 0.05) - times(noise, 50_000.0, 0.05)),
                call: machine * (times(noise, 1000.0 + call, 0.01) - times(noise, 1000.0, 0.01)),
            }
        };
        (0..6).map(|_| once()).collect()
    }

    #[test]
    fn exact_blocks_cross_exactly() {
        assert_eq!(crossing(&blocks([(100.0, -4.0); 6]), 0.95), Crossing::From(25.0, [25.0, 25.0]));
        assert_eq!(crossing(&blocks([(-100.0, 4.0); 6]), 0.95), Crossing::UpTo(25.0, [25.0, 25.0]));
        assert_eq!(crossing(&blocks([(100.0, 4.0); 6]), 0.95), Crossing::Never);
        assert_eq!(crossing(&blocks([(-100.0, -4.0); 6]), 0.95), Crossing::FromTheFirstCall);
        // A hidden start costs neither side anything.
        assert_eq!(crossing(&blocks([(0.0, -4.0); 6]), 0.95), Crossing::FromTheFirstCall);
        assert_eq!(crossing(&blocks([(0.0, 4.0); 6]), 0.95), Crossing::Never);
    }

    #[test]
    fn the_first_call_counts() {
        // 10 ms of start without the call, 1 ms less a call: even after ten calls, the first among them.
        let block = BlockDifference { start: 9.0, call: -1.0 };
        assert_eq!(crossing(&[block; 6], 0.95), Crossing::From(10.0, [10.0, 10.0]));
        // One execution costs more, two cost the same.
        let block = BlockDifference { start: 1.0, call: -1.0 };
        assert_eq!(crossing(&[block; 6], 0.95), Crossing::From(2.0, [2.0, 2.0]));
    }

    #[test]
    fn unclear_calls_are_undetermined() {
        let torn = [(100.0, -4.0), (100.0, 4.0), (100.0, -3.0), (100.0, 3.0), (100.0, -5.0), (100.0, 5.0)];
        assert_eq!(crossing(&blocks(torn), 0.95), Crossing::Undetermined);
        assert_eq!(crossing(&[], 0.95), Crossing::Undetermined);
        assert_eq!(crossing(&blocks([(100.0, -4.0); 6])[..1], 0.95), Crossing::Undetermined);
        assert_eq!(crossing(&blocks([(f64::NAN, -4.0); 6]), 0.95), Crossing::Undetermined);
        assert_eq!(crossing(&blocks([(100.0, 0.0); 6]), 0.95), Crossing::Undetermined);
    }

    #[test]
    fn the_interval_holds_the_truth_as_often_as_it_claims() {
        let (mut noise, runs) = (Noise::new(11), 2000);
        for (start, call) in [(20_000.0, -400.0), (8000.0, -100.0), (50_000.0, -50.0), (-20_000.0, 400.0)] {
            let truth = 1.0 - start / call;
            let held = |crossing| match crossing {
                Crossing::From(_, [low, high]) | Crossing::UpTo(_, [low, high]) => low <= truth && truth <= high,
                // It claims nothing.
                Crossing::Undetermined => true,
                Crossing::FromTheFirstCall | Crossing::Never => false,
            };
            let count = (0..runs).filter(|_| held(crossing(&noisy(&mut noise, start, call), 0.95))).count();
            assert!(count >= runs * 93 / 100, "{start} {call}: {count} of {runs}");
        }
    }

    #[test]
    fn most_crossings_that_there_are_get_an_interval() {
        let mut noise = Noise::new(12);
        let found = |crossing| matches!(crossing, Crossing::From(..));
        let count = (0..500).filter(|_| found(crossing(&noisy(&mut noise, 20_000.0, -400.0), 0.95))).count();
        assert!(count >= 490, "{count} of 500");
    }

    #[test]
    fn equal_calls_cross_nowhere_and_more_expensive_ones_never() {
        let (mut noise, runs) = (Noise::new(13), 2000);
        let undetermined = |crossing| crossing == Crossing::Undetermined;
        let count = (0..runs).filter(|_| undetermined(crossing(&noisy(&mut noise, 20_000.0, 0.0), 0.95))).count();
        assert!(count >= runs * 93 / 100, "{count} of {runs}");
        let never = |crossing| crossing == Crossing::Never;
        let count = (0..runs).filter(|_| never(crossing(&noisy(&mut noise, 20_000.0, 400.0), 0.95))).count();
        assert!(count >= runs * 93 / 100, "{count} of {runs}");
    }
}
