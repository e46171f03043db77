// Lanczos3 on integers, across and then down: the algorithm of the Wasm, as fast as JavaScript writes it.
//
// A double holds two channels' sums side by side, each below 2^21, so that one multiplication weighs both. Integers of 32
// bits have no room for two; with one channel each, the same took longer.

import { heightAt, read, words } from '../raster/read.js';
import { WEIGHT_BITS, filter } from './filter.js';

const WIDTH = 512;
/** What the upper lane of a double is multiplied by. */
const UPPER = 2 ** 26;
/** Weighed sums are above -(2 ** 19); this keeps them positive, and has half a level for rounding. */
const BIAS = 2 ** 19;
const INITIAL = (BIAS + (1 << (WEIGHT_BITS - 1))) * (1 + UPPER);
const BIAS_LEVELS = BIAS >> WEIGHT_BITS;

/** `input` is width and height as little-endian 32-bit numbers, then opaque RGBA; the answer is RGBA alone. */
export function run(input) {
  const picture = read(input);
  return picture.width > WIDTH ? resize(picture, WIDTH, heightAt(picture, WIDTH)) : picture.data.slice();
}

/** The RGBA of a picture, reduced; alpha is 255. */
export function resize({ width, height, data }, toWidth, toHeight) {
  const pixels = words(data);
  const acrossFilter = filter(width, toWidth);
  const narrow = new Float64Array(toWidth * height * 2);
  const packed = new Float64Array(width * 3);
  for (let y = 0; y < height; y += 2) {
    // The last row of an odd number of them is its own neighbour.
    const below = Math.min(y + 1, height - 1);
    pack(pixels, y * width, below * width, width, packed);
    across(packed, acrossFilter, narrow, y * toWidth * 2, below * toWidth * 2);
  }
  return down(narrow, toWidth, filter(height, toHeight));
}

/** Puts the channels of two rows into the lanes of three doubles for each column. */
function pack(pixels, upper, lower, width, packed) {
  for (let x = 0, to = 0; x < width; x += 1, to += 3) {
    const a = pixels[upper + x];
    const b = pixels[lower + x];
    packed[to] = (a & 255) + (b & 255) * UPPER;
    packed[to + 1] = ((a >>> 8) & 255) + ((b >>> 8) & 255) * UPPER;
    packed[to + 2] = ((a >>> 16) & 255) + ((b >>> 16) & 255) * UPPER;
  }
}

/** Narrows two rows at once. A pixel of `narrow` is red and green in the lanes of one double, and blue. */
function across(packed, { taps, starts, weights }, narrow, upper, lower) {
  for (let x = 0, tap = 0, to = 0; x < starts.length; x += 1, to += 2) {
    let red = INITIAL;
    let green = INITIAL;
    let blue = INITIAL;
    const end = tap + taps;
    for (let from = starts[x] * 3; tap < end; tap += 1, from += 3) {
      const weight = weights[tap];
      red += weight * packed[from];
      green += weight * packed[from + 1];
      blue += weight * packed[from + 2];
    }
    const redBelow = (red / UPPER) | 0;
    const greenBelow = (green / UPPER) | 0;
    const blueBelow = (blue / UPPER) | 0;
    narrow[upper + to] = level(red - redBelow * UPPER) + level(green - greenBelow * UPPER) * UPPER;
    narrow[upper + to + 1] = level(blue - blueBelow * UPPER);
    narrow[lower + to] = level(redBelow) + level(greenBelow) * UPPER;
    narrow[lower + to + 1] = level(blueBelow);
  }
}

/** Shortens `narrow`, which is `width` pixels wide. */
function down(narrow, width, { taps, starts, weights }) {
  const rgba = new Uint8Array(width * starts.length * 4);
  const sums = new Float64Array(width * 2);
  for (let y = 0; y < starts.length; y += 1) {
    sums.fill(INITIAL);
    for (let tap = 0; tap < taps; tap += 1) {
      weigh(narrow, (starts[y] + tap) * sums.length, weights[y * taps + tap], sums);
    }
    for (let i = 0, to = y * width * 4; i < sums.length; i += 2, to += 4) {
      const green = (sums[i] / UPPER) | 0;
      rgba[to] = level(sums[i] - green * UPPER);
      rgba[to + 1] = level(green);
      rgba[to + 2] = level(sums[i + 1] % UPPER);
      rgba[to + 3] = 255;
    }
  }
  return rgba;
}

/** Adds a row, weighed, to `sums`. */
function weigh(narrow, start, weight, sums) {
  for (let i = 0; i < sums.length; i += 1) {
    sums[i] += weight * narrow[start + i];
  }
}

/** A sum as a level, without its bias, held in 0 to 255. */
function level(sum) {
  const level = (sum >> WEIGHT_BITS) - BIAS_LEVELS;
  return level < 0 ? 0 : level > 255 ? 255 : level;
}
