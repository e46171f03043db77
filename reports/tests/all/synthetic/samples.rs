//! The samples of an invented contender: times, starts and memory with noise around the figures of its [`Part`].

use crossover_reports::run::*;

use super::Part;

pub fn samples(noise: &mut Noise, part: &Part, scale: f64) -> Samples {
    let wasm = part.kind == Kind::Wasm;
    let level = part.call * scale * (part.spread * noise.gaussian()).exp();
    let calls = (5e6 / level).ceil() as u32;
    let mut ns = |share: f64| level * share * f64::from(calls) * (0.015 * noise.gaussian()).exp();
    let mut list = |share: f64| (0..20).map(|round| Sample { round, calls, ns: ns(share) }).collect::<Vec<_>>();
    let (copy_in, copy_out) = if part.name == "wasm-simd" { (0.11, 0.02) } else { (0.05, 0.01) };
    // The draw's parts do not add up, as when copying overlaps with the work.
    let resident = if part.size == 148_000 { 0.6 } else { 1.0 - copy_in - copy_out };
    let call = list(1.0);
    let (boundary_in, boundary_out, resident) =
        if wasm { (list(copy_in), list(copy_out), list(resident)) } else { Default::default() };
    let warm_up = (0..40).map(|i| Batch { calls, ns: ns(if i < 8 { 2.4 } else { 1.0 }) }).collect();
    let cold_start = (0..3).map(|_| start(noise, part, level, false)).collect();
    // The other states have noise of their own, so that they change nothing else.
    let mut own = Noise(noise.0);
    let (warm_start, mut hot_start) = (start(&mut own, part, level, true), start(&mut own, part, level, true));
    if wasm {
        // The engine kept its compiled code.
        hot_start.total_ns -= hot_start.compile.unwrap_or_default();
        hot_start.compile = Some(0.0);
    }
    let first_paint = vec![FirstPaint { ns: warm_start.total_ns + 20e6, empty_ns: 16e6 }];
    let buffered_start = if wasm { vec![start(&mut own, part, level, false)] } else { Vec::new() };
    // Quiet, with a hiccup in the last round.
    let sentinel = (0..20).map(|round| Sample { round, calls: 1, ns: if round == 19 { 1.4e6 } else { 1e6 } }).collect();
    let timer_quantum_ns = Some(5000.0);
    Samples {
        call,
        sentinel,
        warm_up,
        cold_start,
        buffered_start,
        warm_start: vec![warm_start],
        hot_start: vec![hot_start],
        first_paint,
        boundary_in,
        boundary_out,
        resident,
        timer_quantum_ns,
        memory: Some(BlockMemory { empty: EMPTY, end: after(part.kind, part.size, 1.0) }),
        ..Samples::default()
    }
}

/// A page that has its input and nothing else.
const EMPTY: Memory = Memory { js_heap: Some(2_100_000), buffers: Some(1_048_576), linear: None };

/// Memory of a page after so many sessions have left something in it.
fn after(kind: Kind, size: u64, sessions: f64) -> Memory {
    let left = (sessions * 65_560.0) as u64;
    let js_heap = EMPTY.js_heap.map(|bytes| bytes + 40 * size.min(5_000));
    match kind {
        Kind::Wasm => Memory { linear: Some((1_114_112 + left).next_multiple_of(65_536)), js_heap, ..EMPTY },
        _ => Memory { js_heap, buffers: EMPTY.buffers.map(|bytes| bytes + left), ..EMPTY },
    }
}

/// Wasm keeps 64 KiB of each session until it is released, JavaScript without `release` keeps none, and a platform
/// contender fails on the way.
pub fn sessions(noise: &mut Noise, kind: Kind, size: u64) -> Sessions {
    let mut series = |count: u32, left: &dyn Fn(u32) -> f64| {
        let session = |number| {
            let memory = after(kind, size, left(number));
            // Caches fill up in the first sessions, and other activity of a page shows a little.
            let caches = 120_000.0 * (1.0 - (-f64::from(number) / 3.0).exp());
            Memory { js_heap: memory.js_heap.map(|bytes| bytes + (caches + 300.0 * noise.uniform()) as u64), ..memory }
        };
        MemoryReadings { memory: std::iter::once(EMPTY).chain((1..=count).map(session)).collect(), stopped: None }
    };
    let at_once = series(8, &|number| 20.0 * f64::from(number));
    match kind {
        Kind::Wasm => Sessions { kept: series(50, &|n| f64::from(n)), released: Some(series(50, &|_| 1.0)), at_once },
        Kind::Platform => {
            let stopped = Some(Stopped::Failure("Error: no more sessions".to_owned()));
            Sessions { kept: MemoryReadings { stopped, ..series(12, &|_| 1.0) }, released: None, at_once }
        }
        _ => Sessions { kept: series(50, &|_| 1.0), released: None, at_once },
    }
}

fn start(noise: &mut Noise, part: &Part, level: f64, cached: bool) -> Start {
    let wasm = part.kind == Kind::Wasm;
    let mut ns = |ns: f64| ns * (0.05 * noise.gaussian()).exp();
    let size = part.size as f64;
    let fetch = ns(if cached { 0.3e6 } else { 1.2e6 + size * 9.0 });
    let compile = wasm.then(|| ns(0.4e6 + size * 14.0));
    let instantiate = wasm.then(|| ns(0.3e6));
    let evaluate = Some(ns(0.5e6 + if wasm { 0.0 } else { size * 20.0 }));
    let first_call = ns(level * if wasm { 1.2 } else { 3.5 });
    let parts = [Some(fetch), compile, instantiate, evaluate, Some(first_call)];
    let total_ns = parts.into_iter().flatten().sum::<f64>() + ns(0.1e6);
    Start {
        total_ns,
        fetch: Some(fetch),
        compile,
        instantiate,
        evaluate,
        setup: None,
        first_call: Some(first_call),
        cached: Some(cached),
        workers: None,
    }
}

/// SplitMix64 and Box–Muller.
pub struct Noise(pub u64);

impl Noise {
    /// Uniform in (0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Standard Gaussian.
    pub fn gaussian(&mut self) -> f64 {
        let (u, v) = (self.uniform(), self.uniform());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
}
