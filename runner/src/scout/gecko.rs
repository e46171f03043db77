//! Reads the profile as Firefox itself hands it out: rows whose columns a schema names, and functions as text.
//!
//! The format is the "Gecko profile format". Processes are nested. Times are in milliseconds.

use std::collections::HashMap;

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use serde_json::Value;

use super::firefox::Meta;
use super::recording::{Function, NO_SAMPLES, Recording, short};
use super::stacks::{self, Frame, StackTable, thread_name};
use crate::sampling::Kind;

#[derive(Debug, Deserialize)]
struct Process {
    #[serde(default)]
    meta: Meta,
    #[serde(default)]
    threads: Vec<Thread>,
    #[serde(default)]
    processes: Vec<Process>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Thread {
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
/// When it is not what the format says.
pub fn read(text: &[u8]) -> anyhow::Result<Recording> {
    let mut recording = Recording::default();
    recording.sees_layout = true;
    let mut processes: Vec<Process> = vec![serde_json::from_slice(text)?];
    while let Some(process) = processes.pop() {
        for thread in &process.threads {
            add(&mut recording, thread, &process.meta).with_context(|| format!("thread {:?}", thread.name))?;
        }
        processes.extend(process.processes);
    }
    ensure!(!recording.timelines.is_empty(), NO_SAMPLES);
    Ok(recording)
}

fn add(recording: &mut Recording, thread: &Thread, meta: &Meta) -> anyhow::Result<()> {
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
    };
    let name = thread_name(&thread.name, &thread.process_type);
    stacks::add(recording, name, &samples, &stacks, |row| thread.frame(row, meta))
}

impl Thread {
    fn frame<'a>(&self, row: usize, meta: &'a Meta) -> anyhow::Result<Frame<'a>> {
        let string = self.frame_table.index(row, "location").and_then(|string| self.string_table.get(string));
        let location = string.with_context(|| format!("field `frameTable`: row {row} has no location"))?;
        let is_relevant = self.frame_table.cell(row, "relevantForJS").and_then(Value::as_bool).unwrap_or_default();
        let function = function(location).or_else(|| is_relevant.then(|| label(location)));
        Ok(Frame { function, category: meta.category(self.frame_table.index(row, "category")) })
    }
}

/// A script's function: `render (https://a.test/app.js:12:5)`, or without a name `https://a.test/app.js:12:5`.
fn function(location: &str) -> Option<Function> {
    let (name, place) = match location.strip_suffix(')').and_then(|text| text.split_once(" (")) {
        Some((name, place)) => (name, place),
        None => ("", location),
    };
    let (rest, last) = number(place)?;
    let (url, line, column) = match number(rest) {
        Some((url, line)) => (url, line, Some(last)),
        None => (rest, last, None),
    };
    let (name, url) = (short(name), short(url));
    Some(Function { kind: Kind::of(&name, &url), name, url, line: Some(line), column, thread: 0 })
}

/// Text and the number after its last colon.
fn number(text: &str) -> Option<(&str, u32)> {
    let (rest, number) = text.rsplit_once(':')?;
    Some((rest, number.parse().ok()?))
}

/// A function of the browser, by its DOM name.
fn label(location: &str) -> Function {
    let (name, url) = (short(location), String::new());
    Function { kind: Kind::of(&name, &url), name, url, line: None, column: None, thread: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_function_where_it_has_a_line() {
        let told =
            |location| function(location).map(|Function { name, url, line, column, .. }| (name, url, line, column));
        let (url, name) = ("https://a.test:80/a.js".to_owned(), "render".to_owned());
        assert_eq!(told("render (https://a.test:80/a.js:12:5)"), Some((name.clone(), url.clone(), Some(12), Some(5))));
        assert_eq!(told("render (https://a.test:80/a.js:12)"), Some((name, url.clone(), Some(12), None)));
        assert_eq!(told("https://a.test:80/a.js:12:5"), Some((String::new(), url, Some(12), Some(5))));
        for native in ["0x7f00", "nsLayout::Reflow(int)", "get Element.offsetHeight", ""] {
            assert_eq!(told(native), None, "{native}");
        }
    }
}
