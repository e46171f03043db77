//! Reads the profile as Firefox itself hands it out: rows whose columns a schema names, and functions as text.
//!
//! The format is the "Gecko profile format". Processes are nested. Times are in milliseconds.

use std::collections::HashMap;
use std::fmt;

use anyhow::Context as _;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::Value;

use super::location::{function, is_dom_call, label};
use super::meta::Meta;
use super::recording::Recording;
use super::stacks::{self, Frame, StackTable, thread_name};

#[derive(Debug, Deserialize)]
struct GeckoProcess {
    #[serde(default)]
    meta: Meta,
    #[serde(default)]
    threads: Vec<GeckoEntry>,
    #[serde(default)]
    processes: Vec<GeckoProcess>,
}

/// What is among the threads.
#[derive(Debug)]
enum GeckoEntry {
    GeckoThread(Box<GeckoThread>),
    /// Up to version 4, a process was JSON within JSON.
    GeckoProcess(String),
}

impl<'de> Deserialize<'de> for GeckoEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GeckoEntryVisitor)
    }
}

/// Reads either without holding a thread twice.
struct GeckoEntryVisitor;

impl<'de> Visitor<'de> for GeckoEntryVisitor {
    type Value = GeckoEntry;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a thread, or a process as text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<GeckoEntry, E> {
        Ok(GeckoEntry::GeckoProcess(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, thread: A) -> Result<GeckoEntry, A::Error> {
        GeckoThread::deserialize(MapAccessDeserializer::new(thread))
            .map(|thread| GeckoEntry::GeckoThread(Box::new(thread)))
    }
}

/// What the first performance panel of Firefox' DevTools saved: a profile among much else.
#[derive(Debug, Deserialize)]
struct Panel {
    profile: GeckoProcess,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct GeckoThread {
    #[serde(default)]
    name: String,
    #[serde(default)]
    process_type: String,
    samples: Table,
    stack_table: Table,
    frame_table: Table,
    string_table: Vec<String>,
}

/// Rows of values; short rows lack their last columns.
#[derive(Debug, Deserialize)]
struct Table {
    schema: HashMap<String, usize>,
    data: Vec<Vec<Value>>,
}

impl Table {
    /// A column's cell of a row.
    fn cell(&self, row: usize, column: &str) -> Option<&Value> {
        self.data.get(row)?.get(*self.schema.get(column)?)
    }

    /// The same, where it is an index.
    fn index(&self, row: usize, column: &str) -> Option<usize> {
        self.cell(row, column)?.as_u64().and_then(|index| usize::try_from(index).ok())
    }
}

/// Reads the file's text.
///
/// # Errors
/// When it does not follow the format.
pub fn read(text: &[u8]) -> anyhow::Result<Recording> {
    read_process(serde_json::from_slice(text)?)
}

/// Reads the text of a file of the old performance panel.
///
/// # Errors
/// When it does not follow the format.
pub fn read_panel(text: &[u8]) -> anyhow::Result<Recording> {
    let Panel { profile } = serde_json::from_slice(text)?;
    read_process(profile)
}

fn read_process(process: GeckoProcess) -> anyhow::Result<Recording> {
    let mut recording = Recording::default();
    recording.sees_layout = true;
    let mut processes = vec![process];
    while let Some(process) = processes.pop() {
        process.meta.ensure_gecko()?;
        for entry in process.threads {
            match entry {
                GeckoEntry::GeckoThread(thread) => {
                    add(&mut recording, &thread, &process.meta).with_context(|| format!("thread {:?}", thread.name))?
                }
                GeckoEntry::GeckoProcess(text) => {
                    processes.push(serde_json::from_str(&text).context("a process within `threads`")?)
                }
            }
        }
        processes.extend(process.processes);
    }
    recording.ensure_scripts()?;
    Ok(recording)
}

fn add(recording: &mut Recording, thread: &GeckoThread, meta: &Meta) -> anyhow::Result<()> {
    let rows = 0..thread.samples.data.len();
    let sample = |row| {
        let ms = thread.samples.cell(row, "time").and_then(Value::as_f64);
        let ms = ms.with_context(|| format!("field `samples`: row {row} has no time"))?;
        anyhow::Ok((ms * 1e3, thread.samples.index(row, "stack")))
    };
    let samples = rows.map(sample).collect::<anyhow::Result<_>>()?;
    let rows = 0..thread.stack_table.data.len();
    let frame = |row| {
        let frame = thread.stack_table.index(row, "frame");
        frame.with_context(|| format!("field `stackTable`: row {row} has no frame"))
    };
    let stacks = StackTable {
        prefix: rows.clone().map(|row| thread.stack_table.index(row, "prefix")).collect(),
        frame: rows.map(frame).collect::<anyhow::Result<_>>()?,
        ..StackTable::default()
    };
    let name = thread_name(&thread.name, &thread.process_type);
    stacks::add(recording, name, &samples, &stacks, |_, row| thread.frame(row, meta))
}

impl GeckoThread {
    fn frame<'a>(&self, row: usize, meta: &'a Meta) -> anyhow::Result<Frame<'a>> {
        let string = self.frame_table.index(row, "location").and_then(|string| self.string_table.get(string));
        let location = string.with_context(|| format!("field `frameTable`: row {row} has no location"))?;
        let is_relevant = match self.frame_table.schema.contains_key("relevantForJS") {
            true => self.frame_table.cell(row, "relevantForJS").and_then(Value::as_bool).unwrap_or_default(),
            false => is_dom_call(location),
        };
        let function = function(location).or_else(|| is_relevant.then(|| label(location)));
        let category = self.frame_table.cell(row, "category").and_then(Value::as_u64);
        Ok(Frame { function, category: meta.category(category) })
    }
}
