//! Everything of the crate that can be seen from outside, in one binary.

mod golden;
mod hostile;
mod report;
mod run_file;
mod schema;
mod synthetic;
