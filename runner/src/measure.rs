//! Carries out a plan: answers checked, sessions, then blocks of fresh processes with warm-up, interleaved rounds and starts.
//! Every row is handed on as soon as it is known.

mod attempt;
mod block;
mod calibrated;
mod changed;
mod conditions;
mod context;
mod cut_short;
mod discover;
mod earlier;
mod functions;
mod group;
mod job;
mod log;
mod memory;
mod native;
mod page_examination;
mod pipeline;
mod recorded;
mod remote;
mod repetitions;
mod revisions;
mod run_folder;
mod same;
mod sandbox;
mod sessions;
mod set_up;
mod setting;
mod starts;
mod test_bed;
mod trial;
mod try_out;
mod verify;
mod warm_up;

#[cfg(test)]
mod tests;

pub use calibrated::calibrated;
pub use functions::functions;
pub use job::{Job, LoneContender};
pub use page_examination::examine_page;
pub use pipeline::record;
pub use recorded::{COLD_INTERVAL, Cold, ProfileRecording, STEADY_INTERVAL, Steady};
pub use revisions::{Revisions, record_revisions};
pub use run_folder::RunFolder;
pub use set_up::{environment, environment_of_port, required, show_driver, threads};
pub use test_bed::TestBed;
pub use trial::failure;
pub use try_out::{Tried, try_out};
