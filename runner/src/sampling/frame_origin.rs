//! Whose code a function is, known by its name and its script's address.

use serde::Serialize;

/// Whose code a function is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FrameOrigin {
    /// The page's own JavaScript, bundled packages included.
    Js,
    /// WebAssembly already.
    Wasm,
    /// The browser's: DOM, style, layout, paint, requests.
    Dom,
    /// The language's own functions, such as `sort` and `JSON.parse`.
    Builtin,
    /// Garbage collection.
    Gc,
    /// Native code outside any script; of a worker also waiting.
    Program,
    /// Waiting.
    Idle,
    /// Scripts of an extension, of the browser itself or of Node.js.
    Foreign,
}

impl FrameOrigin {
    /// Whether it is called by scripts, and so can have garbage collected on its behalf.
    #[must_use]
    pub fn runs_below_callers(self) -> bool {
        !matches!(self, Self::Gc | Self::Program | Self::Idle)
    }

    /// Whether it is time in which the page works. Native code outside any script is left out, because a worker that
    /// waits looks the same.
    #[must_use]
    pub fn is_busy(self) -> bool {
        !matches!(self, Self::Program | Self::Idle)
    }

    /// The origin of a function from the name that Chrome gives it and its script's address.
    #[must_use]
    pub fn of(name: &str, url: &str) -> Self {
        match (name, url) {
            ("(garbage collector)", _) => Self::Gc,
            ("(program)" | "(root)", _) => Self::Program,
            ("(idle)", _) => Self::Idle,
            _ if url.starts_with("wasm://") || path(url).ends_with(".wasm") || name.starts_with("wasm-function[") => {
                Self::Wasm
            }
            _ if FOREIGN.iter().any(|scheme| url.starts_with(scheme)) => Self::Foreign,
            _ if url.starts_with("self-hosted") => Self::Builtin,
            // Code from `eval` and `new Function` has no address, and no name to go by.
            ("" | "(anonymous)", "") => Self::Js,
            (_, "") if BUILTINS.contains(&name.rsplit(['.', ' ']).next().unwrap_or(name)) => Self::Builtin,
            (_, "") => Self::Dom,
            _ => Self::Js,
        }
    }
}

/// A URL without its query and fragment.
#[must_use]
pub fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

/// Addresses of scripts that belong to no page.
const FOREIGN: [&str; 9] = [
    "chrome-extension:",
    "moz-extension:",
    "safari-web-extension:",
    "extensions::",
    "chrome:",
    "resource:",
    "devtools:",
    "node:",
    "about:",
];

/// The language's functions that show up in profiles. What is called otherwise and has no address is the browser's.
const BUILTINS: &[&str] = &[
    "abs",
    "apply",
    "assign",
    "at",
    "bind",
    "call",
    "ceil",
    "charAt",
    "charCodeAt",
    "codePointAt",
    "compile",
    "concat",
    "construct",
    "copyWithin",
    "cos",
    "create",
    "defineProperty",
    "endsWith",
    "entries",
    "every",
    "exec",
    "exp",
    "fill",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "flat",
    "flatMap",
    "floor",
    "forEach",
    "freeze",
    "from",
    "fromCharCode",
    "fromCodePoint",
    "fromEntries",
    "hypot",
    "includes",
    "indexOf",
    "isArray",
    "join",
    "keys",
    "lastIndexOf",
    "localeCompare",
    "log",
    "log2",
    "map",
    "match",
    "matchAll",
    "max",
    "min",
    "next",
    "normalize",
    "now",
    "padEnd",
    "padStart",
    "parse",
    "parseFloat",
    "parseInt",
    "pop",
    "pow",
    "push",
    "random",
    "reduce",
    "reduceRight",
    "repeat",
    "replace",
    "replaceAll",
    "reverse",
    "round",
    "set",
    "shift",
    "sin",
    "slice",
    "some",
    "sort",
    "splice",
    "split",
    "sqrt",
    "startsWith",
    "stringify",
    "subarray",
    "substring",
    "test",
    "then",
    "toFixed",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
    "unshift",
    "values",
    "Array",
    "ArrayBuffer",
    "Float32Array",
    "Float64Array",
    "Int32Array",
    "Map",
    "Promise",
    "RegExp",
    "Set",
    "String",
    "Uint8Array",
    "Uint32Array",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_known_by_its_name_and_address() {
        for (name, url, kind) in [
            ("render", "https://a.test/app.js", FrameOrigin::Js),
            ("", "", FrameOrigin::Js),
            ("wasm-function[12]", "", FrameOrigin::Wasm),
            ("hash", "wasm://wasm/0a1b", FrameOrigin::Wasm),
            ("hash", "https://a.test/b.wasm?v=2", FrameOrigin::Wasm),
            ("get offsetHeight", "", FrameOrigin::Dom),
            ("Node.appendChild", "", FrameOrigin::Dom),
            ("sort", "", FrameOrigin::Builtin),
            ("Array.prototype.sort", "", FrameOrigin::Builtin),
            ("map", "self-hosted", FrameOrigin::Builtin),
            ("(garbage collector)", "", FrameOrigin::Gc),
            ("(program)", "", FrameOrigin::Program),
            ("(idle)", "", FrameOrigin::Idle),
            ("inject", "chrome-extension://abc/c.js", FrameOrigin::Foreign),
        ] {
            assert_eq!(FrameOrigin::of(name, url), kind, "{name} {url}");
        }
    }
}
