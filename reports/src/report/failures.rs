//! Failures: every reason once, with its number of blocks, in the order of the plan.

use std::collections::{HashMap, HashSet};

use super::{FailureRow, planned};
use crate::measurement::Measurements;
use crate::run::{Cell, Failure, Row, RowOutcome, Run, Sessions, Stage, Stopped};

/// All failures of a run: those that the run recorded, and those that only the whole run shows.
pub fn rows(run: &Run, measurements: &Measurements) -> Vec<FailureRow> {
    let mut recorded = recorded(run);
    let mut rows = Vec::new();
    for planned in planned::cells(&run.header) {
        let of_cell = recorded.remove(&planned.cell);
        let measurement = measurements.get(&planned.cell);
        let rejected = measurement.map_or(0, |measurement| measurement.rejected);
        if of_cell.is_none() && measurement.is_none() {
            let reason = match run.truncated {
                true => "the run was stopped before this was measured",
                false if is_left_alone(&planned.cell, run) => LEFT_ALONE,
                false => NOT_REACHED,
            };
            rows.push(row(&planned.cell, Stage::Measure, reason.to_owned(), 0));
        }
        rows.extend(of_cell.unwrap_or_default());
        for reason in measurements.sessions(&planned.cell).into_iter().flat_map(broken_off) {
            rows.push(row(&planned.cell, Stage::Measure, format!("sessions ended early: {reason}"), 0));
        }
        if rejected > 0 {
            let samples = if rejected == 1 { "sample" } else { "samples" };
            let reason = format!("{rejected} {samples} left out: no time of at least one call that a clock can show");
            rows.push(row(&planned.cell, Stage::Measure, reason, 0));
        }
        let uncached = measurement.map_or(0, |measurement| measurement.uncached);
        if uncached > 0 {
            let starts = if uncached == 1 { "start" } else { "starts" };
            let reason = format!("{uncached} warm or hot {starts} left out: the browser had not kept the files");
            rows.push(row(&planned.cell, Stage::Measure, reason, 0));
        }
    }
    rows.extend(strangers(run, recorded, measurements));
    rows
}

/// The reason of a cell without rows, if all contenders that it would be compared with have failed.
const LEFT_ALONE: &str = "was not measured, because nothing was left to compare it with";
/// The reason of other cells without rows.
const NOT_REACHED: &str = "the run ended before this was measured: it was stopped, or its budget was over";

/// Whether all others of the cell's kernel, input and stratum failed before they were timed.
fn is_left_alone(cell: &Cell, run: &Run) -> bool {
    let mut others = run.rows.iter().filter(|row| row.cell.is_beside(cell)).peekable();
    others.peek().is_some() && others.all(Row::is_never_measured)
}

/// Why the sessions of a contender ended early, each reason once.
fn broken_off(sessions: &Sessions) -> Vec<&str> {
    let mut reasons = Vec::new();
    for stopped in sessions.series().filter_map(|series| series.stopped.as_ref()) {
        match stopped {
            Stopped::Failure(reason) if !reasons.contains(&reason.as_str()) => reasons.push(reason),
            Stopped::Failure(_) | Stopped::Time => {}
        }
    }
    reasons
}

fn recorded(run: &Run) -> HashMap<Cell, Vec<FailureRow>> {
    let mut recorded: HashMap<Cell, Vec<FailureRow>> = HashMap::new();
    for Row { cell, outcome, .. } in &run.rows {
        let RowOutcome::Failure(Failure { stage, reason }) = outcome else { continue };
        let rows = recorded.entry(cell.clone()).or_default();
        match rows.iter_mut().find(|row| row.stage == *stage && row.reason == *reason) {
            Some(row) => row.blocks = row.blocks.saturating_add(1),
            None => rows.push(row(cell, *stage, reason.clone(), 1)),
        }
    }
    recorded
}

/// Rows for cells that the header does not have; they have no place in the tables, but are not dropped silently.
fn strangers(run: &Run, recorded: HashMap<Cell, Vec<FailureRow>>, measurements: &Measurements) -> Vec<FailureRow> {
    let known: HashSet<Cell> = planned::cells(&run.header).into_iter().map(|planned| planned.cell).collect();
    let measured: HashSet<&Cell> = measurements.cells().filter(|cell| !known.contains(cell)).collect();
    let measured = measured.into_iter().map(|cell| {
        row(cell, Stage::Measure, "samples left out: the run's header does not name this cell".to_owned(), 0)
    });
    let mut rows: Vec<FailureRow> = recorded.into_values().flatten().chain(measured).collect();
    rows.sort_by(|a, b| {
        (&a.kernel, &a.input, &a.contender, &a.stratum, &a.reason).cmp(&(
            &b.kernel,
            &b.input,
            &b.contender,
            &b.stratum,
            &b.reason,
        ))
    });
    rows
}

fn row(cell: &Cell, stage: Stage, reason: String, blocks: u32) -> FailureRow {
    let Cell { kernel, input, contender, stratum } = cell.clone();
    FailureRow { kernel, input, contender, stratum, stage, reason, blocks }
}
