//! All blocks of a plan. In each block the strata take turns; a stratum's unfinished groups share one fresh process.

use std::time::{Duration, Instant};

use crossover_reports::report::Look;
use crossover_reports::run::{Progress, Row};

use super::attempt::measure_group;
use super::context::MeasureContext;
use super::cut_short::CutShort;
use super::log::Log;
use crate::plan::{FEWEST_BLOCKS, Group, Scheduler};
use crate::prepare::{Prepared, PreparedGroup};

/// Progress after one block of one group.
pub struct BlockProgress<'a> {
    /// Number of the block.
    pub block: u32,
    /// The group.
    pub group: &'a PreparedGroup,
    /// The look at its comparisons and whether that is enough, where the block ends with a look.
    pub look: Option<(Look, Enough)>,
    /// The longest time that the rest can take, estimated from what is done; `None` while too little is.
    pub longest_left: Option<Duration>,
}

/// The result of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enough {
    /// The group is done.
    Yes,
    /// It goes on, if there is a look left and time for it.
    No,
}

/// Measures everything that is live in `prepared`, each group until a look has found enough. `earlier` are rows of a
/// run that was stopped: their blocks are not measured again. `record` gets every row at once; `progress` is called
/// after every block of every group. Returns what the budget was too short for.
///
/// # Errors
/// When `record` fails, or a runtime is no longer the one that the run began with ([`DriverError::OtherVersion`]):
/// whatever else a contender or a runtime does becomes a row.
///
/// [`DriverError::OtherVersion`]: crate::runtime::DriverError::OtherVersion
pub async fn measure(
    context: &MeasureContext<'_>,
    prepared: &mut Prepared,
    earlier: &[Row],
    record: impl FnMut(&[Row]) -> anyhow::Result<()>,
    mut progress: impl FnMut(BlockProgress<'_>),
) -> anyhow::Result<Option<CutShort>> {
    let rows = prepared.iter().map(|(group, prepared)| (*group, rows_of(prepared, earlier))).collect();
    let mut log = Log::new(record, rows);
    let strata = 0..context.plan.strata.len();
    let mut lanes: Vec<Lane<'_>> = strata.map(|stratum| Lane::new(context, stratum, prepared, earlier)).collect();
    for lane in &mut lanes {
        for group in lane.scheduler.looks_due() {
            lane.look(context, &prepared[&group], group, &log);
        }
    }
    for block in 0.. {
        let mut is_done = true;
        for stratum in context.plan.strata_order(block) {
            let others = lanes.iter().enumerate().filter(|(other, _)| *other != stratum);
            let left = |(_, lane): (usize, &Lane<'_>)| lane.scheduler.longest_left(context.most_blocks, lane.spent);
            let others: Option<Duration> = others.map(left).sum();
            let mut progress = |step: BlockProgress<'_>| {
                let longest_left = step.longest_left.zip(others).map(|(own, others)| own + others);
                progress(BlockProgress { longest_left, ..step });
            };
            is_done &= lanes[stratum].block(context, block, prepared, &mut log, &mut progress).await?;
        }
        if is_done {
            break;
        }
    }
    let needed = lanes.iter().map(|lane| lane.scheduler.least_budget(FEWEST_BLOCKS)).max().unwrap_or_default();
    let all = needed * u32::try_from(lanes.len()).unwrap_or(u32::MAX);
    Ok(CutShort::of(lanes.into_iter().flat_map(|lane| lane.left_out).collect(), all))
}

/// How far a run is in one stratum. Results and times of one stratum do not affect the others.
struct Lane<'a> {
    stratum: usize,
    scheduler: Scheduler<'a>,
    /// Time that its part of the blocks took so far.
    spent: Duration,
    /// Groups that the budget was too short for, with the blocks that they have.
    left_out: Vec<(Group, u32)>,
}

impl<'a> Lane<'a> {
    /// At the start, with an equal share of the budget.
    fn new(context: &MeasureContext<'a>, stratum: usize, prepared: &Prepared, earlier: &[Row]) -> Self {
        let plan = context.plan;
        let budget = plan.budget.map(|budget| budget / u32::try_from(plan.strata.len()).unwrap_or(u32::MAX));
        let own = prepared.iter().filter(|(group, _)| group.stratum == stratum);
        let blocks = own.map(|(group, prepared)| (*group, blocks_of(prepared, earlier)));
        let scheduler = Scheduler::new(&plan.schedule, budget, blocks);
        Self { stratum, scheduler, spent: Duration::ZERO, left_out: Vec::new() }
    }

    /// Measures the stratum's part of a block. Returns whether nothing was left to measure.
    async fn block<R: FnMut(&[Row]) -> anyhow::Result<()>>(
        &mut self,
        context: &MeasureContext<'_>,
        block: u32,
        prepared: &mut Prepared,
        log: &mut Log<R>,
        progress: &mut dyn FnMut(BlockProgress<'_>),
    ) -> anyhow::Result<bool> {
        self.scheduler.keep_to_budget(self.spent);
        let due = self.scheduler.due();
        let (began, before) = (Instant::now(), self.spent);
        let spent = || before + began.elapsed();
        let mut browser = None;
        for group in context.plan.group_order(block, self.stratum).into_iter().filter(|group| due.contains(group)) {
            let Some(prepared) = prepared.get_mut(&group) else { continue };
            if self.scheduler.blocks(group) > block {
                continue;
            }
            if prepared.live().is_empty() || !self.scheduler.has_time(group, spent()) {
                if !prepared.live().is_empty() && self.scheduler.blocks(group) < FEWEST_BLOCKS {
                    self.left_out.push((group, self.scheduler.blocks(group)));
                }
                self.scheduler.finish(group);
                continue;
            }
            let started = Instant::now();
            measure_group(context, &mut browser, prepared, block, group, log).await?;
            if let Some(native) = context.native
                && let Some(row) = native.beside(prepared).await
            {
                log.append(group, vec![Row { block, ..row }])?;
            }
            self.scheduler.measured(group, started.elapsed());
            let look = self.scheduler.looks_due().contains(&group).then(|| self.look(context, prepared, group, log));
            progress(BlockProgress {
                block,
                group: prepared,
                look,
                longest_left: self.scheduler.longest_left(context.most_blocks, spent()),
            });
        }
        if let Some(browser) = browser {
            browser.close().await;
        }
        self.spent = spent();
        Ok(due.is_empty())
    }

    /// Looks at a group, and passes the result to the scheduler.
    fn look<R: FnMut(&[Row]) -> anyhow::Result<()>>(
        &mut self,
        context: &MeasureContext<'_>,
        prepared: &PreparedGroup,
        group: Group,
        log: &Log<R>,
    ) -> (Look, Enough) {
        let (schedule, kernel) = (&context.plan.schedule, &context.kernels[group.kernel]);
        let look = Look::at(schedule, kernel, &prepared.input, &prepared.stratum, log.rows(group));
        if look.is_enough(schedule) {
            self.scheduler.finish(group);
            return (look, Enough::Yes);
        }
        self.scheduler.go_on(group, look.widest().map_or(0.0, |(_, half_width)| half_width));
        (look, Enough::No)
    }
}

fn rows_of(prepared: &PreparedGroup, rows: &[Row]) -> Vec<Row> {
    let place = prepared.cell(prepared.baseline);
    rows.iter().filter(|row| row.cell.is_beside(&place)).cloned().collect()
}

fn blocks_of(prepared: &PreparedGroup, rows: &[Row]) -> u32 {
    let contenders = prepared.contenders.iter().map(|contender| contender.name.as_str());
    Progress::of(&prepared.cell(prepared.baseline), contenders, rows).blocks
}
