//! What the engine of a page of Firefox holds, from the browser's own memory reports.

use serde::Deserialize;
use serde_json::Value;

use crate::runtime::Heap;

/// Collects the garbage of a process, and answers with what [`read`] reads.
pub const HELD: &str = include_str!("heap.js");

#[derive(Deserialize)]
struct Held {
    used: u64,
    buffers: u64,
}

/// What is held, from the answer of [`HELD`]; `None` where there is no such page.
#[must_use]
pub fn read(answer: &Value) -> Option<Heap> {
    let Held { used, buffers } = serde_json::from_str(answer.as_str()?).ok()?;
    // An engine that holds nothing at all reports by other names.
    (used > 0).then_some(Heap { used, buffers: Some(buffers) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_answer_is_read_and_nothing_is_made_up() {
        let answer = json!(r#"{"used":2000000,"buffers":65536}"#);
        assert_eq!(read(&answer), Some(Heap { used: 2_000_000, buffers: Some(65_536) }));
        for broken in [json!(null), json!(r#"{"used":0,"buffers":0}"#), json!(r#"{"used":-1,"buffers":0}"#), json!("")]
        {
            assert_eq!(read(&broken), None, "{broken}");
        }
    }
}
