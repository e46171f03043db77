import address from './add.wasm?url';

const { instance } = await WebAssembly.instantiateStreaming(fetch(address));
export const { add } = instance.exports;
