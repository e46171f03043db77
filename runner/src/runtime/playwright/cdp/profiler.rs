//! Records where a page of Chromium spends its time, by commands of the browser's debugging protocol.

use std::time::Duration;

use serde_json::{Value, json};

use super::Command;
use crate::runtime::Recorded;

/// Ends the recording; the answer is read by [`read`].
pub const STOP: &str = "Profiler.stop";
/// Asks when the page's own clock began; the answer, too, is read by [`read`].
pub const CLOCK: &str = "Performance.getMetrics";

/// Begins to sample.
pub fn start(interval: Duration) -> [Command; 4] {
    [
        ("Performance.enable", json!({})),
        ("Profiler.enable", json!({})),
        ("Profiler.setSamplingInterval", json!({ "interval": interval.as_micros() as u64 })),
        ("Profiler.start", json!({})),
    ]
}

/// What was sampled, from the answers to [`STOP`] and [`CLOCK`]; `None` where there is no profile in it.
#[must_use]
pub fn read(mut stopped: Value, metrics: &Value) -> Option<Recorded> {
    let profile = serde_json::from_value(stopped["profile"].take()).ok()?;
    let metrics = metrics["metrics"].as_array();
    let begin = metrics.into_iter().flatten().find(|metric| metric["name"] == "NavigationStart");
    let clock_us = begin.and_then(|metric| metric["value"].as_f64()).filter(|s| *s > 0.0).map(|s| s * 1e6);
    Some(Recorded { profile, clock_us })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_read_and_nothing_is_made_up() {
        let frame =
            json!({ "functionName": "(root)", "scriptId": "0", "url": "", "lineNumber": -1, "columnNumber": -1 });
        let profile = json!({
            "nodes": [{ "id": 1, "callFrame": frame, "hitCount": 1 }],
            "startTime": 5e6, "endTime": 6e6, "samples": [1], "timeDeltas": [100],
        });
        let metrics =
            json!({ "metrics": [{ "name": "Timestamp", "value": 9.0 }, { "name": "NavigationStart", "value": 4.5 }] });
        let recorded = read(json!({ "profile": profile }), &metrics).unwrap();
        assert_eq!((recorded.profile.samples.len(), recorded.clock_us), (1, Some(4.5e6)));
        let without = read(json!({ "profile": profile }), &json!({})).unwrap();
        assert_eq!(without.clock_us, None);
        assert_eq!(read(json!({}), &metrics), None);
        assert_eq!(start(Duration::from_micros(200))[2].1, json!({ "interval": 200 }));
    }
}
