//! Estimates from lists of numbers: medians, the Hodges–Lehmann point, Student's interval, tests of one side, lines, trends,
//! changes of level, whether values fall into two clusters, and whether a warm-up ended.
//!
//! Everything here is pure and takes finite numbers, which `measurement` guarantees.

mod binomial;
mod break_even;
mod discovery;
mod e_divisive;
mod interval;
mod ladder;
mod line;
mod location;
mod modes;
mod order;
mod rank_sum;
#[cfg(test)]
pub mod simulation;
mod split;
mod steady;
mod trend;

pub use binomial::{rate_interval, sign_test};
pub use break_even::{BlockDifference, Crossing, crossing};
pub use discovery::{above, difference_above, difference_interval, discoveries};
pub use e_divisive::e_divisive;
pub use interval::{student, student_quantile, widened};
pub use ladder::Ladder;
pub use line::{CostLine, relative_line};
pub use location::hodges_lehmann;
pub use modes::{change, modes};
pub use order::{median, percentile};
pub use rank_sum::rank_sum;
pub use split::split;
pub use steady::{Trajectory, classify};
pub use trend::trend;
