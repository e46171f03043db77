//! From what the browser recorded to what is told of it: readable names, the part that counts, whose time it is, files.

mod attribution;
mod output;
mod part;
mod picture;
mod readable;
mod record;
mod summary;
#[cfg(test)]
mod tests;

use attribution::Attribution;
pub use output::Output;
use part::joined;
pub use picture::flame_graph;
use readable::readable;
pub use record::record;
use summary::{cold, steady};
