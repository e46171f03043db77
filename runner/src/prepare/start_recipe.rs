//! How a contender is started, once that is known.

use crate::protocol::Way;

/// How a contender is started, and what it fetches then, by the names in its own folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StartRecipe {
    /// The way.
    pub way: Way,
    /// The files.
    pub fetched: Vec<String>,
}
