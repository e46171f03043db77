//! Wasm of a given size that does nothing: the glue does what it is called for.

use wasm_encoder::{
    BlockType, CodeSection, ExportKind, ExportSection, Function, FunctionSection, Instruction, MemArg, MemorySection,
    MemoryType, Module, TypeSection, ValType,
};

/// So many statements make a function of some 300 bytes.
const STATEMENTS: u32 = 40;

/// A module with a memory, a function `call(at, length)` that returns `length`, and functions that are never called, until it is
/// `size` bytes long. Those are of no repetitive make, so that they compress as code does and not as zeros.
#[must_use]
pub fn of_size(size: usize) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32, ValType::I32], [ValType::I32]);
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    let mut call = Function::new([]);
    call.instruction(&Instruction::LocalGet(1)).instruction(&Instruction::End);
    functions.function(0);
    code.function(&call);
    let mut chance = Chance(0x9e37_79b9);
    while code.byte_len() < size {
        functions.function(0);
        code.function(&filler(&mut chance));
    }
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("call", ExportKind::Func, 0);
    let mut module = Module::new();
    module.section(&types).section(&functions).section(&memories).section(&exports).section(&code);
    module.finish()
}

/// Arithmetic on two parameters and two variables, with memory and branches, as compilers leave it.
fn filler(chance: &mut Chance) -> Function {
    use Instruction::{
        End, I32Add, I32And, I32Const, I32Load, I32LtU, I32Mul, I32ShrU, I32Xor, If, LocalGet, LocalSet,
    };
    let mut function = Function::new([(2, ValType::I32)]);
    for _ in 0..STATEMENTS {
        let [from, to] = [chance.below(4), chance.below(4)];
        function.instruction(&LocalGet(from));
        match chance.below(4) {
            0 => {
                let offset = u64::from(chance.below(256)) * 4;
                function.instruction(&I32Load(MemArg { offset, align: 2, memory_index: 0 }));
            }
            1 => {
                function.instruction(&LocalGet(chance.below(4))).instruction(&I32Add);
            }
            _ => {
                function.instruction(&I32Const(chance.below(1 << 20) as i32)).instruction(&I32Xor);
            }
        }
        function.instruction(&LocalGet(to));
        function.instruction(&[I32Add, I32Mul, I32Xor, I32And, I32ShrU][chance.below(5) as usize]);
        function.instruction(&LocalSet(to));
        if chance.below(5) == 0 {
            function.instruction(&LocalGet(from)).instruction(&I32Const(chance.below(1 << 12) as i32));
            function.instruction(&I32LtU).instruction(&If(BlockType::Empty)).instruction(&LocalGet(to));
            function.instruction(&LocalSet(from)).instruction(&End);
        }
    }
    function.instruction(&LocalGet(2)).instruction(&End);
    function
}

/// Marsaglia's xorshift on 32 bits: the same module in every run.
struct Chance(u32);

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_valid_of_its_size_and_the_same_again() {
        for size in [30_000, 300_000] {
            let module = of_size(size);
            wasmparser::validate(&module).unwrap();
            assert!((size..size + size / 50 + 1000).contains(&module.len()), "{} for {size}", module.len());
            assert_eq!(module, of_size(size));
        }
    }
}
