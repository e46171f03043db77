//! The profile of one thread, as it comes together from the events of a trace.

use serde::Deserialize;
use serde_json::Value;

use super::super::chrome::plant;
use super::super::recording::{Recording, ScriptFunction};
use super::super::rendering::Stretches;
use super::event::ThreadId;
use crate::sampling::FrameOrigin;
use crate::sampling::cpuprofile::{CpuProfile, ProfileNode};

/// What a `Profile` event or a chunk adds.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Chunk {
    start_time: f64,
    cpu_profile: ChunkProfile,
    time_deltas: Vec<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ChunkProfile {
    nodes: Vec<ProfileNode>,
    samples: Vec<u64>,
}

/// All of a profile, in an event of Chrome 68 and older.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WholeProfile {
    cpu_profile: CpuProfile,
}

/// A profile as it comes together.
#[derive(Debug, Default)]
pub struct TraceProfile {
    /// The thread that was sampled; unknown as long as the event that begins the profile was not met.
    pub thread: Option<ThreadId>,
    start_time: f64,
    nodes: Vec<ProfileNode>,
    samples: Vec<u64>,
    time_deltas: Vec<f64>,
}

impl TraceProfile {
    /// A profile that is in one event.
    ///
    /// # Errors
    /// When the event does not hold what it should.
    pub fn whole(thread: ThreadId, data: Value) -> serde_json::Result<Self> {
        let WholeProfile { cpu_profile } = serde_json::from_value(data)?;
        let CpuProfile { nodes, start_time, samples, time_deltas, .. } = cpu_profile;
        Ok(Self { thread: Some(thread), start_time, nodes, samples, time_deltas })
    }

    /// Takes in what an event adds.
    ///
    /// # Errors
    /// When the event does not hold what it should.
    pub fn take(&mut self, data: Value) -> serde_json::Result<()> {
        let chunk: Option<Chunk> = serde_json::from_value(data)?;
        let chunk = chunk.unwrap_or_default();
        if chunk.start_time > 0.0 {
            self.start_time = chunk.start_time;
        }
        self.nodes.extend(chunk.cpu_profile.nodes);
        self.samples.extend(chunk.cpu_profile.samples);
        self.time_deltas.extend(chunk.time_deltas);
        Ok(())
    }

    /// How many samples it has.
    #[must_use]
    pub fn samples(&self) -> u64 {
        self.samples.len() as u64
    }

    /// Adds the profile to the recording. A sample taken while the browser rendered has the rendering below it.
    ///
    /// # Errors
    /// When nodes, samples and times do not fit together.
    pub fn read(self, recording: &mut Recording, thread: usize, spans: &Stretches) -> anyhow::Result<()> {
        let planted = plant(recording, thread, self.nodes)?;
        let mut timeline = planted.timeline(self.start_time, &self.samples, &self.time_deltas)?;
        let renderings = spans.at(timeline.iter().map(|(time, _)| *time));
        for ((_, node), name) in timeline.iter_mut().zip(renderings) {
            if let (Some(at), Some(name)) = (*node, name) {
                let caller = Some(at).filter(|at| recording.kind(*at).runs_below_callers());
                *node = Some(recording.child(caller, rendering(name, thread)));
            }
        }
        recording.timeline(timeline)
    }
}

fn rendering(name: &str, thread: usize) -> ScriptFunction {
    let (name, url) = (name.to_owned(), String::new());
    ScriptFunction { name, url, line: None, column: None, kind: FrameOrigin::Dom, thread }
}
