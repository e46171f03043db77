//! One group in one block: starts, warm-up and interleaved rounds of all its contenders.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crossover_reports::run::{Batch, BlockMemory, Failure, Memory, RowOutcome, Sample, Samples, Stage};

use super::memory;
use super::setting::{Broken, Setting};
use super::starts::{self, Opened, StartedContender};
use super::trial::{failure, start};
use super::warm_up::{self, Next, Patience};
use crate::plan::{Rounds, SAMPLE, is_known};
use crate::prepare::PreparedGroup;
use crate::protocol::{BatchesReport, Compile, Part, ProbeReport, TrialSpec};
use crate::runtime::{DriverError, HeldPages, Page};

/// A sample is at least as long as [`SAMPLE`], and at least this many steps of the clock.
const SAMPLE_QUANTA: f64 = 200.0;
/// A sample of fewer steps of the clock is rejected.
const FEWEST_QUANTA: f64 = 100.0;
/// A sentinel of fewer steps of the clock shows the clock, not the machine.
const FEWEST_SENTINEL_QUANTA: f64 = 20.0;
/// If crossing is less than this part of a call, the call is not split, and the resident job is not timed.
const WORTH_SPLITTING: f64 = 0.01;

/// A contender in its page.
struct Runner {
    contender: usize,
    /// The page's origin: what the browser keeps for it is kept for the pages that are opened there later.
    origin: String,
    page: Box<dyn Page>,
    /// Calls per sample of each part.
    calls: BTreeMap<Part, u32>,
    /// About the time of a sample of all parts.
    round_ns: f64,
    outcome: Result<Samples, Failure>,
}

/// Measures every live contender of the group once.
///
/// # Errors
/// When the browser cannot be used any more; nothing of this attempt is kept then.
pub async fn measure(setting: &Setting<'_>, prepared: &PreparedGroup) -> Result<Vec<(usize, RowOutcome)>, Broken> {
    let live = prepared.live();
    let (mut runners, mut failed) = (Vec::new(), Vec::new());
    for opened in starts::open_fresh(setting, &live).await? {
        let contender = opened.contender;
        match load(setting, prepared, opened).await? {
            Ok(runner) => runners.push(runner),
            Err(failure) => failed.push((contender, RowOutcome::Failure(failure))),
        }
    }
    // In the order in which they were loaded, which differs from block to block, so that none is always the one that has
    // waited longest when the rounds begin.
    for runner in &mut runners {
        runner.warm_up(setting).await?;
    }
    runners.sort_by_key(|runner| runner.contender);
    let round_ns: f64 = runners.iter().map(|runner| runner.round_ns).sum();
    let rounds = Rounds::of(setting.plan.block_budget(setting.group), Duration::from_nanos(round_ns as u64));
    let held = setting.browser.hold_pages_to_one_core();
    let (began, mut round) = (Instant::now(), 0);
    while rounds.go_on(round, began.elapsed(), || are_known(&runners, setting, prepared.baseline)) {
        for at in setting.order(round, runners.len()) {
            runners[at].round(setting, &held, round).await?;
        }
        round += 1;
    }
    if setting.plan.block_budget(setting.group).is_more_than_calls() {
        read_memory(setting, prepared, &mut runners).await?;
    }
    let mut measured = Vec::new();
    for runner in runners {
        runner.page.close().await;
        measured.push(StartedContender { contender: runner.contender, origin: runner.origin, outcome: runner.outcome });
    }
    if setting.plan.block_budget(setting.group).is_more_than_calls() {
        starts::more(setting, prepared, &mut measured).await?;
        starts::paints(setting, prepared, &mut measured).await?;
    }
    failed.extend(measured.into_iter().map(|StartedContender { contender, outcome, .. }| {
        (contender, outcome.map_or_else(RowOutcome::Failure, |samples| RowOutcome::Samples(Box::new(samples))))
    }));
    Ok(failed)
}

/// What the pages hold now, against one of the same browser without a contender.
async fn read_memory(setting: &Setting<'_>, prepared: &PreparedGroup, runners: &mut [Runner]) -> Result<(), Broken> {
    let (page, empty) = match memory::empty_page(setting.browser, setting.server, prepared).await {
        Ok(found) => found,
        // A browser that does not report it takes nothing from what was timed.
        Err(DriverError::Threw(_)) => return Ok(()),
        Err(error) => return Err(Broken { contender: None, error }),
    };
    page.close().await;
    for runner in runners {
        runner.read_memory(empty).await?;
    }
    Ok(())
}

/// Whether the rounds have settled every candidate, or cannot, as where there is no baseline.
fn are_known(runners: &[Runner], setting: &Setting<'_>, baseline: usize) -> bool {
    let is_baseline = |runner: &&Runner| runner.contender == baseline;
    let Some(Ok(baseline)) = runners.iter().find(is_baseline).map(|runner| &runner.outcome) else { return true };
    let candidates =
        runners.iter().filter(|runner| !is_baseline(runner)).filter_map(|runner| runner.outcome.as_ref().ok());
    let precision = setting.plan.schedule.precision;
    candidates.into_iter().all(|candidate| is_known(&log_ratios(candidate, baseline), precision))
}

/// Of the calls that were timed in the same round.
fn log_ratios(candidate: &Samples, baseline: &Samples) -> Vec<f64> {
    let of = |sample: &Sample| {
        let pair = baseline.call.iter().find(|other| other.round == sample.round)?;
        Some((sample.ns_per_call() / pair.ns_per_call()).ln())
    };
    candidate.call.iter().filter_map(of).collect()
}

impl Setting<'_> {
    /// The order of `count` contenders in one round.
    pub fn order(&self, round: u32, count: usize) -> Vec<usize> {
        self.plan.round_order(self.block, self.group, round, count)
    }
}

/// Loads a contender into its page: its first cold start in this block.
async fn load(
    setting: &Setting<'_>,
    prepared: &PreparedGroup,
    Opened { contender, origin, page }: Opened,
) -> Result<Result<Runner, Failure>, Broken> {
    match start(page, prepared, contender, Compile::Streaming, None, setting.call_timeout).await {
        Ok((page, report)) => {
            let first_ns = report.phases.first_call.unwrap_or(report.phases.total_ns);
            let samples = Samples {
                cold_start: vec![report.phases],
                warm_up: vec![Batch { calls: 1, ns: first_ns }],
                ..Samples::default()
            };
            let calls = report.parts.iter().map(|part| (*part, 1)).collect();
            Ok(Ok(Runner { contender, origin, page, calls, round_ns: 0.0, outcome: Ok(samples) }))
        }
        Err(error @ DriverError::Threw(_)) => Ok(Err(failure(&error, Stage::Measure))),
        Err(error) => Err(Broken { contender: Some(contender), error }),
    }
}

/// How long a sample has to be at least, nanoseconds, where the clock has this step.
fn sample_ns(quantum_ns: f64) -> f64 {
    (SAMPLE.as_nanos() as f64).max(SAMPLE_QUANTA * quantum_ns)
}

impl Runner {
    /// Brings every part to its steady state, and determines how many calls make a sample.
    async fn warm_up(&mut self, setting: &Setting<'_>) -> Result<(), Broken> {
        let probe: Option<ProbeReport> = self.trial(&TrialSpec::Probe, setting.call_timeout).await?;
        let (Some(probe), Ok(samples)) = (probe, &mut self.outcome) else { return Ok(()) };
        samples.timer_quantum_ns = Some(probe.quantum_ns);
        let first = std::mem::take(&mut samples.warm_up);
        let sample_ns = sample_ns(probe.quantum_ns);

        let (mut call_ns, mut crossing_ns) = (0.0, 0.0);
        for part in self.calls.keys().copied().collect::<Vec<_>>() {
            if part == Part::Resident && crossing_ns < WORTH_SPLITTING * call_ns {
                self.calls.remove(&part);
                continue;
            }
            let (start, patience) = match part {
                Part::Call => (first.clone(), Patience::for_calls(setting.plan.block_budget(setting.group))),
                // The parts run the glue and the job that the calls have warmed up.
                Part::CopyIn | Part::CopyOut | Part::Resident => (Vec::new(), Patience::Short),
            };
            let Some(trajectory) = self.warm_up_part(setting, part, start, sample_ns, patience).await? else {
                return Ok(());
            };
            let ns = warm_up::typical_call_ns(&trajectory);
            match part {
                Part::Call => call_ns = ns,
                Part::CopyIn | Part::CopyOut => crossing_ns += ns,
                Part::Resident => {}
            }
            if let (Part::Call, Ok(samples)) = (part, &mut self.outcome) {
                samples.warm_up = trajectory;
            }
        }
        Ok(())
    }

    /// Continues `trajectory` until it is long enough; `None` when the contender threw.
    async fn warm_up_part(
        &mut self,
        setting: &Setting<'_>,
        part: Part,
        mut trajectory: Vec<Batch>,
        sample_ns: f64,
        patience: Patience,
    ) -> Result<Option<Vec<Batch>>, Broken> {
        loop {
            match warm_up::next(&trajectory, sample_ns, patience) {
                Next::Batches { calls, at_least } => {
                    let Some(report) = self.batches(part, calls, at_least, setting.call_timeout).await? else {
                        return Ok(None);
                    };
                    trajectory.extend(report.ns.into_iter().map(|ns| Batch { calls, ns }));
                }
                Next::Done { calls } => {
                    self.calls.insert(part, calls);
                    self.round_ns += warm_up::typical_call_ns(&trajectory) * f64::from(calls);
                    return Ok(Some(trajectory));
                }
            }
        }
    }

    async fn round(&mut self, setting: &Setting<'_>, held: &HeldPages, round: u32) -> Result<(), Broken> {
        for (part, calls) in self.calls.clone() {
            let timeout = setting.call_timeout.max(Duration::from_nanos((self.round_ns * 20.0) as u64));
            let spec = TrialSpec::Batches { part, calls, at_least_ms: 0.0, sentinel: part == Part::Call };
            let before = held.waited_ns();
            let Some(report): Option<BatchesReport> = self.trial(&spec, timeout).await? else { return Ok(()) };
            let waited = held.waited_ns().zip(before).map(|(after, before)| after.saturating_sub(before) as f64);
            let Ok(samples) = &mut self.outcome else { return Ok(()) };
            let quantum_ns = samples.timer_quantum_ns.unwrap_or_default();
            let sentinel = report.sentinel_ns.filter(|ns| *ns >= FEWEST_SENTINEL_QUANTA * quantum_ns);
            samples.sentinel.extend(sentinel.map(|ns| Sample { round, calls: 1, ns }));
            if part == Part::Call {
                samples.waited.extend(waited.map(|ns| Sample { round, calls: 1, ns }));
            }
            let list = match part {
                Part::Call => &mut samples.call,
                Part::CopyIn => &mut samples.boundary_in,
                Part::CopyOut => &mut samples.boundary_out,
                Part::Resident => &mut samples.resident,
            };
            let (fine, short): (Vec<f64>, Vec<f64>) =
                report.ns.into_iter().partition(|ns| *ns >= FEWEST_QUANTA * quantum_ns);
            list.extend(fine.into_iter().map(|ns| Sample { round, calls, ns }));
            // An engine may compile better code after the warm-up, too. Then more calls fill a sample.
            if let Some(ns) = short.into_iter().reduce(f64::min) {
                let more = warm_up::calls_for(sample_ns(quantum_ns), ns / f64::from(calls));
                self.calls.insert(part, more.clamp(calls, calls.saturating_mul(10)));
            }
        }
        Ok(())
    }

    async fn read_memory(&mut self, empty: Memory) -> Result<(), Broken> {
        let Ok(samples) = &mut self.outcome else { return Ok(()) };
        match memory::read(&*self.page).await {
            Ok(end) => samples.memory = Some(BlockMemory { empty, end }),
            Err(DriverError::Threw(_)) => {}
            Err(error) => return Err(Broken { contender: Some(self.contender), error }),
        }
        Ok(())
    }

    async fn batches(
        &mut self,
        part: Part,
        calls: u32,
        at_least: Duration,
        timeout: Duration,
    ) -> Result<Option<BatchesReport>, Broken> {
        let at_least_ms = at_least.as_secs_f64() * 1e3;
        let spec = TrialSpec::Batches { part, calls, at_least_ms, sentinel: false };
        self.trial(&spec, timeout + at_least).await
    }

    /// One trial; `None` when the contender threw, now or before.
    async fn trial<T: serde::de::DeserializeOwned>(
        &mut self,
        spec: &TrialSpec,
        timeout: Duration,
    ) -> Result<Option<T>, Broken> {
        if self.outcome.is_err() {
            return Ok(None);
        }
        match self.page.trial(spec, timeout).await {
            Ok(report) => Ok(Some(report)),
            Err(error @ DriverError::Threw(_)) => {
                self.outcome = Err(failure(&error, Stage::Measure));
                Ok(None)
            }
            Err(error) => Err(Broken { contender: Some(self.contender), error }),
        }
    }
}
