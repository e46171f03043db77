import * as wasm from './add.wasm';

export const add = (a, b) => wasm.add(a, b);
