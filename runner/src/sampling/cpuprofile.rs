//! A `.cpuprofile`: `Profiler.Profile` of the DevTools protocol, as Chrome and Node.js write it. Times are in microseconds.

use serde::{Deserialize, Deserializer, Serialize};

/// A profile of one thread.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CpuProfile {
    /// The call tree, as nodes that name each other by number.
    pub nodes: Vec<ProfileNode>,
    /// When it was begun.
    #[serde(default)]
    pub start_time: f64,
    /// When it was ended.
    #[serde(default)]
    pub end_time: f64,
    /// The nodes that were sampled.
    #[serde(default)]
    pub samples: Vec<u64>,
    /// From the sample before to each, the first from the beginning.
    #[serde(default)]
    pub time_deltas: Vec<f64>,
}

/// A node of the call tree. Files name the callees in the caller, traces the caller in the callees.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProfileNode {
    /// The node's number.
    pub id: u64,
    /// What is called.
    pub call_frame: CallFrame,
    /// Samples taken here.
    #[serde(default)]
    pub hit_count: u64,
    /// The caller's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<u64>,
    /// The callees' numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<u64>,
    /// The samples taken here by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub position_ticks: Vec<PositionTick>,
}

/// Where a function is, as `Runtime.CallFrame` says it: lines and columns from 0, or −1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallFrame {
    /// Empty for a function without a name.
    #[serde(default)]
    pub function_name: String,
    /// The script's number, which profiles have as text and traces as a number; readers want it to be there.
    #[serde(default, deserialize_with = "number_as_text")]
    pub script_id: String,
    /// Empty for native code.
    #[serde(default)]
    pub url: String,
    /// From 0.
    #[serde(default = "none")]
    pub line_number: i64,
    /// From 0.
    #[serde(default = "none")]
    pub column_number: i64,
}

/// Samples that were taken on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionTick {
    /// From 1.
    pub line: i64,
    /// How many.
    pub ticks: u64,
}

fn none() -> i64 {
    -1
}

fn number_as_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum TextOrNumber {
        Text(String),
        Number(i64),
    }
    Ok(match TextOrNumber::deserialize(deserializer)? {
        TextOrNumber::Text(text) => text,
        TextOrNumber::Number(number) => number.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_have_their_numbers_as_text_or_as_numbers() {
        for id in ["\"12\"", "12"] {
            let frame: CallFrame = serde_json::from_str(&format!("{{ \"scriptId\": {id} }}")).unwrap();
            assert_eq!((frame.script_id.as_str(), frame.line_number), ("12", -1));
        }
        assert_eq!(serde_json::from_str::<CallFrame>("{}").unwrap().script_id, "");
    }
}
