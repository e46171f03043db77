//! One block of one group, whatever happens: a second browser if the first dies or falls silent, a second attempt if the
//! machine was disturbed, and a row for every failure.

use crossover_reports::run::{Conditions, Failure, Row, RowOutcome, Stage};

use super::conditions::{self, Machine};
use super::context::MeasureContext;
use super::group;
use super::log::Log;
use super::setting::{Broken, Setting};
use super::trial::failure;
use crate::plan::Group;
use crate::prepare::PreparedGroup;
use crate::runtime::{Browser, DriverError};

/// How often a disturbed block is measured again, per group and block. If it is still disturbed then, the machine is like
/// that, and the block is used.
const REPEATS: u32 = 1;

/// Measures one block of one group; every live contender gets its row.
///
/// # Errors
/// When a row cannot be recorded, or the browser is not the one that the run began with.
pub async fn measure_group<R: FnMut(&[Row]) -> anyhow::Result<()>>(
    context: &MeasureContext<'_>,
    browser: &mut Option<Box<dyn Browser>>,
    prepared: &mut PreparedGroup,
    block: u32,
    group: Group,
    log: &mut Log<R>,
) -> anyhow::Result<()> {
    // The contender at work when the browser died or fell silent last, if it did. Once may be the machine's fault.
    let mut suspect = None;
    let mut repeats = REPEATS;
    while !prepared.live().is_empty() {
        let (contender, error) = match attempt(context, browser, prepared, block, group).await {
            Ok(attempted) => {
                let again = repeats > 0 && conditions::is_unusable(&attempted.sentinel_ns());
                log.append(group, attempted.rows(prepared, block, again))?;
                if !again {
                    return Ok(());
                }
                repeats -= 1;
                continue;
            }
            Err(Broken { contender, error }) => (contender, error),
        };
        let stage = if matches!(error, DriverError::TimedOut(_)) { Stage::Measure } else { Stage::Runtime };
        let rows = match (contender, &error) {
            (_, DriverError::OtherVersion { .. }) => return Err(error.into()),
            (Some(contender), _) if suspect == Some(Some(contender)) => {
                suspect = None;
                vec![give_up(prepared, contender, block, failure(&error, stage))]
            }
            (contender, _) if suspect.is_none() => {
                suspect = Some(contender);
                Vec::new()
            }
            _ => {
                let lost = RowOutcome::Failure(failure(&error, stage));
                let row = |contender| row(prepared, contender, block, None, lost.clone());
                log.append(group, prepared.live().into_iter().map(row).collect())?;
                return Ok(());
            }
        };
        log.append(group, rows)?;
    }
    Ok(())
}

/// The result of an attempt.
struct Attempted {
    outcomes: Vec<(usize, RowOutcome)>,
    conditions: Conditions,
}

impl Attempted {
    /// The time of the sentinel beside every sample, nanoseconds.
    fn sentinel_ns(&self) -> Vec<f64> {
        let samples = self.outcomes.iter().filter_map(|(_, outcome)| match outcome {
            RowOutcome::Samples(samples) | RowOutcome::Disturbed(samples) => Some(samples),
            RowOutcome::Failure(_) | RowOutcome::Sessions(_) => None,
        });
        samples.flat_map(|samples| samples.sentinel.iter().map(|sample| sample.ns)).collect()
    }

    /// Rows. If the block will be measured `again`, its samples count as disturbed.
    fn rows(self, prepared: &PreparedGroup, block: u32, again: bool) -> Vec<Row> {
        let Self { outcomes, conditions } = self;
        let outcome = |outcome| match outcome {
            RowOutcome::Samples(samples) if again => RowOutcome::Disturbed(samples),
            other => other,
        };
        let rows = outcomes
            .into_iter()
            .map(|(contender, came)| row(prepared, contender, block, Some(conditions.clone()), outcome(came)));
        rows.collect()
    }
}

/// One attempt at a group, with the block's browser or a fresh one. A browser that failed is gone afterwards.
async fn attempt(
    context: &MeasureContext<'_>,
    browser: &mut Option<Box<dyn Browser>>,
    prepared: &PreparedGroup,
    block: u32,
    group: Group,
) -> Result<Attempted, Broken> {
    let running = match browser.take() {
        Some(browser) => browser,
        None => context.launchers[group.stratum].launch().await.map_err(|error| Broken { contender: None, error })?,
    };
    let setting = Setting {
        browser: &*running,
        server: context.server,
        plan: context.plan,
        block,
        group,
        call_timeout: context.call_timeout,
    };
    let machine = running.is_here().then(Machine::now);
    match group::measure(&setting, prepared).await {
        Ok(outcomes) => {
            let machine = machine.map_or_else(Conditions::default, Machine::conditions_since);
            let runtime_version = Some(running.version().to_owned());
            *browser = Some(running);
            Ok(Attempted { outcomes, conditions: Conditions { runtime_version, ..machine } })
        }
        Err(broken) => {
            running.close().await;
            Err(broken)
        }
    }
}

/// Takes a contender out of the run, and returns its row.
fn give_up(prepared: &mut PreparedGroup, contender: usize, block: u32, failure: Failure) -> Row {
    prepared.fail(contender, failure.clone());
    row(prepared, contender, block, None, RowOutcome::Failure(failure))
}

fn row(
    prepared: &PreparedGroup,
    contender: usize,
    block: u32,
    conditions: Option<Conditions>,
    outcome: RowOutcome,
) -> Row {
    Row { cell: prepared.cell(contender), block, conditions, outcome }
}
