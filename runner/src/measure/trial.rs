//! Single trials: starting a contender in a page, and the row of a failed trial.

use std::time::Duration;

use crossover_reports::run::{Failure, Stage};
use serde::de::DeserializeOwned;

use crate::prepare::PreparedGroup;
use crate::protocol::{Compile, ContenderUrls, FetchReport, FirstPaintReport, StartReport, TrialSpec};
use crate::runtime::{DriverError, Page};

/// How long loading may take on top of the first call.
pub const LOADING: Duration = Duration::from_secs(30);

/// Has the page fetch the contender's files, and closes it: they are in the HTTP cache then.
///
/// # Errors
/// What the driver says; the page is closed then, if it still answers.
pub async fn fetch(page: Box<dyn Page>, group: &PreparedGroup, contender: usize) -> Result<(), DriverError> {
    let outcome = match &group.contenders[contender].urls {
        Ok(urls) => page.trial::<FetchReport>(&TrialSpec::Fetch { contender: urls.clone() }, LOADING).await,
        Err(failure) => Err(DriverError::Threw(failure.reason.clone())),
    };
    if matches!(outcome, Ok(_) | Err(DriverError::Threw(_))) {
        page.close().await;
    }
    outcome.map(|_| ())
}

/// Starts the contender in a page that has not loaded it yet. Its answer has to be the one that was checked before.
///
/// # Errors
/// What the driver says; the page is closed then, if it still answers.
pub async fn start(
    page: Box<dyn Page>,
    group: &PreparedGroup,
    contender: usize,
    compile: Compile,
    answer_to: Option<String>,
    call_timeout: Duration,
) -> Result<(Box<dyn Page>, StartReport), DriverError> {
    let outcome = match &group.contenders[contender].urls {
        Ok(urls) => {
            let speed = if answer_to.is_some() { PageSpeed::Full } else { PageSpeed::Emulated };
            let spec = TrialSpec::Start { contender: urls.clone(), compile, answer_to };
            load::<StartReport>(&*page, group, &spec, speed, call_timeout).await
        }
        Err(failure) => Err(DriverError::Threw(failure.reason.clone())),
    };
    let checked = group.contenders[contender].answer_sha256.as_ref();
    match outcome {
        Ok(report) if checked.is_none_or(|checked| *checked == report.answer_sha256) => Ok((page, report)),
        Ok(_) => {
            page.close().await;
            Err(DriverError::Threw("its answer is not the one it gave when it was checked".to_owned()))
        }
        Err(error @ (DriverError::Threw(_) | DriverError::Unavailable(_))) => {
            page.close().await;
            Err(error)
        }
        // A page that hangs or is gone can't be closed; it ends with its browser.
        Err(DriverError::TimedOut(_)) => Err(DriverError::TimedOut(call_timeout)),
        Err(error) => Err(error),
    }
}

/// How fast a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageSpeed {
    /// As fast as it can: its answer is checked, twice, and nothing timed.
    Full,
    /// As slow as the emulation asks.
    Emulated,
}

/// The first contentful paint of a page that has loaded nothing yet and waits for `contender`, if for any. The page is
/// closed then, if it still answers.
///
/// # Errors
/// What the driver says.
pub async fn first_paint(
    page: Box<dyn Page>,
    group: &PreparedGroup,
    contender: Option<ContenderUrls>,
    call_timeout: Duration,
) -> Result<f64, DriverError> {
    let spec = TrialSpec::FirstPaint { contender };
    let outcome = load::<FirstPaintReport>(&*page, group, &spec, PageSpeed::Emulated, call_timeout).await;
    if matches!(outcome, Ok(_) | Err(DriverError::Threw(_))) {
        page.close().await;
    }
    Ok(outcome?.ns)
}

/// The input is there before the page is slowed down: only what a contender needs counts.
async fn load<T: DeserializeOwned>(
    page: &dyn Page,
    group: &PreparedGroup,
    start: &TrialSpec,
    speed: PageSpeed,
    call_timeout: Duration,
) -> Result<T, DriverError> {
    page.trial::<FetchReport>(&TrialSpec::Input { input: group.input_url.clone() }, LOADING).await?;
    if speed == PageSpeed::Emulated {
        // What cannot be slowed down was refused in the plan.
        if let Some(asked) = page.slow_down() {
            asked.await?;
        }
    }
    // A contender whose answer is checked is called twice.
    let calls = if speed == PageSpeed::Full { 2 } else { 1 };
    page.trial(start, LOADING + calls * call_timeout).await
}

/// A driver's error as a failure. What the browser lacks, and the death of the browser, have separate stages.
#[must_use]
pub fn failure(error: &DriverError, stage: Stage) -> Failure {
    let stage = match error {
        DriverError::Unavailable(_) => Stage::Available,
        DriverError::Gone(_) | DriverError::OtherVersion { .. } => Stage::Runtime,
        DriverError::Threw(_) | DriverError::TimedOut(_) => stage,
    };
    Failure { stage, reason: error.to_string() }
}
