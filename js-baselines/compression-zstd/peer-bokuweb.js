// One zstd file with @bokuweb/zstd-wasm: the reference library in C, compiled to Wasm that ships beside its JavaScript.
// It serves all calls, and needs frames with their content size.

import { decompress, init } from '@bokuweb/zstd-wasm';
import wasm from '../node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm';

let ready;

export function setup(assets) {
  ready ??= init(assets[wasm]);
  return ready;
}

export function run(input) {
  return decompress(input);
}
