//! Records where the time of one contender goes, alone in its page: warm, and as it starts.

use std::time::Duration;

use crossover_reports::run::Batch;

use super::trial::start;
use super::warm_up::{self, Next, Patience};
use crate::prepare::PreparedGroup;
use crate::protocol::{BatchesReport, Compile, Part, Timeline, TrialSpec};
use crate::runtime::{Browser, DriverError, Page, Recorded};
use crate::server::Server;

/// Interval of the samples of a warm contender.
pub const STEADY_INTERVAL: Duration = Duration::from_micros(200);
/// Interval of the samples of a start, which is much shorter.
pub const COLD_INTERVAL: Duration = Duration::from_micros(100);

/// Length of a batch, nanoseconds: much longer than reading the clock.
const SAMPLE_NS: f64 = 5e6;
/// Starts of a contender, each in a fresh page.
const FEWEST_STARTS: usize = 3;
const MOST_STARTS: usize = 20;

/// Where and how long to record.
pub struct ProfileRecording<'a> {
    /// The browser.
    pub browser: &'a dyn Browser,
    /// Serves its pages.
    pub server: &'a Server,
    /// How long to record.
    pub length: Duration,
    /// How long a call may take.
    pub call_timeout: Duration,
}

/// A recording of calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Steady {
    /// What was recorded.
    pub recorded: Recorded,
    /// How many calls.
    pub calls: u64,
}

/// A recording of one start.
#[derive(Debug, Clone, PartialEq)]
pub struct Cold {
    /// What was recorded.
    pub recorded: Recorded,
    /// When its phases ended.
    pub timeline: Timeline,
}

impl ProfileRecording<'_> {
    /// Records calls of a contender, once its time per call has settled.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn steady(&self, group: &PreparedGroup, contender: usize) -> Result<Steady, DriverError> {
        let page = self.browser.open(&self.server.fresh_origin()).await?;
        // Engines keep lines and inlined functions of optimised code only while a profiler runs.
        begin(&*page, STEADY_INTERVAL).await?;
        let (page, report) = start(page, group, contender, Compile::Streaming, None, self.call_timeout).await?;
        let mut trajectory = vec![Batch { calls: 1, ns: report.phases.first_call.unwrap_or(SAMPLE_NS) }];
        let calls = loop {
            match warm_up::next(&trajectory, SAMPLE_NS, Patience::Steady) {
                Next::Done { calls } => break calls,
                Next::Batches { calls, at_least } => {
                    let batches = self.batches(&*page, calls, at_least).await?;
                    trajectory.extend(batches.ns.into_iter().map(|ns| Batch { calls, ns }));
                }
            }
        };
        end(&*page).await?;
        begin(&*page, STEADY_INTERVAL).await?;
        let batches = self.batches(&*page, calls, self.length).await?;
        let recorded = end(&*page).await?;
        page.close().await;
        Ok(Steady { recorded, calls: batches.ns.len() as u64 * u64::from(calls) })
    }

    async fn batches(&self, page: &dyn Page, calls: u32, at_least: Duration) -> Result<BatchesReport, DriverError> {
        let at_least_ms = at_least.as_secs_f64() * 1e3;
        let spec = TrialSpec::Batches { part: Part::Call, calls, at_least_ms, sentinel: false };
        page.trial(&spec, self.call_timeout + at_least * 2).await
    }

    /// Records as many starts of a contender as fill the time, each in a page without caches.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn cold(&self, group: &PreparedGroup, contender: usize) -> Result<Vec<Cold>, DriverError> {
        let (mut starts, mut spent_ms) = (Vec::new(), 0.0);
        while starts.len() < FEWEST_STARTS || starts.len() < MOST_STARTS && spent_ms < self.length.as_secs_f64() * 1e3 {
            let page = self.browser.open(&self.server.fresh_origin()).await?;
            begin(&*page, COLD_INTERVAL).await?;
            let (page, report) = start(page, group, contender, Compile::Streaming, None, self.call_timeout).await?;
            let recorded = end(&*page).await?;
            page.close().await;
            spent_ms += report.phases.total_ns / 1e6;
            starts.push(Cold { recorded, timeline: report.timeline });
        }
        Ok(starts)
    }
}

/// Begins to sample.
async fn begin(page: &dyn Page, interval: Duration) -> Result<(), DriverError> {
    page.record(interval).ok_or_else(no_profiler)?.await
}

/// Ends it.
async fn end(page: &dyn Page) -> Result<Recorded, DriverError> {
    page.recorded().ok_or_else(no_profiler)?.await
}

fn no_profiler() -> DriverError {
    DriverError::Unavailable("profiler".to_owned())
}
