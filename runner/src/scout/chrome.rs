//! Shared by Chrome's formats: makes a recording from nodes that name each other by number.

use std::collections::HashMap;

use anyhow::{bail, ensure};
use indexmap::IndexMap;

use super::recording::{Recording, ScriptFunction};
use crate::sampling::cpuprofile::{CallFrame, ProfileNode};
use crate::sampling::{FrameOrigin, ScriptHost};

/// What to do when a file names a node that is not there.
const CUT_OFF: &str = "the file is cut off; help: save the profile again";

/// Decides whose code a profile's functions are, by all its addresses.
#[derive(Debug, Clone, Copy)]
struct Owners {
    host: ScriptHost,
    /// Some converters write names without addresses.
    has_addresses: bool,
}

impl Owners {
    fn of(nodes: &[ProfileNode]) -> Self {
        let urls = || nodes.iter().map(|node| node.call_frame.url.as_str());
        Self { host: ScriptHost::of(urls()), has_addresses: urls().any(|url| !url.is_empty()) }
    }

    fn kind(self, name: &str, url: &str) -> FrameOrigin {
        match FrameOrigin::of(name, url) {
            _ if self.host.owns(url) => FrameOrigin::Foreign,
            FrameOrigin::Dom | FrameOrigin::Builtin if !self.has_addresses => FrameOrigin::Js,
            kind => kind,
        }
    }
}

/// The function of a call frame in a thread.
fn function(frame: CallFrame, thread: usize, owners: Owners) -> ScriptFunction {
    let from_one = |number: i64| u32::try_from(number.saturating_add(1)).ok().filter(|number| *number > 0);
    ScriptFunction {
        kind: owners.kind(&frame.function_name, &frame.url),
        line: from_one(frame.line_number),
        column: from_one(frame.column_number),
        name: frame.function_name,
        url: frame.url,
        thread,
    }
}

/// A profile's nodes in the recording's tree.
#[derive(Debug)]
pub struct Planted {
    nodes: HashMap<u64, usize>,
    /// A node that another one names, and that is not there.
    missing: Option<u64>,
}

/// Where a node of the file is.
#[derive(Debug, Clone, Copy)]
enum NodePlace {
    /// The root of all, which is no function.
    Root,
    Node(usize),
    /// Below a missing node.
    Unknown,
}

/// Puts nodes into the recording's tree. Callees of a missing node are left out.
///
/// # Errors
/// When two nodes have one number, or nodes call each other in a ring.
pub fn plant(recording: &mut Recording, thread: usize, nodes: Vec<ProfileNode>) -> anyhow::Result<Planted> {
    let owners = Owners::of(&nodes);
    if owners.host == ScriptHost::Node {
        recording.host = ScriptHost::Node;
    }
    let mut callers: HashMap<u64, u64> = HashMap::new();
    for node in &nodes {
        callers.extend(node.parent.map(|parent| (node.id, parent)));
        callers.extend(node.children.iter().map(|child| (*child, node.id)));
    }
    // In the file's order, so that the same file makes the same tree.
    let mut functions = IndexMap::with_capacity(nodes.len());
    for node in nodes {
        let known = functions.insert(node.id, function(node.call_frame, thread, owners));
        ensure!(known.is_none(), "field `nodes`: two nodes have the id {}; help: record the profile again", node.id);
    }
    let mut missing = None;
    let mut places: HashMap<u64, NodePlace> = HashMap::with_capacity(functions.len());
    for id in functions.keys() {
        // Up to the nearest caller that has its place, and down again; each node is passed once.
        let mut path = Vec::new();
        let mut at = Some(*id);
        while let Some(id) = at.filter(|id| !places.contains_key(id)) {
            if !functions.contains_key(&id) {
                missing = missing.or(Some(id));
                places.insert(id, NodePlace::Unknown);
                break;
            }
            path.push(id);
            ensure!(path.len() <= functions.len(), "field `nodes`: node {id} calls itself by way of its own callees");
            at = callers.get(&id).copied();
        }
        let mut place = at.map_or(NodePlace::Root, |id| places[&id]);
        for id in path.into_iter().rev() {
            place = below(recording, place, &functions[&id]);
            places.insert(id, place);
        }
    }
    // A sample on the root is native code outside any script.
    let mut root = || recording.child(None, outside(thread));
    let nodes = places.into_iter().filter_map(|(id, place)| match place {
        NodePlace::Root => Some((id, root())),
        NodePlace::Node(node) => Some((id, node)),
        NodePlace::Unknown => None,
    });
    Ok(Planted { nodes: nodes.collect(), missing })
}

/// The place of a function below that of its caller.
fn below(recording: &mut Recording, caller: NodePlace, function: &ScriptFunction) -> NodePlace {
    match caller {
        NodePlace::Unknown => NodePlace::Unknown,
        NodePlace::Root if function.name == "(root)" => NodePlace::Root,
        NodePlace::Root => NodePlace::Node(recording.child(None, function.clone())),
        NodePlace::Node(caller) => NodePlace::Node(recording.child(Some(caller), function.clone())),
    }
}

impl Planted {
    /// Refuses a profile with missing nodes: a file of one profile has all of them, or is broken.
    ///
    /// # Errors
    /// When a node is missing.
    pub fn ensure_whole(&self, samples: &[u64]) -> anyhow::Result<()> {
        if let Some(id) = self.missing {
            bail!("field `nodes`: node {id} is named and not there: {CUT_OFF}");
        }
        if let Some(id) = samples.iter().find(|id| !self.nodes.contains_key(id)) {
            bail!("field `samples` names node {id}, which is not there: {CUT_OFF}");
        }
        Ok(())
    }

    /// Where a node of the file is.
    #[must_use]
    pub fn node(&self, id: u64) -> Option<usize> {
        self.nodes.get(&id).copied()
    }

    /// Samples with their times, in microseconds; each time is stored as the difference from the one before. Nodes that are not
    /// there belong to no function.
    ///
    /// # Errors
    /// When there are not as many times as samples.
    pub fn timeline(&self, start: f64, samples: &[u64], deltas: &[f64]) -> anyhow::Result<Vec<(f64, Option<usize>)>> {
        let (sampled, timed) = (samples.len(), deltas.len());
        ensure!(
            sampled == timed,
            "fields `samples` and `timeDeltas` differ in length, {sampled} and {timed}: {CUT_OFF}"
        );
        let mut now = start;
        let placed = samples.iter().zip(deltas).map(|(id, delta)| {
            now += delta;
            (now, self.node(*id))
        });
        Ok(placed.collect())
    }
}

/// Native code outside any script.
fn outside(thread: usize) -> ScriptFunction {
    ScriptFunction {
        name: "(program)".to_owned(),
        url: String::new(),
        line: None,
        column: None,
        kind: FrameOrigin::Program,
        thread,
    }
}
