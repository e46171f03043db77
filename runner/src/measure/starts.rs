//! Opens a block's pages, and measures its further starts: cold ones, and those of a returning visitor.

use crossover_reports::run::{Failure, FirstPaint, Samples, Stage, State};
use futures_util::future::try_join_all;

use super::setting::{Broken, Setting};
use super::trial::{failure, fetch, first_paint, start};
use crate::plan::COLD_ROUND;
use crate::prepare::PreparedGroup;
use crate::protocol::{Compile, ContenderUrls};
use crate::runtime::{DriverError, Page};

/// All states but the cold one.
const OTHER_STATES: u32 = 3;

/// A page that has loaded no contender yet.
pub struct Opened {
    /// The contender that it is for.
    pub contender: usize,
    /// Where it is.
    pub origin: String,
    /// The page.
    pub page: Box<dyn Page>,
}

/// A contender whose page is closed.
pub struct StartedContender {
    /// Its index in the group.
    pub contender: usize,
    /// The origin of its page.
    pub origin: String,
    /// What was measured there, or why it was not.
    pub outcome: Result<Samples, Failure>,
}

/// A page of a fresh origin for each contender, for the first start of the block.
///
/// # Errors
/// When the browser cannot be used any more.
pub async fn open_fresh(setting: &Setting<'_>, contenders: &[usize]) -> Result<Vec<Opened>, Broken> {
    let fresh = contenders.iter().map(|contender| (*contender, setting.server.fresh_origin()));
    open(setting, COLD_ROUND, &fresh.collect::<Vec<_>>()).await
}

/// Measures the plan's further starts, and adds them to the samples.
///
/// # Errors
/// When the browser cannot be used any more.
pub async fn more(
    setting: &Setting<'_>,
    prepared: &PreparedGroup,
    measured: &mut [StartedContender],
) -> Result<(), Broken> {
    let schedule = &setting.plan.schedule;
    let others = State::ALL.into_iter().filter(|state| *state != State::Cold);
    let repeats = setting.plan.other_starts(setting.group);
    let others = others.flat_map(|state| (0..repeats).map(move |_| state));
    let states = (1..schedule.cold_starts).map(|_| State::Cold).chain(others);
    for (state, round) in states.zip(COLD_ROUND + 1..) {
        let mut places = Vec::new();
        for one in measured.iter_mut().filter(|one| is_due(prepared, one, state)) {
            let place = place(setting, prepared, one, state).await;
            if let Some(origin) = unless_thrown(place, one)? {
                places.push((one.contender, origin));
            }
        }
        for Opened { contender, page, .. } in open(setting, round, &places).await? {
            let Some(one) = measured.iter_mut().find(|one| one.contender == contender) else { continue };
            let started = start(page, prepared, contender, compile(state), None, setting.call_timeout).await;
            let Some((page, report)) = unless_thrown(started, one)? else { continue };
            page.close().await;
            if let Ok(samples) = &mut one.outcome {
                samples.starts_mut(state).push(report.phases);
            }
        }
    }
    Ok(())
}

/// Measures first paints that wait for a contender, each beside one that waits for nothing, and adds them to the samples.
///
/// # Errors
/// When the browser cannot be used any more.
pub async fn paints(
    setting: &Setting<'_>,
    prepared: &PreparedGroup,
    measured: &mut [StartedContender],
) -> Result<(), Broken> {
    let repeats = setting.plan.other_starts(setting.group);
    let first_round = COLD_ROUND + setting.plan.schedule.cold_starts + OTHER_STATES * repeats;
    for round in first_round..first_round + repeats {
        for at in setting.order(round, measured.len()) {
            let one = &mut measured[at];
            let Some(urls) = prepared.contenders[one.contender].urls.clone().ok().filter(|_| one.outcome.is_ok())
            else {
                continue;
            };
            let paint = paint(setting, prepared, urls).await;
            if let (Some(paint), Ok(samples)) = (unless_thrown(paint, one)?, &mut one.outcome) {
                samples.first_paint.push(paint);
            }
        }
    }
    Ok(())
}

async fn paint(
    setting: &Setting<'_>,
    prepared: &PreparedGroup,
    contender: ContenderUrls,
) -> Result<FirstPaint, DriverError> {
    let open = async || setting.browser.open(&setting.server.fresh_origin()).await;
    let empty_ns = first_paint(open().await?, prepared, None, setting.call_timeout).await?;
    let ns = first_paint(open().await?, prepared, Some(contender), setting.call_timeout).await?;
    Ok(FirstPaint { ns, empty_ns })
}

/// Whether a contender has a start in this state: it has not failed, and has Wasm if the state concerns Wasm.
fn is_due(prepared: &PreparedGroup, one: &StartedContender, state: State) -> bool {
    let has_wasm = || prepared.contenders[one.contender].urls.as_ref().is_ok_and(|urls| urls.wasm.is_some());
    one.outcome.is_ok() && (state != State::Buffered || has_wasm())
}

fn compile(state: State) -> Compile {
    match state {
        State::Cold | State::Warm | State::Hot => Compile::Streaming,
        State::Buffered => Compile::Buffered,
    }
}

/// The origin whose next page is in this state, after an earlier visit where the state needs one.
async fn place(
    setting: &Setting<'_>,
    prepared: &PreparedGroup,
    one: &StartedContender,
    state: State,
) -> Result<String, DriverError> {
    match state {
        State::Cold | State::Buffered => Ok(setting.server.fresh_origin()),
        State::Warm => {
            let origin = setting.server.fresh_origin();
            fetch(setting.browser.open(&origin).await?, prepared, one.contender).await?;
            Ok(origin)
        }
        State::Hot => {
            // It has run hot there. Engines keep the code of scripts that are loaded a second time.
            let page = setting.browser.open(&one.origin).await?;
            let (page, _) =
                start(page, prepared, one.contender, Compile::Streaming, None, setting.call_timeout).await?;
            page.close().await;
            Ok(one.origin.clone())
        }
    }
}

/// The result; a contender that threw leaves the block with its reason.
fn unless_thrown<T>(came: Result<T, DriverError>, one: &mut StartedContender) -> Result<Option<T>, Broken> {
    match came {
        Ok(value) => Ok(Some(value)),
        Err(error @ DriverError::Threw(_)) => {
            one.outcome = Err(failure(&error, Stage::Measure));
            Ok(None)
        }
        Err(error) => Err(Broken { contender: Some(one.contender), error }),
    }
}

/// Pages at these origins, in the order of `round`. They are opened together, which is quicker, before any of them
/// starts to work.
async fn open(setting: &Setting<'_>, round: u32, places: &[(usize, String)]) -> Result<Vec<Opened>, Broken> {
    let open = |at: usize| async move {
        let (contender, origin) = places[at].clone();
        let page = setting.browser.open(&origin).await;
        let page = page.map_err(|error| Broken { contender: Some(contender), error })?;
        Ok(Opened { contender, origin, page })
    };
    try_join_all(setting.order(round, places.len()).into_iter().map(open)).await
}
