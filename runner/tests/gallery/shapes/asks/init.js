import init from './add.wasm?init';

const instance = await init();
export const { add } = instance.exports;
