//! Summaries of profiles as files: in a folder beside the results file, each checked before it is used.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, ensure};

use super::{Profile, SCHEMA, StateProfile};
use crate::regular;

/// The folder beside a results file that holds profiles.
const FOLDER: &str = "profiles";
/// Largest summary; the complete profiles are larger.
const LARGEST_BYTES: u64 = 4 << 20;
/// Most frames or categories of a state.
const MOST: usize = 5000;
/// Most callers of a frame.
const DEEPEST: usize = 200;
/// Most files of a folder that are read.
const MOST_FILES: usize = 1000;
/// How a user fixes an invalid file.
const FIX: &str = "record it again with `crossover profile`, or remove it";

/// Every profile beside a results file, by file name, and the problem of each one that cannot be read.
#[must_use]
pub fn beside(run: &Path) -> (Vec<Profile>, Vec<anyhow::Error>) {
    let Ok(entries) = fs::read_dir(run.with_file_name(FOLDER)) else { return Default::default() };
    let mut files: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json") && file.is_file());
    files.sort();
    let (mut profiles, mut errors) = (Vec::new(), Vec::new());
    for file in files.iter().take(MOST_FILES) {
        match read(file) {
            Ok(profile) => profiles.push(profile),
            Err(error) => errors.push(error),
        }
    }
    (profiles, errors)
}

/// Reads one summary.
///
/// # Errors
/// When it cannot be read or does not follow its schema.
pub fn read(path: &Path) -> anyhow::Result<Profile> {
    let place = || path.display().to_string();
    let mut text = Vec::new();
    let file = regular::open(path).with_context(place)?;
    file.take(LARGEST_BYTES + 1).read_to_end(&mut text).with_context(place)?;
    ensure!(
        text.len() as u64 <= LARGEST_BYTES,
        "{}: is too large for a summary of a profile; help: {FIX}",
        path.display()
    );
    let profile: Profile =
        serde_json::from_slice(&text).with_context(|| format!("{}: is not a {SCHEMA}; help: {FIX}", path.display()))?;
    check(&profile).with_context(place)?;
    Ok(profile)
}

fn check(profile: &Profile) -> anyhow::Result<()> {
    let Profile { schema, states, .. } = profile;
    ensure!(schema == SCHEMA, "field `schema`: is {schema:?}, not {SCHEMA}; help: {FIX}");
    ensure!(states.len() <= 2, "field `states`: has {} states, and 2 are the most; help: {FIX}", states.len());
    states.iter().try_for_each(check_state)
}

fn check_state(state: &StateProfile) -> anyhow::Result<()> {
    let StateProfile { categories, functions, frames, .. } = state;
    let most = [categories.len(), functions.len(), frames.len()].into_iter().max().unwrap_or(0);
    ensure!(most <= MOST, "a state has a list of {most} entries, which is too many; help: {FIX}");
    let mut depths = Vec::with_capacity(frames.len());
    for (at, frame) in frames.iter().enumerate() {
        ensure!(
            frame.parent.is_none_or(|parent| parent < at),
            "field `frames`: {at} comes before its caller; help: {FIX}"
        );
        let depth = frame.parent.map_or(0, |parent| depths[parent] + 1);
        ensure!(depth <= DEEPEST, "field `frames`: {at} has more than {DEEPEST} callers; help: {FIX}");
        depths.push(depth);
    }
    let times = [state.total_ns, state.interval_ns].into_iter();
    let times = times.chain(categories.iter().filter_map(|category| category.ns));
    let times = times.chain(functions.iter().flat_map(|function| [function.self_ns, function.total_ns]));
    for ns in times.chain(frames.iter().map(|frame| frame.self_ns)) {
        ensure!((0.0..=1e18).contains(&ns), "{ns} ns is not a time; help: {FIX}");
    }
    let sum: f64 = frames.iter().map(|frame| frame.self_ns).sum();
    ensure!(sum <= state.total_ns * 1.001 + 1.0, "field `frames`: is longer than `total_ns`; help: {FIX}");
    Ok(())
}
