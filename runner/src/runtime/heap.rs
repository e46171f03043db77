//! What the engine of a page of Chromium holds, by commands of the browser's debugging protocol.

use serde_json::Value;

/// Has all garbage of the page's engine collected; answers once that is done.
pub const COLLECT: &str = "HeapProfiler.collectGarbage";
/// Asks for what [`Heap::of`] reads.
pub const USAGE: &str = "Runtime.getHeapUsage";

/// More than any page holds, bytes.
const MOST_BYTES: f64 = (1_u64 << 50) as f64;

/// What a page's engine holds, bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heap {
    /// JavaScript heap in use.
    pub used: u64,
    /// Array buffers and long strings, which lie outside of it; `None` where the browser does not tell. Linear memories are
    /// not among them.
    pub buffers: Option<u64>,
}

impl Heap {
    /// From the answer to [`USAGE`]; `None` where it does not tell.
    #[must_use]
    pub fn of(usage: &Value) -> Option<Self> {
        let bytes = |field: &str| {
            usage[field].as_f64().filter(|bytes| (0.0..=MOST_BYTES).contains(bytes)).map(|bytes| bytes as u64)
        };
        Some(Self { used: bytes("usedSize")?, buffers: bytes("backingStorageSize") })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_browser_tells_is_read_and_nothing_made_up() {
        let usage = json!({ "usedSize": 2e6, "totalSize": 3e6, "backingStorageSize": 65536.0 });
        assert_eq!(Heap::of(&usage), Some(Heap { used: 2_000_000, buffers: Some(65_536) }));
        // Older browsers do not know the field.
        assert_eq!(Heap::of(&json!({ "usedSize": 2e6 })), Some(Heap { used: 2_000_000, buffers: None }));
        for broken in [json!({}), json!({ "usedSize": -1.0 }), json!({ "usedSize": "2" }), json!(null)] {
            assert_eq!(Heap::of(&broken), None, "{broken}");
        }
    }
}
