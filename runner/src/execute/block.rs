//! All blocks of a plan: a fresh browser for each, shared by every group that still has something to tell.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crossover_reports::report::Look;
use crossover_reports::run::{self, Cell, Kind, Outcome, Progress, Row};

use super::attempt::measure_group;
use super::cut_short::CutShort;
use super::prepared::{Prepared, PreparedGroup};
use crate::driver::{Browser as _, CHROMIUM, Launcher};
use crate::plan::{Course, FEWEST_BLOCKS, Group, Plan};
use crate::server::Server;

/// What measuring needs beside the plan.
pub struct Bench<'a, L> {
    /// Launches a browser per block.
    pub launcher: &'a L,
    /// Serves the contenders.
    pub server: &'a Server,
    /// The plan.
    pub plan: &'a Plan,
    /// The plan's kernels as the results file has them.
    pub kernels: &'a [run::Kernel],
    /// How long one call may take.
    pub call_timeout: Duration,
    /// What native code does with a group's input, if that is measured, too: asked once beside every block of the group.
    pub native: &'a dyn Fn(&PreparedGroup) -> Option<Outcome>,
}

/// What there is to tell after one block of one group.
pub struct Step<'a> {
    /// Number of the block.
    pub block: u32,
    /// The group.
    pub group: &'a PreparedGroup,
    /// What its comparisons say, where they were looked at, and whether that is enough.
    pub look: Option<(Look, Enough)>,
    /// The longest that the rest can take, judging by what is done.
    pub longest_left: Duration,
}

/// What a look came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enough {
    /// The group is done.
    Yes,
    /// It goes on, if there is a look left and time for it.
    No,
}

/// Rows as they come: kept for the looks, and handed on at once.
pub struct Log<R> {
    record: R,
    rows: BTreeMap<Group, Vec<Row>>,
}

impl<R: FnMut(&[Row]) -> anyhow::Result<()>> Log<R> {
    /// Takes the rows that belong together, in one go.
    pub fn append(&mut self, group: Group, rows: Vec<Row>) -> anyhow::Result<()> {
        (self.record)(&rows)?;
        self.rows.entry(group).or_default().extend(rows);
        Ok(())
    }
}

impl<R> Log<R> {
    fn rows(&self, group: Group) -> &[Row] {
        self.rows.get(&group).map_or(&[], Vec::as_slice)
    }
}

/// Measures everything that is live in `prepared`, each group until a look tells enough of it. `earlier` are rows of a
/// session that was stopped: their blocks are not measured again. `record` gets every row at once; `told` hears of every
/// block of every group.
///
/// # Errors
/// When `record` fails, or the browser is no longer the one that the run began with ([`DriverError::OtherVersion`]):
/// whatever else a contender or a browser does becomes a row.
///
/// [`DriverError::OtherVersion`]: crate::driver::DriverError::OtherVersion
///
/// What the budget was too short for is returned.
pub async fn measure<L: Launcher>(
    bench: &Bench<'_, L>,
    prepared: &mut Prepared,
    earlier: &[Row],
    record: impl FnMut(&[Row]) -> anyhow::Result<()>,
    mut told: impl FnMut(Step<'_>),
) -> anyhow::Result<Option<CutShort>> {
    let rows = prepared.iter().map(|(group, prepared)| (*group, rows_of(prepared, earlier))).collect();
    let mut log = Log { record, rows };
    let blocks = prepared.iter().map(|(group, prepared)| (*group, blocks_of(prepared, earlier)));
    let mut course = Course::new(&bench.plan.schedule, bench.plan.budget, blocks);
    for group in course.looks_due() {
        look(bench, &mut course, &prepared[&group], group, &log);
    }
    let began = Instant::now();
    let mut left_out = Vec::new();
    for block in 0.. {
        course.keep_to_budget(began.elapsed());
        let due = course.due();
        if due.is_empty() {
            break;
        }
        let mut browser = None;
        for group in bench.plan.group_order(block).into_iter().filter(|group| due.contains(group)) {
            let Some(prepared) = prepared.get_mut(&group) else { continue };
            if course.blocks(group) > block {
                continue;
            }
            if prepared.live().is_empty() || !course.has_time(group, began.elapsed()) {
                if !prepared.live().is_empty() && course.blocks(group) < FEWEST_BLOCKS {
                    left_out.push((group, course.blocks(group)));
                }
                course.finish(group);
                continue;
            }
            let started = Instant::now();
            measure_group(bench, &mut browser, prepared, block, group, &mut log).await?;
            if let Some(outcome) = (bench.native)(prepared) {
                let cell = Cell { contender: Kind::Native.name().to_owned(), ..prepared.cell(prepared.baseline) };
                log.append(group, vec![Row { cell, block, conditions: None, outcome }])?;
            }
            course.measured(group, started.elapsed());
            let look = course.looks_due().contains(&group).then(|| look(bench, &mut course, prepared, group, &log));
            told(Step { block, group: prepared, look, longest_left: course.longest_left(began.elapsed()) });
        }
        if let Some(browser) = browser {
            browser.close().await;
        }
    }
    Ok(CutShort::of(left_out, course.least_budget(FEWEST_BLOCKS)))
}

/// Looks at a group, and lets the course know.
fn look<L, R>(
    bench: &Bench<'_, L>,
    course: &mut Course<'_>,
    prepared: &PreparedGroup,
    group: Group,
    log: &Log<R>,
) -> (Look, Enough) {
    let schedule = &bench.plan.schedule;
    let look = Look::at(schedule, &bench.kernels[group.kernel], &prepared.input, CHROMIUM, log.rows(group));
    if look.is_enough(schedule) {
        course.finish(group);
        return (look, Enough::Yes);
    }
    course.go_on(group, look.widest().map_or(0.0, |(_, half_width)| half_width));
    (look, Enough::No)
}

fn rows_of(prepared: &PreparedGroup, rows: &[Row]) -> Vec<Row> {
    let place = prepared.cell(prepared.baseline);
    rows.iter().filter(|row| row.cell.is_beside(&place)).cloned().collect()
}

fn blocks_of(prepared: &PreparedGroup, rows: &[Row]) -> u32 {
    let contenders = prepared.contenders.iter().map(|contender| contender.name.as_str());
    Progress::of(&prepared.cell(prepared.baseline), contenders, rows).blocks
}
