//! Which functions of a profile are worth a look, by what a port could save at most, and why the others are not.
//!
//! A port saves at most the time that a function and all below it spend in scripts: as if Wasm took none. DOM, layout,
//! native functions and garbage collection stay as they are. A caller has all the work of its callees, so of a chain of
//! callers the deepest one is taken that holds at least 80 % of the work; and what is called for a function that is taken
//! counts as a part of it.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use super::cycle::larger_part;
use super::reason::{LEAST_SHARE, LEAST_US, MOST_DOM, MOSTLY, NEARLY_ALL, Reason, SHORTEST_VISIT_US};
use super::recording::Recording;
use super::tree::{Overlap, Took, took};
use crate::sampling::{FrameOrigin, ScriptHost};

/// The name and version of the JSON that [`Findings`] become.
const SCHEMA: &str = "crossover/scout/1";

/// The most functions that are compared with each other; each costs a pass over the tree.
const MOST_COMPARED: usize = 100;

/// What was found in a profile. Times are in microseconds.
#[derive(Debug, Serialize)]
pub struct Findings {
    /// `crossover/scout/1`.
    pub schema: &'static str,
    /// All the time that was sampled, of all threads.
    pub recorded_us: f64,
    /// Of it, the time in which the page worked: neither idle nor native code outside any script.
    pub busy_us: f64,
    /// How many samples were taken.
    pub samples: u64,
    /// How many more are in the file and left out, because it lacks the profile or the functions that they belong to.
    pub left_out: u64,
    /// What ran the scripts.
    pub host: ScriptHost,
    /// Notes on the recording, in whole sentences.
    pub notes: Vec<String>,
    /// Whether any sample is of the page's JavaScript.
    pub has_scripts: bool,
    /// Threads with scripts.
    pub threads: Vec<String>,
    /// Whether layout and style that a script forces were recorded; otherwise shares of the DOM are too small, and savings
    /// too large.
    pub layout_known: bool,
    /// Functions worth a look, the largest saving first.
    pub worth: Vec<Finding>,
    /// How many more are worth a look than are listed.
    pub more: usize,
    /// Other functions that took long, the longest first.
    pub skip: Vec<Skipped>,
}

/// A function, and what it took.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// As the browser names it; empty where it has no name.
    pub name: String,
    /// Of its script; empty for what is no script.
    pub url: String,
    /// From 1.
    pub line: Option<u32>,
    /// From 1.
    pub column: Option<u32>,
    /// Where it ran.
    pub thread: String,
    /// Whose code it is.
    pub kind: FrameOrigin,
    /// In the function itself.
    pub self_us: f64,
    /// In the function itself and in native code that it calls directly.
    pub near_us: f64,
    /// With all below it; recursion counts once.
    pub total_us: f64,
    /// The total's share of the busy time.
    pub busy_share: f64,
    /// Script time of the total, of a function in JavaScript: no port saves more.
    pub saves_at_most_us: f64,
    /// DOM's and layout's share of the total.
    pub dom_share: f64,
    /// Rows of samples in the function. Calls may be fewer, where a stray sample ends a row, or far more, where short ones
    /// follow each other at once. Unknown where only counts were recorded.
    pub visits: Option<u64>,
    /// The total by visit.
    pub visit_us: Option<f64>,
    /// Calls that the browser itself made, where it counted them.
    pub calls: Option<u64>,
    /// The function with more work that it calls itself by way of, where a part of its work is such a recursion.
    pub part_of_recursion: Option<String>,
}

/// A function that is not worth a look.
#[derive(Debug, Serialize)]
pub struct Skipped {
    /// Which.
    #[serde(flatten)]
    pub finding: Finding,
    /// Why not, in words.
    pub reason: String,
}

impl Findings {
    /// Of a recording; at most `top` functions of either sort.
    #[must_use]
    pub fn new(recording: &Recording, top: usize) -> Self {
        let took = took(recording);
        let busy = |at: &usize| recording.kind(*at).is_busy();
        let nodes = 0..recording.nodes.len();
        let busy_us = nodes.filter(busy).map(|at| recording.nodes[at].self_us).sum();
        let scout = Scout { recording, took, busy_us };
        let worth = scout.worth();
        let has_scripts = recording.functions.iter().any(|function| function.kind == FrameOrigin::Js);
        Self {
            has_scripts,
            schema: SCHEMA,
            recorded_us: recording.nodes.iter().map(|node| node.self_us).sum(),
            busy_us,
            samples: recording.nodes.iter().map(|node| node.samples).sum(),
            left_out: recording.left_out,
            host: recording.host,
            notes: recording.notes.clone(),
            threads: recording.threads.iter().cloned().collect(),
            layout_known: recording.sees_layout,
            worth: worth.iter().take(top).map(|function| scout.finding(*function)).collect(),
            more: worth.len().saturating_sub(top),
            skip: scout.skipped(&worth, top),
        }
    }
}

/// A recording and what is known of its functions.
struct Scout<'a> {
    recording: &'a Recording,
    took: Vec<Took>,
    busy_us: f64,
}

impl Scout<'_> {
    /// Functions worth a look, the largest saving first.
    fn worth(&self) -> Vec<usize> {
        let saving = |function: &usize| self.took[*function].script_us;
        let mut able: Vec<usize> = (0..self.took.len()).filter(|function| self.unable(*function).is_none()).collect();
        able.sort_by(|a, b| saving(b).total_cmp(&saving(a)));
        able.truncate(MOST_COMPARED);
        // Callees come before their callers: they have less work or, when it is the same, were met later.
        able.sort_by(|a, b| saving(a).round().total_cmp(&saving(b).round()).then(Reverse(a).cmp(&Reverse(b))));
        let mut is_taken = vec![false; self.took.len()];
        for function in &able {
            let overlap = Overlap::new(self.recording, *function, &is_taken);
            is_taken[*function] = self.nearly_all(*function, &overlap.below).is_none();
        }
        let taken: Vec<usize> = able.into_iter().rev().filter(|function| is_taken[*function]).collect();
        let mut is_kept = vec![false; self.took.len()];
        for function in &taken {
            let overlap = Overlap::new(self.recording, *function, &is_kept);
            is_kept[*function] = self.nearly_all(*function, &overlap.above).is_none();
        }
        taken.into_iter().filter(|function| is_kept[*function]).collect()
    }

    /// Functions that took long themselves and are not worth a look, with the reason.
    fn skipped(&self, worth: &[usize], top: usize) -> Vec<Skipped> {
        let mut is_worth = vec![false; self.took.len()];
        for function in worth {
            is_worth[*function] = true;
        }
        let near = |function: &usize| self.took[*function].near_us;
        let mut others: Vec<usize> =
            (0..self.took.len()).filter(|function| !is_worth[*function] && near(function) > 0.0).collect();
        others.sort_by(|a, b| near(b).total_cmp(&near(a)));
        others.truncate(top);
        let skipped = |function| Skipped {
            finding: self.finding(function),
            reason: self.reason(function, &is_worth).to_string(),
        };
        others.into_iter().map(skipped).collect()
    }

    /// The reason why a function is not worth a look, where it is known not to be.
    fn reason(&self, function: usize, is_worth: &[bool]) -> Reason {
        let unable = self.unable(function);
        if let Some(reason @ (Reason::Is(..) | Reason::CallsTheHost(..) | Reason::Waits(_))) = unable {
            return reason;
        }
        let overlap = Overlap::new(self.recording, function, is_worth);
        let named = |function: usize| self.name(function);
        match (self.nearly_all(function, &overlap.above), self.nearly_all(function, &overlap.below)) {
            (Some(caller), _) => Reason::PartOf(named(caller)),
            (None, Some(callee)) => Reason::MostlyBelow(named(callee)),
            // Its work is in functions that are parts of what is worth a look, each too small to be named.
            (None, None) => unable.unwrap_or(Reason::SmallShare(self.share(self.took[function].self_us))),
        }
    }

    /// Why a function, looked at alone, is not worth a look.
    fn unable(&self, function: usize) -> Option<Reason> {
        let is = &self.recording.functions[function];
        let Took { total_us, script_us, dom_us, idle_us, visits, .. } = self.took[function];
        let visit_us = total_us / visits as f64;
        let share = |us: f64| if total_us > 0.0 { us / total_us } else { 0.0 };
        Some(match is.kind {
            FrameOrigin::Js if share(idle_us) > MOSTLY => Reason::Waits(share(idle_us)),
            FrameOrigin::Js if share(dom_us) > MOST_DOM => Reason::CallsTheHost(share(dom_us), self.recording.host),
            FrameOrigin::Js if self.share(script_us) < LEAST_SHARE => Reason::SmallShare(self.share(script_us)),
            FrameOrigin::Js if script_us < LEAST_US => Reason::Little(script_us),
            FrameOrigin::Js if visits > 0 && visit_us < SHORTEST_VISIT_US => Reason::ShortVisits(visit_us, visits),
            FrameOrigin::Js if is.url.is_empty() && is_nameless(&is.name) => Reason::NoSource,
            FrameOrigin::Js => return None,
            kind => Reason::Is(kind, self.recording.host),
        })
    }

    /// The function that does most of another one's work, where such functions do nearly all of it.
    fn nearly_all(&self, function: usize, work: &HashMap<usize, f64>) -> Option<usize> {
        let most = work.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?;
        let all: f64 = work.values().sum();
        (all >= NEARLY_ALL * self.took[function].script_us).then_some(*most.0)
    }

    fn share(&self, us: f64) -> f64 {
        if self.busy_us > 0.0 { us / self.busy_us } else { 0.0 }
    }

    fn name(&self, function: usize) -> String {
        let function = &self.recording.functions[function];
        named(&function.name).to_owned()
    }

    fn finding(&self, function: usize) -> Finding {
        let took = &self.took[function];
        let is = &self.recording.functions[function];
        let visits = Some(took.visits).filter(|visits| *visits > 0);
        Finding {
            name: is.name.clone(),
            url: is.url.clone(),
            line: is.line,
            column: is.column,
            thread: self.recording.threads[is.thread].clone(),
            kind: is.kind,
            self_us: took.self_us,
            near_us: took.near_us,
            total_us: took.total_us,
            busy_share: if is.kind.is_busy() { self.share(took.total_us) } else { 0.0 },
            saves_at_most_us: if is.kind == FrameOrigin::Js { took.script_us } else { 0.0 },
            dom_share: if took.total_us > 0.0 { took.dom_us / took.total_us } else { 0.0 },
            visits,
            visit_us: visits.map(|visits| took.total_us / visits as f64),
            calls: self.recording.calls.get(&function).copied(),
            part_of_recursion: larger_part(self.recording, &self.took, function).map(|larger| self.name(larger)),
        }
    }
}

/// Whether a function has no name.
fn is_nameless(name: &str) -> bool {
    matches!(name, "" | "(anonymous)")
}

/// What a function is called for people.
#[must_use]
pub fn named(name: &str) -> &str {
    if name.is_empty() { "(anonymous)" } else { name }
}
