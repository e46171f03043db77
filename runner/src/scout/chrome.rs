//! What Chrome's two formats share: how their nodes, which name each other by number, become a recording.

use std::collections::HashMap;

use anyhow::{Context as _, ensure};
use indexmap::IndexMap;

use super::recording::{Function, Recording};
use crate::sampling::Kind;
use crate::sampling::cpuprofile::{CallFrame, ProfileNode};

/// What helps where one part of a file names another that is not there.
const CUT_OFF: &str = "the file is cut off, save the profile again";

/// The function of a call frame in a thread.
#[must_use]
pub fn function(frame: CallFrame, thread: usize) -> Function {
    let from_one = |number: i64| u32::try_from(number.saturating_add(1)).ok().filter(|number| *number > 0);
    Function {
        kind: Kind::of(&frame.function_name, &frame.url),
        line: from_one(frame.line_number),
        column: from_one(frame.column_number),
        name: frame.function_name,
        url: frame.url,
        thread,
    }
}

/// Puts nodes into the recording's tree: by number, the node there. The root of all is no function.
///
/// # Errors
/// When two nodes have one number, a caller is missing, or nodes call each other in a ring.
pub fn plant(recording: &mut Recording, thread: usize, nodes: Vec<ProfileNode>) -> anyhow::Result<HashMap<u64, usize>> {
    let mut callers: HashMap<u64, u64> = HashMap::new();
    for node in &nodes {
        callers.extend(node.parent.map(|parent| (node.id, parent)));
        callers.extend(node.children.iter().map(|child| (*child, node.id)));
    }
    // In the file's order, so that the same file makes the same tree.
    let mut functions = IndexMap::with_capacity(nodes.len());
    for node in nodes {
        let known = functions.insert(node.id, function(node.call_frame, thread));
        ensure!(known.is_none(), "field `nodes`: two nodes have the id {}; record the profile again", node.id);
    }
    let mut planted: HashMap<u64, Option<usize>> = HashMap::with_capacity(functions.len());
    for id in functions.keys() {
        // Up to the nearest caller that is planted, and down again; each node is passed once.
        let mut path = Vec::new();
        let mut at = Some(*id);
        while let Some(id) = at.filter(|id| !planted.contains_key(id)) {
            ensure!(functions.contains_key(&id), "field `nodes`: node {id} is named and not there; {CUT_OFF}");
            path.push(id);
            ensure!(path.len() <= functions.len(), "field `nodes`: node {id} calls itself by way of its own callees");
            at = callers.get(&id).copied();
        }
        let mut parent = at.and_then(|id| planted[&id]);
        for id in path.into_iter().rev() {
            let function = &functions[&id];
            let is_root = parent.is_none() && function.name == "(root)";
            parent = if is_root { None } else { Some(recording.child(parent, function.clone())) };
            planted.insert(id, parent);
        }
    }
    // A sample on the root is native code outside any script.
    let mut root = || recording.child(None, outside(thread));
    Ok(planted.into_iter().map(|(id, node)| (id, node.unwrap_or_else(&mut root))).collect())
}

/// Samples with their times, in microseconds; each time is told by what it adds to the one before.
///
/// # Errors
/// When there are not as many times as samples, or a node is missing.
pub fn timeline(
    nodes: &HashMap<u64, usize>,
    start: f64,
    samples: &[u64],
    deltas: &[f64],
) -> anyhow::Result<Vec<(f64, usize)>> {
    let (sampled, timed) = (samples.len(), deltas.len());
    ensure!(sampled == timed, "fields `samples` and `timeDeltas` differ in length, {sampled} and {timed}; {CUT_OFF}");
    let mut now = start;
    let mut timeline = Vec::with_capacity(sampled);
    for (id, delta) in samples.iter().zip(deltas) {
        now += delta;
        let node = nodes.get(id);
        let node = node.with_context(|| format!("field `samples` names node {id}, which is not there; {CUT_OFF}"))?;
        timeline.push((now, *node));
    }
    Ok(timeline)
}

/// Native code outside any script.
fn outside(thread: usize) -> Function {
    Function { name: "(program)".to_owned(), url: String::new(), line: None, column: None, kind: Kind::Program, thread }
}
