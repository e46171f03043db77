//! From a recorded profile to its report: readable names, the part that counts, whose time it is, files.

mod attribution;
mod clip;
mod flame_graph;
mod profile_folder;
mod readable;
mod record;
mod summary;
#[cfg(test)]
mod tests;

use attribution::Attribution;
use clip::joined;
pub use flame_graph::flame_graph;
pub use profile_folder::ProfileFolder;
use readable::readable;
pub use record::record;
use summary::{cold, steady};
