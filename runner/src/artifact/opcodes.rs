//! Counts the SIMD instructions of a Wasm module: a scalar build may have none.

use anyhow::Context;
use wasmparser::{Operator, Parser, Payload};

/// Defines `is_simd`, which is true for the operators of the SIMD and relaxed-SIMD proposals.
macro_rules! define_is_simd {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $type:ty),* })? => $visit:ident ($($arity:tt)*))*) => {
        fn is_simd(operator: &Operator) -> bool {
            matches!(operator, $(Operator::$op { .. })|*)
        }
    };
}
wasmparser::for_each_visit_simd_operator!(define_is_simd);

/// How many instructions of `wasm` work on 128-bit vectors.
///
/// # Errors
/// It is no well-formed Wasm module.
pub fn v128_opcodes(wasm: &[u8]) -> anyhow::Result<usize> {
    let mut count = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload.context("reading the Wasm module")? {
            let mut operators = body.get_operators_reader().context("reading a Wasm function")?;
            while !operators.eof() {
                count += usize::from(is_simd(&operators.read().context("reading a Wasm instruction")?));
            }
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with one function of type `() -> ()` whose instructions are `code`.
    fn module(code: &[u8]) -> Vec<u8> {
        let body = [&[0], code, &[0x0b]].concat();
        let size = u8::try_from(body.len()).expect("a short function");
        let header = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0";
        [&header[..], &[0x0a, size + 2, 1, size], &body].concat()
    }

    #[test]
    fn vector_instructions_are_counted() {
        let constant = [&[0xfd, 0x0c][..], &[0; 16]].concat();
        let drop = [0x1a];
        assert_eq!(v128_opcodes(&module(&[0x41, 0, 0x1a])).unwrap(), 0);
        assert_eq!(v128_opcodes(&module(&[&constant[..], &drop].concat())).unwrap(), 1);
        let sum = [&constant[..], &constant, &[0xfd, 0x6e], &drop].concat();
        assert_eq!(v128_opcodes(&module(&sum)).unwrap(), 3, "two constants and an i8x16.add");
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        assert!(v128_opcodes(b"no wasm").is_err());
        assert!(v128_opcodes(&module(&[0xfd])).is_err());
    }
}
