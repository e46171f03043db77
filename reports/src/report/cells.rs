//! One cell per kernel × input × contender × stratum of the plan, measured or not.

use super::middle::{Middle, without_a_field};
use super::{
    AddedMemory, Boundary, CellReport, Delay, Estimate, FailureRow, KernelInfo, Phases, StartFigures, count,
    distribution, planned,
};
use crate::comparison::Rule;
use crate::measurement::{Block, Measurement, Measurements};
use crate::metric::{Metric, start_ns};
use crate::run::{self, Run, State};
use crate::stats::{Trajectory, classify, median, percentile, student, widened};

/// Fewest samples with a 95th percentile that is more than the longest of them.
const FEWEST_FOR_P95: usize = 100;

/// All cells of a run, in the order of the plan.
pub fn all(run: &Run, measurements: &Measurements, failures: &[FailureRow]) -> Vec<CellReport> {
    let none = Measurement::default();
    let confidence = Rule::of(&run.header.schedule).confidence;
    let kernels: Vec<KernelInfo> = run.header.kernels.iter().map(KernelInfo::of).collect();
    let cell = |planned: planned::Planned<'_>| {
        let measurement = measurements.get(&planned.cell).unwrap_or(&none);
        let failure = failures.iter().find(|row| is_of(row, &planned.cell)).map(|row| row.reason.clone());
        let kernel = kernels.iter().find(|kernel| kernel.name == planned.cell.kernel);
        let label = kernel.map(|kernel| kernel.option(&planned.cell.contender));
        let label = label.filter(|label| *label != planned.cell.contender);
        CellReport { label, ..cell(planned, measurement, confidence, failure) }
    };
    planned::cells(&run.header).into_iter().map(cell).collect()
}

fn cell(
    planned: planned::Planned<'_>,
    measurement: &Measurement,
    confidence: f64,
    failure: Option<String>,
) -> CellReport {
    let figure = |metric| Middle::of(metric, measurement, planned.contender, confidence);
    let call_ns = figure(Metric::CALL).and_then(|middle| call(measurement, middle));
    let blocks = || measurement.blocks.values();
    let rounds = blocks().map(|block| block.call.len()).sum();
    let steady = blocks().filter(|block| is_steady(block)).count();
    CellReport {
        kernel: planned.cell.kernel,
        input: planned.cell.input,
        contender: planned.cell.contender,
        label: None,
        stratum: planned.cell.stratum,
        kind: planned.contender.kind,
        track: planned.contender.track,
        build: planned.contender.build.clone(),
        call_ns,
        throughput_bytes_per_s: call_ns.map(|call| planned.input.bytes as f64 / call.median * 1e9),
        cold_start_ns: start(measurement, State::Cold, confidence),
        buffered_start_ns: start(measurement, State::Buffered, confidence),
        warm_start_ns: start(measurement, State::Warm, confidence),
        hot_start_ns: start(measurement, State::Hot, confidence),
        paint_delay_ns: paint_delay(measurement, confidence),
        workers: blocks().flat_map(|block| block.starts_in(State::Cold)).filter_map(|start| start.workers).max(),
        size_bytes: planned.contender.size_bytes,
        size_steps: planned.contender.size_steps.clone(),
        boundary_ns: call_ns.and_then(|call| boundary(call.median, |metric| Some(figure(metric)?.median))),
        memory_bytes: AddedMemory::of(measurement),
        figures: without_a_field().filter_map(|metric| Some((metric, figure(metric)?))).collect(),
        blocks: count(measurement.blocks.len()),
        rounds: count(rounds),
        steady_blocks: count(steady),
        calls_by_block: distribution::by_block(measurement),
        warm_up: distribution::warm_up(measurement),
        failure,
    }
}

fn is_of(row: &FailureRow, cell: &run::Cell) -> bool {
    row.kernel == cell.kernel
        && row.input == cell.input
        && row.contender == cell.contender
        && row.stratum == cell.stratum
}

/// A warm-up with too few batches is judged together with the rounds that followed it.
fn is_steady(block: &Block) -> bool {
    let warm_up: Vec<f64> = block.warm_up.iter().map(|batch| batch.ns).collect();
    let with_rounds = || warm_up.iter().chain(block.call.values()).copied().collect::<Vec<_>>();
    match classify(&warm_up).or_else(|| classify(&with_rounds())) {
        Some(Trajectory::Flat | Trajectory::WarmUp | Trajectory::SlowDown) => true,
        Some(Trajectory::NoSteadyState) | None => false,
    }
}

fn call(measurement: &Measurement, Middle { median, ci }: Middle) -> Option<Estimate> {
    let all: Vec<f64> = measurement.blocks.values().flat_map(|block| block.call.values().copied()).collect();
    let p95 = percentile(&all, 0.95).filter(|_| all.len() >= FEWEST_FOR_P95);
    Some(Estimate { median, ci, p95 })
}

fn start(measurement: &Measurement, state: State, confidence: f64) -> Option<StartFigures> {
    let middle = |block: &Block, part: &dyn Fn(&run::Start) -> Option<f64>| {
        median(&block.starts_in(state).iter().filter_map(part).collect::<Vec<_>>())
    };
    let all: Vec<_> = measurement.blocks.values().flat_map(|block| block.starts_in(state)).collect();
    let adding_up = all.iter().filter(|start| residual(start).abs() <= ADDITIVE_WITHIN * start.total_ns).count();
    let total = Middle::over_blocks(measurement, confidence, |block| start_ns(block, state))?;
    let phase = |part: &dyn Fn(&run::Start) -> Option<f64>| median_over_blocks(measurement, |b| middle(b, part));
    Some(StartFigures {
        median: total.median,
        ci: total.ci,
        phases: Phases {
            fetch: phase(&|start| start.fetch),
            compile: phase(&|start| start.compile),
            instantiate: phase(&|start| start.instantiate),
            evaluate: phase(&|start| start.evaluate),
            setup: phase(&|start| start.setup),
            first_call: phase(&|start| start.first_call),
        },
        residual: phase(&|start| Some(residual(start)))?,
        samples: count(all.len()),
        adding_up: count(adding_up),
    })
}

fn paint_delay(measurement: &Measurement, confidence: f64) -> Option<Delay> {
    let delays: Vec<f64> = measurement.blocks.values().filter_map(|block| median(&block.paint_delay)).collect();
    let middle = median(&delays)?;
    Some(Delay { median: middle, ci: student(&delays, confidence).map(|ci| widened(ci, middle)) })
}

/// The phases of a start add up when their sum differs from the total by at most this share.
const ADDITIVE_WITHIN: f64 = 0.05;

fn residual(start: &run::Start) -> f64 {
    let run::Start { total_ns, fetch, compile, instantiate, evaluate, setup, first_call, cached: _, workers: _ } =
        *start;
    total_ns - [fetch, compile, instantiate, evaluate, setup, first_call].into_iter().flatten().sum::<f64>()
}

fn boundary(call: f64, middle: impl Fn(Metric) -> Option<f64>) -> Option<Boundary> {
    let (copy_in, out) = (middle(Metric::BOUNDARY_IN)?, middle(Metric::BOUNDARY_OUT)?);
    let compute = middle(Metric::RESIDENT);
    Some(Boundary {
        copy_in,
        out,
        compute,
        share: (copy_in + out) / call,
        residual_share: compute.map(|compute| (call - copy_in - compute - out) / call),
    })
}

fn median_over_blocks(measurement: &Measurement, figure: impl Fn(&Block) -> Option<f64>) -> Option<f64> {
    median(&measurement.blocks.values().filter_map(figure).collect::<Vec<_>>())
}
