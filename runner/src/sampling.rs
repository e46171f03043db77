//! What sampling profilers write: the format of Chrome's, and whose code a function is. `scout` reads what users have
//! recorded, `profile` records.

pub mod cpuprofile;
mod host;
mod kind;

pub use host::Host;
pub use kind::{Kind, path};
