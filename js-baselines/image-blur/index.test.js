// node --test js-baselines/image-blur/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './index.js';

/** A picture of noise, as a kernel gets it; `extremes` are levels of 0 and 255 alone. */
function picture(width, height, extremes) {
  const input = new Uint8Array(8 + width * height * 4);
  new Uint32Array(input.buffer, 0, 2).set([width, height]);
  for (let i = 8; i < input.length; i += 1) {
    const noise = Math.imul(i, 2654435761) >>> 24;
    input[i] = extremes ? (noise & 1) * 255 : noise;
  }
  return input;
}

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
    for (const extremes of [false, true]) {
      const input = picture(width, height, extremes);
      assert.deepEqual(run(input), plain(input, width, height), `${width} x ${height}`);
    }
  }
});

test('an input at an odd place has the same answer, and is left as it was', () => {
  const input = picture(9, 4, false);
  const shifted = new Uint8Array(input.length + 1);
  shifted.set(input, 1);
  assert.deepEqual(run(shifted.subarray(1)), run(input));
  assert.deepEqual(shifted.subarray(1), input);
});

test('what is no picture is an error', () => {
  const short = picture(3, 3, false).subarray(0, 43);
  for (const input of [new Uint8Array(), new Uint8Array(7), new Uint8Array(8), short]) {
    assert.throws(() => run(input), /pixels|too few/);
  }
});
