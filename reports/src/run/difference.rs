//! Whether two runs have the same plan: the first difference of their headers that matters, in words. Pure.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Header, Kernel};

/// May differ between two runs of one plan: their names and times, words for people, the measured clock, and
/// calibrations made meanwhile. Changed files of a tree show in the sizes and build lines of what was built from them;
/// intermediate sizes of a build do not ship.
const OF_ONE_RUN: [&str; 17] = [
    "id",
    "started_at",
    "git_revision",
    "timer_quantum_ns",
    "title",
    "summary",
    "caveats",
    "label",
    "link",
    "packages",
    "from",
    "domain",
    "headline",
    "calibration",
    "scenarios",
    "share",
    "size_steps",
];

/// May differ, too, between runs that are joined: the order of contenders does not matter across blocks.
const OF_ONE_ORDER: [&str; 2] = ["seed", "tool_version"];

/// Fields that say more than the fields derived from them, in the order in which they are compared.
const TELLING: [&str; 7] = ["tool_version", "seed", "schedule", "preset", "machine", "strata", "toolchain"];

impl Header {
    /// The first field in which two runs differ in plan or machine, so that their blocks are not of one population,
    /// with the value here against the one in `other`. `None` for runs of one plan. The order of contenders may come
    /// from another seed and another version of crossover.
    #[must_use]
    pub fn plan_difference(&self, other: &Self) -> Option<String> {
        first_difference(self, other, &[&OF_ONE_RUN[..], &OF_ONE_ORDER].concat())
    }

    /// The difference of two runs that prevents resuming the other's file; `None` if it can be resumed. All orders have
    /// to be the same for that, and so do seed and version.
    #[must_use]
    pub fn resume_difference(&self, other: &Self) -> Option<String> {
        first_difference(self, other, &OF_ONE_RUN)
    }
}

/// May differ, beside the fields of a single run, between runs that are put side by side: where they were measured, and
/// which part of the plan. Their common part is compared separately.
const OF_ONE_PLACE: [&str; 5] = ["machine", "strata", "shards", "kernels", "toolchain"];

impl Header {
    /// The difference that makes two runs belong to different plans, whichever part of it each has measured and on
    /// whichever machine; `None` for runs of one plan. Seed and version have to be the same.
    #[must_use]
    pub fn part_difference(&self, other: &Self) -> Option<String> {
        let of = |header: &Self| header.shards.as_ref().map(|shards| shards.of);
        let divided = of(self).zip(of(other)).filter(|(a, b)| a != b);
        let built = |a: &Self, b: &Self| {
            let known = |own: &Option<String>, others: &Option<String>| own.clone().filter(|_| others.is_some());
            let (own, others) = (&a.toolchain, &b.toolchain);
            json!({ "toolchain": {
                "rustc": known(&own.rustc, &others.rustc),
                "wasm_bindgen": known(&own.wasm_bindgen, &others.wasm_bindgen),
                "binaryen": known(&own.binaryen, &others.binaryen),
                "esbuild": known(&own.esbuild, &others.esbuild),
            } })
        };
        let plan = |header: &Self| json!({ "kernels": header.whole_plan() });
        let common = |a: &Self, b: &Self| json!({ "kernels": common(&a.kernels, &b.kernels) });
        let emulated = |header: &Self| -> Vec<String> {
            let emulations = header.strata.iter().map(|stratum| &stratum.emulation);
            emulations.map(|e| if e.is_none() { "none".to_owned() } else { e.to_string() }).collect()
        };
        let emulation = |header: &Self| json!({ "emulation": emulated(header).into_iter().collect::<BTreeSet<_>>() });
        let walk = Walk { ignored: &OF_ONE_RUN };
        first_difference(self, other, &[&OF_ONE_RUN[..], &OF_ONE_PLACE].concat())
            .or_else(|| divided.map(|(a, b)| format!("the number of shards: {a} against {b}")))
            .or_else(|| walk.difference("", &plan(self), &plan(other)))
            .or_else(|| walk.difference("", &built(self, other), &built(other, self)))
            .or_else(|| walk.difference("", &emulation(self), &emulation(other)))
            .or_else(|| walk.difference("", &common(self, other), &common(other, self)))
    }
}

/// The kernels and inputs of `own` that are also among `others`.
fn common(own: &[Kernel], others: &[Kernel]) -> Vec<Kernel> {
    let of = |kernel: &Kernel| {
        let other = others.iter().find(|other| other.name == kernel.name)?;
        let has = |name: &str| other.inputs.iter().any(|input| input.name == name);
        let inputs = kernel.inputs.iter().filter(|input| has(&input.name)).cloned().collect();
        Some(Kernel { inputs, ..kernel.clone() })
    };
    own.iter().filter_map(of).collect()
}

/// Compares all that a header holds, so that a field of a later version is not forgotten here.
fn first_difference(a: &Header, b: &Header, ignored: &[&str]) -> Option<String> {
    match (comparable(a), comparable(b)) {
        (Ok(a), Ok(b)) => Walk { ignored }.difference("", &a, &b),
        (Err(error), _) | (_, Err(error)) => Some(format!("a header that cannot be compared: {error}")),
    }
}

fn comparable(header: &Header) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(header)?;
    value["machine"]["memory_bytes"] = header.machine.memory_gib().map(|gib| format!("{gib} GiB")).into();
    Ok(value)
}

struct Walk<'a> {
    ignored: &'a [&'a str],
}

impl Walk<'_> {
    /// The first difference of two values at `place`, such as ``input `1MB` of kernel `x` ``; empty at the top.
    fn difference(&self, place: &str, a: &Value, b: &Value) -> Option<String> {
        if a == b {
            return None;
        }
        match (a, b) {
            (Value::Object(a_fields), Value::Object(b_fields)) => {
                let mut keys: Vec<_> = a_fields.keys().chain(b_fields.keys()).collect();
                keys.sort_by_key(|key| (TELLING.iter().position(|first| first == key).unwrap_or(TELLING.len()), *key));
                keys.dedup();
                let wanted = keys.into_iter().filter(|key| !self.ignored.contains(&key.as_str()));
                wanted.map(|key| (key, &a[key.as_str()], &b[key.as_str()])).find_map(|(key, a, b)| match names(a, b) {
                    Some(names) => self.list_difference(place, key, names, a, b),
                    None => self.difference(&within(&format!("`{key}`"), place), a, b),
                })
            }
            _ => Some(format!("{place}: {} against {}", words(a, b), words(b, a))),
        }
    }

    /// The first difference of two lists of things with names.
    fn list_difference(&self, place: &str, key: &str, names: [Vec<&str>; 2], a: &Value, b: &Value) -> Option<String> {
        let [a_names, b_names] = &names;
        if a_names != b_names {
            let listed = |names: &[&str]| names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
            let place = within(key, place);
            return Some(format!("{place}: {} against {}", listed(a_names), listed(b_names)));
        }
        let singular = if key == "strata" { "stratum" } else { key.trim_end_matches('s') };
        a_names.iter().enumerate().find_map(|(at, name)| {
            self.difference(&within(&format!("{singular} {}", quoted(name)), place), &a[at], &b[at])
        })
    }
}

fn within(part: &str, whole: &str) -> String {
    if whole.is_empty() { part.to_owned() } else { format!("{part} of {whole}") }
}

/// The names, or the ids, in two lists of things that have them; `None` for any other values.
fn names<'a>(a: &'a Value, b: &'a Value) -> Option<[Vec<&'a str>; 2]> {
    let names = |list: &'a Value| -> Option<Vec<_>> {
        list.as_array()?.iter().map(|item| item.get("name").or(item.get("id"))?.as_str()).collect()
    };
    let both = [names(a)?, names(b)?];
    // Two empty lists have no names, and are equal.
    both.iter().any(|names| !names.is_empty()).then_some(both)
}

/// A value for people; for a list of texts, only the ones that `other` does not have, unless only the order differs.
fn words(value: &Value, other: &Value) -> String {
    let texts = |value: &Value| -> Option<Vec<String>> {
        value.as_array()?.iter().map(|item| item.as_str().map(quoted)).collect()
    };
    match (value, texts(value), texts(other)) {
        (_, Some(own), Some(others)) => {
            let is_reordered = own.iter().collect::<BTreeSet<_>>() == others.iter().collect();
            let only_own = own.into_iter().filter(|text| is_reordered || !others.contains(text));
            let listed = only_own.collect::<Vec<_>>().join(", ");
            if listed.is_empty() { "without these".to_owned() } else { listed }
        }
        (Value::Null, ..) => "not known".to_owned(),
        (Value::String(text), ..) => quoted(text),
        (value, ..) => value.to_string().escape_debug().to_string().replace("\\\"", "\""),
    }
}

/// Text of a file, made safe for a terminal.
fn quoted(text: &str) -> String {
    format!("`{}`", text.escape_debug())
}
