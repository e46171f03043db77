//! All blocks of a plan: a fresh browser for each, a second one where the first dies, and a row for whatever fails.

use std::time::Duration;

use crossover_reports::run::{Block, Failure, Outcome, Stage};

use super::group::{self, Broken, Setting};
use super::prepared::{Prepared, PreparedGroup};
use super::trial::failure;
use crate::driver::{Browser as _, DriverError, Launcher};
use crate::plan::{Group, Plan};
use crate::server::Server;

/// What measuring needs beside the plan.
pub struct Bench<'a, L> {
    /// Launches a browser per block.
    pub launcher: &'a L,
    /// Serves the contenders.
    pub server: &'a Server,
    /// The plan.
    pub plan: &'a Plan,
    /// How long one call may take.
    pub call_timeout: Duration,
}

/// Measures everything that is live in `prepared`. `record` gets every row at once; `done` hears of every group.
///
/// # Errors
/// Only when `record` fails: whatever a contender or a browser does becomes a row.
pub async fn measure<L: Launcher>(
    bench: &Bench<'_, L>,
    prepared: &mut Prepared,
    record: &mut impl FnMut(Block) -> anyhow::Result<()>,
    mut done: impl FnMut(u32, &PreparedGroup),
) -> anyhow::Result<()> {
    for block in 0..bench.plan.schedule.most_blocks() {
        let mut browser = None;
        for group in bench.plan.group_order(block) {
            let Some(prepared) = prepared.get_mut(&group) else { continue };
            measure_group(bench, &mut browser, prepared, block, group, record).await?;
            done(block, prepared);
        }
        if let Some(browser) = browser {
            browser.close().await;
        }
    }
    Ok(())
}

async fn measure_group<L: Launcher>(
    bench: &Bench<'_, L>,
    browser: &mut Option<L::Browser>,
    prepared: &mut PreparedGroup,
    block: u32,
    group: Group,
    record: &mut impl FnMut(Block) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    // The contender at work when the browser died last, if it did.
    let mut suspect = None;
    while !prepared.live().is_empty() {
        let error = match attempt(bench, browser, prepared, block, group).await {
            Ok(outcomes) => {
                for (contender, outcome) in outcomes {
                    record(Block { cell: prepared.cell(contender), block, outcome })?;
                }
                return Ok(());
            }
            Err(Broken { contender, error }) => (contender, error),
        };
        match error {
            // It would hang in every block, and is known to be at fault: the others go on without it.
            (Some(contender), error @ DriverError::TimedOut(_)) => {
                give_up(prepared, contender, block, failure(&error, Stage::Measure), record)?;
            }
            (Some(contender), error) if suspect == Some(Some(contender)) => {
                give_up(prepared, contender, block, failure(&error, Stage::Browser), record)?;
                suspect = None;
            }
            (contender, _) if suspect.is_none() => suspect = Some(contender),
            (_, error) => {
                for contender in prepared.live() {
                    let outcome = Outcome::Failure(failure(&error, Stage::Browser));
                    record(Block { cell: prepared.cell(contender), block, outcome })?;
                }
                return Ok(());
            }
        }
    }
    Ok(())
}

/// One attempt at a group, with the block's browser or a fresh one. A browser that failed is gone afterwards.
async fn attempt<L: Launcher>(
    bench: &Bench<'_, L>,
    browser: &mut Option<L::Browser>,
    prepared: &PreparedGroup,
    block: u32,
    group: Group,
) -> Result<Vec<(usize, Outcome)>, Broken> {
    let running = match browser.take() {
        Some(browser) => browser,
        None => bench.launcher.launch().await.map_err(|error| Broken { contender: None, error })?,
    };
    let setting = Setting {
        browser: &running,
        server: bench.server,
        plan: bench.plan,
        block,
        group,
        call_timeout: bench.call_timeout,
    };
    let outcome = group::measure(&setting, prepared).await;
    match outcome {
        Ok(_) => *browser = Some(running),
        Err(_) => running.close().await,
    }
    outcome
}

/// Takes a contender out for good, with its row.
fn give_up(
    prepared: &mut PreparedGroup,
    contender: usize,
    block: u32,
    failure: Failure,
    record: &mut impl FnMut(Block) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let cell = prepared.cell(contender);
    prepared.fail(contender, failure.clone());
    record(Block { cell, block, outcome: Outcome::Failure(failure) })
}
