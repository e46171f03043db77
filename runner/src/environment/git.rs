//! Runs git.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::anyhow;

use crate::process;

/// The time limit of quick git commands.
pub const AT_ONCE: Duration = Duration::from_secs(5);

/// What git says in `folder`, without the space around it.
///
/// # Errors
/// Its last line, where it fails or takes longer than `limit`.
pub fn git(folder: &Path, arguments: &[&str], limit: Duration) -> anyhow::Result<String> {
    let mut command = Command::new("git");
    // Where this is started by a hook, git's variables are about the hook's repository.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"] {
        command.env_remove(variable);
    }
    command.args(arguments).current_dir(folder);
    let output = process::run(&mut command, limit).map_err(|error| match error.last_lines(1).pop() {
        Some(line) => anyhow!("{line}"),
        None => anyhow!("{error}"),
    })?;
    Ok(output.stdout.trim().to_owned())
}
