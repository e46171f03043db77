// node --test js-baselines/image-resize/

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { read } from '../raster/read.js';
import { noise, picture, psnr, soft } from '../raster/picture.js';
import { resize, run as controlled } from './controlled.js';
import { filter } from './filter.js';
import { run as library } from './index.js';
import { load, reduce } from './jsquash.js';
import { run as pica } from './peer-pica.js';

/** Opaque, and nothing but 0 and 255 else: the largest sums that there can be. */
const extreme = (x, y, channel) => (channel === 3 || noise(x, y, channel) & 1) * 255;

/** The definition: one weighted sum after the other, rounded to a level after each direction. */
function plain({ width, height, data }, toWidth, toHeight) {
  const weigh = ({ taps, starts, weights }, output, sample) => {
    let sum = 2048;
    for (let tap = 0; tap < taps; tap += 1) sum += weights[output * taps + tap] * sample(starts[output] + tap);
    return Math.min(Math.max(sum >> 12, 0), 255);
  };
  const [across, down] = [filter(width, toWidth), filter(height, toHeight)];
  const narrow = (y, x, channel) => weigh(across, x, (from) => data[(y * width + from) * 4 + channel]);
  const reduced = new Uint8Array(toWidth * toHeight * 4).fill(255);
  for (let x = 0; x < toWidth; x += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const column = Array.from({ length: height }, (_, y) => narrow(y, x, channel));
      for (let y = 0; y < toHeight; y += 1) {
        reduced[(y * toWidth + x) * 4 + channel] = weigh(down, y, (from) => column[from]);
      }
    }
  }
  return reduced;
}

test('the passes compute what the filter says', () => {
  for (const [width, height, toWidth, toHeight] of [[700, 9, 512, 5], [37, 41, 12, 13], [90, 1, 31, 1], [5, 7, 5, 7]]) {
    const image = read(picture(width, height, extreme));
    assert.deepEqual(resize(image, toWidth, toHeight), plain(image, toWidth, toHeight), `${width} x ${height}`);
  }
});

test('weights add up to one', () => {
  for (const [inputs, outputs] of [[513, 512], [4000, 512], [9, 9], [7, 3]]) {
    const { taps, weights, starts } = filter(inputs, outputs);
    for (let output = 0; output < outputs; output += 1) {
      const own = weights.subarray(output * taps, (output + 1) * taps);
      assert.equal(own.reduce((sum, weight) => sum + weight), 4096);
      assert.ok(starts[output] >= 0 && starts[output] + taps <= inputs);
    }
  }
});

test('the library and the peers make the same picture, whatever its place in memory', async () => {
  const wasm = createRequire(import.meta.url).resolve('@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm');
  await load(new WebAssembly.Module(readFileSync(wasm)));
  const input = picture(1100, 61, soft);
  const expected = controlled(input);
  assert.equal(expected.length, 512 * 28 * 4);
  for (const run of [library, pica, reduce]) {
    assert.ok(psnr(await run(input), expected) > 45);
  }
});

test('a picture that is not wide is left as it is, and what is none is an error', async () => {
  const small = picture(300, 2, soft);
  for (const run of [controlled, library, pica, reduce]) {
    assert.deepEqual(new Uint8Array(await run(small)), small.subarray(8));
    await assert.rejects(async () => run(small.subarray(0, 99)), /bytes of pixels/);
  }
});
