//! Figures in full, with interval and number of blocks: the detail behind a rounded figure.

use crate::report::memory::{MemorySeries, SessionMemory, per_session};
use crate::report::{Comparison, units};

/// A time: `wasm: 1.31024 ms, 95 % interval 1.30811–1.31302 ms, 12 blocks`.
#[must_use]
pub fn time(what: &str, ns: f64, ci: Option<[f64; 2]>, blocks: u32) -> String {
    format!("{what}: {}, {}, {}", units::exact_time(ns), interval(ci, units::exact_time_interval), self::blocks(blocks))
}

/// A comparison of two contenders by these names: its phrase, and the ratio behind it.
#[must_use]
pub fn comparison(candidate: &str, baseline: &str, comparison: &Comparison) -> String {
    let Comparison { ratio, ci, blocks, .. } = comparison;
    let said = super::comparison(comparison);
    let Some(ratio) = ratio else { return format!("{candidate} against {baseline}: {said}") };
    format!(
        "{candidate} against {baseline}: {said}; ratio {}, {}, {}",
        units::exact(*ratio),
        interval(*ci, |[low, high]| format!("{}–{}", units::exact(low), units::exact(high))),
        self::blocks(*blocks)
    )
}

/// Time and size of one build: `wasm: 10837 bytes, 1.31024 ms, 95 % interval 1.30811–1.31302 ms`.
#[must_use]
pub fn build(name: &str, bytes: u64, ns: f64, ci: Option<[f64; 2]>) -> String {
    format!("{name}: {bytes} bytes, {}, {}", units::exact_time(ns), interval(ci, units::exact_time_interval))
}

/// What the sessions of a contender leave in their page, with the interval, which does not fit into a chart.
#[must_use]
pub fn sessions(name: &str, memory: &SessionMemory) -> String {
    let series =
        |what: &str, series: &MemorySeries| format!("{what} {} over {} sessions", per_session(series), series.sessions);
    let released = memory.released.iter().map(|released| series("; released", released));
    format!("{name}: {}{}", series("not released", &memory.kept), released.collect::<String>())
}

fn interval(ci: Option<[f64; 2]>, text: impl Fn([f64; 2]) -> String) -> String {
    ci.map_or_else(|| "no interval".to_owned(), |ci| format!("95 % interval {}", text(ci)))
}

/// Number of blocks: `1 block`, `12 blocks`.
#[must_use]
pub fn blocks(blocks: u32) -> String {
    if blocks == 1 { "1 block".to_owned() } else { format!("{blocks} blocks") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::Metric;
    use crate::report::Outcome;

    #[test]
    fn figures_have_interval_and_blocks() {
        assert_eq!(
            time("wasm", 1_310_241.7, Some([1.3e6, 1.32e6]), 12),
            "wasm: 1.31024 ms, 95 % interval 1.30000–1.32000 ms, 12 blocks"
        );
        assert_eq!(time("wasm", 1e3, None, 1), "wasm: 1.00000 µs, no interval, 1 block");
    }

    #[test]
    fn comparisons_have_their_ratio() {
        let mut compared = Comparison {
            kernel: String::new(),
            input: String::new(),
            stratum: String::new(),
            metric: Metric::CALL,
            baseline: "js".to_owned(),
            candidate: "wasm".to_owned(),
            ratio: Some(0.5),
            ci: Some([0.4, 0.6]),
            modes: None,
            changed_after: None,
            uneven: false,
            confidence: 0.95,
            blocks: 6,
            outcome: Outcome::Faster,
        };
        assert_eq!(
            comparison("wasm", "js", &compared),
            "wasm against js: ×2.00 faster (×1.67–×2.50); ratio 0.500000, 95 % interval 0.400000–0.600000, 6 blocks"
        );
        compared.ratio = None;
        assert_eq!(comparison("wasm", "js", &compared), "wasm against js: not measured");
    }
}
