//! One event of a trace. Only those that matter are taken at their word: the others may hold anything.

use serde_json::Value;

/// A process and a thread of it.
pub type ThreadId = (i64, i64);

/// One event; `args` differ by name.
#[derive(Debug)]
pub struct Event {
    /// What happened.
    pub name: String,
    /// What was switched on to have it recorded, several with commas between; empty where it is not said.
    pub category: String,
    /// Whether it has a beginning and a duration.
    pub is_complete: bool,
    /// Where it happened.
    pub thread: ThreadId,
    /// What it belongs to; events of one thing have the same.
    pub id: String,
    /// When it began, in microseconds.
    pub start: f64,
    /// How long it took.
    pub duration: f64,
    args: Value,
}

impl Event {
    /// Of a value; none where it is no event.
    #[must_use]
    pub fn of(value: Value) -> Option<Self> {
        let Value::Object(mut fields) = value else { return None };
        let mut take = |field: &str| fields.remove(field).unwrap_or_default();
        let mut text = |field: &str| match take(field) {
            Value::String(text) => text,
            _ => String::new(),
        };
        let (name, category, phase) = (text("name"), text("cat"), text("ph"));
        let mut time = |field: &str| number(&take(field)).unwrap_or_default();
        let (start, duration) = (time("ts"), time("dur"));
        let mut whole = |field: &str| time(field) as i64;
        let thread = (whole("pid"), whole("tid"));
        let id = take("id").to_string();
        Some(Self { name, category, is_complete: phase == "X", thread, id, start, duration, args: take("args") })
    }

    /// Most events have their arguments below `data`.
    pub fn data(&mut self) -> Value {
        self.args.get_mut("data").map(Value::take).unwrap_or_default()
    }

    /// An argument that is text.
    #[must_use]
    pub fn text(&self, argument: &str) -> &str {
        self.args.get(argument).and_then(Value::as_str).unwrap_or_default()
    }
}

/// A number, which some programs write as text.
fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok()?,
        value => value.as_f64()?,
    };
    Some(number).filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_may_be_text_and_what_is_none_is_zero() {
        let event =
            Event::of(json!({ "name": "a", "pid": "7", "tid": -1, "ts": "12.5", "dur": null, "args": 3 })).unwrap();
        assert_eq!((event.thread, event.start, event.duration), ((7, -1), 12.5, 0.0));
        for wrong in [json!("1e999"), json!("NaN"), json!("soon"), json!([]), json!(null)] {
            assert_eq!(number(&wrong), None, "{wrong}");
        }
        assert!(Event::of(json!(null)).is_none() && Event::of(json!([1])).is_none());
        assert_eq!(Event::of(json!({})).unwrap().text("name"), "");
    }
}
