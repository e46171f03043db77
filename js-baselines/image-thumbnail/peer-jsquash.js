// The thumbnail of a photo with @jsquash/jpeg (mozjpeg) and @jsquash/resize (the Rust crate `resize`), all of it Wasm. It has no
// sharpening, so that is ours, as in the baseline.

import decoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import encoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';
import resizer from '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm';
import { load, thumbnail } from './jsquash.js';

const compiled = (address) => WebAssembly.compileStreaming(fetch(new URL(address, import.meta.url)));

export async function setup() {
  const modules = await Promise.all([decoder, encoder, resizer].map(compiled));
  await load(...modules);
}

export { thumbnail as run };
