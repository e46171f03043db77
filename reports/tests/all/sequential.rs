//! The stopping rule and the outcome by simulation: blocks of invented machines are looked at as the runner does it,
//! and the looks are compared with the truth. `cargo test -- --nocapture sequential` prints all rates.

use crossover_reports::report::{Look, Outcome};
use crossover_reports::run::{self, Check, Goal, Kernel, Kind, Row, Sample, Samples, Schedule};

use crate::synthetic::{self, Noise};

const ROUNDS: u32 = 5;

/// Runs of identical code per machine.
const SAME_CODE_RUNS: u64 = 2000;

/// Runs with a real difference per machine.
const DIFFERENT_CODE_RUNS: u64 = 400;

/// One timed batch without noise, nanoseconds: the shortest that the page takes with its finest clock.
const BATCH_NS: f64 = 5e6;

/// The sentinel without noise, nanoseconds.
const SENTINEL_NS: f64 = 1e6;

/// What makes times differ although the code is the same.
#[derive(Debug, Clone, Copy)]
enum Machine {
    /// Pages differ by 2 %, as memory layout makes them.
    Gaussian,
    /// Pages are only ever slower, by a skewed amount, as other work on the machine makes them.
    LogNormal,
    /// The engine compiles a contender badly in three pages of ten, which is then 8 % slower: a spread of 3.7 %.
    Bimodal,
    /// The same in seven pages of a hundred: a spread of 2 %.
    RarelyBimodal,
    /// The machine's speed wanders by 5 % from round to round, and neighbouring samples share most of that.
    Drifting,
    /// Something else runs whenever the candidate is timed, and takes a sixth of the time then.
    Partial,
    /// The clock ticks 200 times in a batch.
    Coarse,
    /// The clock is coarse and nothing else differs: every error is the clock's.
    CoarseAndCalm,
}

/// A machine with its state.
struct Lab {
    machine: Machine,
    noise: Noise,
    drift: f64,
}

impl Lab {
    fn new(machine: Machine, seed: u64) -> Self {
        Self { machine, noise: Noise(seed), drift: 0.0 }
    }

    /// One block of both contenders, of which the candidate takes `truth` times as long.
    fn block(&mut self, number: u32, truth: f64) -> [Row; 2] {
        let levels = [BATCH_NS, BATCH_NS * truth].map(|time| time * self.page());
        let (mut calls, mut sentinels) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        for round in 0..ROUNDS {
            let first = usize::from(self.noise.uniform() < 0.5);
            for contender in [first, 1 - first] {
                let shared = self.shared(contender);
                let ns = self.sample(levels[contender] * shared);
                calls[contender].push(Sample { round, calls: 1, ns });
                let ns = SENTINEL_NS * shared * (0.01 * self.noise.gaussian()).exp();
                sentinels[contender].push(Sample { round, calls: 1, ns });
            }
        }
        let mut samples = calls.into_iter().zip(sentinels);
        ["js", "wasm"].map(|contender| {
            let (call, sentinel) = samples.next().unwrap_or_default();
            Row {
                cell: synthetic::cell("kernel", "input", contender),
                block: number,
                conditions: None,
                outcome: run::RowOutcome::Samples(Box::new(Samples {
                    call,
                    sentinel,
                    timer_quantum_ns: Some(self.quantum()),
                    ..Samples::default()
                })),
            }
        })
    }

    /// The machine's effect on this sample, with or for this contender.
    fn shared(&mut self, contender: usize) -> f64 {
        match self.machine {
            Machine::Drifting => {
                let memory: f64 = 0.95;
                self.drift = memory * self.drift + 0.05 * (1.0 - memory * memory).sqrt() * self.noise.gaussian();
                self.drift.exp()
            }
            Machine::Partial if contender == 1 => 1.2,
            _ => 1.0,
        }
    }

    /// The speed of one page, the same for all its rounds.
    fn page(&mut self) -> f64 {
        let gaussian = self.noise.gaussian();
        match self.machine {
            Machine::Gaussian => (0.02 * gaussian).exp(),
            Machine::LogNormal => 1.0 + 0.01 * gaussian.exp(),
            Machine::Bimodal => (0.005 * gaussian).exp() * self.luck(0.3),
            Machine::RarelyBimodal => (0.005 * gaussian).exp() * self.luck(0.07),
            Machine::Drifting | Machine::Partial | Machine::Coarse => (0.01 * gaussian).exp(),
            Machine::CoarseAndCalm => (0.0005 * gaussian).exp(),
        }
    }

    fn luck(&mut self, badly: f64) -> f64 {
        if self.noise.uniform() < badly { 1.08 } else { 1.0 }
    }

    fn sample(&mut self, level: f64) -> f64 {
        let own = (0.01 * self.noise.gaussian()).exp();
        match self.machine {
            Machine::Gaussian
            | Machine::LogNormal
            | Machine::Bimodal
            | Machine::RarelyBimodal
            | Machine::Drifting
            | Machine::Partial => level * own,
            Machine::Coarse => self.ticks(level * own),
            Machine::CoarseAndCalm => self.ticks(level),
        }
    }

    /// Step of the clock, nanoseconds.
    fn quantum(&self) -> f64 {
        match self.machine {
            Machine::Coarse | Machine::CoarseAndCalm => BATCH_NS / 200.0,
            _ => BATCH_NS / 1000.0,
        }
    }

    /// What the clock shows, which does not care when a batch begins.
    fn ticks(&mut self, ns: f64) -> f64 {
        let quantum = self.quantum();
        (ns / quantum + self.noise.uniform()).floor() * quantum
    }
}

fn schedule(looks: &[u32], precision: f64) -> Schedule {
    Schedule { looks: looks.to_vec(), precision, goal: Goal::Outcome, ..synthetic::header(6).schedule }
}

fn quick() -> Schedule {
    schedule(&[6], 0.01)
}

fn standard() -> Schedule {
    schedule(&[6, 10, 15, 20], 0.01)
}

fn thorough() -> Schedule {
    schedule(&[6, 10, 15, 20, 30, 60], 0.005)
}

/// The results of many runs, as shares of them.
#[derive(Debug)]
struct Rates {
    faster: f64,
    slower: f64,
    same: f64,
    unsure: f64,
    /// Intervals that contain the truth, per look: of all runs where all go through it, or of none.
    covered: Vec<f64>,
    /// Intervals that contain the truth, where the run stopped.
    covered_at_stop: f64,
    /// Blocks that a run took, on average.
    blocks: f64,
}

/// Where a simulated run ends. Its result is that of the runner: the first look that is enough.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// There.
    AtEnough,
    /// At the last look, so that the coverage of every look is known.
    AtLast,
}

/// The results of many runs with seeds of their own.
fn rates(machine: Machine, schedule: &Schedule, truth: f64, runs: u64, end: End) -> Rates {
    let kernel = Kernel {
        name: "kernel".to_owned(),
        title: None,
        summary: String::new(),
        caveats: Vec::new(),
        domain: String::new(),
        purpose: run::Purpose::Choice,
        baseline: "js".to_owned(),
        check: Check::Exact,
        inputs: Vec::new(),
        contenders: vec![synthetic::contender("js", Kind::Js), synthetic::contender("wasm", Kind::Wasm)],
        scenarios: Vec::new(),
        own_checks: Default::default(),
        revisions_of: None,
        from: None,
    };
    let share = 1.0 / runs as f64;
    let covered = vec![0.0; if end == End::AtLast { schedule.looks.len() } else { 0 }];
    let mut rates =
        Rates { faster: 0.0, slower: 0.0, same: 0.0, unsure: 0.0, covered, covered_at_stop: 0.0, blocks: 0.0 };
    for seed in 0..runs {
        let mut lab = Lab::new(machine, seed.wrapping_mul(0x5851_f42d_4c95_7f2d));
        let mut rows = Vec::new();
        let mut is_over = false;
        for (at, blocks) in schedule.looks.iter().enumerate() {
            let measured = rows.len() as u32 / 2;
            rows.extend((measured..*blocks).flat_map(|number| lab.block(number, truth)));
            let look = Look::at(schedule, &kernel, "input", "chromium", &rows);
            let [(_, ratio)] = &look.ratios[..] else { panic!("one candidate") };
            let covers = ratio.ci.is_some_and(|[low, high]| low <= truth && truth <= high);
            if let Some(covered) = rates.covered.get_mut(at) {
                *covered += if covers { share } else { 0.0 };
            }
            if is_over || !(look.is_enough(schedule) || at + 1 == schedule.looks.len()) {
                continue;
            }
            is_over = true;
            rates.covered_at_stop += if covers { share } else { 0.0 };
            rates.blocks += f64::from(*blocks) * share;
            *match ratio.outcome {
                Outcome::Faster => &mut rates.faster,
                Outcome::Slower => &mut rates.slower,
                Outcome::Same => &mut rates.same,
                Outcome::Unsure => &mut rates.unsure,
            } += share;
            if end == End::AtEnough {
                break;
            }
        }
    }
    println!("{machine:?}, {} looks, ×{truth}: {rates:.4?}", schedule.looks.len());
    rates
}

/// Identical code is rarely called different, as often one way as the other, and the intervals have their coverage.
fn same_code(machine: Machine, schedule: &Schedule, runs: u64) {
    let rates = rates(machine, schedule, 1.0, runs, End::AtLast);
    assert!(rates.faster + rates.slower <= 0.058, "{machine:?}: {rates:?}");
    // The difference of two counts has a standard deviation of the root of their sum; four of them, and some for none.
    let chance = 4.0 * ((rates.faster + rates.slower + 0.001) / runs as f64).sqrt();
    assert!((rates.faster - rates.slower).abs() <= chance, "{machine:?}: {rates:?}");
    intervals(&rates);
}

fn intervals(rates: &Rates) {
    assert!(rates.covered.iter().all(|covered| *covered >= 0.93), "{rates:?}");
    assert!(rates.covered_at_stop >= 0.93, "{rates:?}");
}

/// +5 % is found, and +2 % is not taken for the opposite.
fn slower_code(machine: Machine, schedule: &Schedule, least_found: f64) {
    let five = rates(machine, schedule, 1.05, DIFFERENT_CODE_RUNS, End::AtEnough);
    assert!(five.slower >= least_found, "{machine:?}: {five:?}");
    assert_eq!(five.faster, 0.0, "{machine:?}: {five:?}");
    intervals(&five);
    let two = rates(machine, schedule, 1.02, DIFFERENT_CODE_RUNS, End::AtEnough);
    assert!(two.faster <= 0.005, "{machine:?}: {two:?}");
    intervals(&two);
}

#[test]
fn same_gaussian() {
    same_code(Machine::Gaussian, &standard(), SAME_CODE_RUNS);
}

#[test]
fn slower_gaussian() {
    slower_code(Machine::Gaussian, &standard(), 0.95);
}

#[test]
fn same_log_normal() {
    same_code(Machine::LogNormal, &standard(), SAME_CODE_RUNS);
}

#[test]
fn slower_log_normal() {
    slower_code(Machine::LogNormal, &standard(), 0.95);
}

#[test]
fn same_bimodal() {
    same_code(Machine::Bimodal, &standard(), SAME_CODE_RUNS);
}

#[test]
fn slower_bimodal() {
    // Pages spread nearly twice as far as the 2 % at which nearly every difference of 5 % is to be found.
    slower_code(Machine::Bimodal, &standard(), 0.9);
}

#[test]
fn slower_rarely_bimodal() {
    slower_code(Machine::RarelyBimodal, &standard(), 0.95);
}

#[test]
fn same_drifting() {
    same_code(Machine::Drifting, &standard(), SAME_CODE_RUNS);
}

#[test]
fn slower_drifting() {
    slower_code(Machine::Drifting, &standard(), 0.95);
}

#[test]
fn same_coarse() {
    same_code(Machine::Coarse, &standard(), SAME_CODE_RUNS);
}

#[test]
fn slower_coarse() {
    slower_code(Machine::Coarse, &standard(), 0.95);
}

#[test]
fn same_coarse_and_calm() {
    same_code(Machine::CoarseAndCalm, &standard(), SAME_CODE_RUNS);
}

#[test]
fn slower_coarse_and_calm() {
    slower_code(Machine::CoarseAndCalm, &standard(), 0.95);
}

#[test]
fn quick_preset() {
    same_code(Machine::Gaussian, &quick(), SAME_CODE_RUNS);
    same_code(Machine::Bimodal, &quick(), SAME_CODE_RUNS);
}

#[test]
fn thorough_preset() {
    // Few runs of the same code, for nearly each takes 60 blocks.
    same_code(Machine::Gaussian, &thorough(), 150);
    slower_code(Machine::Bimodal, &thorough(), 0.95);
}

#[test]
fn a_precision_that_is_asked_for() {
    // The width of the interval ends the run, and a narrow one is no less true than another.
    let precise = Schedule { goal: Goal::Precision, ..standard() };
    same_code(Machine::RarelyBimodal, &precise, 300);
    slower_code(Machine::Drifting, &precise, 0.95);
}

#[test]
fn a_difference_between_two_ticks() {
    // The clock rounds alike in every block, so that blocks agree and are wrong.
    for truth in [1.00125, 1.00375, 1.02125] {
        intervals(&rates(Machine::CoarseAndCalm, &standard(), truth, 200, End::AtLast));
    }
}

#[test]
fn load_beside_one_contender_only() {
    // A candidate that is 10 % faster looks 8 % slower, and the sentinel shows why.
    let faster = rates(Machine::Partial, &standard(), 0.9, DIFFERENT_CODE_RUNS, End::AtEnough);
    assert_eq!(faster.slower, 0.0, "{faster:?}");
    let same = rates(Machine::Partial, &standard(), 1.0, DIFFERENT_CODE_RUNS, End::AtEnough);
    assert!(same.slower + same.faster <= 0.058, "{same:?}");
    // A difference that the load cannot explain is reported anyway.
    let far = rates(Machine::Partial, &standard(), 0.5, DIFFERENT_CODE_RUNS, End::AtEnough);
    assert!(far.faster > 0.999, "{far:?}");
}
