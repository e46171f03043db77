//! What happens to the names of functions: contenders ship without them, and a profile needs them.

use std::collections::HashMap;

use anyhow::Context as _;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// What happens to the names of functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// They are taken out, as for what ships: Wasm without a names section, and JavaScript minified.
    Stripped,
    /// They stay: Wasm with a names section on top, and JavaScript as it is written.
    Kept,
}

/// The id of custom sections, which do not change what a module does.
const CUSTOM: u8 = 0;

/// Whether two Wasm modules do the same, byte for byte: whether they are equal but for their custom sections, such as the one
/// for names.
///
/// # Errors
/// When one of them is no well-formed Wasm module.
pub fn same_code(a: &[u8], b: &[u8]) -> anyhow::Result<bool> {
    Ok(sections(a)? == sections(b)?)
}

fn sections(wasm: &[u8]) -> anyhow::Result<Vec<(u8, &[u8])>> {
    let mut sections = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.context("reading the Wasm module")?;
        if let Some((id, range)) = payload.as_section().filter(|(id, _)| *id != CUSTOM) {
            sections.push((id, wasm.get(range).context("reading a section of the Wasm module")?));
        }
    }
    Ok(sections)
}

/// The names of a Wasm module's functions, by their numbers. What is no proper names section has none.
#[must_use]
pub fn function_names(wasm: &[u8]) -> HashMap<u32, String> {
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        let Payload::CustomSection(section) = payload else { continue };
        let KnownCustom::Name(parts) = section.as_known() else { continue };
        for part in parts.map_while(Result::ok) {
            let Name::Function(functions) = part else { continue };
            names.extend(functions.into_iter().map_while(Result::ok).map(|one| (one.index, one.name.to_owned())));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_code_and_code_is() {
        let module = |name: &str, number: u32| {
            wat::parse_str(format!("(module (func ${name} (export \"f\") (result i32) i32.const {number}))")).unwrap()
        };
        assert_ne!(module("a", 1), module("b", 1));
        assert!(same_code(&module("a", 1), &module("b", 1)).unwrap());
        assert!(!same_code(&module("a", 1), &module("a", 2)).unwrap());
        assert!(same_code(b"none", &module("a", 1)).is_err());
        assert_eq!(function_names(&module("a", 1)), HashMap::from([(0, "a".to_owned())]));
        assert!(function_names(b"none").is_empty());
    }
}
