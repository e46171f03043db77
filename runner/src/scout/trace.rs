//! Reads a Chrome performance trace: the profiles of its threads, and what the browser rendered meanwhile.
//!
//! The format is the Trace Event Format, as an array of events or an object with `traceEvents`; times are in microseconds.
//! A profile comes as one `Profile` event and many `ProfileChunk` events with the same process and id. Up to Chrome 68 it is
//! one `CpuProfile` event.

mod event;
mod profile;

use std::collections::HashMap;
use std::fmt;

use anyhow::{Context as _, bail, ensure};
use indexmap::IndexMap;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use self::event::{Event, ThreadId};
use self::profile::TraceProfile;
use super::recording::{NO_SAMPLES, Recording};
use super::rendering::{Stretch, Stretches, renders, runs_script};
use crate::sampling::cpuprofile::CallFrame;

/// What is said of a trace in which no thread was sampled.
const NOT_SAMPLED: &str = "the trace holds no JavaScript samples; help: record it with DevTools' Performance panel and leave its \
                           setting \"Disable JavaScript samples\" off, or where you choose categories yourself (Puppeteer, \
                           Playwright, Lighthouse, chrome://tracing), add `disabled-by-default-v8.cpu_profiler`";

/// What is said of a trace with samples of another engine.
const OTHER_SAMPLES: &str = "the trace holds samples of another engine than V8, as Hermes of React Native writes them, and \
                             scout cannot read those; help: record the code in Chrome or Node.js";

/// What is said of a trace that lacks the events that begin its profiles.
const NOT_BEGUN: &str = "the trace holds samples without the `Profile` event that begins them, so their times are unknown; \
                         help: record a shorter one, whose beginning is kept";

/// Scripts that ran for less than this, in microseconds, in a thread that was not sampled are not worth a word.
const WORTH_A_WORD_US: f64 = 1e4;

/// What is kept of a trace while its events pass by; they are far too many to be held.
#[derive(Debug, Default)]
struct Trace {
    profiles: IndexMap<(i64, String), TraceProfile>,
    names: HashMap<ThreadId, String>,
    spans: HashMap<ThreadId, Vec<Stretch>>,
    calls: HashMap<ThreadId, Vec<CallFrame>>,
    /// Whether there are samples beside the events, which are not V8's.
    has_other_samples: bool,
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
    if trace.profiles.is_empty() {
        ensure!(!trace.has_other_samples, OTHER_SAMPLES);
        bail!(NOT_SAMPLED);
    }
    trace.recording()
}

/// What Chrome calls a page's main thread.
const MAIN: &str = "CrRendererMain";

impl Trace {
    fn take(&mut self, mut event: Event) -> anyhow::Result<()> {
        let thread = event.thread;
        // Pages may call their own events as they like, in categories of their own.
        let is_sampled = event.category.is_empty() || event.category.contains("cpu_profiler");
        let is_whole = event.category.is_empty() || event.category.contains("devtools.timeline");
        match event.name.as_str() {
            "thread_name" => {
                self.names.insert(thread, event.text("name").to_owned());
            }
            "Profile" | "ProfileChunk" if is_sampled => {
                let profile = self.profiles.entry((thread.0, event.id.clone())).or_default();
                profile.take(event.data()).with_context(|| field(&event))?;
                // The chunks come from the thread that samples; the profile itself from the one that is sampled.
                if event.name == "Profile" {
                    profile.thread = Some(thread);
                }
            }
            "CpuProfile" if is_whole => {
                let profile = TraceProfile::whole(thread, event.data()).with_context(|| field(&event))?;
                self.profiles.insert((thread.0, format!("{} in thread {}", self.profiles.len(), thread.1)), profile);
            }
            name => {
                let rendering = renders(name);
                if event.is_complete && (rendering.is_some() || runs_script(name)) {
                    let span = Stretch { start: event.start, end: event.start + event.duration, rendering };
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

    /// All profiles in one. What is left of an earlier recording is a profile without its beginning, and left out.
    fn recording(mut self) -> anyhow::Result<Recording> {
        // Entering a script and rendering are recorded together, or neither is.
        let mut recording = Recording::default();
        recording.sees_layout = !self.spans.is_empty();
        let mut is_begun = false;
        for profile in std::mem::take(&mut self.profiles).into_values() {
            let Some(id) = profile.thread else {
                recording.left_out += profile.samples();
                continue;
            };
            is_begun = true;
            let spans = Stretches::new(self.spans.remove(&id).unwrap_or_default());
            let thread = recording.thread(self.name(id));
            profile.read(&mut recording, thread, &spans)?;
            count(&mut recording, thread, self.calls.remove(&id).unwrap_or_default());
        }
        ensure!(is_begun || recording.left_out == 0, NOT_BEGUN);
        ensure!(!recording.timelines.is_empty(), NO_SAMPLES);
        recording.notes = self.not_sampled();
        Ok(recording)
    }

    /// What a thread is called for people.
    fn name(&self, thread: ThreadId) -> &str {
        self.names.get(&thread).map_or("main", |name| if name == MAIN { "main" } else { name.as_str() })
    }

    /// Threads in which scripts ran and which were not sampled: those that are left. The page may be among them, where only a
    /// worker or another tab was sampled.
    fn not_sampled(self) -> Vec<String> {
        let mut found = Vec::new();
        for (id, spans) in &self.spans {
            let us = Stretches::new(spans.clone()).script_us();
            if us >= WORTH_A_WORD_US {
                found.push((us, *id));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let label = |(us, id): &(f64, ThreadId)| {
            let (ms, name, process) = (us / 1e3, self.name(*id), id.0);
            format!("Scripts ran for {ms:.0} ms in the thread {name} of process {process}, and no sample is of it.")
        };
        found.iter().take(3).map(label).collect()
    }
}

/// Where an event that is not as it should be is wrong.
fn field(event: &Event) -> String {
    format!("field `args.data` of a {} event", event.name)
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
            if let Some(event) = Event::of(event).filter(|_| self.broken.is_none()) {
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
                self.has_other_samples |= field == "samples";
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
