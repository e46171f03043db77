//! What a page holds, from the reports of its engine and its instances. Never read while anything is timed:
//! collecting garbage would disturb it.

use crossover_reports::run::Memory;

use super::trial::LOADING;
use crate::prepare::PreparedGroup;
use crate::protocol::{FetchReport, LinearReport, TrialSpec};
use crate::runtime::{Browser, DriverError, Heap, Page};
use crate::server::Server;

/// Reads what a page holds, its linear memories first.
///
/// # Errors
/// What the driver says.
pub async fn read(page: &dyn Page) -> Result<Memory, DriverError> {
    let report = page.trial(&TrialSpec::Linear, LOADING).await?;
    beside(page, report).await
}

/// What a page holds beside the linear memories that it has reported. Chromium's figures do not include linear
/// memories: its array buffers are all others, which a test checks.
///
/// # Errors
/// What the driver says.
pub async fn beside(page: &dyn Page, LinearReport { linear_bytes }: LinearReport) -> Result<Memory, DriverError> {
    let heap = match page.heap() {
        Some(asked) => Some(asked.await?),
        None => None,
    };
    Ok(Heap::beside(heap, linear_bytes))
}

/// A page that has the group's input and has loaded no contender, and what it holds.
///
/// # Errors
/// What the driver says.
pub async fn empty_page(
    browser: &dyn Browser,
    server: &Server,
    group: &PreparedGroup,
) -> Result<(Box<dyn Page>, Memory), DriverError> {
    let page = browser.open(&server.fresh_origin()).await?;
    page.trial::<FetchReport>(&TrialSpec::Input { input: group.input_url.clone() }, LOADING).await?;
    let memory = read(&*page).await?;
    Ok((page, memory))
}
