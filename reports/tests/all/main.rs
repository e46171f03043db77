//! Everything of the crate that can be seen from outside, in one binary.

// Helpers of tests may panic as tests do.
#![allow(clippy::unwrap_used)]

mod calibration;
mod golden;
mod hostile;
mod report;
mod run_file;
mod schema;
mod sequential;
mod synthetic;
