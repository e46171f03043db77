//! Every contender once on every input, before anything is timed: a wrong answer is never timed.

mod reference;

use std::collections::BTreeMap;
use std::time::Duration;

use crossover_reports::run::{Failure, Stage};
use futures_util::{StreamExt as _, stream};

use super::same;
use super::trial::{failure, start};
use crate::answer::Answer;
use crate::plan::Group;
use crate::prepare::{Prepared, PreparedGroup};
use crate::protocol::{Compile, UserFunction};
use crate::runtime::{Browser, DriverError, Launcher};
use crate::server::Server;

/// Checks every contender of every group against the baseline's answer, and takes those out that fail. Where the baseline fails
/// on an input, two others that agree do in its place ([`mod@reference`]). A group whose
/// answers are known is not asked again. `seen` is called with each group and contender once its answer is known.
///
/// # Errors
/// When no browser can be launched, or only another one than the run began with.
pub async fn verify(
    launcher: &dyn Launcher,
    server: &Server,
    prepared: &mut Prepared,
    call_timeout: Duration,
    mut seen: impl FnMut(&PreparedGroup, usize),
) -> Result<(), DriverError> {
    let mut asker = Asker { launcher, browser: None, server, call_timeout };
    for group in prepared.values_mut() {
        // All answers are known; `seen` is called all the same.
        if group.is_checked() {
            (0..group.contenders.len()).for_each(|contender| seen(group, contender));
            continue;
        }
        asker.launch().await?;
        let baseline = group.baseline;
        let mut asked = asker.ask_together(group).await;
        let expected = asker.answer(group, baseline, asked.remove(&baseline)).await?;
        seen(group, baseline);
        let mut unchecked = BTreeMap::new();
        for contender in (0..group.contenders.len()).filter(|index| *index != baseline) {
            match (asker.answer(group, contender, asked.remove(&contender)).await?, &expected) {
                (Some(answer), Some(expected)) => match group.same.clone() {
                    Some(by) => asker.judge_by(&by, group, contender, [expected, &answer]).await?,
                    None => judge(group, contender, baseline, expected, &answer),
                },
                (Some(answer), None) => {
                    unchecked.insert(contender, answer);
                    continue;
                }
                (None, _) => {}
            }
            seen(group, contender);
        }
        reference::judge_by_one_another(group, &unchecked);
        unchecked.keys().for_each(|contender| seen(group, *contender));
    }
    asker.close().await;
    Ok(())
}

/// The baselines' answers, of the groups whose baseline gives one.
///
/// # Errors
/// When no browser can be launched, or only another one than the run began with.
pub async fn answers(
    launcher: &dyn Launcher,
    server: &Server,
    mut prepared: Prepared,
    call_timeout: Duration,
) -> Result<Vec<(Group, Answer)>, DriverError> {
    let mut asker = Asker { launcher, browser: None, server, call_timeout };
    let mut answers = Vec::new();
    for (at, group) in &mut prepared {
        asker.launch().await?;
        answers.extend(asker.answer(group, group.baseline, None).await?.map(|answer| (*at, answer)));
    }
    asker.close().await;
    Ok(answers)
}

/// Takes a contender out whose answer is not that of `reference`.
fn judge(group: &mut PreparedGroup, contender: usize, reference: usize, expected: &Answer, answer: &Answer) {
    let name = &group.contenders[reference].name;
    match answer.check(expected, group.contenders[contender].check) {
        Ok(note) => group.contenders[contender].note = note,
        Err(difference) => {
            let reason = format!("{WRONG_ANSWER}, compared with `{name}`: {difference}");
            group.fail(contender, Failure { stage: Stage::Verify, reason });
        }
    }
}

/// How the reason begins where an answer is wrong.
pub const WRONG_ANSWER: &str = "wrong answer";

struct Asker<'a> {
    launcher: &'a dyn Launcher,
    /// None before the first launch, and after a browser that is of no more use.
    browser: Option<Box<dyn Browser>>,
    server: &'a Server,
    call_timeout: Duration,
}

/// Kind and SHA-256 of an answer, and the answer.
type Answered = (String, Answer);

/// So many contenders are asked at a time: nothing is timed yet.
const TOGETHER: usize = 2;

impl Asker<'_> {
    async fn launch(&mut self) -> Result<(), DriverError> {
        if self.browser.is_none() {
            self.browser = Some(self.launcher.launch().await?);
        }
        Ok(())
    }

    async fn close(self) {
        if let Some(browser) = self.browser {
            browser.close().await;
        }
    }

    /// Has a function of the user's compare an answer with the expected one.
    async fn judge_by(
        &mut self,
        by: &UserFunction,
        group: &mut PreparedGroup,
        contender: usize,
        answers: [&Answer; 2],
    ) -> Result<(), DriverError> {
        self.launch().await?;
        let Some(browser) = self.browser.take() else { return Ok(()) };
        let judged = same::difference(&*browser, self.server, by, answers, self.call_timeout).await;
        let reason = match &judged {
            Ok(None) => None,
            Ok(Some(difference)) => {
                let baseline = &group.contenders[group.baseline].name;
                Some(format!("{WRONG_ANSWER}, compared with `{baseline}`: {difference}"))
            }
            Err(error) => Some(error.to_string()),
        };
        if let Some(reason) = reason {
            group.fail(contender, Failure { stage: Stage::Verify, reason });
        }
        match judged {
            Err(DriverError::TimedOut(_) | DriverError::Gone(_)) => browser.close().await,
            _ => self.browser = Some(browser),
        }
        Ok(())
    }

    /// The answers of those that give one while others are at work in the same browser. A contender that gives none may
    /// have suffered from another one, and has to be asked alone.
    async fn ask_together(&mut self, group: &PreparedGroup) -> BTreeMap<usize, Answered> {
        let Some(browser) = self.browser.take() else { return BTreeMap::new() };
        let asker = &*self;
        let ask = |contender| {
            let browser = &*browser;
            async move { (contender, asker.ask_in(browser, group, contender).await) }
        };
        let outcomes: Vec<_> = stream::iter(group.live()).map(ask).buffer_unordered(TOGETHER).collect().await;
        if outcomes.iter().all(|(_, outcome)| is_intact(outcome)) {
            self.browser = Some(browser);
        } else {
            browser.close().await;
        }
        outcomes.into_iter().filter_map(|(contender, outcome)| Some((contender, outcome.ok()?))).collect()
    }

    /// The answer of one contender, unless it is known; one that gives none is taken out of the group.
    async fn answer(
        &mut self,
        group: &mut PreparedGroup,
        contender: usize,
        known: Option<Answered>,
    ) -> Result<Option<Answer>, DriverError> {
        if group.contenders[contender].urls.is_err() {
            return Ok(None);
        }
        let mut outcome = match known {
            Some(known) => Ok(known),
            None => self.ask(group, contender).await,
        };
        if matches!(outcome, Err(DriverError::Gone(_))) {
            // The browser may have died of something else: a contender is only blamed when it happens twice.
            outcome = self.ask(group, contender).await;
        }
        match outcome {
            Ok((sha256, answer)) => {
                group.contenders[contender].answer_sha256 = Some(sha256);
                Ok(Some(answer))
            }
            Err(error @ DriverError::OtherVersion { .. }) => Err(error),
            Err(error) => {
                group.fail(contender, failure(&error, Stage::Verify));
                Ok(None)
            }
        }
    }

    async fn ask(&mut self, group: &PreparedGroup, contender: usize) -> Result<Answered, DriverError> {
        let browser = match self.browser.take() {
            Some(browser) => browser,
            None => self.launcher.launch().await?,
        };
        let outcome = self.ask_in(&*browser, group, contender).await;
        if is_intact(&outcome) {
            self.browser = Some(browser);
        } else {
            browser.close().await;
        }
        outcome
    }

    async fn ask_in(
        &self,
        browser: &dyn Browser,
        group: &PreparedGroup,
        contender: usize,
    ) -> Result<Answered, DriverError> {
        let origin = self.server.fresh_origin();
        let token = self.server.expect_answer(&origin).map_err(|error| DriverError::Threw(error.to_string()))?;
        let outcome = match browser.open(&origin).await {
            Ok(page) => start(page, group, contender, Compile::Streaming, Some(token.path()), self.call_timeout).await,
            Err(error) => Err(error),
        };
        let answer = self.server.take_answer(&token);
        let (page, report) = outcome?;
        page.close().await;
        let missing = || DriverError::Threw("its answer never arrived".to_owned());
        Ok((report.answer_sha256, answer.ok_or_else(missing)?))
    }
}

/// Whether a browser can be used further. One with a page that hangs, or that is gone, is of no more use.
fn is_intact(outcome: &Result<Answered, DriverError>) -> bool {
    match outcome {
        Ok(_) | Err(DriverError::Threw(_) | DriverError::Unavailable(_)) => true,
        Err(DriverError::TimedOut(_) | DriverError::Gone(_) | DriverError::OtherVersion { .. }) => false,
    }
}

#[cfg(test)]
mod tests {
    use crossover_reports::run::Check;

    use super::*;
    use crate::answer::AnswerKind;

    #[test]
    fn each_answer_is_compared_in_its_contenders_own_way() {
        let answer = |level| Answer { kind: AnswerKind::Bytes, bytes: vec![level; 64] };
        let mut group = PreparedGroup::example(&["js", "wasm", "platform"]);
        group.contenders[2].check = Check::PsnrDb(40.0);
        judge(&mut group, 1, 0, &answer(100), &answer(101));
        judge(&mut group, 2, 0, &answer(100), &answer(101));
        assert!(group.contenders[1].urls.is_err() && group.contenders[2].urls.is_ok());
        judge(&mut group, 2, 0, &answer(100), &answer(140));
        assert!(group.contenders[2].urls.is_err());
    }
}
