// A thumbnail by @jsquash, wherever its Wasm comes from.

import decode, { init as initialiseDecoder } from '@jsquash/jpeg/decode.js';
import encode, { init as initialiseEncoder } from '@jsquash/jpeg/encode.js';
import { load as loadResizer, reduceTo } from '../image-resize/jsquash.js';
import { heightAt } from '../raster/read.js';
import { QUALITY, WIDTH } from './form.js';
import { sharpen } from './sharpen.js';

/**
 * What the other contenders write, as far as its options allow: baseline, 4:4:4, the tables of annex K. It looks for smaller
 * coefficients (trellis) and Huffman codes all the same, and has no option against that.
 */
const FORM = {
  quality: QUALITY,
  baseline: true,
  progressive: false,
  optimize_coding: false,
  auto_subsample: false,
  chroma_subsample: 1,
  quant_table: 0,
};

/** What MozJPEG has printed about the file in hand: its reason, where it gives up. */
let printed = '';
const printErr = (line) => {
  printed = line;
};

/** Makes it ready; each is a compiled Wasm module. */
export async function load(decoder, encoder, resizer) {
  await Promise.all([initialiseDecoder(decoder, { printErr }), initialiseEncoder(encoder), loadResizer(resizer)]);
}

export async function thumbnail(input) {
  let image = await decodeJpeg(input);
  if (image.width > WIDTH) {
    const height = heightAt(image, WIDTH);
    image = { width: WIDTH, height, data: reduceTo(image, WIDTH, height) };
  }
  sharpen(image);
  return new Uint8Array(await encode(image, FORM));
}

async function decodeJpeg(input) {
  printed = '';
  try {
    return await decode(input);
  } catch (error) {
    // It throws Emscripten's exit status, or a number where C++ threw: neither is an error with a message for people.
    throw new Error(`@jsquash/jpeg cannot decode this file: ${printed || 'C++ threw without a message'}`, { cause: error });
  }
}
