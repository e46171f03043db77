//! The git revision of a folder, for the record.

use std::path::Path;

use super::git::{AT_ONCE, git};

/// The revision checked out in `folder`, with `-dirty` appended where it has changes; none outside git.
#[must_use]
pub fn revision(folder: &Path) -> Option<String> {
    let revision = git(folder, &["rev-parse", "HEAD"], AT_ONCE).ok()?;
    let changes = git(folder, &["status", "--porcelain", "--untracked-files=no"], AT_ONCE);
    let is_dirty = changes.map_or(true, |changes| !changes.is_empty());
    Some(if is_dirty { format!("{revision}-dirty") } else { revision })
}
