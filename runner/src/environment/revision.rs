//! The git revision of a folder, for the record.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::process;

/// Git answers at once, or is not worth waiting for.
const LIMIT: Duration = Duration::from_secs(5);

/// The revision checked out in `folder`, with `-dirty` appended where it has changes; none outside git.
#[must_use]
pub fn revision(folder: &Path) -> Option<String> {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(folder);
        process::run(&mut command, LIMIT).ok().map(|output| output.stdout.trim().to_owned())
    };
    let revision = git(&["rev-parse", "HEAD"])?;
    let is_dirty = git(&["status", "--porcelain", "--untracked-files=no"]).is_none_or(|changes| !changes.is_empty());
    Some(if is_dirty { format!("{revision}-dirty") } else { revision })
}
