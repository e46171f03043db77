//! What becomes of the names of functions: what ships has none, and a profile without them tells nothing.

use anyhow::Context as _;
use wasmparser::Parser;

/// What becomes of the names of functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// They are taken out, as for what ships: Wasm without a names section, and JavaScript minified.
    Stripped,
    /// They stay: Wasm with a names section on top, and JavaScript as it is written.
    Kept,
}

/// The number of sections that say nothing of what a module does.
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
    }
}
