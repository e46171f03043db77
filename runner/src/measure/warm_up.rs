//! The policy of the warm-up: how many calls make a batch, and when the steady state is reached. Pure.

use std::time::Duration;

use crossover_reports::run::Batch;

use crate::plan::BlockBudget;

/// The median of the later half of the last third may differ from that of the earlier half by this, in log time.
const TREND: f64 = 0.02;
/// The shortest warm-up that a trend is looked for in, batches.
const FEWEST_BATCHES: usize = 6;

/// The shortest last third whose scatter is allowed for, batches.
const FEWEST_SCATTERED: usize = 8;

/// How long a warm-up may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Until the steady state: 0.3 s to 3 s.
    Steady,
    /// Until the steady state, but soon: 0.3 s to 0.4 s.
    Brisk,
    /// Until the steady state of a function that does little but cross: 0.1 s to 0.5 s.
    Hasty,
    /// For code that is warm already: 20 ms to 50 ms.
    Short,
}

impl Patience {
    /// The patience for the calls of a contender.
    #[must_use]
    pub fn for_calls(block_budget: BlockBudget) -> Self {
        match block_budget {
            BlockBudget::Ladder => Self::Hasty,
            BlockBudget::Quick => Self::Brisk,
            BlockBudget::Full => Self::Steady,
        }
    }

    fn at_least_ns(self) -> f64 {
        match self {
            Self::Steady => BlockBudget::Full.least_warm_up().as_secs_f64() * 1e9,
            Self::Brisk => BlockBudget::Quick.least_warm_up().as_secs_f64() * 1e9,
            Self::Hasty => BlockBudget::Ladder.least_warm_up().as_secs_f64() * 1e9,
            Self::Short => 0.02e9,
        }
    }

    /// A batch that would go beyond this, counted from the end of the first call, is not begun.
    fn at_most_ns(self) -> f64 {
        match self {
            Self::Steady => 3e9,
            Self::Brisk => 0.4e9,
            Self::Hasty => 0.5e9,
            Self::Short => 0.05e9,
        }
    }

    /// Batches in one trial, so that not each of them needs one.
    fn slice(self) -> Duration {
        match self {
            Self::Steady | Self::Brisk => Duration::from_millis(100),
            Self::Hasty => Duration::from_millis(40),
            Self::Short => Duration::from_millis(20),
        }
    }
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Next {
    /// Run batches of this many calls until this much time has passed.
    Batches {
        /// Calls per batch.
        calls: u32,
        /// How long to continue; zero gives one batch.
        at_least: Duration,
    },
    /// Warm: a sample is a batch of this many calls.
    Done {
        /// Calls per sample.
        calls: u32,
    },
}

/// Decides from the whole trajectory, whose first batch is the page's first call. `sample_ns` is how long a sample
/// has to be at least, after max(5 ms, 200 quanta of the clock).
#[must_use]
pub fn next(trajectory: &[Batch], sample_ns: f64, patience: Patience) -> Next {
    let Some(last) = trajectory.last() else { return Next::Batches { calls: 1, at_least: Duration::ZERO } };
    let spent: f64 = trajectory.iter().map(|batch| batch.ns).sum();
    let per_call = typical_call_ns(trajectory);
    let calls = calls_for(sample_ns, per_call);
    let next_batch = per_call * f64::from(calls);
    let is_spent = spent - trajectory[0].ns + next_batch > patience.at_most_ns();
    if is_spent || spent > patience.at_least_ns() && is_steady(trajectory, patience) {
        return Next::Done { calls };
    }
    // Grow in steps: the first calls are slow, so the number that fills a sample is not known at once.
    let calls = calls.min(last.calls.saturating_mul(10));
    let at_least = if last.ns < sample_ns / 2.0 { Duration::ZERO } else { patience.slice() };
    Next::Batches { calls, at_least }
}

/// Calls that fill a sample; at least one.
#[must_use]
pub fn calls_for(sample_ns: f64, ns_per_call: f64) -> u32 {
    (sample_ns / ns_per_call.max(1e-3)).ceil().clamp(1.0, 1e8) as u32
}

/// Nanoseconds per call at the end of the trajectory: the median of its last third.
#[must_use]
pub fn typical_call_ns(trajectory: &[Batch]) -> f64 {
    median(&last_third(trajectory, 1).iter().map(ns_per_call).collect::<Vec<_>>())
}

/// The batches in the last third of the time after the first call, but no fewer than `fewest`. A third of the batches would reach
/// back to where they were short: while calls are slow, few of them fill a batch, and the clock allows many such batches.
fn last_third(trajectory: &[Batch], fewest: usize) -> &[Batch] {
    let third = trajectory.iter().skip(1).map(|batch| batch.ns).sum::<f64>() / 3.0;
    let mut ns = 0.0;
    let within = trajectory.iter().rev().take_while(|batch| {
        ns += batch.ns;
        ns <= third
    });
    let count = within.count().max(fewest).min(trajectory.len());
    &trajectory[trajectory.len() - count..]
}

/// Whether the last third shows no trend: its halves differ by no more than [`TREND`], or than its own scatter lets
/// them differ by chance. One warm call that is as long as a whole warm-up needs no other proof.
fn is_steady(trajectory: &[Batch], patience: Patience) -> bool {
    if trajectory.iter().skip(1).any(|batch| batch.calls == 1 && batch.ns > patience.at_least_ns()) {
        return true;
    }
    if trajectory.len() < FEWEST_BATCHES {
        return false;
    }
    let third: Vec<f64> = last_third(trajectory, 2).iter().map(|batch| ns_per_call(batch).ln()).collect();
    let (earlier, later) = third.split_at(third.len() / 2);
    // About the halves' own centres: about a common one, a trend would count as its own scatter.
    let residuals = |half: &[f64]| {
        let centre = median(half);
        half.iter().map(move |log| (log - centre).abs()).collect::<Vec<_>>()
    };
    let scatter = 1.4826 * median(&[residuals(earlier), residuals(later)].concat());
    // Two standard errors of a difference between the medians of halves of this length, if there is no trend. A few
    // batches show nothing of their scatter.
    let by_chance = match third.len() {
        0..FEWEST_SCATTERED => 0.0,
        length => 2.0 * 1.2533 * scatter * (4.0 / length as f64).sqrt(),
    };
    (median(later) - median(earlier)).abs() < by_chance.max(TREND)
}

fn ns_per_call(batch: &Batch) -> f64 {
    (batch.ns / f64::from(batch.calls)).max(1e-3)
}

fn median(values: &[f64]) -> f64 {
    crossover_reports::median(values).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Warms up a function whose n-th call takes `cost(n)` nanoseconds; the trajectory and the calls per sample.
    fn warm_up(cost: impl Fn(u64) -> f64) -> (Vec<Batch>, u32) {
        let (mut trajectory, mut made) = (Vec::new(), 0u64);
        loop {
            match next(&trajectory, 5e6, Patience::Steady) {
                Next::Done { calls } => return (trajectory, calls),
                Next::Batches { calls, at_least } => {
                    let mut left = at_least.as_nanos() as f64;
                    loop {
                        let ns = (0..calls).map(|n| cost(made + u64::from(n))).sum();
                        made += u64::from(calls);
                        trajectory.push(Batch { calls, ns });
                        left -= ns;
                        if left <= 0.0 {
                            break;
                        }
                    }
                }
            }
            assert!(trajectory.len() < 100_000, "the warm-up does not end");
        }
    }

    fn total(trajectory: &[Batch]) -> f64 {
        trajectory.iter().map(|batch| batch.ns).sum()
    }

    #[test]
    fn a_fast_function_gets_batches_that_fill_a_sample() {
        let (trajectory, calls) = warm_up(|_| 1_000.0);
        assert_eq!(calls, 5_000);
        assert!((0.3e9..0.5e9).contains(&total(&trajectory)));
    }

    #[test]
    fn a_slow_function_is_called_once_more_if_that_fits_and_no_longer() {
        let (trajectory, calls) = warm_up(|_| 2.9e9);
        assert_eq!((trajectory.len(), calls), (2, 1));
        let (trajectory, calls) = warm_up(|_| 3.1e9);
        assert_eq!((trajectory.len(), calls), (1, 1));
    }

    #[test]
    fn a_function_that_gets_faster_is_waited_for() {
        let (trajectory, calls) = warm_up(|call| 20_000.0 + 480_000.0 * (-(call as f64) / 2_000.0).exp());
        assert!(total(&trajectory) > 1e9, "{}", total(&trajectory));
        // A sample of 5 ms holds 250 calls of 20 µs.
        assert!((230..=250).contains(&calls), "{calls}");
    }

    #[test]
    fn many_short_batches_at_the_begin_do_not_hide_that_the_last_ones_get_faster() {
        // As JavaScriptCore did it: two calls fill a batch at first, then its compilers finish, one after the other.
        let (trajectory, calls) = warm_up(|call| match call {
            0 => 4.1e6,
            1 => 2e6,
            2..600 => 140_000.0,
            600..3_000 => 65_000.0,
            _ => 25_000.0,
        });
        assert!((190..=210).contains(&calls), "{calls} calls after {} batches", trajectory.len());
    }

    #[test]
    fn a_short_trajectory_with_a_trend_is_not_steady_and_one_without_is() {
        let falling: Vec<_> = (0..9).map(|at| Batch { calls: 2, ns: 1e8 * 0.9f64.powi(at) }).collect();
        let level: Vec<_> = (0..9).map(|_| Batch { calls: 2, ns: 1e8 }).collect();
        for length in 6..=9 {
            assert!(!is_steady(&falling[..length], Patience::Steady), "{length}");
            assert!(is_steady(&level[..length], Patience::Steady), "{length}");
        }
    }

    #[test]
    fn a_function_that_never_settles_ends_at_the_limit() {
        let (trajectory, _) = warm_up(|call| 1e6 * (1.0 + call as f64 / 500.0));
        assert!((2.5e9..3.2e9).contains(&total(&trajectory)), "{}", total(&trajectory));
    }

    #[test]
    fn a_slow_first_call_takes_no_time_from_the_calls_after_it() {
        let cost = |call| if call == 0 { 2e9 } else { 0.4e9 };
        let (first, later) = (Batch { calls: 1, ns: cost(0) }, Batch { calls: 1, ns: cost(1) });
        assert!(matches!(next(&[first], 5e6, Patience::Steady), Next::Batches { calls: 1, .. }));
        assert_eq!(next(&[first, later], 5e6, Patience::Steady), Next::Done { calls: 1 });
    }

    #[test]
    fn a_clamped_clock_does_not_end_in_infinite_batches() {
        assert_eq!(calls_for(5e6, 0.0), 100_000_000);
    }
}
