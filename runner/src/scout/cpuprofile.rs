//! Reads a `.cpuprofile`, as Chrome DevTools, Node.js and the DevTools protocol write it.
//!
//! It shows few of the browser's functions: optimised code calls `offsetHeight` and its like without a frame, and the layout
//! that they force is then the script's own time.

use anyhow::ensure;

use super::chrome::plant;
use super::head;
use super::recording::{NO_SAMPLES, Recording};
use crate::sampling::cpuprofile::CpuProfile;

/// Reads the file's text.
///
/// # Errors
/// When it does not follow the format.
pub fn read(text: &[u8]) -> anyhow::Result<Recording> {
    read_profile(serde_json::from_slice(text)?)
}

/// Reads the text of a file from before Chrome 58.
///
/// # Errors
/// When it does not follow the format.
pub fn read_head(text: &[u8]) -> anyhow::Result<Recording> {
    read_profile(head::profile(text)?)
}

fn read_profile(profile: CpuProfile) -> anyhow::Result<Recording> {
    let mut recording = Recording::default();
    let thread = recording.thread("main");
    let hits: Vec<_> = profile.nodes.iter().map(|node| (node.id, node.hit_count)).collect();
    let planted = plant(&mut recording, thread, profile.nodes)?;
    planted.ensure_whole(&profile.samples)?;
    if profile.samples.is_empty() {
        // Without samples, each hit stands for an equal share of the time.
        let all: f64 = hits.iter().map(|(_, hits)| *hits as f64).sum();
        let length = (profile.end_time - profile.start_time).max(0.0);
        ensure!(all > 0.0 && length > 0.0, NO_SAMPLES);
        for (id, hits) in hits {
            let Some(node) = planted.node(id) else { continue };
            recording.add(node, length / all * hits as f64, hits)?;
        }
        return Ok(recording);
    }
    let samples = planted.timeline(profile.start_time, &profile.samples, &profile.time_deltas)?;
    recording.timeline(samples)?;
    Ok(recording)
}
