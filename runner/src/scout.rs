//! Which functions of a recorded profile are worth a look: profiles read, analysed and reported.
//!
//! `file` detects the format and calls its reader; all readers make one `Recording`; `findings` judges it.

mod chrome;
mod cpuprofile;
mod cycle;
mod file;
mod findings;
mod firefox;
mod gecko;
mod head;
mod location;
mod meta;
mod next;
mod reason;
mod recording;
mod rendering;
mod safari;
mod shape;
mod stacks;
mod table;
#[cfg(test)]
mod tests;
mod trace;
mod tree;

pub use file::read;
pub use findings::Findings;
pub use next::command;
pub use table::text;
