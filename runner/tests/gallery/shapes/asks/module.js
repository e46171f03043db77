import module from './add.wasm?module';

export const { add } = new WebAssembly.Instance(module).exports;
