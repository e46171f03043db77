// Keyed BLAKE3 with hash-wasm: the authors' portable C, compiled to Wasm that comes within the JavaScript as text. One
// hasher serves all calls; its `init` takes the key in anew.

import { createBLAKE3 } from 'hash-wasm';

const BITS = 256;
const KEY = new TextEncoder().encode('whats the Elvish word for friend');

let hasher;

export async function setup() {
  hasher = await createBLAKE3(BITS, KEY);
}

export function run(input) {
  return hasher.init().update(input).digest('binary');
}

export function release() {
  hasher = undefined;
}
