//! What every function of a recording took: alone, with all below it, and in how many visits. Each is one pass over the
//! tree, however deep it is.

use std::collections::HashMap;

use super::recording::{Node, Recording};
use crate::sampling::FrameOrigin;

/// What a function took, in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Took {
    /// In the function itself.
    pub self_us: f64,
    /// In the function itself and in native code that it calls directly.
    pub near_us: f64,
    /// From being called to returning; calls from within itself count once.
    pub total_us: f64,
    /// Of the total, in scripts: what Wasm could take over.
    pub script_us: f64,
    /// Of the total, in the browser's DOM, style, layout and paint.
    pub dom_us: f64,
    /// Of the total, waiting.
    pub idle_us: f64,
    /// How often the function was seen to be entered: samples in a row are one visit. Short calls that follow each other
    /// at once look like one, and a long call like some: V8 shows a stray sample of the caller now and then.
    pub visits: u64,
}

/// What each function took, in the recording's order.
#[must_use]
pub fn took(recording: &Recording) -> Vec<Took> {
    let nodes = &recording.nodes;
    let mut below: Vec<Took> = nodes.iter().enumerate().map(|(at, node)| alone(recording.kind(at), node)).collect();
    let mut entered = entered(recording);
    let mut functions = vec![Took::default(); recording.functions.len()];
    // Callees come after their callers, so that from the end every sum is complete before it is passed on.
    for (at, node) in nodes.iter().enumerate().rev() {
        let own = &mut functions[node.function];
        own.self_us += node.self_us;
        own.near_us += node.self_us;
        let Some(parent) = node.parent else { continue };
        if matches!(recording.kind(at), FrameOrigin::Dom | FrameOrigin::Builtin | FrameOrigin::Gc) {
            functions[nodes[parent].function].near_us += node.self_us;
        }
        let Took { total_us, script_us, dom_us, idle_us, .. } = below[at];
        let sum = &mut below[parent];
        sum.total_us += total_us;
        sum.script_us += script_us;
        sum.dom_us += dom_us;
        sum.idle_us += idle_us;
        entered[parent] += entered[at];
    }
    for at in outermost(nodes, recording.functions.len()) {
        let own = &mut functions[nodes[at].function];
        own.total_us += below[at].total_us;
        own.script_us += below[at].script_us;
        own.dom_us += below[at].dom_us;
        own.idle_us += below[at].idle_us;
        own.visits += u64::try_from(entered[at]).unwrap_or_default();
    }
    functions
}

fn alone(kind: FrameOrigin, node: &Node) -> Took {
    let only = |is_it: bool| if is_it { node.self_us } else { 0.0 };
    Took {
        total_us: node.self_us,
        script_us: only(kind == FrameOrigin::Js),
        dom_us: only(kind == FrameOrigin::Dom),
        idle_us: only(matches!(kind, FrameOrigin::Idle | FrameOrigin::Program)),
        ..Took::default()
    }
}

/// Nodes that have no caller of the same function above them.
fn outermost(nodes: &[Node], functions: usize) -> Vec<usize> {
    let mut callees = vec![Vec::new(); nodes.len()];
    let mut steps = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match node.parent {
            Some(parent) => callees[parent].push(at),
            None => steps.push(Visit::Enter(at)),
        }
    }
    let mut open = vec![0_u32; functions];
    let mut found = Vec::new();
    while let Some(step) = steps.pop() {
        match step {
            Visit::Enter(at) => {
                if open[nodes[at].function] == 0 {
                    found.push(at);
                }
                open[nodes[at].function] += 1;
                steps.push(Visit::Leave(at));
                steps.extend(callees[at].iter().copied().map(Visit::Enter));
            }
            Visit::Leave(at) => open[nodes[at].function] -= 1,
        }
    }
    found
}

/// A step of a walk down the tree and up again.
enum Visit {
    Enter(usize),
    Leave(usize),
}

/// For each node, samples there less pairs of samples in a row that have it as their deepest common caller. Summed over
/// a node and all below it that is the number of times a row of samples there began.
fn entered(recording: &Recording) -> Vec<i64> {
    let callers = Callers::new(&recording.nodes);
    let mut entered = vec![0_i64; recording.nodes.len()];
    for timeline in &recording.timelines {
        for at in timeline {
            entered[*at] += 1;
        }
        for pair in timeline.windows(2) {
            if let Some(common) = callers.common(pair[0], pair[1]) {
                entered[common] -= 1;
            }
        }
    }
    entered
}

/// Callers of nodes, with long jumps up, so that a common one is found in few steps on the deepest stack. Node `n` is at
/// `n + 1`; at 0 is the one above all.
struct Callers {
    depth: Vec<u32>,
    parent: Vec<usize>,
    jump: Vec<usize>,
}

impl Callers {
    fn new(nodes: &[Node]) -> Self {
        let mut callers = Self { depth: vec![0], parent: vec![0], jump: vec![0] };
        for node in nodes {
            let parent = node.parent.map_or(0, |parent| parent + 1);
            let jump = callers.jump[parent];
            let step = |from: usize, to: usize| callers.depth[from] - callers.depth[to];
            // Two jumps of one length make the next one twice as long.
            let is_even = step(parent, jump) == step(jump, callers.jump[jump]);
            let jump = if is_even { callers.jump[jump] } else { parent };
            callers.depth.push(callers.depth[parent] + 1);
            callers.parent.push(parent);
            callers.jump.push(jump);
        }
        callers
    }

    /// The deepest node that is, or calls, both.
    fn common(&self, a: usize, b: usize) -> Option<usize> {
        let (mut a, mut b) = (a + 1, b + 1);
        if self.depth[a] < self.depth[b] {
            (a, b) = (b, a);
        }
        while self.depth[a] > self.depth[b] {
            a = if self.depth[self.jump[a]] >= self.depth[b] { self.jump[a] } else { self.parent[a] };
        }
        while a != b {
            let up = if self.jump[a] == self.jump[b] { &self.parent } else { &self.jump };
            (a, b) = (up[a], up[b]);
        }
        a.checked_sub(1)
    }
}

/// How a function's work overlaps with that of some others, in microseconds of scripts.
#[derive(Debug, Default)]
pub struct Overlap {
    /// Work of the function that one of the others calls it for, by the outermost of them.
    pub above: HashMap<usize, f64>,
    /// Work of the function that goes on in one of the others, by the outermost of them.
    pub below: HashMap<usize, f64>,
}

impl Overlap {
    /// Of a function with others; `is_other` by function.
    #[must_use]
    pub fn new(recording: &Recording, function: usize, is_other: &[bool]) -> Self {
        let mut overlap = Self::default();
        let mut places: Vec<Relatives> = Vec::with_capacity(recording.nodes.len());
        for (at, node) in recording.nodes.iter().enumerate() {
            let mut place = node.parent.map_or(Relatives::default(), |parent| places[parent]);
            let other = (node.function != function && is_other[node.function]).then_some(node.function);
            place.is_inside |= node.function == function;
            let side = if place.is_inside { &mut place.below } else { &mut place.above };
            *side = side.or(other);
            if place.is_inside && recording.kind(at) == FrameOrigin::Js {
                for (side, by) in [(&mut overlap.above, place.above), (&mut overlap.below, place.below)] {
                    if let Some(by) = by {
                        *side.entry(by).or_default() += node.self_us;
                    }
                }
            }
            places.push(place);
        }
        overlap
    }
}

/// Where a node is, seen from a function and others.
#[derive(Debug, Clone, Copy, Default)]
struct Relatives {
    is_inside: bool,
    above: Option<usize>,
    below: Option<usize>,
}
