//! Carries out a plan: sessions, then blocks of fresh browsers, warm-up, interleaved rounds, starts. Every row is handed on
//! as soon as it is known.

mod attempt;
mod block;
mod conditions;
mod group;
mod memory;
mod prepared;
mod sessions;
mod starts;
mod trial;
mod verify;
mod warm_up;

#[cfg(test)]
mod tests;

pub use block::{Bench, Enough, NATIVE, Step, measure};
pub use prepared::{Loadable, Prepared, PreparedGroup};
pub use sessions::{Watched, sessions};
pub use verify::{answers, verify};
