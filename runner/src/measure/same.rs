//! Two answers compared by a function of the user's, in a page of its own.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::trial::LOADING;
use crate::answer::Answer;
use crate::protocol::{SameReport, SentAnswer, TrialSpec, UserFunction};
use crate::runtime::{Browser, DriverError};
use crate::server::Server;

/// What differs, in words; `None` where nothing does.
///
/// # Errors
/// What the driver says, and what the function throws.
pub async fn difference(
    browser: &dyn Browser,
    server: &Server,
    by: &UserFunction,
    [expected, got]: [&Answer; 2],
    call_timeout: Duration,
) -> Result<Option<String>, DriverError> {
    let page = browser.open(&server.fresh_origin()).await?;
    let [expected, got] =
        [expected, got].map(|answer| SentAnswer { kind: answer.kind, base64: STANDARD.encode(&answer.bytes) });
    let spec = TrialSpec::Same { by: by.clone(), expected, got };
    let report: Result<SameReport, DriverError> = page.trial(&spec, LOADING + call_timeout).await;
    if matches!(report, Ok(_) | Err(DriverError::Threw(_))) {
        page.close().await;
    }
    Ok(report?.difference)
}
