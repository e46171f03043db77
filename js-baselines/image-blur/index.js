// A 5-tap Gaussian (binomial: 1 4 6 4 1) across and down, on packed integers: two channels share one 32-bit number.
//
// 256 times 255, and half of 256 for rounding, fit in 16 bits, so no lane reaches the next. The binomial is four sums of two
// neighbours in a row, (1 1) applied four times: across they live in locals, down in an array of what the row above left.
// Measured with the same answer: five loads and weights for each output, and bytes instead of lanes, are slower.

import { read, words } from '../raster/read.js';

const REACH = 2;
/** What each pixel keeps for the row below: four sums for each of its two numbers. */
const SUMS = 8;
const LOW_BYTES = 0x00ff00ff;
const HIGH_BYTES = 0xff00ff00;
/** Half of 256 in both lanes. */
const HALF = 0x00800080;

/** `input` is width and height as little-endian 32-bit numbers, then RGBA; the answer is RGBA alone. */
export function run(input) {
  return blur(read(input));
}

/** The blurred RGBA of a picture; edge pixels are repeated outwards. */
export function blur({ width, height, data }) {
  const pixels = words(data);
  const blurred = new Int32Array(width * height);
  const sums = new Int32Array(width * SUMS);
  for (let y = -REACH; y < height + REACH; y += 1) {
    const row = Math.min(Math.max(y, 0), height - 1);
    // Until five rows are in, what comes out is no row yet: the first row takes it and is written over.
    add(pixels, row * width, width, sums, blurred, Math.max(y - REACH, 0) * width);
  }
  return new Uint8Array(blurred.buffer);
}

/** Takes in one row of pixels, which begins at `start`, and writes the blurred row that it completes to `to`. */
function add(pixels, start, width, sums, blurred, to) {
  const end = start + width - 1;
  let pixel = pixels[start];
  // The sums (1), (1 1), (1 2 1) and (1 3 3 1) of the pixels so far, all of which are the first one.
  let even1 = pixel & LOW_BYTES;
  let odd1 = (pixel >>> 8) & LOW_BYTES;
  let even2 = even1 << 1;
  let odd2 = odd1 << 1;
  let even3 = even1 << 2;
  let odd3 = odd1 << 2;
  let even4 = even1 << 3;
  let odd4 = odd1 << 3;
  // One column is ahead of the others, so that each turn completes an output.
  for (let x = -1, at = 0; x < width; x += 1) {
    const ahead = start + x + REACH;
    pixel = pixels[ahead < end ? ahead : end];
    const even = pixel & LOW_BYTES;
    const odd = (pixel >>> 8) & LOW_BYTES;
    const evenA = (even + even1) | 0;
    const evenB = (evenA + even2) | 0;
    const evenC = (evenB + even3) | 0;
    const evenD = (evenC + even4) | 0;
    const oddA = (odd + odd1) | 0;
    const oddB = (oddA + odd2) | 0;
    const oddC = (oddB + odd3) | 0;
    const oddD = (oddC + odd4) | 0;
    even1 = even;
    even2 = evenA;
    even3 = evenB;
    even4 = evenC;
    odd1 = odd;
    odd2 = oddA;
    odd3 = oddB;
    odd4 = oddC;
    if (x < 0) continue;
    const evenE = (evenD + sums[at]) | 0;
    const evenF = (evenE + sums[at + 1]) | 0;
    const evenG = (evenF + sums[at + 2]) | 0;
    const evenH = (evenG + sums[at + 3] + HALF) | 0;
    const oddE = (oddD + sums[at + 4]) | 0;
    const oddF = (oddE + sums[at + 5]) | 0;
    const oddG = (oddF + sums[at + 6]) | 0;
    const oddH = (oddG + sums[at + 7] + HALF) | 0;
    sums[at] = evenD;
    sums[at + 1] = evenE;
    sums[at + 2] = evenF;
    sums[at + 3] = evenG;
    sums[at + 4] = oddD;
    sums[at + 5] = oddE;
    sums[at + 6] = oddF;
    sums[at + 7] = oddG;
    blurred[to + x] = ((evenH >>> 8) & LOW_BYTES) | (oddH & HIGH_BYTES);
    at += SUMS;
  }
}
