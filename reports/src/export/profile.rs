//! A profile in its formats.

use anyhow::Context as _;

pub use super::terminal::profile::text as terminal;
use crate::profile::Profile;

/// `crossover/profile/2`.
///
/// # Errors
/// When it cannot be serialised; no figure causes that.
pub fn json(profile: &Profile) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(profile).context("the profile cannot be written as JSON")? + "\n")
}
