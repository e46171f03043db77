//! Every contender once on every input, before anything is timed: a wrong answer is never timed.

use std::time::Duration;

use crossover_reports::run::{Failure, Stage};

use super::prepared::{Prepared, PreparedGroup};
use super::trial::{cold_start, failure};
use crate::answer::Answer;
use crate::driver::{Browser, DriverError, Launcher, Page as _};
use crate::server::Server;

/// Checks every contender of every group against the baseline's answer, and takes those out that fail.
/// `seen` is told of each group and contender once it is known.
///
/// # Errors
/// When no browser can be launched.
pub async fn verify<L: Launcher>(
    launcher: &L,
    server: &Server,
    prepared: &mut Prepared,
    call_timeout: Duration,
    mut seen: impl FnMut(&PreparedGroup, usize),
) -> Result<(), DriverError> {
    let mut asker = Asker { launcher, browser: Some(launcher.launch().await?), server, call_timeout };
    for group in prepared.values_mut() {
        let baseline = group.baseline;
        let expected = asker.answer(group, baseline).await;
        seen(group, baseline);
        for contender in (0..group.contenders.len()).filter(|index| *index != baseline) {
            if let Some(answer) = asker.answer(group, contender).await {
                judge(group, contender, expected.as_ref(), &answer);
            }
            seen(group, contender);
        }
    }
    if let Some(browser) = asker.browser {
        browser.close().await;
    }
    Ok(())
}

fn judge(group: &mut PreparedGroup, contender: usize, expected: Option<&Answer>, answer: &Answer) {
    let baseline = &group.contenders[group.baseline].name;
    let found = match expected {
        Some(expected) => answer
            .check(expected, group.check)
            .map_err(|difference| format!("wrong answer, compared with `{baseline}`: {difference}")),
        None => Err(format!("cannot be checked, because the baseline `{baseline}` gave no answer")),
    };
    if let Err(reason) = found {
        group.fail(contender, Failure { stage: Stage::Verify, reason });
    }
}

struct Asker<'a, L: Launcher> {
    launcher: &'a L,
    /// None after a launch that failed.
    browser: Option<L::Browser>,
    server: &'a Server,
    call_timeout: Duration,
}

impl<L: Launcher> Asker<'_, L> {
    /// The answer of one contender; one that gives none is taken out of the group.
    async fn answer(&mut self, group: &mut PreparedGroup, contender: usize) -> Option<Answer> {
        if group.contenders[contender].urls.is_err() {
            return None;
        }
        let mut outcome = self.ask(group, contender).await;
        if matches!(outcome, Err(DriverError::Gone(_))) {
            // The browser may have died of something else: a contender is only blamed when it happens twice.
            outcome = self.ask(group, contender).await;
        }
        match outcome {
            Ok((sha256, answer)) => {
                group.contenders[contender].answer_sha256 = Some(sha256);
                Some(answer)
            }
            Err(error) => {
                group.fail(contender, failure(&error, Stage::Verify));
                None
            }
        }
    }

    async fn ask(&mut self, group: &PreparedGroup, contender: usize) -> Result<(String, Answer), DriverError> {
        let browser = match self.browser.take() {
            Some(browser) => browser,
            None => self.launcher.launch().await?,
        };
        let (path, token) = self.server.expect_answer();
        let outcome = match browser.open(&self.server.fresh_origin()).await {
            Ok(page) => cold_start(page, group, contender, Some(path), self.call_timeout).await,
            Err(error) => Err(error),
        };
        let answer = self.server.take_answer(token);
        match outcome {
            Ok((page, report)) => {
                page.close().await;
                self.browser = Some(browser);
                let missing = || DriverError::Threw("its answer never arrived".to_owned());
                Ok((report.answer_sha256, answer.ok_or_else(missing)?))
            }
            Err(error) => {
                match error {
                    DriverError::Threw(_) => self.browser = Some(browser),
                    // A browser with a page that hangs, or that is gone, is of no more use.
                    DriverError::TimedOut(_) | DriverError::Gone(_) => browser.close().await,
                }
                Err(error)
            }
        }
    }
}
