//! What sampling profilers write: the format of Chrome's, and whose code a function is. `scout` reads what users have
//! recorded, `profile` records.

pub mod cpuprofile;
mod frame_origin;
mod script_host;

pub use frame_origin::{FrameOrigin, path};
pub use script_host::ScriptHost;
