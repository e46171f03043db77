//! How many rounds a block takes: as many as are useful in the time that a block has. Pure.

use std::time::Duration;

use crossover_reports::median;

use super::BlockBudget;

/// A sample is at least this long.
pub const SAMPLE: Duration = Duration::from_millis(5);

/// Rounds per block where the machine is calm and time allows.
const USUAL: u32 = 20;

/// Rounds per block, however noisy the machine.
pub const MOST_ROUNDS: u32 = 100;

/// Rounds per block, however long they take.
const FEWEST: u32 = 3;

/// A block is known well enough when the noise within it is this part of the precision of the whole run: differences
/// between blocks are the larger part then.
const PART_OF_PRECISION: f64 = 1.0 / 3.0;

/// The rounds of one block of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounds {
    usual: u32,
    most: u32,
    time: Duration,
}

impl Rounds {
    /// The rounds within a budget, where one round takes about `round`.
    #[must_use]
    pub fn of(block_budget: BlockBudget, round: Duration) -> Self {
        let time = block_budget.round_time();
        let fit = (time.as_secs_f64() / round.as_secs_f64().max(1e-9)) as u32;
        Self { usual: fit.clamp(FEWEST, USUAL), most: fit.clamp(FEWEST, MOST_ROUNDS), time }
    }

    /// The shortest time that the rounds of one block take, with this many contenders.
    #[must_use]
    pub fn least_time(block_budget: BlockBudget, contenders: u32) -> Duration {
        block_budget.round_time().min(SAMPLE * contenders * USUAL)
    }

    /// Whether there is another round after `done`, which took `elapsed`. The usual number is exceeded only where the
    /// block is not known well enough by then.
    #[must_use]
    pub fn go_on(&self, done: u32, elapsed: Duration, is_known: impl FnOnce() -> bool) -> bool {
        done < FEWEST || done < self.most && elapsed < self.time && (done < self.usual || !is_known())
    }
}

/// Whether the median of `log_ratios`, one per round, is known well enough for a run to be known to `precision`. It looks
/// only at their scatter, not at the result, so that the number of rounds does not depend on the result.
#[must_use]
pub fn is_known(log_ratios: &[f64], precision: f64) -> bool {
    let Some(centre) = median(log_ratios) else { return false };
    let deviations: Vec<f64> = log_ratios.iter().map(|log| (log - centre).abs()).collect();
    // The standard error of a median, from the median absolute deviation, for noise that is about Gaussian.
    let error = median(&deviations).map(|mad| 1.2533 * 1.4826 * mad / (log_ratios.len() as f64).sqrt());
    error.is_some_and(|error| error <= PART_OF_PRECISION * precision)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rounds of this length until the end, with all known from this one on.
    fn count(block_budget: BlockBudget, round: Duration, known_from: u32) -> u32 {
        let rounds = Rounds::of(block_budget, round);
        (0..).find(|&done| !rounds.go_on(done, round * done, || done >= known_from)).unwrap()
    }

    #[test]
    fn rounds_fit_the_time_but_are_never_fewer_than_three() {
        let ms = Duration::from_millis;
        assert_eq!(count(BlockBudget::Quick, ms(20), 0), 20);
        assert_eq!(count(BlockBudget::Quick, ms(200), 0), 5);
        assert_eq!(count(BlockBudget::Quick, ms(9_000), 0), 3);
        assert_eq!(count(BlockBudget::Quick, Duration::ZERO, 0), 20);
        assert_eq!(count(BlockBudget::Ladder, ms(40), 0), 10);
    }

    #[test]
    fn a_noisy_block_takes_more_rounds_while_there_is_time() {
        let ms = Duration::from_millis;
        assert_eq!(count(BlockBudget::Full, ms(60), 35), 35);
        assert_eq!(count(BlockBudget::Full, ms(60), u32::MAX), 100);
        assert_eq!(count(BlockBudget::Full, ms(100), u32::MAX), 60);
        assert_eq!(count(BlockBudget::Quick, ms(20), u32::MAX), 50);
        // The driver takes time, too, which the length of the rounds does not include.
        let rounds = Rounds::of(BlockBudget::Quick, ms(10));
        assert!(!rounds.go_on(30, ms(1_001), || false));
    }

    #[test]
    fn what_scatters_little_or_was_seen_often_is_known() {
        let scattered =
            |by: f64, times: u32| (0..times).map(|at| if at % 2 == 0 { by } else { -by }).collect::<Vec<_>>();
        assert!(is_known(&scattered(0.005, 20), 0.01));
        assert!(!is_known(&scattered(0.05, 20), 0.01));
        assert!(!is_known(&scattered(0.01, 20), 0.01));
        assert!(is_known(&scattered(0.01, 60), 0.01));
        assert!(!is_known(&[], 0.01));
    }
}
