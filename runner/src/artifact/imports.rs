//! What a Wasm module imports.

use anyhow::Context as _;
use wasmparser::{Parser, Payload};

/// The imports of `wasm` as `module.name`, in its order. The hashes that wasm-bindgen puts behind names are left
/// out.
///
/// # Errors
/// It is no well-formed Wasm module.
pub fn imports(wasm: &[u8]) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload.context("reading the Wasm module")? {
            for import in section.into_imports() {
                let import = import.context("reading a Wasm import")?;
                found.push(format!("{}.{}", import.module, without_hash(import.name)));
            }
        }
    }
    Ok(found)
}

/// `__wbindgen_throw_be289d5034ed271b` is `__wbindgen_throw`.
fn without_hash(name: &str) -> &str {
    match name.rsplit_once('_') {
        Some((name, hash)) if hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => name,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ImportSection, Module, TypeSection};

    use super::*;

    #[test]
    fn imports_are_named_without_hashes() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut section = ImportSection::new();
        for name in ["__wbindgen_throw_be289d5034ed271b", "log_message", "memory_0123456789abcde"] {
            section.import("./x_bg.js", name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&section);
        let names = ["./x_bg.js.__wbindgen_throw", "./x_bg.js.log_message", "./x_bg.js.memory_0123456789abcde"];
        assert_eq!(imports(&module.finish()).unwrap(), names);
        assert!(imports(b"no wasm").is_err());
    }
}
