//! The scenarios that a kernel is judged in, in one stratum.

use crate::measurement::Measurements;
use crate::metric::call_ns;
use crate::run::{Cell, Input, Kernel, Kind, Scenario};
use crate::stats::median;

/// Pages are seldom kept for longer, nanoseconds.
const PAGE_LIFE_NS: f64 = 600e9;

/// The kernel's scenarios. Those that it does not name itself end where the slowest contender takes ten minutes.
pub fn of(kernel: &Kernel, input: &Input, stratum: &str, measurements: &Measurements) -> Vec<Scenario> {
    let calls = kernel.contenders.iter().filter(|contender| contender.kind != Kind::Native).filter_map(|contender| {
        let [kernel, input, contender] = [&kernel.name, &input.name, &contender.name].map(String::clone);
        let cell = Cell { kernel, input, contender, stratum: stratum.to_owned() };
        median(&measurements.get(&cell)?.blocks.values().filter_map(call_ns).collect::<Vec<_>>())
    });
    let slowest = calls.fold(0.0, f64::max);
    let most = if slowest > 0.0 { rounded_down(PAGE_LIFE_NS / slowest) } else { u64::MAX };
    let mut scenarios: Vec<Scenario> = kernel.scenarios().into_iter().map(|scenario| scenario.within(most)).collect();
    scenarios.dedup_by(|a, b| a.name == b.name);
    scenarios
}

/// With two significant digits, and at least 1.
fn rounded_down(calls: f64) -> u64 {
    let step = 10_f64.powf((calls.log10().floor() - 1.0).max(0.0));
    ((calls / step).floor() * step).max(1.0) as u64
}
