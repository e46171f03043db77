//! Call trees: built from stacks, reduced until they can be shown, and folded.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Category, CategoryTime, Frame, FunctionTime};

/// Frames with a smaller share than this are merged.
const LEAST_SHARE: f64 = 0.005;
/// Calls deeper than this are merged.
const DEEPEST: usize = 48;
/// Name of a frame that stands for several small ones.
const SMALLER: &str = "(smaller)";
/// Name of a frame that stands for all deeper ones.
const DEEPER: &str = "(deeper)";
/// Most characters of a name.
const LONGEST_NAME: usize = 160;

/// A function in a stack.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub category: Category,
}

/// Stacks as a tree that grows.
#[derive(Debug, Default)]
pub struct Tree {
    frames: Vec<Frame>,
    children: HashMap<(Option<usize>, Call), usize>,
}

impl Tree {
    /// Adds time at the end of a stack, which begins with the outermost caller. Without a function it has no frame.
    pub fn add(&mut self, stack: &[Call], ns: f64) {
        let mut at = None;
        for (depth, call) in stack.iter().enumerate() {
            let deeper = || Call { name: DEEPER.to_owned(), category: call.category };
            at = Some(self.child(at, if depth < DEEPEST { call.clone() } else { deeper() }));
            if depth == DEEPEST {
                break;
            }
        }
        if let Some(at) = at {
            self.frames[at].self_ns += ns;
        }
    }

    fn child(&mut self, parent: Option<usize>, call: Call) -> usize {
        let name: String = call.name.chars().take(LONGEST_NAME).collect();
        let call = Call { name, ..call };
        let frames = &mut self.frames;
        *self.children.entry((parent, call)).or_insert_with_key(|(parent, call)| {
            frames.push(Frame { name: call.name.clone(), category: call.category, parent: *parent, self_ns: 0.0 });
            frames.len() - 1
        })
    }

    /// All time in it.
    #[must_use]
    pub fn total_ns(&self) -> f64 {
        self.frames.iter().map(|frame| frame.self_ns).sum()
    }

    /// Time by category; a category that is missing took none.
    #[must_use]
    pub fn categories(&self, wanted: &[Category]) -> Vec<CategoryTime> {
        let mut sums: BTreeMap<Category, f64> = wanted.iter().map(|category| (*category, 0.0)).collect();
        for frame in &self.frames {
            *sums.entry(frame.category).or_default() += frame.self_ns;
        }
        sums.into_iter().map(|(category, ns)| CategoryTime { category, ns: Some(ns) }).collect()
    }

    /// The functions with the longest self time.
    #[must_use]
    pub fn functions(&self, most: usize) -> Vec<FunctionTime> {
        let totals = totals(&self.frames);
        let mut functions: HashMap<(&str, Category), (f64, f64)> = HashMap::new();
        for (at, frame) in self.frames.iter().enumerate() {
            let key = (frame.name.as_str(), frame.category);
            let is_within_itself = self.callers(at).any(|caller| (caller.name.as_str(), caller.category) == key);
            let sums = functions.entry(key).or_default();
            sums.0 += frame.self_ns;
            // A function that calls itself counts once.
            sums.1 += if is_within_itself { 0.0 } else { totals[at] };
        }
        let time = |((name, category), (self_ns, total_ns)): ((&str, Category), (f64, f64))| FunctionTime {
            name: name.to_owned(),
            category,
            self_ns,
            total_ns,
        };
        let mut functions: Vec<_> = functions.into_iter().map(time).filter(|function| function.self_ns > 0.0).collect();
        functions.sort_by(|a, b| b.self_ns.total_cmp(&a.self_ns).then_with(|| a.name.cmp(&b.name)));
        functions.truncate(most);
        functions
    }

    fn callers(&self, at: usize) -> impl Iterator<Item = &Frame> {
        std::iter::successors(self.frames[at].parent, |at| self.frames[*at].parent).map(|at| &self.frames[at])
    }

    /// At most so many frames; small ones are merged.
    #[must_use]
    pub fn frames(&self, most: usize) -> Vec<Frame> {
        bounded(&self.frames, most)
    }
}

/// Time including callees, for every frame. Callers come before callees.
pub fn totals(frames: &[Frame]) -> Vec<f64> {
    let mut totals: Vec<f64> = frames.iter().map(|frame| frame.self_ns).collect();
    for at in (0..frames.len()).rev() {
        if let Some(parent) = frames[at].parent {
            totals[parent] += totals[at];
        }
    }
    totals
}

/// At most so many frames, the longest of each caller first: those below a share of the total are merged, and the share
/// is raised until they fit.
pub fn bounded(frames: &[Frame], most: usize) -> Vec<Frame> {
    let totals = totals(frames);
    let all: f64 = frames.iter().map(|frame| frame.self_ns).sum();
    let mut children: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (at, frame) in frames.iter().enumerate() {
        children.entry(frame.parent).or_default().push(at);
    }
    for callees in children.values_mut() {
        callees.sort_by(|a, b| totals[*b].total_cmp(&totals[*a]).then_with(|| frames[*a].name.cmp(&frames[*b].name)));
    }
    let mut least_share = LEAST_SHARE;
    loop {
        let mut kept = Vec::new();
        let whole = Whole { frames, totals: &totals, children: &children, least: least_share * all };
        whole.keep(None, None, &mut kept);
        // At a share of 1 only merged frames are left.
        if kept.len() <= most || least_share > 1.0 {
            return kept;
        }
        least_share *= 1.5;
    }
}

/// A tree of which a part is kept.
struct Whole<'a> {
    frames: &'a [Frame],
    totals: &'a [f64],
    children: &'a HashMap<Option<usize>, Vec<usize>>,
    least: f64,
}

impl Whole<'_> {
    fn keep(&self, parent: Option<usize>, kept_parent: Option<usize>, kept: &mut Vec<Frame>) {
        let (large, small): (Vec<usize>, Vec<usize>) =
            self.children.get(&parent).into_iter().flatten().partition(|at| self.totals[**at] >= self.least);
        for at in large {
            kept.push(Frame { parent: kept_parent, ..self.frames[at].clone() });
            let place = kept.len() - 1;
            self.keep(Some(at), Some(place), kept);
        }
        // Merged by category, so that a category keeps its time as far as possible.
        let mut together: BTreeMap<Category, f64> = BTreeMap::new();
        for at in small {
            *together.entry(self.frames[at].category).or_default() += self.totals[at];
        }
        for (category, ns) in together.into_iter().filter(|(_, ns)| *ns > 0.0) {
            kept.push(Frame { name: SMALLER.to_owned(), category, parent: kept_parent, self_ns: ns });
        }
    }
}

/// One line for each stack with self time.
pub fn folded(frames: &[Frame]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for (at, frame) in frames.iter().enumerate() {
        let us = (frame.self_ns / 1e3).round();
        let mut names: Vec<String> = std::iter::successors(Some(at), |at| frames[*at].parent)
            .map(|at| frames[at].name.replace([';', '\n', '\r'], " "))
            .collect();
        names.reverse();
        let stack = names.join(";");
        if us >= 1.0 && seen.insert(stack.clone()) {
            lines.push(format!("{stack} {us}"));
        } else if us >= 1.0 {
            // Two frames with one name and different categories.
            lines.push(format!("{stack} ({}) {us}", frame.category.name()));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(name: &str, category: Category) -> Call {
        Call { name: name.to_owned(), category }
    }

    fn tree(stacks: &[(&[&str], f64)]) -> Tree {
        let mut tree = Tree::default();
        for (names, ns) in stacks {
            let stack: Vec<Call> = names.iter().map(|name| call(name, Category::Kernel)).collect();
            tree.add(&stack, *ns);
        }
        tree
    }

    #[test]
    fn time_is_where_it_was_added_and_above() {
        let tree = tree(&[(&["run"], 1e6), (&["run", "hash"], 6e6), (&["run", "hash", "hash"], 3e6)]);
        assert_eq!(totals(&tree.frames), [1e7, 9e6, 3e6]);
        let functions = tree.functions(10);
        assert_eq!(functions[0].name, "hash");
        assert_eq!((functions[0].self_ns, functions[0].total_ns), (9e6, 9e6), "its own calls count once");
        assert_eq!(tree.functions(1).len(), 1);
        assert_eq!(folded(&tree.frames), ["run 1000", "run;hash 6000", "run;hash;hash 3000"]);
    }

    #[test]
    fn small_frames_are_put_together_and_nothing_is_lost() {
        let mut tree = Tree::default();
        tree.add(&[call("run", Category::Glue)], 1e9);
        for at in 0..1000 {
            let category = if at % 2 == 0 { Category::Kernel } else { Category::Copying };
            tree.add(&[call("run", Category::Glue), call(&format!("f{at}"), category)], 1e6);
        }
        let frames = tree.frames(100);
        assert_eq!(frames.len(), 3);
        assert!(frames[1..].iter().all(|frame| frame.name == SMALLER && frame.self_ns == 5e8), "{frames:?}");
        assert_eq!(frames.iter().map(|frame| frame.self_ns).sum::<f64>(), tree.total_ns());
    }

    #[test]
    fn so_many_frames_and_no_more() {
        let stacks: Vec<Vec<String>> = (0..150).map(|at| vec![format!("f{at}"), "g".to_owned()]).collect();
        let mut tree = Tree::default();
        for (at, names) in stacks.iter().enumerate() {
            let stack: Vec<Call> = names.iter().map(|name| call(name, Category::Kernel)).collect();
            tree.add(&stack, 1e6 + at as f64 * 1e4);
        }
        for most in [1000, 200, 20, 1] {
            let frames = tree.frames(most);
            assert!(frames.len() <= most.max(1), "{} for {most}", frames.len());
            let sum: f64 = frames.iter().map(|frame| frame.self_ns).sum();
            assert!((sum / tree.total_ns() - 1.0).abs() < 1e-9);
            assert!(frames.iter().enumerate().all(|(at, frame)| frame.parent.is_none_or(|parent| parent < at)));
        }
    }

    #[test]
    fn endless_recursion_is_cut_and_long_names_are() {
        let mut tree = Tree::default();
        let stack: Vec<Call> = (0..10_000).map(|_| call(&"x".repeat(5000), Category::Kernel)).collect();
        tree.add(&stack, 1e6);
        assert_eq!(tree.frames.len(), DEEPEST + 1);
        assert_eq!(tree.frames[DEEPEST].name, DEEPER);
        assert!(tree.frames.iter().all(|frame| frame.name.len() <= LONGEST_NAME));
        assert_eq!(tree.total_ns(), 1e6);
    }

    #[test]
    fn separators_in_names_separate_nothing() {
        assert_eq!(folded(&tree(&[(&["a;b\nc"], 5e3)]).frames), ["a b c 5"]);
    }
}
