//! Whose time a node of a call tree is, known by the function's name and address and by the code that called it.
//!
//! What Chromium does not show is not attributed: `set()` and `slice()` of typed arrays have no frames of their own, and a
//! `memory.copy` of Wasm's belongs to the function that holds it. Glue whose only job is to copy, or to call a function of the
//! browser, is known by its name, and what wasm-bindgen's glue slices off is known by its line.

use std::collections::{HashMap, HashSet};

use crossover_reports::profile::{Call, Category};
use crossover_reports::run::Kind;

use super::clip::callers;
use crate::sampling::cpuprofile::{CallFrame, CpuProfile, ProfileNode};
use crate::sampling::{FrameOrigin, path};

/// The name of all functions of the harness.
const HARNESS: &str = "(harness)";

/// Glue that only copies: wasm-bindgen's, and AssemblyScript's by their beginnings.
const COPYING_GLUE: [&str; 2] = ["getStringFromWasm0", "decodeText"];
const COPYING_GLUE_BEGINS: [&str; 4] = ["passArray", "passString", "__lower", "__lift"];
/// The browser's and the language's functions that only copy or recode, where they have a frame.
const COPYING_NATIVE: [&str; 7] = ["encode", "encodeInto", "decode", "set", "slice", "copyWithin", "structuredClone"];
/// The same within Wasm, as compilers call them.
const COPYING_WASM: [&str; 4] = ["memcpy", "memmove", "__memcpy", "__memmove"];
/// V8's wrappers at the boundary, which it shows with the Wasm's address or without: what they are called begins so.
const WRAPPERS: [&str; 2] = ["js-to-wasm", "wasm-to-js"];
/// Wasm functions that only cross the boundary.
const CROSSING_WASM: [&str; 2] = ["__wbindgen_", "__externref_"];

/// What a profile is attributed with.
pub struct Attribution {
    contender: Kind,
    /// Lines of the contender's module that do nothing but copy; from 1.
    copying_lines: HashSet<i64>,
}

/// A node with its callers and its category.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributedFrame {
    /// The stack that ends in it; without functions of the harness, unless it is one.
    pub stack: Vec<Call>,
    /// What it is for; `None` where no function was seen.
    pub category: Option<Category>,
    /// Whether nothing was done at all.
    pub is_idle: bool,
    /// The share of its time on lines that only copy.
    pub copying: f64,
    /// Whether it is the contender's, or called by it.
    pub is_contenders: bool,
}

impl Attribution {
    /// For a contender of a kind whose module has this text.
    #[must_use]
    pub fn new(contender: Kind, module: &str) -> Self {
        let copies = |line: &str| line.contains("FromWasm0(") && line.contains(".slice(");
        let lines = (1..).zip(module.lines()).filter(|(_, line)| copies(line)).map(|(number, _)| number);
        Self { contender, copying_lines: lines.collect() }
    }

    /// Whether it has Wasm, and so code around it.
    #[must_use]
    pub fn has_glue(&self) -> bool {
        matches!(self.contender, Kind::Wasm | Kind::StandIn)
    }

    /// Every node's place, by its number. The root of all has none.
    #[must_use]
    pub fn places(&self, profile: &CpuProfile) -> HashMap<u64, AttributedFrame> {
        let nodes: HashMap<u64, &ProfileNode> = profile.nodes.iter().map(|node| (node.id, node)).collect();
        let callers = callers(profile);
        let mut places: HashMap<u64, AttributedFrame> = HashMap::new();
        for node in &profile.nodes {
            // Up to the nearest caller that has a place, and down again.
            let mut path = vec![node];
            while let Some(caller) = path.last().and_then(|node| nodes.get(callers.get(&node.id)?)) {
                if places.contains_key(&caller.id) || path.len() > nodes.len() {
                    break;
                }
                path.push(caller);
            }
            for node in path.into_iter().rev() {
                let above = callers.get(&node.id).and_then(|caller| places.get(caller));
                let place = self.place(node, above);
                places.insert(node.id, place);
            }
        }
        places
    }

    fn place(&self, node: &ProfileNode, above: Option<&AttributedFrame>) -> AttributedFrame {
        let frame = &node.call_frame;
        // What no script has called is the browser's own doing.
        let inherited = above.and_then(|place| place.category).unwrap_or(Category::Native);
        let category = self.category(frame, inherited);
        let mut stack = above.map(|place| place.stack.clone()).unwrap_or_default();
        match category {
            None => {}
            Some(Category::Harness) if stack.iter().any(|call| call.name == HARNESS) => {}
            Some(Category::Harness) => stack.push(Call { name: HARNESS.to_owned(), category: Category::Harness }),
            Some(category) => {
                stack.retain(|call| call.category != Category::Harness);
                stack.push(Call { name: name(frame), category });
            }
        }
        let is_others = |category| matches!(category, Category::Harness | Category::Gc | Category::Native);
        let is_contenders = category.is_some_and(|category| !is_others(category));
        let copying = if category == Some(Category::Glue) { self.copying(node) } else { 0.0 };
        let is_idle = FrameOrigin::of(&frame.function_name, &frame.url) == FrameOrigin::Idle;
        AttributedFrame { stack, category, is_idle, copying, is_contenders }
    }

    fn category(&self, frame: &CallFrame, caller: Category) -> Option<Category> {
        let (name, url) = (frame.function_name.as_str(), frame.url.as_str());
        let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| name.starts_with(beginning));
        // What V8 shows without an address: what the harness calls is the harness's.
        let native = |own: Category| match caller {
            Category::Harness | Category::Native => caller,
            _ if COPYING_NATIVE.contains(&bare(name)) => Category::Copying,
            _ => own,
        };
        Some(match FrameOrigin::of(name, url) {
            FrameOrigin::Program | FrameOrigin::Idle => return None,
            FrameOrigin::Gc => Category::Gc,
            _ if begins(&WRAPPERS) => {
                if self.has_glue() {
                    Category::Glue
                } else {
                    Category::Kernel
                }
            }
            FrameOrigin::Wasm if self.has_glue() && begins(&CROSSING_WASM) => Category::Glue,
            FrameOrigin::Wasm if COPYING_WASM.contains(&name) => Category::Copying,
            FrameOrigin::Wasm => Category::Kernel,
            FrameOrigin::Js | FrameOrigin::Foreign if url.is_empty() => caller,
            FrameOrigin::Js | FrameOrigin::Foreign => match owner_of(url) {
                ScriptOwner::Harness => Category::Harness,
                ScriptOwner::Contender if !self.has_glue() => Category::Kernel,
                ScriptOwner::Contender if COPYING_GLUE.contains(&name) || begins(&COPYING_GLUE_BEGINS) => {
                    Category::Copying
                }
                ScriptOwner::Contender if is_import(name) => Category::Runtime,
                ScriptOwner::Contender => Category::Glue,
                ScriptOwner::Other => caller,
            },
            FrameOrigin::Dom | FrameOrigin::Builtin if STARTING.iter().any(|(start, _)| *start == bare(name)) => {
                STARTING.iter().find(|(start, _)| *start == bare(name)).map(|(_, category)| *category)?
            }
            FrameOrigin::Builtin => native(caller),
            FrameOrigin::Dom => native(Category::Runtime),
        })
    }

    fn copying(&self, node: &ProfileNode) -> f64 {
        let ticks = |is_counted: &dyn Fn(i64) -> bool| -> u64 {
            node.position_ticks.iter().filter(|tick| is_counted(tick.line)).map(|tick| tick.ticks).sum()
        };
        match ticks(&|_| true) {
            0 => 0.0,
            all => ticks(&|line| self.copying_lines.contains(&line)) as f64 / all as f64,
        }
    }
}

/// Whether a function of wasm-bindgen's glue is there to call one function of the browser or the language, which mostly has no
/// frame of its own: `__wbg_offsetHeight_91ca9e2be23502e5`.
fn is_import(name: &str) -> bool {
    let hash = name.strip_prefix("__wbg_").and_then(|rest| rest.rsplit_once('_')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Functions of the browser that bring Wasm about.
const STARTING: [(&str, Category); 6] = [
    ("compile", Category::Compile),
    ("compileStreaming", Category::Compile),
    ("Module", Category::Compile),
    ("instantiate", Category::Instantiate),
    ("instantiateStreaming", Category::Instantiate),
    ("Instance", Category::Instantiate),
];

/// Whose script it is.
enum ScriptOwner {
    Harness,
    Contender,
    Other,
}

fn owner_of(url: &str) -> ScriptOwner {
    let path = path(url);
    let path = path.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or(path, |(_, path)| path);
    match path {
        "" => ScriptOwner::Harness,
        _ if path.starts_with("page/") => ScriptOwner::Harness,
        _ if path.starts_with("artifact/") => ScriptOwner::Contender,
        _ => ScriptOwner::Other,
    }
}

/// `Uint8Array.set` is `set`, and `get offsetHeight` is `offsetHeight`.
fn bare(name: &str) -> &str {
    name.rsplit(['.', ' ']).next().unwrap_or(name)
}

/// What a function is called; where it has no name, and where one wrapper is made for each type of functions.
fn name(frame: &CallFrame) -> String {
    if let Some(wrapper) = WRAPPERS.into_iter().find(|wrapper| frame.function_name.starts_with(wrapper)) {
        return wrapper.to_owned();
    }
    match (frame.function_name.as_str(), frame.line_number) {
        ("" | "(anonymous)", 0) if frame.column_number == 0 => "(module)".to_owned(),
        ("" | "(anonymous)", line @ 0..) => format!("(anonymous, line {})", line + 1),
        ("", _) => "(anonymous)".to_owned(),
        (name, _) => name.to_owned(),
    }
}
