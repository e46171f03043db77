//! Carries out a plan: sessions, then blocks of fresh browsers, warm-up, interleaved rounds, starts. Every row is handed on
//! as soon as it is known.

mod attempt;
mod block;
mod conditions;
mod context;
mod cut_short;
mod discover;
mod group;
mod log;
mod memory;
mod prepared;
mod recorded;
mod same;
mod sessions;
mod setting;
mod starts;
mod trial;
mod verify;
mod warm_up;

#[cfg(test)]
mod tests;

pub use block::{Enough, Step, measure};
pub use context::MeasureContext;
pub use discover::{Found, discover};
pub use prepared::{Loadable, Prepared, PreparedGroup};
pub use recorded::{COLD_INTERVAL, Cold, Recording, STEADY_INTERVAL, Steady};
pub use sessions::{Watched, sessions};
pub use trial::failure;
pub use verify::{WRONG_ANSWER, answers, verify};
