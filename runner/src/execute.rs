//! Carries out a plan: blocks of fresh browsers, warm-up, interleaved rounds, starts. Every block is handed on
//! as soon as it is known.

mod attempt;
mod block;
mod conditions;
mod group;
mod prepared;
mod starts;
mod trial;
mod verify;
mod warm_up;

#[cfg(test)]
mod tests;

pub use block::{Bench, Enough, Step, measure};
pub use prepared::{Loadable, Prepared, PreparedGroup};
pub use verify::verify;
