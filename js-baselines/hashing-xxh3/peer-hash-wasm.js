// XXH3-64 with hash-wasm: C, compiled to Wasm that comes within the JavaScript as text. One hasher serves all calls, as
// its authors advise; the one-shot helper would wait for a promise each time.

import { createXXHash3 } from 'hash-wasm';

let hasher;

export async function setup() {
  hasher = await createXXHash3();
}

export function run(input) {
  return hasher.init().update(input).digest('binary');
}

export function release() {
  hasher = undefined;
}
