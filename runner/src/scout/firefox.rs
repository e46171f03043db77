//! Reads the profile that profiler.firefox.com saves: tables of columns that name each other by row.
//!
//! The format is the "processed profile format" of the Firefox Profiler. Tables moved from the threads to `shared` in versions
//! 56 to 60, so each is looked for in both. Times are in milliseconds.

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::location;
use super::meta::Meta;
use super::recording::{Recording, ScriptFunction, short};
use super::stacks::{self, Frame, StackTable, thread_name};
use crate::sampling::FrameOrigin;

/// The part that is read first.
#[derive(Debug, Deserialize)]
struct FirefoxOutline {
    #[serde(default)]
    meta: Meta,
}

#[derive(Debug, Deserialize)]
struct FirefoxProfile {
    #[serde(default)]
    shared: FirefoxThread,
    threads: Vec<FirefoxThread>,
}

/// A thread, or the tables that threads share.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct FirefoxThread {
    name: String,
    process_type: String,
    samples: Samples,
    stack_table: Option<StackTable>,
    frame_table: Option<FrameTable>,
    func_table: Option<FuncTable>,
    sources: Option<SourceTable>,
    source_location_table: Option<SourceLocations>,
    string_array: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Samples {
    stack: Vec<Option<usize>>,
    time: Vec<f64>,
    time_deltas: Vec<f64>,
    weight_type: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FrameTable {
    func: Vec<usize>,
    category: Vec<Option<u64>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct FuncTable {
    name: Vec<usize>,
    #[serde(rename = "isJS")]
    is_js: Vec<bool>,
    #[serde(rename = "relevantForJS")]
    relevant_for_js: Vec<bool>,
    source: Vec<Option<usize>>,
    file_name: Vec<Option<usize>>,
    line_number: Vec<Option<u32>>,
    column_number: Vec<Option<u32>>,
    original_location: Vec<Option<usize>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SourceTable {
    filename: Vec<usize>,
}

/// Where functions are in the files that were bundled, as source maps say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SourceLocations {
    source: Vec<usize>,
    line: Vec<u32>,
    column: Vec<u32>,
}

/// A thread's tables, wherever they are.
struct Tables<'a> {
    stacks: &'a StackTable,
    frames: &'a FrameTable,
    funcs: &'a FuncTable,
    strings: &'a [String],
    sources: Option<&'a SourceTable>,
    originals: Option<&'a SourceLocations>,
    meta: &'a Meta,
}

/// Reads the file's text.
///
/// # Errors
/// When it does not follow the format, or of a version that is not known.
pub fn read(text: &[u8]) -> anyhow::Result<Recording> {
    // A newer version may hold anything, so the version is checked first.
    let FirefoxOutline { meta } = serde_json::from_slice(text)?;
    meta.ensure_processed()?;
    let FirefoxProfile { shared, threads } = serde_json::from_slice(text)?;
    let mut recording = Recording::default();
    recording.sees_layout = true;
    for (at, thread) in threads.iter().enumerate() {
        add(&mut recording, thread, &shared, &meta).with_context(|| format!("field `threads[{at}]`"))?;
    }
    recording.ensure_scripts()?;
    Ok(recording)
}

fn add(recording: &mut Recording, thread: &FirefoxThread, shared: &FirefoxThread, meta: &Meta) -> anyhow::Result<()> {
    let samples = thread.samples.in_microseconds()?;
    if samples.is_empty() {
        return Ok(());
    }
    let tables = Tables::new(thread, shared, meta)?;
    let name = thread_name(&thread.name, &thread.process_type);
    stacks::add(recording, name, &samples, tables.stacks, |stack, row| tables.frame(stack, row))
}

impl Samples {
    fn in_microseconds(&self) -> anyhow::Result<stacks::Samples> {
        let is_of_time = self.weight_type.as_deref() != Some("bytes");
        ensure!(is_of_time, "field `samples`: this profile counts bytes, not time; help: record the page instead");
        let times = if self.time.is_empty() { running(&self.time_deltas) } else { self.time.clone() };
        let (stacks, timed) = (self.stack.len(), times.len());
        ensure!(stacks == timed, "field `samples`: {stacks} stacks and {timed} times; help: save the profile again");
        Ok(times.into_iter().map(|ms| ms * 1e3).zip(self.stack.iter().copied()).collect())
    }
}

/// The sums of a list up to each of its places.
fn running(deltas: &[f64]) -> Vec<f64> {
    let mut now = 0.0;
    let add = |delta: &f64| {
        now += delta;
        now
    };
    deltas.iter().map(add).collect()
}

/// A row of a column that may be shorter than its table, or lack the value.
fn cell<T: Copy>(column: &[Option<T>], row: usize) -> Option<T> {
    column.get(row).copied().flatten()
}

impl<'a> Tables<'a> {
    fn new(thread: &'a FirefoxThread, shared: &'a FirefoxThread, meta: &'a Meta) -> anyhow::Result<Self> {
        let missing = |table: &'static str| format!("table `{table}` is missing; help: save the profile again");
        let strings = thread.string_array.as_ref().or(shared.string_array.as_ref());
        let stacks = thread.stack_table.as_ref().or(shared.stack_table.as_ref());
        let frames = thread.frame_table.as_ref().or(shared.frame_table.as_ref());
        let funcs = thread.func_table.as_ref().or(shared.func_table.as_ref());
        Ok(Self {
            stacks: stacks.with_context(|| missing("stackTable"))?,
            frames: frames.with_context(|| missing("frameTable"))?,
            funcs: funcs.with_context(|| missing("funcTable"))?,
            strings: strings.with_context(|| missing("stringArray"))?,
            sources: thread.sources.as_ref().or(shared.sources.as_ref()),
            originals: thread.source_location_table.as_ref().or(shared.source_location_table.as_ref()),
            meta,
        })
    }

    fn frame(&self, stack: usize, row: usize) -> anyhow::Result<Frame<'a>> {
        let func = *self.frames.func.get(row).with_context(|| format!("field `frameTable.func` has no row {row}"))?;
        let category = cell(&self.frames.category, row).or(cell(&self.stacks.category, stack));
        let is_script = self.funcs.is_js.get(func).copied().unwrap_or_default();
        let function = match is_script {
            true => Some(self.script(func)?),
            false => self.label(func)?.map(location::label),
        };
        Ok(Frame { function, category: self.meta.category(category) })
    }

    /// The name of native code, where scripts call it so.
    fn label(&self, func: usize) -> anyhow::Result<Option<&'a str>> {
        let Some(is_relevant) = self.funcs.relevant_for_js.get(func) else {
            let is_old = self.funcs.relevant_for_js.is_empty();
            return Ok(Some(self.name(func)?).filter(|name| is_old && location::is_dom_call(name)));
        };
        Ok(if *is_relevant { Some(self.name(func)?) } else { None })
    }

    /// A function of a script.
    fn script(&self, func: usize) -> anyhow::Result<ScriptFunction> {
        let name = self.name(func)?;
        let source = cell(&self.funcs.source, func).and_then(|source| self.source(source));
        let file = source.or(cell(&self.funcs.file_name, func)).map(|row| self.string(row)).transpose()?;
        // The first versions had all in the name.
        if let Some(function) = location::function(name).filter(|_| file.is_none()) {
            return Ok(function);
        }
        let mut file = location::address(file.unwrap_or_default());
        let (mut line, mut column) = (cell(&self.funcs.line_number, func), cell(&self.funcs.column_number, func));
        // Up to version 17, where columns were known, everything was one column too far to the left.
        if let Some((rest, number)) = location::number(file).filter(|_| self.meta.processed_version() < 18) {
            (file, line, column) = (rest, Some(number), line);
        }
        if let Some(original) = cell(&self.funcs.original_location, func) {
            (file, line, column) = self.original(original)?;
        }
        let (name, url) = (short(name), short(file));
        Ok(ScriptFunction { kind: FrameOrigin::of(&name, &url), name, url, line, column, thread: 0 })
    }

    /// A place in a file before it was bundled.
    fn original(&self, row: usize) -> anyhow::Result<(&'a str, Option<u32>, Option<u32>)> {
        let places = self.originals.context("table `sourceLocationTable` is missing; help: save the profile again")?;
        let source = places.source.get(row).and_then(|source| self.source(*source));
        let source = source.with_context(|| format!("field `sourceLocationTable.source` has no row {row}"))?;
        Ok((self.string(source)?, places.line.get(row).copied(), places.column.get(row).copied()))
    }

    fn source(&self, row: usize) -> Option<usize> {
        self.sources?.filename.get(row).copied()
    }

    fn name(&self, func: usize) -> anyhow::Result<&'a str> {
        let name = self.funcs.name.get(func).with_context(|| format!("field `funcTable.name` has no row {func}"))?;
        self.string(*name)
    }

    fn string(&self, row: usize) -> anyhow::Result<&'a str> {
        let text = self.strings.get(row).with_context(|| format!("field `stringArray` has no row {row}"))?;
        Ok(text)
    }
}
