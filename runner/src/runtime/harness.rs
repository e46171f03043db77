//! How a trial is put to the harness of a page, whichever way the browser is driven.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::DriverError;
use crate::protocol::{Reply, TrialSpec};

/// Runs a trial in the harness, if it is the harness that ran the trials before.
pub const TRIAL: &str = "({ spec, number }) => {
    const harness = globalThis.crossover;
    if (!harness || (harness.trials ?? 0) !== number) return { left: location.href };
    harness.trials = number + 1;
    return harness.trial(spec);
}";

/// How long a navigation that has begun may take to show in a page's address.
pub const ON_ITS_WAY: Duration = Duration::from_millis(500);

/// The longest part of another page's address that a message quotes, characters.
const LONGEST: usize = 100;

/// The harness of one page: how many trials it has run, and where it is.
pub struct Harness {
    /// The address that the page was opened at.
    origin: String,
    trials: AtomicU32,
}

/// A trial as [`TRIAL`] takes it.
#[derive(Serialize)]
pub struct Numbered<'a> {
    spec: &'a TrialSpec,
    number: u32,
}

impl Harness {
    /// The harness of a page that was opened at `origin`.
    pub fn at(origin: &str) -> Self {
        Self { origin: origin.to_owned(), trials: AtomicU32::new(0) }
    }

    /// The address that the page was opened at, without a slash at its end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The next trial.
    pub fn next<'a>(&self, spec: &'a TrialSpec) -> Numbered<'a> {
        Numbered { spec, number: self.trials.fetch_add(1, Ordering::Relaxed) }
    }

    /// Whether an address is the one that the page was opened at.
    pub fn is_at(&self, address: &str) -> bool {
        address.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/') == self.origin
    }

    /// The error for another page in place of this one: only the contender can have opened it.
    pub fn left(&self, address: &str) -> DriverError {
        if self.is_at(address) {
            return DriverError::Threw("the contender reloaded the page".to_owned());
        }
        let shown: String = address.chars().take(LONGEST).collect();
        DriverError::Threw(format!("the contender left the page for {shown}"))
    }
}

/// What a page did with a trial.
pub enum Outcome {
    /// Its report.
    Report(Value),
    /// Another page is in its place.
    Left,
}

impl Numbered<'_> {
    /// What the page's reply says.
    ///
    /// # Errors
    /// What was thrown, what the browser lacks, or that there is no harness.
    pub fn outcome(&self, reply: Reply<Value>) -> Result<Outcome, DriverError> {
        match reply {
            Reply::Left(_) if self.number == 0 => {
                Err(DriverError::Gone("the measured page did not load its harness".to_owned()))
            }
            Reply::Left(_) => Ok(Outcome::Left),
            Reply::Error(message) => Err(DriverError::Threw(message)),
            Reply::Unavailable(what) => Err(DriverError::Unavailable(what)),
            Reply::Report(report) => Ok(Outcome::Report(report)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_place_of_the_first_is_told_from_one_that_never_came() {
        let harness = Harness::at("http://p1.localhost:80");
        let left = || Reply::Left("http://elsewhere/".to_owned());
        let first = harness.next(&TrialSpec::Probe);
        assert!(matches!(first.outcome(left()), Err(DriverError::Gone(_))));
        assert!(matches!(harness.next(&TrialSpec::Probe).outcome(left()), Ok(Outcome::Left)));
        let threw = |text: &str| DriverError::Threw(text.to_owned());
        assert_eq!(harness.left("http://p1.localhost:80/#x"), threw("the contender reloaded the page"));
        let far = format!("http://elsewhere/{}", "x".repeat(200));
        assert_eq!(harness.left(&far), threw(&format!("the contender left the page for {}", &far[..LONGEST])));
    }
}
