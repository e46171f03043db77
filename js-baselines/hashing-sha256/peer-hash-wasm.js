// SHA-256 with hash-wasm: hand-tuned C, compiled to Wasm that comes within the JavaScript as text. One hasher serves all
// calls, as its authors advise; the one-shot helper would wait for a promise each time.

import { createSHA256 } from 'hash-wasm';

let hasher;

export async function setup() {
  hasher = await createSHA256();
}

export function run(input) {
  return hasher.init().update(input).digest('binary');
}

export function release() {
  hasher = undefined;
}
