//! Single trials: opening a page with a contender in it, and what a failed one means.

use std::time::Duration;

use crossover_reports::run::{Failure, Stage};

use super::prepared::PreparedGroup;
use crate::driver::{Browser, DriverError, Page as _};
use crate::protocol::{ColdStartReport, TrialSpec};

/// How long loading may take on top of the first call.
const LOADING: Duration = Duration::from_secs(30);

/// Opens a page at `origin` and starts the contender in it, cold. An answer that was checked before has to come again.
///
/// # Errors
/// What the driver says; a page that was opened is closed again.
pub async fn cold_start<B: Browser>(
    browser: &B,
    origin: &str,
    group: &PreparedGroup,
    contender: usize,
    answer_to: Option<String>,
    call_timeout: Duration,
) -> Result<(B::Page, ColdStartReport), DriverError> {
    let urls = group.contenders[contender].urls.clone().map_err(|failure| DriverError::Threw(failure.reason))?;
    let page = browser.open(origin).await?;
    let spec = TrialSpec::ColdStart { contender: urls, input: group.input_url.clone(), answer_to };
    match page.trial::<ColdStartReport>(&spec, LOADING + call_timeout).await {
        Ok(report) => match &group.contenders[contender].answer_sha256 {
            Some(checked) if *checked != report.answer_sha256 => {
                page.close().await;
                Err(DriverError::Threw("its answer is not the one it gave when it was checked".to_owned()))
            }
            _ => Ok((page, report)),
        },
        Err(error @ DriverError::Threw(_)) => {
            page.close().await;
            Err(error)
        }
        // A page that hangs or is gone can't be closed; it ends with its browser.
        Err(DriverError::TimedOut(_)) => Err(DriverError::TimedOut(call_timeout)),
        Err(error) => Err(error),
    }
}

/// A driver's error as a row: the browser's own end is its own stage.
#[must_use]
pub fn failure(error: &DriverError, stage: Stage) -> Failure {
    let stage = if matches!(error, DriverError::Gone(_)) { Stage::Browser } else { stage };
    Failure { stage, reason: error.to_string() }
}
