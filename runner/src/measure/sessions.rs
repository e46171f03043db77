//! Sessions of contenders, one after another and several at once, in pages of their own: how their memory develops.
//! Nothing here is timed, and nothing that a contender does here affects what is timed later.

use std::time::{Duration, Instant};

use crossover_reports::run::{Memory, MemoryReadings, Row, RowOutcome, Sessions, Stopped};

use super::context::MeasureContext;
use super::memory;
use super::trial::LOADING;
use crate::plan::Group;
use crate::prepare::{Prepared, PreparedGroup};
use crate::protocol::{ContenderUrls, InstanceReport, SessionEnd, TrialSpec};
use crate::runtime::{Browser, DriverError};

/// How long the sessions in one page may take.
const TIME: Duration = Duration::from_secs(20);
/// Simultaneous instances in one page.
const AT_ONCE: u32 = 8;

/// A contender whose sessions are about to be watched.
pub struct Watched<'a> {
    /// Its group.
    pub group: &'a PreparedGroup,
    /// Its index in the group.
    pub contender: usize,
    /// Which one of all that are watched, from 1.
    pub number: usize,
    /// How many are watched.
    pub of: usize,
}

/// Watches the sessions of every live contender on its kernel's smallest input, in the plan's order. Those of which
/// `earlier` has a row are not watched again. `record` gets every row at once.
///
/// # Errors
/// When `record` fails, or the browser is no longer the one that the run began with: whatever else a contender or a
/// browser does becomes a row.
pub async fn sessions(
    context: &MeasureContext<'_>,
    prepared: &Prepared,
    earlier: &[Row],
    mut record: impl FnMut(&[Row]) -> anyhow::Result<()>,
    mut progress: impl FnMut(Watched<'_>),
) -> anyhow::Result<()> {
    let is_known = |group: &PreparedGroup, contender| {
        let cell = group.cell(contender);
        earlier.iter().any(|row| row.is_of_sessions() && row.cell == cell)
    };
    let groups = groups(context).into_iter().filter_map(|group| Some((group, prepared.get(&group)?)));
    let due: Vec<_> = groups
        .flat_map(|(at, group)| group.live().into_iter().map(move |contender| (at.stratum, group, contender)))
        .filter(|(_, group, contender)| !is_known(group, *contender))
        .collect();
    let (of, mut number) = (due.len(), 0);
    for of_stratum in due.chunk_by(|a, b| a.0 == b.0) {
        let mut watch = Watch { context, stratum: of_stratum[0].0, browser: None };
        for (_, group, contender) in of_stratum {
            number += 1;
            progress(Watched { group, contender: *contender, number, of });
            let Ok(urls) = &group.contenders[*contender].urls else { continue };
            let outcome = RowOutcome::Sessions(Box::new(watch.contender(group, urls).await?));
            record(&[Row { cell: group.cell(*contender), block: 0, conditions: None, outcome }])?;
        }
        if let Some(browser) = watch.browser {
            browser.close().await;
        }
    }
    Ok(())
}

/// Every kernel with its smallest input, in every stratum, except inputs that only model the boundary.
fn groups(context: &MeasureContext<'_>) -> Vec<Group> {
    if context.plan.schedule.sessions == 0 {
        return Vec::new();
    }
    let smallest = |stratum: usize, (at, kernel): (usize, &crossover_reports::run::Kernel)| {
        let groups = (0..kernel.inputs.len()).map(|input| Group { stratum, kernel: at, input });
        let eligible = groups.filter(|group| context.plan.block_budget(*group).is_more_than_calls());
        eligible.min_by_key(|group| kernel.inputs[group.input].bytes)
    };
    let of_stratum = |stratum| context.kernels.iter().enumerate().filter_map(move |kernel| smallest(stratum, kernel));
    (0..context.plan.strata.len()).flat_map(of_stratum).collect()
}

/// How the sessions in one page follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SessionOrder {
    /// In one instance.
    OneByOne(SessionEnd),
    /// Each in an instance of its own.
    AtOnce,
}

impl SessionOrder {
    /// Whether the session with this number, from 1, has an instance of its own.
    fn has_own_instance(self, session: u32) -> bool {
        match self {
            Self::OneByOne(_) => session == 1,
            Self::AtOnce => true,
        }
    }

    fn end(self) -> SessionEnd {
        match self {
            Self::OneByOne(end) => end,
            Self::AtOnce => SessionEnd::Kept,
        }
    }
}

struct Watch<'a> {
    context: &'a MeasureContext<'a>,
    stratum: usize,
    /// `None` before the first launch, and after a browser that cannot be used any more.
    browser: Option<Box<dyn Browser>>,
}

impl Watch<'_> {
    async fn contender(&mut self, group: &PreparedGroup, urls: &ContenderUrls) -> Result<Sessions, DriverError> {
        let count = self.context.plan.schedule.sessions;
        let (kept, releases) = self.series(group, urls, SessionOrder::OneByOne(SessionEnd::Kept), count).await?;
        let released = match releases {
            true => Some(self.series(group, urls, SessionOrder::OneByOne(SessionEnd::Released), count).await?.0),
            false => None,
        };
        let (at_once, _) = self.series(group, urls, SessionOrder::AtOnce, AT_ONCE).await?;
        Ok(Sessions { kept, released, at_once })
    }

    /// Runs sessions in a fresh page, as far as they get. Returns also whether the contender can release one.
    async fn series(
        &mut self,
        group: &PreparedGroup,
        urls: &ContenderUrls,
        way: SessionOrder,
        count: u32,
    ) -> Result<(MemoryReadings, bool), DriverError> {
        let mut page = SessionPage { group, urls, memory: Vec::new(), releases: false };
        let stopped = match self.watch(&mut page, way, count).await {
            Ok(()) if page.memory.len() as u64 > u64::from(count) => None,
            Ok(()) => Some(Stopped::Time),
            Err(error @ DriverError::OtherVersion { .. }) => return Err(error),
            Err(error) => Some(Stopped::Failure(error.to_string())),
        };
        Ok((MemoryReadings { memory: page.memory, stopped }, page.releases))
    }

    async fn watch(&mut self, page: &mut SessionPage<'_>, way: SessionOrder, count: u32) -> Result<(), DriverError> {
        let browser = match self.browser.take() {
            Some(browser) => browser,
            None => self.context.launchers[self.stratum].launch().await?,
        };
        let watched = page.watch(&*browser, self.context, way, count).await;
        match watched {
            Ok(()) | Err(DriverError::Threw(_) | DriverError::Unavailable(_)) => self.browser = Some(browser),
            // A browser with a page that hangs or is gone cannot be used any more.
            Err(DriverError::TimedOut(_) | DriverError::Gone(_) | DriverError::OtherVersion { .. }) => {
                browser.close().await
            }
        }
        watched
    }
}

/// What is known of a page so far.
struct SessionPage<'a> {
    group: &'a PreparedGroup,
    urls: &'a ContenderUrls,
    memory: Vec<Memory>,
    releases: bool,
}

impl SessionPage<'_> {
    /// Runs up to `count` sessions; fewer when their time is over.
    async fn watch(
        &mut self,
        browser: &dyn Browser,
        context: &MeasureContext<'_>,
        way: SessionOrder,
        count: u32,
    ) -> Result<(), DriverError> {
        let (page, empty) = memory::empty_page(browser, context.server, self.group).await?;
        self.memory.push(empty);
        let (began, timeout) = (Instant::now(), LOADING + context.call_timeout);
        for session in (1..=count).take_while(|_| began.elapsed() < TIME) {
            if way.has_own_instance(session) {
                let instance = TrialSpec::Instance { contender: self.urls.clone(), number: session };
                let InstanceReport { releases } = page.trial(&instance, timeout).await?;
                self.releases = releases;
            }
            let linear = page.trial(&TrialSpec::Session { end: way.end() }, timeout).await?;
            self.memory.push(memory::beside(&*page, linear).await?);
        }
        page.close().await;
        Ok(())
    }
}
