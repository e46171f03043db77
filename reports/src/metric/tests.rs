//! What the table promises: a metric is one row of it with its reader.

use super::{Better, Compared, Limit, Metric, Number, Read, Row, Shown, Unit};

/// A metric of blocks that nothing but this row knows: the longest call.
pub(super) const TIMED: Metric = Metric(&Row {
    id: "longest_call_ns",
    about: "The longest call of a block.",
    words: "longest call",
    short: None,
    unit: Unit::Nanoseconds,
    better: Better::Smaller,
    read: Read::Block(|block| block.call.values().copied().reduce(f64::max)),
    compared: Compared::Always,
    limit: Some(Limit { key: "longest-call", usual_percent: 5.0 }),
    followed: true,
    measure: Some("longest-call"),
    csv: &[("longest_call_ns", Number::Middle), ("longest_call_ns_high", Number::High)],
    columns: &[("Longest call", Shown::Number(Number::Middle))],
});

/// A metric of contenders that nothing but this row knows: how many flags they are built with.
pub(super) const EXACT: Metric = Metric(&Row {
    id: "build_flags",
    about: "Flags that a contender is built with.",
    words: "build flags",
    short: None,
    unit: Unit::Count,
    better: Better::Smaller,
    read: Read::Contender(|contender| Some(contender.build.len() as u64)),
    compared: Compared::Always,
    limit: Some(Limit { key: "build-flags", usual_percent: 0.0 }),
    followed: true,
    measure: Some("build-flags"),
    csv: &[("build_flags", Number::Middle)],
    columns: &[("Build flags", Shown::Number(Number::Middle))],
});
