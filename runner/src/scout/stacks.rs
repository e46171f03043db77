//! Shared by Firefox's two formats: stacks that are lists of frames, most of them native, with a category each.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::recording::{Recording, ScriptFunction};
use crate::sampling::FrameOrigin;

/// Stacks, as a frame and the stack below which it is called. Callers come before callees.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct StackTable {
    /// The stack of the caller.
    pub prefix: Vec<Option<usize>>,
    /// The same, as so many rows before, 0 where there is no caller. Either this or the other is there.
    pub prefix_offset: Vec<usize>,
    /// The frame on top.
    pub frame: Vec<usize>,
    /// The category, in versions where frames may have none.
    pub category: Vec<Option<u64>>,
}

impl StackTable {
    /// The stack of a stack's caller.
    fn caller(&self, stack: usize) -> anyhow::Result<Option<usize>> {
        let Some(offset) = self.prefix_offset.get(stack) else {
            let caller =
                self.prefix.get(stack).with_context(|| format!("field `stackTable` has no caller in row {stack}"))?;
            ensure!(
                caller.is_none_or(|caller| caller < stack),
                "field `stackTable.prefix`: row {stack} precedes its caller"
            );
            return Ok(*caller);
        };
        let caller = stack
            .checked_sub(*offset)
            .with_context(|| format!("field `stackTable.prefixOffset`: row {stack} points before the first row"))?;
        Ok(Some(caller).filter(|caller| *caller != stack))
    }
}

/// A frame of a stack.
#[derive(Debug)]
pub struct Frame<'a> {
    /// What scripts see: a script's function, or a function of the browser under its DOM name. The thread does not count.
    pub function: Option<ScriptFunction>,
    /// The category's name; none where it is that of the caller.
    pub category: Option<&'a str>,
}

/// A thread's samples: times in microseconds and the stacks at them.
pub type Samples = Vec<(f64, Option<usize>)>;

/// Where a stack is in the tree, and the browser's work that goes on below.
#[derive(Debug, Clone, Copy, Default)]
struct TreePosition {
    node: Option<usize>,
    below: Option<(&'static str, FrameOrigin)>,
}

/// Adds a thread in which the page's scripts run; others would only dilute the busy time. Native code counts as its
/// category says, and where that says nothing, as its caller's own. `frame` gets a stack and the row of its frame.
///
/// # Errors
/// When an index is out of range, or a stack comes before its caller's.
pub fn add<'a>(
    recording: &mut Recording,
    name: &str,
    samples: &Samples,
    stacks: &StackTable,
    frame: impl Fn(usize, usize) -> anyhow::Result<Frame<'a>>,
) -> anyhow::Result<()> {
    let mut reached = BTreeSet::new();
    for (_, stack) in samples {
        let mut at = *stack;
        while let Some(stack) = at.filter(|stack| reached.insert(*stack)) {
            at = stacks.caller(stack)?;
        }
    }
    let frame = |stack: usize| {
        let row = stacks.frame.get(stack).with_context(|| format!("field `stackTable.frame` has no row {stack}"))?;
        frame(stack, *row)
    };
    // Frames are read twice rather than held: many stacks may share a few.
    let mut has_script = false;
    for stack in &reached {
        has_script |= frame(*stack)?.function.is_some_and(|function| is_script(function.kind));
    }
    if !has_script {
        recording.samples_without_scripts += samples.len() as u64;
        return Ok(());
    }
    let thread = recording.thread(name);
    let mut places = BTreeMap::new();
    for stack in reached {
        let caller = stacks.caller(stack)?.map(|caller| places[&caller]).unwrap_or_default();
        places.insert(stack, place(recording, thread, caller, frame(stack)?));
    }
    let nodes = samples.iter().map(|(time, stack)| {
        let TreePosition { node, below } = stack.map(|stack| places[&stack]).unwrap_or_default();
        let below = below.filter(|(_, kind)| node.is_none_or(|node| recording.kind(node) != *kind));
        let node = match (node, below) {
            (Some(node), None) => node,
            (node, below) => {
                recording.child(node, native(thread, below.unwrap_or(("(program)", FrameOrigin::Program))))
            }
        };
        (*time, Some(node))
    });
    let nodes = nodes.collect();
    recording.timeline(nodes)
}

fn place(recording: &mut Recording, thread: usize, caller: TreePosition, frame: Frame<'_>) -> TreePosition {
    let is_script = frame.function.as_ref().is_some_and(|function| is_script(function.kind));
    let below = match frame.category {
        Some(name) => category(name),
        // Old versions gave scripts no category. What called them, such as the network, is then no longer at work.
        None if is_script => None,
        None => caller.below,
    };
    match frame.function {
        Some(function) => {
            TreePosition { node: Some(recording.child(caller.node, ScriptFunction { thread, ..function })), below }
        }
        None => TreePosition { node: caller.node, below },
    }
}

fn is_script(kind: FrameOrigin) -> bool {
    matches!(kind, FrameOrigin::Js | FrameOrigin::Wasm)
}

/// What a category of Firefox's says of native code; nothing of what may be part of running a script.
fn category(name: &str) -> Option<(&'static str, FrameOrigin)> {
    Some(match name {
        "Idle" => ("(idle)", FrameOrigin::Idle),
        "GC / CC" => ("(garbage collector)", FrameOrigin::Gc),
        "Layout" => ("layout", FrameOrigin::Dom),
        "Graphics" => ("paint", FrameOrigin::Dom),
        "DOM" => ("DOM", FrameOrigin::Dom),
        "Network" => ("network", FrameOrigin::Dom),
        _ => return None,
    })
}

fn native(thread: usize, (name, kind): (&str, FrameOrigin)) -> ScriptFunction {
    ScriptFunction { name: name.to_owned(), url: String::new(), line: None, column: None, kind, thread }
}

/// What a thread is called for people. Firefox calls the main thread of every process the same.
#[must_use]
pub fn thread_name<'a>(name: &'a str, process: &str) -> &'a str {
    match (name, process) {
        ("GeckoMain", "default") => "browser",
        ("GeckoMain" | "", _) => "main",
        _ => name,
    }
}
