//! The text by which Firefox names a function, and its parts.

use super::recording::{ScriptFunction, short};
use crate::sampling::FrameOrigin;

/// A script's function: `render (https://a.test/app.js:12:5)`, or without a name `https://a.test/app.js:12:5`. Newer versions
/// put the number of the source behind it: `render (https://a.test/app.js:12:5)[3]`.
#[must_use]
pub fn function(location: &str) -> Option<ScriptFunction> {
    let location = without_source(location);
    let (name, place) = match location.strip_suffix(')').and_then(|text| text.split_once(" (")) {
        Some((name, place)) => (name, place),
        None => ("", location),
    };
    let (rest, last) = number(place)?;
    let (url, line, column) = match number(rest) {
        Some((url, line)) => (url, line, Some(last)),
        None => (rest, last, None),
    };
    let (name, url) = (short(name), short(address(url)));
    Some(ScriptFunction { kind: FrameOrigin::of(&name, &url), name, url, line: Some(line), column, thread: 0 })
}

/// The text without the number of its source.
fn without_source(location: &str) -> &str {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match location.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
        // A function of Wasm is called so, too.
        Some((rest, source)) if is_number(source) && number(rest.trim_end_matches(')')).is_some() => rest,
        _ => location,
    }
}

/// Text and the number after its last colon.
#[must_use]
pub fn number(text: &str) -> Option<(&str, u32)> {
    let (rest, number) = text.rsplit_once(':')?;
    Some((rest, number.parse().ok()?))
}

/// The script's own address. Where a script loaded another, older versions name both: `loader.js -> app.js`.
#[must_use]
pub fn address(url: &str) -> &str {
    url.rsplit(" -> ").next().unwrap_or(url)
}

/// A function of the browser, by its DOM name.
#[must_use]
pub fn label(location: &str) -> ScriptFunction {
    let (name, url) = (short(location), String::new());
    ScriptFunction { kind: FrameOrigin::of(&name, &url), name, url, line: None, column: None, thread: 0 }
}

/// Whether native code is called what scripts call it: `Node.appendChild`, `get Element.scrollTop`, `Worker constructor`.
/// Older versions have no column for it.
#[must_use]
pub fn is_dom_call(name: &str) -> bool {
    let name = name.strip_prefix("get ").or(name.strip_prefix("set ")).unwrap_or(name);
    let is_word =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let parts = name.strip_suffix(" constructor").map(|class| (class, "constructor")).or(name.split_once('.'));
    parts.is_some_and(|(class, member)| is_word(class) && is_word(member))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_function_where_it_has_a_line() {
        let parsed = |location| {
            function(location).map(|ScriptFunction { name, url, line, column, .. }| (name, url, line, column))
        };
        let (url, name) = ("https://a.test:80/a.js".to_owned(), "render".to_owned());
        let render = Some((name.clone(), url.clone(), Some(12), Some(5)));
        for location in [
            "render (https://a.test:80/a.js:12:5)",
            "render (https://a.test:80/a.js:12:5)[3]",
            "render (resource://loader.js -> https://a.test:80/a.js:12:5)",
        ] {
            assert_eq!(parsed(location), render, "{location}");
        }
        assert_eq!(parsed("render (https://a.test:80/a.js:12)"), Some((name, url.clone(), Some(12), None)));
        for location in ["https://a.test:80/a.js:12:5", "https://a.test:80/a.js:12:5[0]"] {
            assert_eq!(parsed(location), Some((String::new(), url.clone(), Some(12), Some(5))));
        }
        for native in
            ["0x7f00", "nsLayout::Reflow(int)", "get Element.offsetHeight", "", "wasm-function[12]", "[]", "a:["]
        {
            assert_eq!(parsed(native), None, "{native}");
        }
    }

    #[test]
    fn native_code_that_scripts_call_is_told_by_its_name() {
        for name in ["Node.appendChild", "get Element.scrollTop", "set CSS2Properties.height", "Worker constructor"] {
            assert!(is_dom_call(name), "{name}");
        }
        for name in ["", "Reflow", "nsLayout::Reflow(int)", "a.b.c", ".a", "get ", "js::RunScript", "Startup::XRE_Main"]
        {
            assert!(!is_dom_call(name), "{name}");
        }
    }
}
