//! Where a page of Firefox spends its time, by the browser's own profiler.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::runtime::Recorded;
use crate::sampling::cpuprofile::CpuProfile;

/// Begins to sample, each so many milliseconds.
pub const START: &str = include_str!("sample.js");
/// Ends it, and answers with what [`read`] reads.
pub const STOP: &str = include_str!("sampled.js");

/// What the page calls the mark that shows where its own clock stands.
pub const MARK: &str = "crossover";
/// Makes the mark, and answers with the page's own time, milliseconds.
pub const MAKE_MARK: &str = "(name) => performance.mark(name).startTime";

#[derive(Deserialize)]
struct Sampled {
    profile: CpuProfile,
    marked: Option<f64>,
}

/// An interval as [`START`] takes it.
#[must_use]
pub fn interval(interval: Duration) -> String {
    (interval.as_secs_f64() * 1e3).to_string()
}

/// What was sampled, from the answer of [`STOP`] and the page's own time at the mark, milliseconds; `None` where there is no
/// profile in it.
#[must_use]
pub fn read(answer: &Value, mark_ms: Option<f64>) -> Option<Recorded> {
    let Sampled { profile, marked } = serde_json::from_str(answer.as_str()?).ok()?;
    let clock_us = marked.zip(mark_ms).map(|(profiles, pages)| (profiles - pages) * 1e3);
    Some(Recorded { profile, clock_us })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_answer_is_read_and_nothing_is_made_up() {
        let node = json!({ "id": 1, "callFrame": { "functionName": "(root)" }, "hitCount": 1 });
        let profile = json!({ "nodes": [node], "startTime": 5e6, "endTime": 5e6, "samples": [1], "timeDeltas": [0] });
        let answer = |marked: Value| json!(json!({ "profile": profile, "marked": marked }).to_string());
        let recorded = read(&answer(json!(5000.0)), Some(200.0)).unwrap();
        assert_eq!((recorded.profile.samples.len(), recorded.clock_us), (1, Some(4.8e6)));
        assert_eq!(read(&answer(Value::Null), Some(200.0)).unwrap().clock_us, None);
        assert_eq!(read(&answer(json!(5000.0)), None).unwrap().clock_us, None);
        for broken in [json!(null), json!("{}"), json!(1)] {
            assert_eq!(read(&broken, None), None, "{broken}");
        }
        assert_eq!(interval(Duration::from_micros(200)), "0.2");
    }
}
