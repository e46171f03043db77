// The thumbnail of a photo with @jsquash/jpeg (mozjpeg) and @jsquash/resize (the Rust crate `resize`), all of it Wasm. It has no
// sharpening, so that is ours, as in the baseline.

import decoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import encoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm';
import resizer from '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm';
import { load, thumbnail } from './jsquash.js';

export function setup(assets) {
  return load({ decoder: assets[decoder], encoder: assets[encoder], resizer: assets[resizer] });
}

export { thumbnail as run };
