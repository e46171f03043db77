//! From what the browser recorded to what is told of it: readable names, the part that counts, whose time it is, files.

mod attribution;
mod output;
mod part;
mod picture;
mod readable;
mod summary;
#[cfg(test)]
mod tests;

pub use attribution::Attribution;
pub use output::Output;
pub use part::joined;
pub use picture::flame_graph;
pub use readable::readable;
pub use summary::{cold, steady};
