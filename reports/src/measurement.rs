//! Samples grouped by cell and block. This is the one place where numbers from a file are checked: everything that
//! leaves this module is finite, positive and of a size that a clock can show. No statistics here.

mod memory;

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeBounds;

use crate::run::{
    self, Batch, BlockMemory, Cell, FirstPaint, RowOutcome, Run, Sample, Samples, Sessions, Start, State,
};

/// Shortest accepted time, nanoseconds: far below one instruction.
const SHORTEST_NS: f64 = 1e-3;
/// Longest accepted time, nanoseconds: eleven days.
const LONGEST_NS: f64 = 1e15;

/// Whether both ends of an interval are acceptable times. Outlier blocks can give an interval that reaches far beyond
/// any of them, and that means nothing.
#[must_use]
pub fn is_of_times([low, high]: [f64; 2]) -> bool {
    low >= SHORTEST_NS / 10.0 && high <= LONGEST_NS * 10.0
}

/// All samples of a run, by cell.
#[derive(Debug, Default)]
pub struct Measurements {
    cells: HashMap<Cell, Measurement>,
    sessions: HashMap<Cell, Sessions>,
}

/// The samples of one cell, kept per block.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Measurement {
    /// Blocks with at least one usable sample, by number.
    pub blocks: BTreeMap<u32, Block>,
    /// Samples left out because they are not times: zero, negative, not finite, or without calls.
    pub rejected: u32,
    /// Starts left out because files that should have been cached came from the server.
    pub uncached: u32,
}

/// The usable samples of one cell in one block, nanoseconds per call.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Block {
    /// Steady state, by round.
    pub call: BTreeMap<u32, f64>,
    /// Resolution of the page's clock ÷ the shortest steady-state batch: the relative error of one reading, 0 to 1. 0
    /// if the resolution is not known.
    pub tick: f64,
    /// The sentinel, by round.
    pub sentinel: BTreeMap<u32, f64>,
    /// By round, how many times longer than its own work the steady-state batch took, because its page had to wait for
    /// a core: 1 without waiting.
    pub waiting: BTreeMap<u32, f64>,
    /// Warm-up, in order.
    pub warm_up: Vec<WarmUp>,
    /// Starts by state; the totals are checked, and a phase with an invalid time is `None`.
    pub starts: BTreeMap<State, Vec<Start>>,
    /// What waiting for the contender adds to the first contentful paint; negative if frames happen to fall so.
    pub paint_delay: Vec<f64>,
    /// Copying in.
    pub boundary_in: Vec<f64>,
    /// Copying out.
    pub boundary_out: Vec<f64>,
    /// The job on memory that is already inside.
    pub resident: Vec<f64>,
    /// Memory before the contender was loaded and after the last round.
    pub memory: Option<BlockMemory>,
}

/// One batch of the warm-up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WarmUp {
    /// Calls that the page had made before it.
    pub before: u64,
    /// Nanoseconds per call.
    pub ns: f64,
}

impl Measurements {
    /// Groups the samples of a run. If a cell has two lines for one block, as in a resumed run, the later one counts.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        Self::of_rows(&run.rows)
    }

    /// [`Measurements::of`] for rows that are not in a file yet.
    #[must_use]
    pub fn of_rows(rows: &[run::Row]) -> Self {
        let (mut cells, mut sessions) = (HashMap::<Cell, Measurement>::new(), HashMap::new());
        for block in rows {
            let samples = match &block.outcome {
                RowOutcome::Samples(samples) => samples,
                RowOutcome::Sessions(found) => {
                    // Each of several joined runs has watched the sessions of a cell; the first one is used.
                    sessions.entry(block.cell.clone()).or_insert_with(|| memory::of_sessions(found));
                    continue;
                }
                RowOutcome::Disturbed(_) | RowOutcome::Failure(_) => continue,
            };
            let measurement = cells.entry(block.cell.clone()).or_default();
            let (usable, filter) = Block::of(samples);
            measurement.rejected = measurement.rejected.saturating_add(filter.rejected);
            measurement.uncached = measurement.uncached.saturating_add(filter.uncached);
            if !usable.is_empty() {
                measurement.blocks.insert(block.block, usable);
            }
        }
        Self { cells, sessions }
    }

    /// The samples of a cell; `None` if it was not measured.
    #[must_use]
    pub fn get(&self, cell: &Cell) -> Option<&Measurement> {
        self.cells.get(cell)
    }

    /// Memory over the sessions of a cell; `None` if it was not watched.
    #[must_use]
    pub fn sessions(&self, cell: &Cell) -> Option<&Sessions> {
        self.sessions.get(cell)
    }

    /// Every block of every cell in a stratum, in no order.
    pub fn blocks_in(&self, stratum: &str) -> impl Iterator<Item = &Block> {
        let cells = self.cells.iter().filter(move |(cell, _)| cell.stratum == stratum);
        cells.flat_map(|(_, measurement)| measurement.blocks.values())
    }

    /// Cells that have at least one line with samples or sessions, in no order; a cell with both comes twice.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.cells.keys().chain(self.sessions.keys())
    }
}

impl Measurement {
    /// The same for some of its blocks.
    #[must_use]
    pub fn part(&self, blocks: impl RangeBounds<u32>) -> Self {
        let blocks = self.blocks.range(blocks).map(|(number, block)| (*number, block.clone())).collect();
        Self { blocks, ..*self }
    }
}

impl Block {
    fn of(samples: &Samples) -> (Self, SampleFilter) {
        let mut filter = SampleFilter::default();
        let mut call = BTreeMap::new();
        let mut shortest = f64::INFINITY;
        for sample in &samples.call {
            if let Some(ns) = filter.per_call(sample.ns, sample.calls) {
                call.entry(sample.round).or_insert(ns);
                shortest = shortest.min(sample.ns);
            }
        }
        let tick = samples.timer_quantum_ns.map_or(0.0, |quantum| quantum / shortest);
        let sentinel = samples.sentinel.iter();
        let block = Self {
            call,
            sentinel: sentinel.filter_map(|s| Some((s.round, filter.per_call(s.ns, s.calls)?))).collect(),
            waiting: waiting(samples),
            // An invalid resolution, as in a damaged file, counts as unknown.
            tick: if tick >= 0.0 { tick.min(1.0) } else { 0.0 },
            warm_up: filter.warm_up(&samples.warm_up),
            starts: State::ALL.into_iter().filter_map(|state| filter.starts(samples, state)).collect(),
            paint_delay: samples.first_paint.iter().filter_map(|paint| filter.paint_delay(paint)).collect(),
            boundary_in: filter.list(&samples.boundary_in),
            boundary_out: filter.list(&samples.boundary_out),
            resident: filter.list(&samples.resident),
            memory: samples.memory.as_ref().and_then(memory::of_block),
        };
        (block, filter)
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The starts in one state.
    #[must_use]
    pub fn starts_in(&self, state: State) -> &[Start] {
        self.starts.get(&state).map_or(&[], Vec::as_slice)
    }
}

/// Batches that waited for this share of their time, or more, count as having waited for exactly this share.
const LEAST_WORK: f64 = 0.05;

fn waiting(samples: &Samples) -> BTreeMap<u32, f64> {
    let of = |waited: &Sample| {
        let batch = samples.call.iter().find(|batch| batch.round == waited.round)?;
        let work = 1.0 - waited.ns / batch.ns;
        (work <= 1.0).then(|| (waited.round, 1.0 / work.max(LEAST_WORK)))
    };
    samples.waited.iter().filter_map(of).collect()
}

/// Lets valid times through and counts the rejected ones.
#[derive(Default)]
struct SampleFilter {
    rejected: u32,
    uncached: u32,
}

impl SampleFilter {
    fn time(&mut self, ns: f64) -> Option<f64> {
        // A NaN is in no range, so it is rejected with the rest.
        if (SHORTEST_NS..=LONGEST_NS).contains(&ns) {
            return Some(ns);
        }
        self.rejected = self.rejected.saturating_add(1);
        None
    }

    fn per_call(&mut self, ns: f64, calls: u32) -> Option<f64> {
        // Zero calls give an infinity or a NaN, neither of which is a time.
        self.time(ns / f64::from(calls))
    }

    fn list(&mut self, samples: &[Sample]) -> Vec<f64> {
        samples.iter().filter_map(|sample| self.per_call(sample.ns, sample.calls)).collect()
    }

    fn warm_up(&mut self, batches: &[Batch]) -> Vec<WarmUp> {
        let mut before = 0;
        let mut usable = Vec::new();
        for &Batch { calls, ns } in batches {
            // The first batches of a fast function may be shorter than the clock's resolution; that is not reported as
            // a fault.
            if ns != 0.0 {
                usable.extend(self.per_call(ns, calls).map(|ns| WarmUp { before, ns }));
            }
            before += u64::from(calls);
        }
        usable
    }

    /// The starts in one state, if there are any.
    fn starts(&mut self, samples: &Samples, state: State) -> Option<(State, Vec<Start>)> {
        let is_in_state = |start: &&Start| !state.is_from_cache() || start.cached == Some(true);
        let (in_state, others): (Vec<_>, Vec<_>) = samples.starts(state).iter().partition(is_in_state);
        self.uncached = self.uncached.saturating_add(u32::try_from(others.len()).unwrap_or(u32::MAX));
        let starts: Vec<_> = in_state.into_iter().filter_map(|start| self.start(start)).collect();
        (!starts.is_empty()).then_some((state, starts))
    }

    fn paint_delay(&mut self, paint: &FirstPaint) -> Option<f64> {
        Some(self.time(paint.ns)? - self.time(paint.empty_ns)?)
    }

    fn start(&mut self, start: &Start) -> Option<Start> {
        let total_ns = self.time(start.total_ns)?;
        // A phase may be shorter than the clock's resolution, so zero is a valid value.
        let phase = |ns: Option<f64>| ns.filter(|ns| (0.0..=LONGEST_NS).contains(ns));
        Some(Start {
            total_ns,
            fetch: phase(start.fetch),
            compile: phase(start.compile),
            instantiate: phase(start.instantiate),
            evaluate: phase(start.evaluate),
            setup: phase(start.setup),
            first_call: phase(start.first_call),
            cached: start.cached,
            workers: start.workers,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_times_are_left_out_and_counted() {
        let sample = |round, calls, ns| Sample { round, calls, ns };
        let samples = Samples {
            call: vec![
                sample(0, 2, 10.0),
                sample(1, 0, 10.0),
                sample(2, 1, 0.0),
                sample(3, 1, -1.0),
                sample(4, 1, f64::NAN),
                sample(5, 1, f64::INFINITY),
                sample(6, 0, 0.0),
                sample(7, 1, 1e300),
            ],
            ..Samples::default()
        };
        let (block, filter) = Block::of(&samples);
        assert_eq!(block.call, BTreeMap::from([(0, 5.0)]));
        assert_eq!(filter.rejected, 7);

        let batch = |ns| Batch { calls: 2, ns };
        let samples = Samples { warm_up: vec![batch(9.0), batch(0.0), batch(5.0)], ..Samples::default() };
        let (block, filter) = Block::of(&samples);
        let usable = vec![WarmUp { before: 0, ns: 4.5 }, WarmUp { before: 4, ns: 2.5 }];
        assert_eq!((block.warm_up, filter.rejected), (usable, 0), "the clock saw no time pass in a first call");
    }

    #[test]
    fn the_step_of_the_clock_is_a_share_of_the_shortest_batch() {
        let call = vec![Sample { round: 0, calls: 2, ns: 1000.0 }, Sample { round: 1, calls: 2, ns: 500.0 }];
        let tick = |quantum, call: &[Sample]| {
            let samples = Samples { call: call.to_vec(), timer_quantum_ns: quantum, ..Samples::default() };
            Block::of(&samples).0.tick
        };
        assert_eq!(tick(Some(5.0), &call), 0.01);
        assert_eq!(tick(Some(5.0), &[]), 0.0);
        assert_eq!(tick(Some(1e9), &call), 1.0);
        for unknown in [None, Some(f64::NAN), Some(-5.0)] {
            assert_eq!(tick(unknown, &call), 0.0);
        }
    }

    #[test]
    fn a_phase_that_is_no_time_is_missing_and_the_total_stays() {
        let start = Start {
            total_ns: 100.0,
            fetch: Some(f64::NAN),
            compile: Some(-3.0),
            instantiate: Some(0.0),
            evaluate: None,
            setup: None,
            first_call: Some(40.0),
            cached: None,
            workers: None,
        };
        let samples = Samples { cold_start: vec![start], ..Samples::default() };
        let (block, filter) = Block::of(&samples);
        let [kept] = block.starts_in(State::Cold) else { panic!("one cold start was usable") };
        assert_eq!((kept.fetch, kept.compile, kept.instantiate, kept.first_call), (None, None, Some(0.0), Some(40.0)));
        assert_eq!(filter.rejected, 0);
    }

    #[test]
    fn what_a_batch_waited_makes_it_longer_than_its_work() {
        let batch = |round, ns| Sample { round, calls: 3, ns };
        let samples = Samples {
            call: vec![batch(0, 8.0), batch(1, 8.0), batch(2, 8.0), batch(3, f64::NAN)],
            waited: vec![batch(0, 0.0), batch(1, 4.0), batch(2, 9.0), batch(3, 1.0), batch(4, 1.0)],
            ..Samples::default()
        };
        assert_eq!(Block::of(&samples).0.waiting, BTreeMap::from([(0, 1.0), (1, 2.0), (2, 20.0)]));
    }

    #[test]
    fn a_start_from_the_cache_counts_only_when_all_files_came_from_there() {
        let start = |cached| Start {
            total_ns: 100.0,
            fetch: None,
            compile: None,
            instantiate: None,
            evaluate: None,
            setup: None,
            first_call: None,
            cached,
            workers: None,
        };
        let starts = vec![start(Some(true)), start(Some(false)), start(None)];
        let samples = Samples {
            cold_start: starts.clone(),
            warm_start: starts.clone(),
            hot_start: starts[1..].to_vec(),
            ..Samples::default()
        };
        let (block, filter) = Block::of(&samples);
        assert_eq!(State::ALL.map(|state| block.starts_in(state).len()), [3, 0, 1, 0]);
        assert_eq!((filter.rejected, filter.uncached), (0, 4));
    }
}
