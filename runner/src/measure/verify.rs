//! Every contender once on every input, before anything is timed: a wrong answer is never timed.

mod reference;

use std::collections::BTreeMap;
use std::time::Duration;

use crossover_reports::run::{Check, Failure, Stage};
use futures_util::{StreamExt as _, stream};

use super::same;
use super::trial::{failure, start};
use crate::answer::Answer;
use crate::plan::Group;
use crate::prepare::{Loadable, Prepared, PreparedGroup};
use crate::protocol::Compile;
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
                (Some(answer), Some(expected)) => {
                    let compared = asker.compare(group, contender, [expected, &answer]).await?;
                    judge(group, contender, baseline, compared);
                }
                (Some(answer), None) => {
                    unchecked.insert(contender, answer);
                    continue;
                }
                (None, _) => {}
            }
            seen(group, contender);
        }
        let compared = asker.compare_with_one_another(group, &unchecked).await?;
        reference::judge_by_one_another(group, compared);
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

/// What came of comparing an answer with another one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Compared {
    /// They are the same; with what a person should know of that.
    Same(Option<String>),
    /// What differs.
    Different(String),
    /// Why they could not be compared.
    Failed(String),
}

impl Compared {
    /// By a check that needs no function of the user's.
    fn of(expected: &Answer, answer: &Answer, check: &Check) -> Self {
        answer.check(expected, check).map_or_else(Self::Different, Self::Same)
    }
}

/// Takes a contender out whose answer is not that of `reference`.
fn judge(group: &mut PreparedGroup, contender: usize, reference: usize, compared: Compared) {
    let name = &group.contenders[reference].name;
    let reason = match compared {
        Compared::Same(note) => {
            group.contenders[contender].note = note;
            return;
        }
        Compared::Different(difference) => format!("{WRONG_ANSWER}, compared with `{name}`: {difference}"),
        Compared::Failed(reason) => reason,
    };
    group.fail(contender, Failure { stage: Stage::Verify, reason });
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

/// What came of comparing answers: by the contender whose answer is the reference, then by the other one.
type Comparisons = BTreeMap<usize, BTreeMap<usize, Compared>>;

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

    async fn take_browser(&mut self) -> Result<Box<dyn Browser>, DriverError> {
        match self.browser.take() {
            Some(browser) => Ok(browser),
            None => self.launcher.launch().await,
        }
    }

    async fn close(self) {
        if let Some(browser) = self.browser {
            browser.close().await;
        }
    }

    /// Compares a contender's answer with the expected one, in the contender's own way.
    async fn compare(
        &mut self,
        group: &PreparedGroup,
        contender: usize,
        [expected, answer]: [&Answer; 2],
    ) -> Result<Compared, DriverError> {
        let Loadable { check, same, .. } = &group.contenders[contender];
        let Some(by) = same else { return Ok(Compared::of(expected, answer, check)) };
        let browser = self.take_browser().await?;
        let (answers, timeout) = ([expected, answer], self.call_timeout);
        let judged = same::difference(&*browser, self.server, by, &group.input_url, answers, timeout).await;
        if is_intact(&judged) {
            self.browser = Some(browser);
        } else {
            browser.close().await;
        }
        Ok(match judged {
            Ok(None) => Compared::Same(None),
            Ok(Some(difference)) => Compared::Different(difference),
            Err(error) => Compared::Failed(format!("{} failed: {error}; correct that function", by.named_by)),
        })
    }

    /// Compares each answer with each other one, in the way of the latter's contender; not where the baseline is no matter
    /// of the input.
    async fn compare_with_one_another(
        &mut self,
        group: &PreparedGroup,
        answers: &BTreeMap<usize, Answer>,
    ) -> Result<Comparisons, DriverError> {
        let mut compared: Comparisons = answers.keys().map(|contender| (*contender, BTreeMap::new())).collect();
        if !reference::is_wanted(group) {
            return Ok(compared);
        }
        for (reference, expected) in answers {
            for (contender, answer) in answers.iter().filter(|(contender, _)| *contender != reference) {
                let outcome = self.compare(group, *contender, [expected, answer]).await?;
                compared.entry(*reference).or_default().insert(*contender, outcome);
            }
        }
        Ok(compared)
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
        let browser = self.take_browser().await?;
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
fn is_intact<T>(outcome: &Result<T, DriverError>) -> bool {
    match outcome {
        Ok(_) | Err(DriverError::Threw(_) | DriverError::Unavailable(_)) => true,
        Err(DriverError::TimedOut(_) | DriverError::Gone(_) | DriverError::OtherVersion { .. }) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::AnswerKind;

    #[test]
    fn each_answer_is_compared_in_its_contenders_own_way() {
        let answer = |level| Answer { kind: AnswerKind::Bytes, bytes: vec![level; 64] };
        let mut group = PreparedGroup::example(&["js", "wasm", "platform"]);
        group.contenders[2].check = Check::PsnrDb(40.0);
        let mut judge = |contender: usize, level| {
            let compared = Compared::of(&answer(100), &answer(level), &group.contenders[contender].check);
            judge(&mut group, contender, 0, compared);
            group.contenders[contender].urls.is_ok()
        };
        assert!(!judge(1, 101) && judge(2, 101) && !judge(2, 140));
    }
}
