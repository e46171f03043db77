// One zstd file with @bokuweb/zstd-wasm: the reference library in C, compiled to Wasm that ships beside its JavaScript.
// It serves all calls, and needs frames with their content size.

import { decompress, init } from '@bokuweb/zstd-wasm';
import address from '../node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm';

let ready;

export function setup() {
  ready ??= init(new URL(address, import.meta.url).href);
  return ready;
}

export function run(input) {
  return decompress(input);
}
