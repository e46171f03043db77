//! What the engine of a page of Chromium holds, by commands of the browser's debugging protocol.

use serde_json::Value;

use crate::runtime::Heap;

/// Collects all garbage of the page's engine; answers once that is done.
pub const COLLECT: &str = "HeapProfiler.collectGarbage";
/// Asks for what [`read`] reads.
pub const USAGE: &str = "Runtime.getHeapUsage";

/// More than any page holds, bytes.
const MOST_BYTES: f64 = (1_u64 << 50) as f64;

/// What is held, from the answer to [`USAGE`]; `None` where the field is absent.
#[must_use]
pub fn read(usage: &Value) -> Option<Heap> {
    let bytes = |field: &str| {
        usage[field].as_f64().filter(|bytes| (0.0..=MOST_BYTES).contains(bytes)).map(|bytes| bytes as u64)
    };
    Some(Heap { used: bytes("usedSize")?, buffers: bytes("backingStorageSize") })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_answer_is_read_and_nothing_is_made_up() {
        let usage = json!({ "usedSize": 2e6, "totalSize": 3e6, "backingStorageSize": 65536.0 });
        assert_eq!(read(&usage), Some(Heap { used: 2_000_000, buffers: Some(65_536) }));
        // Older browsers do not know the field.
        assert_eq!(read(&json!({ "usedSize": 2e6 })), Some(Heap { used: 2_000_000, buffers: None }));
        for broken in [json!({}), json!({ "usedSize": -1.0 }), json!({ "usedSize": "2" }), json!(null)] {
            assert_eq!(read(&broken), None, "{broken}");
        }
    }
}
