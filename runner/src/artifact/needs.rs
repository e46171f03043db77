//! Which later Wasm proposals a module uses, and so needs from a browser.

use wasmparser::{Validator, WasmFeatures};

use crate::protocol::Need;

/// A proposal that some browser in use may lack: its name for people, how the validator calls it, and the smallest
/// module of it.
const PROPOSALS: [(&str, WasmFeatures, &[u8]); 6] = [
    (
        "WebAssembly SIMD",
        WasmFeatures::SIMD,
        b"\x01\x05\x01\x60\0\x01\x7b\x03\x02\x01\0\x0a\x08\x01\x06\0\x41\0\xfd\x11\x0b",
    ),
    (
        "WebAssembly relaxed SIMD",
        WasmFeatures::RELAXED_SIMD,
        b"\x01\x06\x01\x60\x01\x7b\x01\x7b\x03\x02\x01\0\x0a\x0d\x01\x0b\0\x20\0\x20\0\x20\0\xfd\x85\x02\x0b",
    ),
    (
        "WebAssembly tail calls",
        WasmFeatures::TAIL_CALL,
        b"\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x06\x01\x04\0\x12\0\x0b",
    ),
    (
        "WebAssembly extended constant expressions",
        WasmFeatures::EXTENDED_CONST,
        b"\x06\x09\x01\x7f\0\x41\x01\x41\x01\x6a\x0b",
    ),
    (
        "WebAssembly threads",
        WasmFeatures::THREADS,
        b"\x01\x05\x01\x60\0\x01\x7f\x03\x02\x01\0\x05\x04\x01\x03\x01\x01\x0a\x0a\x01\x08\0\x41\0\xfe\x10\x02\0\x0b",
    ),
    ("WebAssembly garbage collection", WasmFeatures::GC, b"\x01\x03\x01\x5f\0"),
];

const HEADER: &[u8] = b"\0asm\x01\0\0\0";

/// What a browser needs for `wasm`; nothing for an invalid module, which the browser will report.
#[must_use]
pub fn needs(wasm: &[u8]) -> Vec<Need> {
    if !is_valid(wasm, WasmFeatures::all()) {
        return Vec::new();
    }
    let used = PROPOSALS.iter().filter(|(_, proposal, _)| !is_valid(wasm, WasmFeatures::all() - *proposal));
    used.map(|(name, _, probe)| Need { name, probe: [HEADER, probe].concat() }).collect()
}

fn is_valid(wasm: &[u8], features: WasmFeatures) -> bool {
    Validator::new_with_features(features).validate_all(wasm).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_probe_uses_its_proposal_and_no_other() {
        for (name, _, probe) in PROPOSALS {
            let needed = needs(&[HEADER, probe].concat());
            // Relaxed SIMD is SIMD as well.
            let named: Vec<&str> =
                needed.iter().map(|need| need.name).filter(|found| *found != "WebAssembly SIMD").collect();
            let expected: &[&str] = if name == "WebAssembly SIMD" { &[] } else { &[name] };
            assert_eq!(named, expected, "{name}");
        }
        assert_eq!(needs(&[HEADER, PROPOSALS[0].2].concat()).len(), 1);
    }

    #[test]
    fn a_module_of_the_first_version_needs_nothing_and_a_broken_one_tells_nothing() {
        assert_eq!(needs(HEADER), []);
        assert_eq!(needs(b"no wasm"), []);
    }
}
