//! Reads a Chrome performance trace: the profiles of its threads, and what the browser rendered meanwhile.
//!
//! The format is the Trace Event Format, as an array of events or an object with `traceEvents`; times are in microseconds.
//! A profile comes as one `Profile` event and many `ProfileChunk` events with the same process and id.

use std::collections::HashMap;
use std::fmt;

use anyhow::{Context as _, ensure};
use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::chrome::{plant, timeline};
use super::recording::{Function, NO_SAMPLES, Recording};
use super::rendering::{Span, Spans, renders, runs_script};
use crate::sampling::Kind;
use crate::sampling::cpuprofile::{CallFrame, ProfileNode};

/// A process and a thread of it.
type ThreadId = (i64, i64);

/// One event; `args` differ by name.
#[derive(Debug, Deserialize)]
struct Event {
    #[serde(default)]
    name: String,
    #[serde(default)]
    ph: String,
    #[serde(default)]
    pid: i64,
    #[serde(default)]
    tid: i64,
    #[serde(default)]
    id: Value,
    #[serde(default)]
    ts: f64,
    #[serde(default)]
    dur: f64,
    #[serde(default)]
    args: Value,
}

impl Event {
    /// Most events have their arguments below `data`.
    fn data(&mut self) -> Value {
        self.args.get_mut("data").map(Value::take).unwrap_or_default()
    }
}

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

/// A profile as it comes together.
#[derive(Debug, Default)]
struct Profile {
    thread: Option<ThreadId>,
    start_time: f64,
    nodes: Vec<ProfileNode>,
    samples: Vec<u64>,
    time_deltas: Vec<f64>,
}

/// What is kept of a trace while its events pass by; they are far too many to be held.
#[derive(Debug, Default)]
struct Trace {
    profiles: IndexMap<(i64, String), Profile>,
    names: HashMap<ThreadId, String>,
    spans: HashMap<ThreadId, Vec<Span>>,
    calls: HashMap<ThreadId, Vec<CallFrame>>,
    broken: Option<anyhow::Error>,
}

/// Reads the file's text.
///
/// # Errors
/// When it is not what the format says.
pub fn read(text: &[u8]) -> anyhow::Result<Recording> {
    let mut trace = Trace::default();
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    (&mut trace).deserialize(&mut deserializer)?;
    deserializer.end()?;
    if let Some(broken) = trace.broken {
        return Err(broken);
    }
    ensure!(
        !trace.profiles.is_empty(),
        "the trace holds no JavaScript samples; record it with DevTools' Performance panel"
    );
    let mut recording = Recording::default();
    // Entering a script and rendering are recorded together, or neither is.
    recording.sees_layout = !trace.spans.is_empty();
    for profile in trace.profiles.into_values() {
        let id = profile.thread.unwrap_or_default();
        let spans = Spans::new(trace.spans.remove(&id).unwrap_or_default());
        let name = trace.names.get(&id).map_or("main", |name| if name == MAIN { "main" } else { name.as_str() });
        let thread = recording.thread(name);
        profile.read(&mut recording, thread, &spans)?;
        count(&mut recording, thread, trace.calls.remove(&id).unwrap_or_default());
    }
    ensure!(!recording.timelines.is_empty(), NO_SAMPLES);
    Ok(recording)
}

/// What Chrome calls a page's main thread.
const MAIN: &str = "CrRendererMain";

impl Trace {
    fn take(&mut self, mut event: Event) -> anyhow::Result<()> {
        let thread = (event.pid, event.tid);
        match event.name.as_str() {
            "thread_name" => {
                let name = event.args["name"].as_str().unwrap_or_default();
                self.names.insert(thread, name.to_owned());
            }
            "Profile" | "ProfileChunk" => {
                let chunk: Option<Chunk> = serde_json::from_value(event.data())
                    .with_context(|| format!("field `args.data` of a {} event", event.name))?;
                let profile = self.profiles.entry((event.pid, event.id.to_string())).or_default();
                profile.take(chunk.unwrap_or_default());
                // The chunks come from the thread that samples; the profile itself from the one that is sampled.
                if event.name == "Profile" {
                    profile.thread = Some(thread);
                }
            }
            name => {
                let rendering = renders(name);
                if event.ph == "X" && (rendering.is_some() || runs_script(name)) {
                    let span = Span { start: event.ts, end: event.ts + event.dur, rendering };
                    self.spans.entry(thread).or_default().push(span);
                }
                if name == "FunctionCall"
                    && let Ok(frame) = serde_json::from_value(event.data())
                {
                    self.calls.entry(thread).or_default().push(frame);
                }
            }
        }
        Ok(())
    }
}

impl Profile {
    fn take(&mut self, chunk: Chunk) {
        if chunk.start_time > 0.0 {
            self.start_time = chunk.start_time;
        }
        self.nodes.extend(chunk.cpu_profile.nodes);
        self.samples.extend(chunk.cpu_profile.samples);
        self.time_deltas.extend(chunk.time_deltas);
    }

    /// Adds the profile to the recording. A sample taken while the browser rendered has the rendering below it.
    fn read(self, recording: &mut Recording, thread: usize, spans: &Spans) -> anyhow::Result<()> {
        let nodes = plant(recording, thread, self.nodes)?;
        let mut timeline = timeline(&nodes, self.start_time, &self.samples, &self.time_deltas)?;
        let renderings = spans.at(timeline.iter().map(|(time, _)| *time));
        for ((_, node), name) in timeline.iter_mut().zip(renderings) {
            if let Some(name) = name {
                let caller = Some(*node).filter(|node| recording.kind(*node).runs_below_callers());
                *node = recording.child(caller, rendering(name, thread));
            }
        }
        recording.timeline(timeline)
    }
}

fn rendering(name: &str, thread: usize) -> Function {
    let (name, url) = (name.to_owned(), String::new());
    Function { name, url, line: None, column: None, kind: Kind::Dom, thread }
}

/// Counts the calls that the browser made into scripts. These frames count lines from 1, as recordings do.
fn count(recording: &mut Recording, thread: usize, calls: Vec<CallFrame>) {
    let places: HashMap<_, _> = recording
        .functions
        .iter()
        .enumerate()
        .filter(|(_, function)| function.thread == thread)
        .map(|(at, function)| ((function.name.clone(), function.url.clone(), function.line), at))
        .collect();
    for frame in calls {
        let line = u32::try_from(frame.line_number).ok();
        if let Some(function) = places.get(&(frame.function_name, frame.url, line)) {
            *recording.calls.entry(*function).or_default() += 1;
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Trace {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Trace {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of trace events, or an object with `traceEvents`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut events: A) -> Result<(), A::Error> {
        while let Some(event) = events.next_element()? {
            if self.broken.is_none() {
                self.broken = self.take(event).err();
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(field) = fields.next_key::<String>()? {
            if field == "traceEvents" {
                fields.next_value_seed(&mut *self)?;
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
