//! Single trials: starting a contender in a page, and what a failed trial means.

use std::time::Duration;

use crossover_reports::run::{Failure, Stage};

use super::prepared::PreparedGroup;
use crate::driver::{DriverError, Page};
use crate::protocol::{ColdStartReport, TrialSpec};

/// How long loading may take on top of the first call.
const LOADING: Duration = Duration::from_secs(30);

/// Starts the contender in a fresh page, cold. An answer that was checked before has to come again.
///
/// # Errors
/// What the driver says; the page is closed then, if it still answers.
pub async fn cold_start<P: Page>(
    page: P,
    group: &PreparedGroup,
    contender: usize,
    answer_to: Option<String>,
    call_timeout: Duration,
) -> Result<(P, ColdStartReport), DriverError> {
    let outcome = match &group.contenders[contender].urls {
        Ok(urls) => {
            let input = group.input_url.clone();
            let spec = TrialSpec::ColdStart { contender: urls.clone(), input, answer_to };
            page.trial::<ColdStartReport>(&spec, LOADING + call_timeout).await
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
