//! A profile in the formats that it has of its own.

use anyhow::Context as _;

pub use super::terminal::profile::text as terminal;
use crate::profile::Profile;

/// `crossover/profile/2`.
///
/// # Errors
/// When it cannot be serialised; no figure makes it.
pub fn json(profile: &Profile) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(profile).context("the profile cannot be written as JSON")? + "\n")
}
