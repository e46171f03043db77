//! Finds out how modules are started that no manifest describes. Each is tried in fresh pages until it gives an answer.
//!
//! Nothing is concluded from a module's text: the page observes what its Wasm and its default export do.

use std::time::Duration;

use crossover_reports::run::{Failure, Stage};

use super::trial::{LOADING, failure};
use crate::prepare::{Prepared, PreparedGroup, StartRecipe};
use crate::protocol::{AttemptReport, ContenderUrls, FailedAttempt, FetchReport, Init, TrialSpec, Way};
use crate::runtime::{Browser, DriverError, Launcher};
use crate::server::Server;

/// Finds the way to start every contender that has none yet. Takes those out that give no answer in any way.
///
/// # Errors
/// When no browser can be launched.
pub async fn discover(
    launcher: &dyn Launcher,
    server: &Server,
    prepared: &mut Prepared,
    call_timeout: Duration,
) -> Result<(), DriverError> {
    let mut explorer = Explorer { launcher, browser: None, server, call_timeout };
    for group in prepared.values_mut() {
        for contender in group.live() {
            if group.contenders[contender].found.is_some() {
                continue;
            }
            match explorer.find(group, contender).await? {
                Ok(found) => group.contenders[contender].take(found),
                Err(failure) => group.fail(contender, failure),
            }
        }
    }
    explorer.close().await;
    Ok(())
}

struct Explorer<'a> {
    launcher: &'a dyn Launcher,
    browser: Option<Box<dyn Browser>>,
    server: &'a Server,
    call_timeout: Duration,
}

impl Explorer<'_> {
    async fn close(self) {
        if let Some(browser) = self.browser {
            browser.close().await;
        }
    }

    /// The way that leads to an answer, or why none does.
    async fn find(
        &mut self,
        group: &PreparedGroup,
        contender: usize,
    ) -> Result<Result<StartRecipe, Failure>, DriverError> {
        let Ok(urls) = &group.contenders[contender].urls else {
            return Ok(Err(verifying("it was not built".to_owned())));
        };
        let mut ways = vec![urls.way.clone()];
        let mut failures: Vec<FailedAttempt> = Vec::new();
        let mut at = 0;
        while let Some(way) = ways.get(at).cloned() {
            at += 1;
            let tried = ContenderUrls { way: way.clone(), ..urls.clone() };
            let failed = match self.attempt(group, tried).await? {
                Ok(AttemptReport::Found { fetched }) => {
                    let name = |path: &String| path.strip_prefix(&urls.folder).map(str::to_owned);
                    return Ok(Ok(StartRecipe { way, fetched: fetched.iter().filter_map(name).collect() }));
                }
                Ok(AttemptReport::Bigints(bigints)) if way.bigints.is_empty() => {
                    ways.insert(at, Way { bigints, ..way });
                    continue;
                }
                Ok(AttemptReport::Bigints(_)) => continue,
                Ok(AttemptReport::Failed(failed)) => failed,
                Err(error) => return Ok(Err(failure(&error, Stage::Verify))),
            };
            for next in others(&way, &failed, urls) {
                if !ways.contains(&next) {
                    ways.push(next);
                }
            }
            failures.push(failed);
        }
        Ok(Err(verifying(most_useful(failures))))
    }

    /// Tries one start.
    async fn attempt(
        &mut self,
        group: &PreparedGroup,
        urls: ContenderUrls,
    ) -> Result<Result<AttemptReport, DriverError>, DriverError> {
        let browser = match self.browser.take() {
            Some(browser) => browser,
            None => self.launcher.launch().await?,
        };
        let attempted = attempt_in(&*browser, self.server, group, urls, self.call_timeout).await;
        match &attempted {
            // A browser with a page that hangs cannot be used any more.
            Err(DriverError::TimedOut(_) | DriverError::Gone(_)) => browser.close().await,
            _ => self.browser = Some(browser),
        }
        Ok(attempted)
    }
}

async fn attempt_in(
    browser: &dyn Browser,
    server: &Server,
    group: &PreparedGroup,
    contender: ContenderUrls,
    call_timeout: Duration,
) -> Result<AttemptReport, DriverError> {
    let page = browser.open(&server.fresh_origin()).await?;
    page.trial::<FetchReport>(&TrialSpec::Input { input: group.input_url.clone() }, LOADING).await?;
    let report = match page.trial(&TrialSpec::Attempt { contender }, LOADING + call_timeout).await {
        Err(DriverError::TimedOut(_)) => Err(DriverError::TimedOut(call_timeout)),
        other => other,
    };
    if !matches!(report, Err(DriverError::TimedOut(_) | DriverError::Gone(_))) {
        page.close().await;
    }
    report
}

/// The ways that are worth a try after one has failed.
fn others(way: &Way, failed: &FailedAttempt, urls: &ContenderUrls) -> Vec<Way> {
    let mut others = Vec::new();
    // What waits for the instance may go on after the call that it was there for.
    if (failed.is_loading || failed.is_loaded) && !way.settle {
        others.push(Way { settle: true, ..way.clone() });
    }
    if failed.has_default && way.init == Init::None {
        others.push(Way { init: Init::Called, ..way.clone() });
        others.extend(urls.wasm.as_ref().map(|_| Way { init: Init::Handed, settle: false, ..way.clone() }));
    }
    others
}

fn verifying(reason: String) -> Failure {
    Failure { stage: Stage::Verify, reason }
}

/// The most useful reason: that of the first of the starts that came farthest.
fn most_useful(failures: Vec<FailedAttempt>) -> String {
    let mut best: Option<FailedAttempt> = None;
    for failed in failures {
        let rank = |failed: &FailedAttempt| (failed.is_loaded, failed.stage);
        if best.as_ref().is_none_or(|best| rank(&failed) > rank(best)) {
            best = Some(failed);
        }
    }
    best.map_or_else(|| "it could not be started".to_owned(), |failed| failed.reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ways::AttemptStage;

    fn failed(is_loading: bool, is_loaded: bool, has_default: bool, stage: AttemptStage) -> FailedAttempt {
        FailedAttempt { reason: format!("{stage:?} {is_loaded}"), stage, is_loading, is_loaded, has_default }
    }

    #[test]
    fn what_was_seen_decides_what_is_tried_next() {
        let group = PreparedGroup::example(&["wasm"]);
        let urls = group.contenders[0].urls.clone().unwrap();
        let plain = Way::default();
        assert_eq!(others(&plain, &failed(false, false, false, AttemptStage::Call), &urls), []);
        for (is_loading, is_loaded) in [(true, false), (false, true)] {
            let loading = others(&plain, &failed(is_loading, is_loaded, false, AttemptStage::Find), &urls);
            assert_eq!(loading, [Way { settle: true, ..plain.clone() }]);
        }
        let handed = ContenderUrls { wasm: Some("/x.wasm".to_owned()), ..urls };
        let inits: Vec<Init> = others(&plain, &failed(false, false, true, AttemptStage::Call), &handed)
            .iter()
            .map(|way| way.init)
            .collect();
        assert_eq!(inits, [Init::Called, Init::Handed]);
    }

    #[test]
    fn the_start_that_came_farthest_gives_the_reason() {
        let failures = vec![
            failed(false, false, true, AttemptStage::Call),
            failed(false, true, true, AttemptStage::Call),
            failed(false, true, true, AttemptStage::Find),
        ];
        assert_eq!(most_useful(failures), "Call true");
    }
}
