// node --test js-baselines/image-blur/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noise, picture } from '../raster/picture.js';
import { run } from './index.js';

/** Nothing but 0 and 255: the largest sums that there can be. */
const extreme = (x, y, channel) => (noise(x, y, channel) & 1) * 255;

/** The definition, one output at a time. */
function plain(input, width, height) {
  const weights = [1, 4, 6, 4, 1];
  const held = (at, size) => Math.min(Math.max(at, 0), size - 1);
  const blurred = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let i = 0; i < width * 4; i += 1) {
      let sum = 128;
      for (const [down, weight] of weights.entries()) {
        const row = 8 + held(y + down - 2, height) * width * 4;
        for (const [across, factor] of weights.entries()) {
          sum += weight * factor * input[row + held((i >> 2) + across - 2, width) * 4 + (i & 3)];
        }
      }
      blurred[y * width * 4 + i] = sum >> 8;
    }
  }
  return blurred;
}

test('it computes the definition at any size', () => {
  for (const [width, height] of [[1, 1], [1, 7], [2, 2], [3, 1], [5, 5], [17, 3], [101, 6]]) {
    for (const level of [noise, extreme]) {
      const input = picture(width, height, level);
      assert.deepEqual(run(input), plain(input, width, height), `${width} x ${height}`);
    }
  }
});

test('an input at an odd place has the same answer, and is left as it was', () => {
  const input = picture(9, 4, noise);
  const shifted = new Uint8Array(input.length + 1);
  shifted.set(input, 1);
  assert.deepEqual(run(shifted.subarray(1)), run(input));
  assert.deepEqual(shifted.subarray(1), input);
});

test('what is no picture is an error', () => {
  const short = picture(3, 3, noise).subarray(0, 43);
  for (const input of [new Uint8Array(), new Uint8Array(7), new Uint8Array(8), short]) {
    assert.throws(() => run(input), /pixels|too few/);
  }
});
