//! Estimates from lists of numbers: medians, the Hodges–Lehmann point, Student's interval, and whether a warm-up ended.
//!
//! Everything here is pure and takes finite numbers, which `measurement` guarantees.

mod interval;
mod location;
mod order;
#[cfg(test)]
pub mod simulation;
mod steady;

pub use interval::{student, widened};
pub use location::hodges_lehmann;
pub use order::{median, percentile};
pub use steady::{Trajectory, classify};
