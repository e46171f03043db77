// node --test js-baselines/image-thumbnail/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import jpeg from 'jpeg-js';
import { read } from '../raster/read.js';
import { picture, psnr, soft } from '../raster/picture.js';
import { averages, check } from './check.js';

const file = (level, [width, height] = [64, 64]) => jpeg.encode(read(picture(width, height, level)), 95).data;
const shade = (x, y, channel) => (channel === 3 ? 255 : 64 + 2 * x);
const dots = (x, y, channel) => (channel === 3 ? 255 : 24 + 2 * x + 80 * ((x + y) % 2));
const mirrored = (x, y, channel) => (channel === 3 ? 255 : 190 - 2 * x);

test('squares are averaged up to the edges', () => {
  const data = Uint8Array.from({ length: 9 * 9 * 3 }, (_, i) => (i % 3 === 0 ? Math.floor(i / 3) % 9 : i % 3));
  assert.deepEqual([...averages({ width: 9, height: 9, data })], [3, 1, 2, 8, 1, 2, 3, 1, 2, 8, 1, 2]);
});

test('a picture is the same from afar whatever becomes of its detail', () => {
  const pixels = (level) => read(picture(64, 64, level)).data;
  assert.ok(psnr(pixels(shade), pixels(dots)) < 20);
  assert.equal(check(file(shade), file(dots)), null);
  assert.match(check(file(shade), file(mirrored)), /^averages of 8 × 8 pixels agree to \d+\.\d dB PSNR only, 30 dB are wanted$/);
});

test('other sizes and broken files are differences', () => {
  assert.equal(check(file(soft), file(soft, [64, 56])), 'expected a JPEG of 64×64, got one of 64×56');
  assert.match(check(file(soft), file(soft).subarray(0, 40)), /^the given answer is not a JPEG file that can be read: /);
  assert.match(check(Uint8Array.of(1, 2, 3), file(soft)), /^the expected answer is not a JPEG file/);
});
