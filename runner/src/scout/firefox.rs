//! Reads the profile that profiler.firefox.com saves: tables of columns that name each other by row.
//!
//! The format is the "processed profile format" of the Firefox Profiler. Newer versions share tables between threads, so
//! each table is looked for in the thread and in `shared`. Times are in milliseconds.

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::recording::{Function, NO_SAMPLES, Recording, short};
use super::stacks::{self, Frame, StackTable, thread_name};
use crate::sampling::Kind;

#[derive(Debug, Deserialize)]
struct Profile {
    #[serde(default)]
    meta: Meta,
    #[serde(default)]
    shared: Thread,
    threads: Vec<Thread>,
}

/// What is said of the whole profile.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Meta {
    categories: Vec<Category>,
}

#[derive(Debug, Deserialize)]
struct Category {
    name: String,
}

impl Meta {
    /// The name of a category.
    #[must_use]
    pub fn category(&self, at: Option<usize>) -> Option<&str> {
        self.categories.get(at?).map(|category| category.name.as_str())
    }
}

/// A thread, or the tables that threads share.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Thread {
    name: String,
    process_type: String,
    samples: Samples,
    stack_table: Option<StackTable>,
    frame_table: Option<FrameTable>,
    func_table: Option<FuncTable>,
    sources: Option<SourceTable>,
    string_array: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Samples {
    stack: Vec<Option<usize>>,
    time: Vec<f64>,
    time_deltas: Vec<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FrameTable {
    func: Vec<usize>,
    category: Vec<Option<usize>>,
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
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SourceTable {
    filename: Vec<usize>,
}

/// A thread's tables, wherever they are.
struct Tables<'a> {
    frames: &'a FrameTable,
    funcs: &'a FuncTable,
    strings: &'a [String],
    sources: Option<&'a SourceTable>,
    meta: &'a Meta,
}

/// Reads the file's text.
///
/// # Errors
/// When it is not what the format says.
pub fn read(text: &[u8]) -> anyhow::Result<Recording> {
    let Profile { meta, shared, threads } = serde_json::from_slice(text)?;
    let mut recording = Recording::default();
    recording.sees_layout = true;
    for (at, thread) in threads.iter().enumerate() {
        add(&mut recording, thread, &shared, &meta).with_context(|| format!("field `threads[{at}]`"))?;
    }
    ensure!(!recording.timelines.is_empty(), NO_SAMPLES);
    Ok(recording)
}

fn add(recording: &mut Recording, thread: &Thread, shared: &Thread, meta: &Meta) -> anyhow::Result<()> {
    let samples = thread.samples.in_microseconds()?;
    if samples.is_empty() {
        return Ok(());
    }
    let missing = |table: &'static str| format!("table `{table}` is missing; save the profile again");
    let stacks = thread.stack_table.as_ref().or(shared.stack_table.as_ref());
    let tables = Tables {
        frames: thread.frame_table.as_ref().or(shared.frame_table.as_ref()).with_context(|| missing("frameTable"))?,
        funcs: thread.func_table.as_ref().or(shared.func_table.as_ref()).with_context(|| missing("funcTable"))?,
        strings: thread
            .string_array
            .as_ref()
            .or(shared.string_array.as_ref())
            .with_context(|| missing("stringArray"))?,
        sources: thread.sources.as_ref().or(shared.sources.as_ref()),
        meta,
    };
    let name = thread_name(&thread.name, &thread.process_type);
    stacks::add(recording, name, &samples, stacks.with_context(|| missing("stackTable"))?, |row| tables.frame(row))
}

impl Samples {
    fn in_microseconds(&self) -> anyhow::Result<stacks::Samples> {
        let times = if self.time.is_empty() { running(&self.time_deltas) } else { self.time.clone() };
        let (stacks, timed) = (self.stack.len(), times.len());
        ensure!(stacks == timed, "field `samples`: {stacks} stacks and {timed} times; save the profile again");
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

impl<'a> Tables<'a> {
    fn frame(&self, row: usize) -> anyhow::Result<Frame<'a>> {
        let func = *self.frames.func.get(row).with_context(|| format!("field `frameTable.func` has no row {row}"))?;
        let category = self.frames.category.get(row).copied().flatten();
        let is = |column: &[bool]| column.get(func).copied().unwrap_or_default();
        let function =
            if is(&self.funcs.is_js) || is(&self.funcs.relevant_for_js) { Some(self.function(func)?) } else { None };
        Ok(Frame { function, category: self.meta.category(category) })
    }

    fn function(&self, func: usize) -> anyhow::Result<Function> {
        let at = |column: &[Option<usize>]| column.get(func).copied().flatten();
        let string = |row: usize| {
            self.strings
                .get(row)
                .map(|text| short(text))
                .with_context(|| format!("field `stringArray` has no row {row}"))
        };
        let name = self.funcs.name.get(func).with_context(|| format!("field `funcTable.name` has no row {func}"))?;
        let name = string(*name)?;
        let source = at(&self.funcs.source).and_then(|source| self.sources?.filename.get(source).copied());
        let url = source.or(at(&self.funcs.file_name)).map(string).transpose()?.unwrap_or_default();
        let number = |column: &[Option<u32>]| column.get(func).copied().flatten();
        let (line, column) = (number(&self.funcs.line_number), number(&self.funcs.column_number));
        Ok(Function { kind: Kind::of(&name, &url), name, url, line, column, thread: 0 })
    }
}
