//! A job: a kernel with its answers in all strata.

use super::{Decision, Headline, KernelInfo};

/// A kernel with its answers, one for each stratum.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// The kernel.
    pub kernel: &'a KernelInfo,
    /// Its answers, in the order of the strata; never empty.
    pub headlines: Vec<&'a Headline<'a>>,
    /// The place of the first one among all headlines; the others follow it.
    pub first: usize,
}

impl<'a> Job<'a> {
    /// One per kernel, in the order of the headlines.
    #[must_use]
    pub fn all(headlines: &'a [Headline<'a>]) -> Vec<Self> {
        let mut jobs: Vec<Self> = Vec::new();
        for (at, headline) in headlines.iter().enumerate() {
            match jobs.last_mut().filter(|job| job.kernel.name == headline.kernel.name) {
                Some(job) => job.headlines.push(headline),
                None => jobs.push(Self { kernel: headline.kernel, headlines: vec![headline], first: at }),
            }
        }
        jobs
    }

    /// The decision that all strata and inputs share; `None` if they differ.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        let first = self.headlines.first()?.shared_decision()?;
        self.headlines.iter().all(|headline| headline.shared_decision() == Some(first)).then_some(first)
    }

    /// Whether it is the input that another decision comes from, and not the browser.
    #[must_use]
    pub fn depends_on_input(&self) -> bool {
        self.headlines.iter().any(|headline| headline.shared_decision().is_none())
    }

    /// Whether some browsers are unsure, and all others need the same: then no two are known to differ.
    #[must_use]
    pub fn is_unsure_in_some(&self) -> bool {
        let sure: Vec<Decision> = self.by_decision().into_iter().map(|(decision, _)| decision).collect();
        let sure = sure.into_iter().filter(|one| *one != Decision::CannotTell);
        self.decision().is_none() && !self.depends_on_input() && sure.count() == 1
    }

    /// The decision in words, or what it depends on.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self.decision() {
            Some(decision) => decision.words(),
            None if self.depends_on_input() => "Depends on input",
            None if self.is_unsure_in_some() => "Unsure in some browsers",
            None => "Differs by browser",
        }
    }

    /// Every decision once, with the names of the strata in which it holds, in their order.
    #[must_use]
    pub fn by_decision(&self) -> Vec<(Decision, Vec<&'a str>)> {
        let mut found: Vec<(Decision, Vec<&str>)> = Vec::new();
        for headline in &self.headlines {
            let decision = headline.shared_decision().unwrap_or(Decision::CannotTell);
            match found.iter_mut().find(|(other, _)| *other == decision) {
                Some((_, names)) => names.push(headline.name),
                None => found.push((decision, vec![headline.name])),
            }
        }
        found
    }

    /// The answer as one sentence; where strata differ, one for each.
    #[must_use]
    pub fn sentence(&self) -> String {
        match (self.decision(), &self.headlines[..]) {
            (Some(_), [first, ..]) | (None, [first]) => first.sentence(),
            _ => {
                let one = |headline: &&Headline<'_>| format!("{}: {}", headline.name, headline.sentence());
                self.headlines.iter().map(one).collect::<Vec<_>>().join(" ")
            }
        }
    }
}
