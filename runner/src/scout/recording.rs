//! A recorded profile, whichever browser it is from: functions, their call tree, and the samples in order of time.

use std::collections::HashMap;

use anyhow::{bail, ensure};
use indexmap::IndexSet;

use crate::sampling::{FrameOrigin, ScriptHost};

/// No sample and no gap between two lasts longer than eleven days; a file that says so is broken.
const LONGEST_US: f64 = 1e12;

/// The message for a profile without samples.
pub const NO_SAMPLES: &str = "the profile holds no samples; help: record again, and use the page while it records";

/// What to do when only native code was sampled, as samply does, and Firefox with some settings.
const RECORD_SCRIPTS: &str = "record the page with profiler.firefox.com (preset Web Developer) or with Chrome's DevTools \
                              (Performance panel), and use it while it records";

/// The longest name or address that is kept, characters.
const LONGEST_TEXT: usize = 1000;

/// A function in its thread. Two places that differ in anything are two functions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ScriptFunction {
    /// As the browser names it; empty where it has no name.
    pub name: String,
    /// Of the script; empty for what is no script.
    pub url: String,
    /// From 1, where it is known.
    pub line: Option<u32>,
    /// From 1, where it is known.
    pub column: Option<u32>,
    /// Whose code it is.
    pub kind: FrameOrigin,
    /// Index into [`Recording::threads`].
    pub thread: usize,
}

/// A function as called by all those above it.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Index into [`Recording::functions`].
    pub function: usize,
    /// The caller's node. Always before its callees.
    pub parent: Option<usize>,
    /// The outermost caller's node; its own where nothing calls it.
    pub root: usize,
    /// Time sampled right here, in microseconds.
    pub self_us: f64,
    /// Samples taken right here.
    pub samples: u64,
}

/// The beginning of a name or address. Tables name one text as often as they like, so no text may be long: `data:` addresses
/// have whole scripts in them.
#[must_use]
pub fn short(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

/// A profile.
#[derive(Debug, Default)]
pub struct Recording {
    /// Names of threads.
    pub threads: IndexSet<String>,
    /// Every function once.
    pub functions: IndexSet<ScriptFunction>,
    /// Callers before callees.
    pub nodes: Vec<Node>,
    /// The nodes sampled, in order of time, one list per timeline. Empty where only counts were recorded.
    pub timelines: Vec<Vec<usize>>,
    /// Whether layout and style that a script forces were recorded, and not as the script's own time.
    pub sees_layout: bool,
    /// Calls that the browser counted, by function. Far from all functions are counted.
    pub calls: HashMap<usize, u64>,
    /// What ran the scripts.
    pub host: ScriptHost,
    /// Samples that cannot be placed, because the file lacks what they name.
    pub left_out: u64,
    /// Samples of threads without scripts, which are not analysed.
    pub samples_without_scripts: u64,
    /// Notes on the recording, in whole sentences.
    pub notes: Vec<String>,
    children: HashMap<(Option<usize>, usize), usize>,
}

impl Recording {
    /// The thread of that name.
    pub fn thread(&mut self, name: &str) -> usize {
        self.threads.insert_full(name.to_owned()).0
    }

    /// The node of a function below a caller; made when it is not there yet.
    pub fn child(&mut self, parent: Option<usize>, function: ScriptFunction) -> usize {
        let (function, _) = self.functions.insert_full(function);
        *self.children.entry((parent, function)).or_insert_with(|| {
            let at = self.nodes.len();
            let root = parent.map_or(at, |parent| self.nodes[parent].root);
            self.nodes.push(Node { function, parent, root, self_us: 0.0, samples: 0 });
            at
        })
    }

    /// The kind of a node's function.
    #[must_use]
    pub fn kind(&self, node: usize) -> FrameOrigin {
        self.functions[self.nodes[node].function].kind
    }

    /// Adds time to a node.
    ///
    /// # Errors
    /// When the time is not valid.
    pub fn add(&mut self, node: usize, us: f64, samples: u64) -> anyhow::Result<()> {
        ensure!((0.0..=LONGEST_US).contains(&us), "a sample of {us} µs is none; help: record the profile again");
        self.nodes[node].self_us += us;
        self.nodes[node].samples += samples;
        Ok(())
    }

    /// Takes in the samples of one thread, each a time in microseconds and a node. A sample lasts until the next one; the
    /// last as long as the average. Browsers write samples out of order, so they are put into order here. A sample without a
    /// node is left out, and its time with it.
    ///
    /// # Errors
    /// When times are not valid.
    pub fn timeline(&mut self, mut samples: Vec<(f64, Option<usize>)>) -> anyhow::Result<()> {
        samples.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (Some(&(first, _)), Some(&(last, _))) = (samples.first(), samples.last()) else { return Ok(()) };
        let average = (last - first) / (samples.len() - 1).max(1) as f64;
        let mut visited = Vec::with_capacity(samples.len());
        let mut before = None;
        for (at, &(start, node)) in samples.iter().enumerate() {
            let next = samples.get(at + 1);
            let Some(node) = node else {
                self.left_out += 1;
                before = None;
                continue;
            };
            let node = self.placed(before, node, next.and_then(|next| next.1));
            self.add(node, next.map_or(average, |next| next.0 - start), 1)?;
            visited.push(node);
            if self.kind(node) != FrameOrigin::Gc {
                before = Some(node);
            }
        }
        if !visited.is_empty() {
            self.timelines.push(visited);
        }
        Ok(())
    }

    /// Refuses a recording in which no thread ran a script.
    ///
    /// # Errors
    /// When there is none; the message says whether there are samples at all.
    pub fn ensure_scripts(&self) -> anyhow::Result<()> {
        if self.timelines.is_empty() {
            ensure!(self.samples_without_scripts > 0, NO_SAMPLES);
            bail!(
                "the profile holds {} samples, but none of JavaScript; help: {RECORD_SCRIPTS}",
                self.samples_without_scripts
            );
        }
        Ok(())
    }

    /// The node of a sample without a stack. Garbage is collected on behalf of the function that ran before. And where native code
    /// is seen for one sample in the midst of a call, the call goes on, or one call would be taken for two.
    fn placed(&mut self, before: Option<usize>, node: usize, next: Option<usize>) -> usize {
        let Node { function, parent, .. } = self.nodes[node];
        let Some(before) = before.filter(|before| parent.is_none() && self.kind(*before).runs_below_callers()) else {
            return node;
        };
        let goes_on = next.is_some_and(|next| self.nodes[next].root == self.nodes[before].root);
        match self.kind(node) {
            FrameOrigin::Gc => {
                let function = self.functions[function].clone();
                self.child(Some(before), function)
            }
            FrameOrigin::Program if goes_on => before,
            _ => node,
        }
    }
}
