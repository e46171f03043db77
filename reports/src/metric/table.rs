//! The table: every metric, in the order in which they are shown.

use super::Compared::{Always, WithOtherStarts};
use super::Number::{High, Low, Middle, P95, Throughput};
use super::Unit::{Bytes, CallsPerSecond, Count, Nanoseconds};
use super::{Better, Compared, Limit, Metric, MetricRow, Read, Shown};
use crate::measurement::Block;
use crate::run::State;
use crate::stats::median;

/// A cost that is measured and used nowhere: a row states what differs from it.
const COST: MetricRow = MetricRow {
    id: "",
    about: "",
    words: "",
    short: None,
    unit: Nanoseconds,
    better: Better::Smaller,
    read: Read::Derived,
    compared: Compared::Never,
    limit: None,
    followed: false,
    measure: None,
    csv: &[],
    columns: &[],
};

/// Default limit of costs that scatter, percent.
const SCATTERED: f64 = 5.0;

const fn limit(key: &'static str, usual_percent: f64) -> Option<Limit> {
    Some(Limit { key, usual_percent })
}

impl Metric {
    /// Every metric.
    pub const ALL: &'static [Self] = &[
        Self::CALL,
        Self::CALLS_PER_SECOND,
        Self::COLD_START,
        Self::WARM_START,
        Self::HOT_START,
        Self::BOUNDARY_IN,
        Self::BOUNDARY_OUT,
        Self::RESIDENT,
        Self::SIZE_RAW,
        Self::SIZE_GZIP,
        Self::SIZE,
        Self::WASM,
        Self::IMPORTS,
        Self::LINEAR_PEAK,
        #[cfg(test)]
        super::tests::TIMED,
        #[cfg(test)]
        super::tests::EXACT,
    ];

    /// One call of `run(input)`.
    pub const CALL: Self = Self(&MetricRow {
        id: "call_ns",
        about: "One call of `run(input)`, warm.",
        words: "time per call",
        read: Read::Calls,
        compared: Always,
        limit: limit("call", SCATTERED),
        followed: true,
        measure: Some("latency"),
        csv: &[
            ("call_ns", Middle),
            ("call_ns_low", Low),
            ("call_ns_high", High),
            ("call_ns_p95", P95),
            ("throughput_bytes_per_s", Throughput),
        ],
        columns: &[
            ("Per call", Shown::Number(Middle)),
            ("95 % interval", Shown::Interval),
            ("p95", Shown::Number(P95)),
            ("Throughput", Shown::Number(Throughput)),
            ("Against the baseline", Shown::AgainstBaseline),
        ],
        ..COST
    });

    /// The time per call as a rate.
    pub const CALLS_PER_SECOND: Self = Self(&MetricRow {
        id: "calls_per_s",
        about: "Calls per second, warm.",
        words: "calls per second",
        unit: CallsPerSecond,
        better: Better::Bigger,
        measure: Some("throughput"),
        ..COST
    });

    /// A start with nothing cached.
    pub const COLD_START: Self = Self(&MetricRow {
        id: "cold_start_ns",
        about: "From asking for the contender to its first answer, nothing cached.",
        words: "cold start",
        read: Read::Block(|block| start_ns(block, State::Cold)),
        compared: Always,
        limit: limit("cold-start", SCATTERED),
        followed: true,
        measure: Some("cold-start"),
        csv: &[("cold_start_ns", Middle), ("cold_start_ns_low", Low), ("cold_start_ns_high", High)],
        columns: &[("Cold start", Shown::Number(Middle))],
        ..COST
    });

    /// A start from the HTTP cache.
    pub const WARM_START: Self = Self(&MetricRow {
        id: "warm_start_ns",
        about: "The same with every file in the HTTP cache.",
        words: "warm start",
        read: Read::Block(|block| start_ns(block, State::Warm)),
        compared: WithOtherStarts,
        measure: Some("warm-start"),
        ..COST
    });

    /// A start of a contender that ran hot before.
    pub const HOT_START: Self = Self(&MetricRow {
        id: "hot_start_ns",
        about: "The same with every file in the HTTP cache, where the contender was run hot before.",
        words: "hot start",
        read: Read::Block(|block| start_ns(block, State::Hot)),
        compared: WithOtherStarts,
        measure: Some("hot-start"),
        ..COST
    });

    /// Copying the input in.
    pub const BOUNDARY_IN: Self = Self(&MetricRow {
        id: "boundary_in_ns",
        about: "Crossing with the input alone, on the contender's own glue.",
        words: "crossing in",
        read: Read::Block(|block| median(&block.boundary_in)),
        limit: limit("boundary-in", SCATTERED),
        followed: true,
        measure: Some("boundary-in"),
        csv: &[("boundary_in_ns", Middle)],
        columns: &[("Boundary share", Shown::ShareOfCall)],
        ..COST
    });

    /// Copying the answer out.
    pub const BOUNDARY_OUT: Self = Self(&MetricRow {
        id: "boundary_out_ns",
        about: "Crossing back with the answer alone, on the contender's own glue.",
        words: "crossing out",
        read: Read::Block(|block| median(&block.boundary_out)),
        limit: limit("boundary-out", SCATTERED),
        followed: true,
        measure: Some("boundary-out"),
        csv: &[("boundary_out_ns", Middle)],
        ..COST
    });

    /// The job without crossing.
    pub const RESIDENT: Self = Self(&MetricRow {
        id: "resident_ns",
        about: "The job on an input that is already inside, the answer staying inside.",
        words: "compute",
        read: Read::Block(|block| median(&block.resident)),
        ..COST
    });

    /// What ships, uncompressed.
    pub const SIZE_RAW: Self = Self(&MetricRow {
        id: "size_raw_bytes",
        about: "Everything that ships, uncompressed.",
        words: "size, raw",
        unit: Bytes,
        read: Read::Contender(|contender| Some(contender.size_bytes?.raw)),
        csv: &[("size_raw_bytes", Middle)],
        columns: &[("Raw", Shown::Number(Middle))],
        ..COST
    });

    /// What ships, with gzip.
    pub const SIZE_GZIP: Self = Self(&MetricRow {
        id: "size_gzip_bytes",
        about: "Everything that ships, compressed with gzip at level 9.",
        words: "size, gzip",
        unit: Bytes,
        read: Read::Contender(|contender| Some(contender.size_bytes?.gzip)),
        csv: &[("size_gzip_bytes", Middle)],
        columns: &[("gzip", Shown::Number(Middle))],
        ..COST
    });

    /// What ships, as it goes over the network.
    pub const SIZE: Self = Self(&MetricRow {
        id: "size_bytes",
        about: "Everything that ships, compressed with brotli at level 11.",
        words: "size, brotli",
        short: Some("size (br)"),
        unit: Bytes,
        read: Read::Contender(|contender| Some(contender.size_bytes?.brotli)),
        compared: Always,
        limit: limit("size", 0.0),
        followed: true,
        measure: Some("file-size"),
        csv: &[("size_brotli_bytes", Middle)],
        columns: &[("brotli", Shown::Number(Middle))],
        ..COST
    });

    /// The Wasm alone.
    pub const WASM: Self = Self(&MetricRow {
        id: "wasm_bytes",
        about: "The `.wasm` file as it ships, uncompressed.",
        words: "Wasm, raw",
        unit: Bytes,
        read: Read::Contender(|contender| contender.size_steps.last().map(|step| step.size.raw)),
        limit: limit("wasm", 0.0),
        ..COST
    });

    /// What the Wasm imports.
    pub const IMPORTS: Self = Self(&MetricRow {
        id: "wasm_imports",
        about: "How many functions, memories and other things the `.wasm` file imports.",
        words: "Wasm imports",
        unit: Count,
        read: Read::Contender(|contender| (!contender.size_steps.is_empty()).then_some(contender.imports.len() as u64)),
        limit: limit("imports", 0.0),
        ..COST
    });

    /// Linear memory, which never shrinks.
    pub const LINEAR_PEAK: Self = Self(&MetricRow {
        id: "linear_peak_bytes",
        about: "Linear memory after the last call, which is its peak.",
        words: "linear memory",
        unit: Bytes,
        read: Read::Peak(|block| Some(block.memory?.end.linear? as f64)),
        limit: limit("linear-memory", 0.0),
        followed: true,
        measure: Some("linear-memory"),
        csv: &[("linear_peak_bytes", Middle)],
        ..COST
    });
}

/// The median over the rounds of a block.
pub(crate) fn call_ns(block: &Block) -> Option<f64> {
    median(&block.call.values().copied().collect::<Vec<_>>())
}

/// The median over the starts of a block in one state.
pub(crate) fn start_ns(block: &Block, state: State) -> Option<f64> {
    median(&block.starts_in(state).iter().map(|start| start.total_ns).collect::<Vec<_>>())
}
