//! Everything of the crate that can be seen from outside, in one binary.

// Helpers of tests may panic as tests do.
#![allow(clippy::unwrap_used)]

mod across;
mod boundary;
mod build_matrix;
mod calibration;
mod ceiling;
mod charts;
mod compare;
mod decisions;
mod extremes;
mod golden;
mod headroom;
mod history;
mod hostile;
mod join;
mod memory;
mod merge;
mod names;
mod page;
mod plan;
mod profile;
mod report;
mod resume;
mod rules_of_thumb;
mod run_file;
mod schema;
mod scratch;
mod sequential;
mod slides;
mod synthetic;
mod tool;
mod verdicts;
