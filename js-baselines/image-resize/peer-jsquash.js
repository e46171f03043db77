// Raw pixels reduced to a width of 512 by @jsquash/resize: the Rust crate `resize`, compiled to Wasm. Its own function is
// called without the wrapper around it, which would need the pixels in a buffer of their own and so a copy.

import address from '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm';
import { load, reduce } from './jsquash.js';

export async function setup() {
  await load(await WebAssembly.compileStreaming(fetch(new URL(address, import.meta.url))));
}

export { reduce as run };
