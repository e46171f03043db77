//! Reads a timeline recording of Safari's Web Inspector: stacks of scripts only, each with its time, in seconds.

use anyhow::ensure;
use serde::Deserialize;

use super::recording::{Recording, ScriptFunction, short};
use crate::sampling::FrameOrigin;

/// The message for a recording without samples.
const NO_SAMPLES: &str = "Safari's timeline recording holds no samples of JavaScript; help: record again with JavaScript & Events \
                          switched on, and use the page while it records";

/// How long a sample lasts where the file does not say it.
const DURATION: f64 = 1e-3;

/// From this number of durations on, a gap between samples is time without scripts: Safari samples nothing else.
const GAP: f64 = 1.5;

#[derive(Debug, Deserialize)]
struct SafariFile {
    recording: SafariTimeline,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SafariTimeline {
    #[serde(default)]
    sample_stack_traces: Vec<SafariSample>,
    #[serde(default)]
    sample_durations: Vec<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SafariSample {
    timestamp: f64,
    /// The callee before its caller.
    stack_frames: Vec<SafariFrame>,
}

#[derive(Debug, Deserialize)]
struct SafariFrame {
    #[serde(default)]
    name: String,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    line: Option<i64>,
    #[serde(default)]
    column: Option<i64>,
}

/// Reads the file's text.
///
/// # Errors
/// When it does not follow the format.
pub fn read(text: &[u8]) -> anyhow::Result<Recording> {
    let SafariFile { recording: SafariTimeline { sample_stack_traces: mut traces, sample_durations } } =
        serde_json::from_slice(text)?;
    ensure!(!traces.is_empty(), NO_SAMPLES);
    traces.sort_by(|a, b| a.timestamp.total_cmp(&b.timestamp));
    let mut recording = Recording::default();
    let thread = recording.thread("main");
    let idle = recording.child(None, named("(idle)", String::new(), thread));
    let mut samples = Vec::with_capacity(traces.len());
    let starts: Vec<f64> = traces.iter().skip(1).map(|trace| trace.timestamp).collect();
    for (at, trace) in traces.into_iter().enumerate() {
        let node = trace
            .stack_frames
            .into_iter()
            .rev()
            .fold(None, |caller, frame| Some(recording.child(caller, frame.function(thread))));
        samples.push((trace.timestamp * 1e6, Some(node.unwrap_or(idle))));
        let duration = sample_durations.get(at).copied().filter(|duration| *duration > 0.0).unwrap_or(DURATION);
        if starts.get(at).is_none_or(|next| next - trace.timestamp > GAP * duration) {
            samples.push(((trace.timestamp + duration) * 1e6, Some(idle)));
        }
    }
    recording.timeline(samples)?;
    Ok(recording)
}

impl SafariFrame {
    fn function(self, thread: usize) -> ScriptFunction {
        let url = self.url.filter(|url| url != "[native code]").unwrap_or_default();
        // What a script does outside of its functions is called as native code is in Chrome.
        let name = if self.name == "(program)" && !url.is_empty() { "(global code)" } else { self.name.as_str() };
        let from_one = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok()).filter(|at| *at > 0);
        ScriptFunction { line: from_one(self.line), column: from_one(self.column), ..named(name, short(&url), thread) }
    }
}

fn named(name: &str, url: String, thread: usize) -> ScriptFunction {
    let name = short(name);
    ScriptFunction { kind: FrameOrigin::of(&name, &url), name, url, line: None, column: None, thread }
}
