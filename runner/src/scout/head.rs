//! Reads a `.cpuprofile` from before Chrome 58, which converters of perf's and DTrace's output still write: a tree of nodes
//! within each other, `head` its root.
//!
//! Stacks are deeper than JSON may be nested for a reader that calls itself, so the tree is walked without recursion.

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::sampling::cpuprofile::{CallFrame, CpuProfile, ProfileNode};

/// The file but for its tree. The beginning and the end are in seconds, all else in microseconds.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FlatProfile {
    #[serde(default)]
    start_time: f64,
    #[serde(default)]
    end_time: f64,
    #[serde(default)]
    samples: Vec<u64>,
    /// When each sample was taken.
    #[serde(default)]
    timestamps: Vec<f64>,
}

/// A node but for its callees. Lines and columns are counted from 1.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct NestedNode {
    id: Option<u64>,
    #[serde(default)]
    function_name: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    line_number: i64,
    #[serde(default)]
    column_number: i64,
    #[serde(default)]
    hit_count: u64,
}

/// The profile as newer files have it. The text is known to be JSON.
///
/// # Errors
/// When a field does not follow the format.
pub fn profile(text: &[u8]) -> anyhow::Result<CpuProfile> {
    let (whole, nodes) = walk(text)?;
    let FlatProfile { start_time, end_time, mut samples, timestamps } = serde_json::from_value(whole)?;
    let (sampled, timed) = (samples.len(), timestamps.len());
    if timestamps.is_empty() {
        samples.clear();
    }
    ensure!(
        timed == 0 || timed >= sampled,
        "fields `samples` and `timestamps` differ in length, {sampled} and {timed}: the file is cut off; help: save the profile \
         again"
    );
    let start = timestamps.first().copied().unwrap_or(start_time * 1e6);
    let mut before = start;
    let deltas = timestamps.iter().take(samples.len()).map(|time| time - std::mem::replace(&mut before, *time));
    let time_deltas = deltas.collect();
    Ok(CpuProfile { nodes, start_time: start, end_time: end_time * 1e6, samples, time_deltas })
}

/// An object that is being read: the fields that are no objects of the tree, and the node that it becomes.
#[derive(Debug, Default)]
struct Open {
    fields: Map<String, Value>,
    children: Vec<u64>,
}

/// The fields of the file but for its tree, and the tree's nodes.
fn walk(text: &[u8]) -> anyhow::Result<(Value, Vec<ProfileNode>)> {
    let mut nodes = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' => open.push(Open::default()),
            b'"' => {
                let (key, end) = value::<String>(text, at)?;
                // Of the tree's objects nothing is read here: they are met next.
                if key != "head" && key != "children" {
                    let start = end + text[end..].iter().position(|byte| *byte == b':').unwrap_or_default() + 1;
                    let (field, end) = value::<Value>(text, start)?;
                    if let Some(open) = open.last_mut() {
                        open.fields.insert(key, field);
                    }
                    at = end;
                    continue;
                }
                at = end;
                continue;
            }
            b'}' => {
                let Open { fields, children } = open.pop().context("field `head`: an object ends that never began")?;
                let Some(caller) = open.last_mut() else { return Ok((Value::Object(fields), nodes)) };
                // Converters that number no nodes have no samples; any number will do.
                let node: NestedNode = serde_json::from_value(Value::Object(fields)).context("field `head`")?;
                let id = node.id.unwrap_or(nodes.len() as u64);
                caller.children.push(id);
                nodes.push(node.flat(id, children));
            }
            _ => {}
        }
        at += 1;
    }
    anyhow::bail!("field `head`: the tree has no end; help: save the profile again")
}

/// The value at a place of the text, and where it ends.
fn value<'de, T: Deserialize<'de>>(text: &'de [u8], at: usize) -> anyhow::Result<(T, usize)> {
    let mut values = serde_json::Deserializer::from_slice(text.get(at..).unwrap_or_default()).into_iter::<T>();
    let value = values.next().context("field `head`: a field has no value")??;
    Ok((value, at + values.byte_offset()))
}

impl NestedNode {
    fn flat(self, id: u64, children: Vec<u64>) -> ProfileNode {
        let call_frame = CallFrame {
            function_name: self.function_name,
            url: self.url,
            line_number: self.line_number.saturating_sub(1),
            column_number: self.column_number.saturating_sub(1),
            ..CallFrame::default()
        };
        ProfileNode { id, call_frame, hit_count: self.hit_count, children, ..ProfileNode::default() }
    }
}
