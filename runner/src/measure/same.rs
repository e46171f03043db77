//! Two answers compared by a function of the user's, in a page of its own.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::trial::LOADING;
use crate::answer::Answer;
use crate::protocol::{FetchReport, InputUrl, SameReport, SentAnswer, TrialSpec, UserFunction};
use crate::runtime::{Browser, DriverError, Page};
use crate::server::Server;

/// What differs, in words; `None` where nothing does. `input` is what they are answers to.
///
/// # Errors
/// What the driver says, and what the function throws.
pub async fn difference(
    browser: &dyn Browser,
    server: &Server,
    by: &UserFunction,
    input: &InputUrl,
    answers: [&Answer; 2],
    call_timeout: Duration,
) -> Result<Option<String>, DriverError> {
    let page = browser.open(&server.fresh_origin()).await?;
    let report = compared(&*page, by, input, answers, call_timeout).await;
    if matches!(report, Ok(_) | Err(DriverError::Threw(_))) {
        page.close().await;
    }
    Ok(report?.difference)
}

async fn compared(
    page: &dyn Page,
    by: &UserFunction,
    input: &InputUrl,
    answers: [&Answer; 2],
    call_timeout: Duration,
) -> Result<SameReport, DriverError> {
    if by.gets_input {
        page.trial::<FetchReport>(&TrialSpec::Input { input: input.clone() }, LOADING).await?;
    }
    let [expected, got] =
        answers.map(|answer| SentAnswer { kind: answer.kind, base64: STANDARD.encode(&answer.bytes) });
    page.trial(&TrialSpec::Same { by: by.clone(), expected, got }, LOADING + call_timeout).await
}
