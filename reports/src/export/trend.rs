//! A trend in every format.

use anyhow::Context as _;

pub use super::html::trend::page as html;
pub use super::terminal::trend::text as terminal;
use crate::history::Trend;

/// `crossover/trend/2`, with a last newline.
///
/// # Errors
/// When the trend cannot be serialised, which does not depend on its figures.
pub fn json(trend: &Trend) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(trend).context("writing the trend as JSON")? + "\n")
}
