//! A path to a function: property names, with calls between them.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// A path to a function from what its module exports: `render`, `default.parse`, `default().encode`,
/// `Encoder.new().encode`, `getEncoding("cl100k_base").encode`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallPath {
    text: String,
    steps: Vec<PathStep>,
}

/// One step of a path. For the page, a name is a string and a call an array.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum PathStep {
    /// A property.
    Name(String),
    /// A call with these arguments, whose answer is awaited; after `new`, what it constructs.
    Call(Vec<Value>),
}

/// The name of the default export.
const DEFAULT: &str = "default";

impl CallPath {
    /// Reads a path.
    ///
    /// # Errors
    /// When it is no path. The message shows an example.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` names no function: write a path, as in render, default.parse or Encoder.new().encode");
        let (mut steps, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            if let Some(arguments) = rest.strip_prefix('(') {
                let (list, after) = arguments_of(arguments).filter(|_| !steps.is_empty()).ok_or_else(wrong)?;
                steps.push(PathStep::Call(list));
                rest = after;
                continue;
            }
            let name = if steps.is_empty() { rest } else { rest.strip_prefix('.').ok_or_else(wrong)? };
            let end = name.find(|c: char| !is_of_name(c)).unwrap_or(name.len());
            if end == 0 || name.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(wrong());
            }
            steps.push(PathStep::Name(name[..end].to_owned()));
            rest = &name[end..];
        }
        if steps.is_empty() { Err(wrong()) } else { Ok(Self { text: text.to_owned(), steps }) }
    }

    /// A function that a module exports.
    #[must_use]
    pub fn export(name: &str) -> Self {
        Self { text: name.to_owned(), steps: vec![PathStep::Name(name.to_owned())] }
    }

    /// The default export.
    #[must_use]
    pub fn default_export() -> Self {
        Self::export(DEFAULT)
    }

    /// The export that it begins with.
    #[must_use]
    pub fn root(&self) -> &str {
        match self.steps.first() {
            Some(PathStep::Name(name)) => name,
            Some(PathStep::Call(_)) | None => DEFAULT,
        }
    }

    /// The name of the function itself, unless it has none of its own.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let names = self.steps.iter().rev().filter_map(|step| match step {
            PathStep::Name(name) => Some(name.as_str()),
            PathStep::Call(_) => None,
        });
        names.into_iter().next().filter(|name| *name != DEFAULT)
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for CallPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for CallPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.steps.serialize(serializer)
    }
}

/// The arguments up to the closing parenthesis, as JSON, and what follows it.
fn arguments_of(text: &str) -> Option<(Vec<Value>, &str)> {
    let ends = text.match_indices(')').map(|(at, _)| at);
    let read =
        |end: usize| serde_json::from_str(&format!("[{}]", &text[..end])).ok().map(|list| (list, &text[end + 1..]));
    ends.into_iter().find_map(read)
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> String {
        serde_json::to_string(&CallPath::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn paths_are_names_and_calls() {
        for (text, expected) in [
            ("render", r#"["render"]"#),
            ("default.parse", r#"["default","parse"]"#),
            ("default().h64ToString", r#"["default",[],"h64ToString"]"#),
            ("Encoder.new().encode", r#"["Encoder","new",[],"encode"]"#),
            ("get(\"a)b\", 1).encode", r#"["get",["a)b",1],"encode"]"#),
            ("$_1.x", r#"["$_1","x"]"#),
        ] {
            assert_eq!(steps(text), expected);
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in ["", "a-b", ".a", "a.", "()", "a..b", "a(", "a(x)", "1a", "a b", "a()b"] {
            assert!(CallPath::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_path_has_a_root_and_a_name() {
        for (text, root, name) in [
            ("default", "default", None),
            ("default().encode", "default", Some("encode")),
            ("A.new().b", "A", Some("b")),
        ] {
            let path = CallPath::parse(text).unwrap();
            assert_eq!((path.root(), path.name()), (root, name));
        }
    }
}
