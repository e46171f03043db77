//! Any JavaScript value as an answer, and where two of them differ first.

use serde_json::Value as Json;

/// How many characters of a value are shown.
const SHOWN: usize = 24;

/// A value as the page tells it (`told` in `runner/page/answer.js`).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, or a value that is only a name: `undefined`, `BigInt 3`, `Date 0`.
    Named(String),
    /// `true` or `false`.
    Bool(bool),
    /// A number, whichever.
    Number(f64),
    /// A string.
    Text(String),
    /// An array of whatever type: who returns a `Float64Array` in place of an array of the same numbers is right.
    Array(Vec<Value>),
    /// An object's own properties, in their order.
    Object(Vec<(String, Value)>),
    /// A `Map` or a `Set`, by its name, with its keys and values in turn, or its items.
    Collection(String, Vec<Value>),
}

impl Value {
    /// Reads what the page told.
    ///
    /// # Errors
    /// When it is not of the form in which pages tell values.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let json = serde_json::from_slice(bytes).map_err(|error| format!("the page told no value: {error}"))?;
        Self::of(json).ok_or_else(|| "the page told no value".to_owned())
    }

    /// An array of bytes.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::Array(bytes.iter().map(|byte| Self::Number(f64::from(*byte))).collect())
    }

    /// An array of numbers.
    #[must_use]
    pub fn of_numbers(numbers: &[f64]) -> Self {
        Self::Array(numbers.iter().copied().map(Self::Number).collect())
    }

    fn of(json: Json) -> Option<Self> {
        Some(match json {
            Json::Null => Self::Named("null".to_owned()),
            Json::Bool(bool) => Self::Bool(bool),
            Json::Number(number) => Self::Number(number.as_f64()?),
            Json::String(text) => Self::Text(text),
            Json::Array(items) => Self::Array(all(items)?),
            Json::Object(mut object) => match (object.remove("="), object.remove("$"), object.remove("of")) {
                (Some(Json::Array(pairs)), None, None) => Self::Object(properties(pairs)?),
                (None, Some(Json::String(name)), None) => Self::named(name),
                (None, Some(Json::String(name)), Some(Json::Array(items))) => match &*name {
                    "Map" | "Set" => Self::Collection(name, all(items)?),
                    _ => Self::Array(all(items)?),
                },
                _ => return None,
            },
        })
    }

    fn named(name: String) -> Self {
        match &*name {
            "-0" => Self::Number(-0.0),
            "NaN" => Self::Number(f64::NAN),
            "Infinity" => Self::Number(f64::INFINITY),
            "-Infinity" => Self::Number(f64::NEG_INFINITY),
            _ => Self::Named(name),
        }
    }

    /// Where `got` is another value first, and how. Without a tolerance `-0` is not `0`; `NaN` is `NaN` in any case, and
    /// the order of an object's keys counts, as it does for whoever reads them one after the other.
    #[must_use]
    pub fn difference(&self, got: &Self, tolerance: Option<f64>) -> Option<String> {
        self.differs(got, tolerance, &mut "the answer".to_owned())
    }

    fn differs(&self, got: &Self, tolerance: Option<f64>, at: &mut String) -> Option<String> {
        match (self, got) {
            (Self::Number(a), Self::Number(b)) if are_alike(*a, *b, tolerance) => None,
            (Self::Number(_), Self::Number(_)) => {
                let apart = tolerance.map_or_else(String::new, |tolerance| format!(", more than {tolerance} apart"));
                Some(format!("{at}: expected {}, got {}{apart}", self.shown(), got.shown()))
            }
            (Self::Array(a), Self::Array(b)) => items_differ("items", a, b, tolerance, at),
            (Self::Collection(a, of_a), Self::Collection(b, of_b)) if a == b => {
                items_differ("keys and values", of_a, of_b, tolerance, at)
            }
            (Self::Object(a), Self::Object(b)) => keys_differ(a, b, at).or_else(|| {
                a.iter()
                    .zip(b)
                    .find_map(|((key, a), (_, b))| within(at, &format!(".{key}"), |at| a.differs(b, tolerance, at)))
            }),
            (Self::Text(a), Self::Text(b)) if a != b => Some(format!("{at}: {}", text_difference(a, b))),
            (a, b) if a == b => None,
            _ => Some(format!("{at}: expected {}, got {}", self.shown(), got.shown())),
        }
    }

    /// As JavaScript would write it, shortly.
    fn shown(&self) -> String {
        match self {
            Self::Named(name) => match name.split_once(' ') {
                Some(("BigInt", digits)) => format!("the BigInt {digits}n"),
                _ => name.clone(),
            },
            Self::Bool(bool) => bool.to_string(),
            Self::Number(number) if number.is_infinite() => {
                if *number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
            }
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("{:?}", text.chars().take(SHOWN).collect::<String>()),
            Self::Array(items) => format!("an array of {}", items.len()),
            Self::Object(properties) => {
                let keys: Vec<&str> = properties.iter().map(|(key, _)| key.as_str()).collect();
                format!("an object with the keys {:?}", keys.join(", ").chars().take(SHOWN).collect::<String>())
            }
            Self::Collection(name, _) => format!("a {name}"),
        }
    }
}

fn all(items: Vec<Json>) -> Option<Vec<Value>> {
    items.into_iter().map(Value::of).collect()
}

fn properties(pairs: Vec<Json>) -> Option<Vec<(String, Value)>> {
    let mut pairs = pairs.into_iter();
    let mut properties = Vec::new();
    while let Some(key) = pairs.next() {
        properties.push((key.as_str()?.to_owned(), Value::of(pairs.next()?)?));
    }
    Some(properties)
}

fn are_alike(a: f64, b: f64, tolerance: Option<f64>) -> bool {
    let is_same = a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
    is_same || tolerance.is_some_and(|tolerance| a == b || (a - b).abs() <= tolerance)
}

fn items_differ(what: &str, a: &[Value], b: &[Value], tolerance: Option<f64>, at: &mut String) -> Option<String> {
    let first = a
        .iter()
        .zip(b)
        .enumerate()
        .find_map(|(index, (a, b))| within(at, &format!("[{index}]"), |at| a.differs(b, tolerance, at)));
    match first {
        None if a.len() != b.len() => Some(format!("{at}: expected {} {what}, got {}", a.len(), b.len())),
        first => first,
    }
}

fn keys_differ(a: &[(String, Value)], b: &[(String, Value)], at: &str) -> Option<String> {
    let keys = |of: &[(String, Value)]| of.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    let (a, b) = (keys(a), keys(b));
    if a == b {
        return None;
    }
    if let Some(missing) = a.iter().find(|key| !b.contains(key)) {
        return Some(format!("{at}: the key {missing:?} is missing"));
    }
    if let Some(added) = b.iter().find(|key| !a.contains(key)) {
        return Some(format!("{at}: the key {added:?} should not be there"));
    }
    let first = a.iter().zip(&b).position(|(a, b)| a != b)?;
    Some(format!("{at}: the keys are in another order: expected {:?}, got {:?} as key {first}", a[first], b[first]))
}

/// Does `work` with `step` appended to the place.
fn within<T>(at: &mut String, step: &str, work: impl FnOnce(&mut String) -> T) -> T {
    let length = at.len();
    at.push_str(step);
    let done = work(at);
    at.truncate(length);
    done
}

/// Where two texts differ first.
#[must_use]
pub fn text_difference(expected: &str, got: &str) -> String {
    let at = expected.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    let line = expected.chars().take(at).filter(|c| *c == '\n').count() + 1;
    let from = |text: &str| text.chars().skip(at).take(SHOWN).collect::<String>();
    format!("the texts differ from character {at} on (line {line}): expected {:?}, got {:?}", from(expected), from(got))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: &str) -> Value {
        Value::read(json.as_bytes()).unwrap()
    }

    fn difference(expected: &str, got: &str) -> Option<String> {
        value(expected).difference(&value(got), None)
    }

    #[test]
    fn the_first_difference_is_told_with_its_place() {
        for (expected, got, told) in [
            ("[1,2,3]", "[1,2,4]", "the answer[2]: expected 3, got 4"),
            ("[1,2]", "[1,2,4]", "the answer: expected 2 items, got 3"),
            ("0", r#"{"$":"-0"}"#, "the answer: expected 0, got -0"),
            (r#"{"$":"NaN"}"#, "0", "the answer: expected NaN, got 0"),
            ("null", r#"{"$":"undefined"}"#, "the answer: expected null, got undefined"),
            ("3", r#"{"$":"BigInt 3"}"#, "the answer: expected 3, got the BigInt 3n"),
            (
                r#"{"=":["a",["x"]]}"#,
                r#"{"=":["a",["y"]]}"#,
                "the answer.a[0]: the texts differ from character 0 on (line 1): expected \"x\", got \"y\"",
            ),
            (
                r#"{"=":["a",1,"b",2]}"#,
                r#"{"=":["b",2,"a",1]}"#,
                "the answer: the keys are in another order: expected \"a\", got \"b\" as key 0",
            ),
            (r#"{"=":["a",1]}"#, r#"{"=":[]}"#, "the answer: the key \"a\" is missing"),
            (r#"{"=":[]}"#, r#"{"=":["a",1]}"#, "the answer: the key \"a\" should not be there"),
            (r#"{"=":[]}"#, r#"{"$":"Map","of":[]}"#, "the answer: expected an object with the keys \"\", got a Map"),
        ] {
            assert_eq!(difference(expected, got).as_deref(), Some(told));
        }
    }

    #[test]
    fn values_that_are_the_same_do_not_differ() {
        for (expected, got) in [
            (r#"{"$":"NaN"}"#, r#"{"$":"NaN"}"#),
            ("[1,2]", r#"{"$":"Uint32Array","of":[1,2]}"#),
            (r#"{"=":["a",{"$":"Set","of":[true]}]}"#, r#"{"=":["a",{"$":"Set","of":[true]}]}"#),
        ] {
            assert_eq!(difference(expected, got), None);
        }
        assert_eq!(value("[1,2]").difference(&Value::of_bytes(&[1, 2]), None), None);
    }

    #[test]
    fn a_tolerance_is_for_numbers_wherever_they_are() {
        let (expected, close, far) =
            (value(r#"{"=":["x",[0]]}"#), value(r#"{"=":["x",[0.001]]}"#), value(r#"{"=":["x",[0.1]]}"#));
        assert_eq!(expected.difference(&close, Some(0.01)), None);
        let told = expected.difference(&far, Some(0.01)).unwrap();
        assert_eq!(told, "the answer.x[0]: expected 0, got 0.1, more than 0.01 apart");
        assert_eq!(value("0").difference(&value(r#"{"$":"-0"}"#), Some(0.0)), None);
    }

    #[test]
    fn what_no_page_tells_is_refused() {
        for told in ["", "{}", r#"{"=":["a"]}"#, r#"{"=":[1,2]}"#, r#"{"$":1}"#, &"[".repeat(100_000)] {
            assert!(Value::read(told.as_bytes()).is_err(), "{told:.20}");
        }
    }
}
