let wasm;

export async function setup() {
  const response = await fetch('add.wasm');
  wasm = (await WebAssembly.instantiate(await response.arrayBuffer())).instance.exports;
}

export const add = (a, b) => wasm.add(a, b);
