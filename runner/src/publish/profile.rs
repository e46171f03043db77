//! The files of a profile, and the page that shows it.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use crossover_reports::profile::Profile;

use super::runs::{report_and_page, results_file};
use crate::profile::ProfileFolder;
use crate::sampling::cpuprofile::CpuProfile;

/// Writes a profile, and what was recorded in each of its states, and returns the paths.
///
/// # Errors
/// When a file cannot be written.
pub fn write_profile(
    output: &ProfileFolder,
    profile: &Profile,
    recorded: &[CpuProfile],
) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for (state, recorded) in profile.states.iter().zip(recorded) {
        files.extend(output.write_state(profile, state, recorded)?);
    }
    files.push(output.write_summary(profile)?);
    Ok(files)
}

/// Writes the report anew where there is a run, so that it shows the profile, and returns its path.
///
/// # Errors
/// When the run cannot be read, or the page cannot be written.
pub fn renew_page(out: &Path) -> anyhow::Result<Option<PathBuf>> {
    let results = results_file(out);
    if !results.is_file() {
        return Ok(None);
    }
    let (_, page) = report_and_page(&results)?;
    let file = out.join("report.html");
    std::fs::write(&file, page).with_context(|| format!("{}: cannot be written", file.display()))?;
    Ok(Some(file))
}
