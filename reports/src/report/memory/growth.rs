//! Whether sessions leave memory behind: the slope of memory over them, and the outcome. Pure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::comparison::CONFIDENCE;
use crate::stats::trend;

/// Fewest sessions that can show a leak, because engine and allocators take some to settle.
pub const FEWEST_SESSIONS: u32 = 50;

/// Smallest growth that matters, bytes per session: at less than this, a thousand sessions leave less than a megabyte.
pub const NOTICEABLE_BYTES: f64 = 1024.0;

/// The first part of all sessions, in which engine and allocators settle. It is ignored.
const SETTLING: usize = 5;

/// Whether sessions leave memory behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Leak {
    /// Each leaves more than the limit; the whole interval says so, and memory still rises in the last of them.
    Leaks,
    /// None leaves more than the limit; the whole interval says so.
    Clean,
    /// Anything else.
    Unsure,
}

/// What a session adds to a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Growth {
    /// Bytes per session: the median slope between all pairs of sessions.
    pub bytes_per_session: f64,
    /// Its 95 % interval.
    pub ci: [f64; 2],
}

impl Growth {
    /// Over all sessions, from the memory of the page after each.
    #[must_use]
    pub fn of_all(totals: &[f64]) -> Option<Self> {
        trend(totals, CONFIDENCE).map(|trend| Self { bytes_per_session: trend.slope, ci: trend.ci })
    }

    /// Over the sessions after the first fifth.
    #[must_use]
    pub fn once_settled(totals: &[f64]) -> Option<Self> {
        Self::of_all(settled(totals))
    }
}

impl Leak {
    /// The outcome of `totals`, the memory of the page after each session, and the growth in them.
    #[must_use]
    pub fn of(totals: &[f64], growth: Option<Growth>) -> Self {
        match growth {
            _ if totals.len() < FEWEST_SESSIONS as usize => Self::Unsure,
            Some(Growth { ci: [low, _], .. }) if low > NOTICEABLE_BYTES && goes_on(totals) => Self::Leaks,
            Some(Growth { ci: [_, high], .. }) if high < NOTICEABLE_BYTES => Self::Clean,
            Some(_) | None => Self::Unsure,
        }
    }
}

fn settled(totals: &[f64]) -> &[f64] {
    &totals[totals.len() / SETTLING..]
}

/// Whether memory rises in the last sessions as well: caches that fill up rise once, and then stay.
fn goes_on(totals: &[f64]) -> bool {
    let settled = settled(totals);
    let last = &settled[settled.len() / 2..];
    trend(last, CONFIDENCE).is_some_and(|trend| trend.slope > NOTICEABLE_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::simulation::Noise;

    const KIB: f64 = 1024.0;
    const TRIALS: u32 = 200;

    /// The outcome of 50 sessions; `total` is the memory of the page after each.
    fn outcome(total: impl FnMut(f64) -> f64) -> Leak {
        let totals: Vec<f64> = (1..=50).map(f64::from).map(total).collect();
        Leak::of(&totals, Growth::once_settled(&totals))
    }

    /// How many of [`TRIALS`] noisy pages have the outcome `leak`.
    fn found(leak: Leak, total: impl Fn(&mut Noise, f64) -> f64) -> u32 {
        let mut noise = Noise::new(3);
        let mut is_found = || outcome(|session| total(&mut noise, session)) == leak;
        (0..TRIALS).filter(|_| is_found()).count() as u32
    }

    #[test]
    fn a_leak_is_found_through_noise_and_in_steps() {
        assert_eq!(outcome(|session| 64.0 * KIB * session), Leak::Leaks);
        assert_eq!(found(Leak::Leaks, |noise, session| 64.0 * KIB * (session + 4.0 * noise.gaussian())), TRIALS);
        for step in [128.0, 256.0, 512.0] {
            assert_eq!(outcome(|session| (64.0 * session / step).ceil() * step * KIB), Leak::Leaks, "{step} KiB");
        }
    }

    #[test]
    fn a_slow_leak_is_found_and_one_below_notice_is_none() {
        assert_eq!(found(Leak::Leaks, |noise, session| KIB * (3.0 * session + 4.0 * noise.gaussian())), TRIALS);
        assert_eq!(found(Leak::Clean, |noise, session| KIB * (0.2 * session + 4.0 * noise.gaussian())), TRIALS);
    }

    #[test]
    fn what_stays_is_clean_through_noise() {
        assert_eq!(outcome(|_| 1e6), Leak::Clean);
        assert_eq!(found(Leak::Clean, |noise, _| 1e6 + 8.0 * KIB * noise.gaussian()), TRIALS);
        // More noise makes it unsure, and not a leak.
        assert_eq!(found(Leak::Leaks, |noise, _| 1e6 + 100.0 * KIB * noise.gaussian()), 0);
    }

    #[test]
    fn growth_that_ends_is_clean_or_unsure_and_never_a_leak() {
        // The first sessions fill caches, and some code is compiled later.
        assert_eq!(outcome(|session| 500.0 * KIB * (1.0 - (-session / 4.0).exp())), Leak::Clean);
        assert_eq!(outcome(|session| if session < 15.0 { 0.0 } else { 300.0 * KIB }), Leak::Clean);
        for end in [20.0, 25.0, 30.0] {
            assert_ne!(outcome(|session| 64.0 * KIB * session.min(end)), Leak::Leaks, "until session {end}");
        }
    }

    #[test]
    fn one_step_of_an_allocator_is_no_leak_wherever_it_is() {
        for at in 1..50 {
            let step = |session| if session <= f64::from(at) { 0.0 } else { 64.0 * KIB };
            assert_ne!(outcome(step), Leak::Leaks, "after session {at}");
        }
    }

    #[test]
    fn fewer_than_fifty_are_unsure() {
        let leaks: Vec<f64> = (1..50).map(|session| 64.0 * KIB * f64::from(session)).collect();
        assert_eq!(Leak::of(&leaks, Growth::once_settled(&leaks)), Leak::Unsure);
        assert_eq!(Leak::of(&[], Growth::once_settled(&[])), Leak::Unsure);
    }

    #[test]
    fn memory_of_many_instances_is_counted_from_the_first_on() {
        let totals: Vec<f64> = (1..=8).map(|instance| 5e5 + 1e6 * f64::from(instance)).collect();
        assert_eq!(Growth::of_all(&totals), Some(Growth { bytes_per_session: 1e6, ci: [1e6, 1e6] }));
    }
}
