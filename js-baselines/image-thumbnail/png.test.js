// node --test js-baselines/image-thumbnail/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'fast-png';
import { decodePng } from './png.js';

const MAX_PIXELS = 1000;
const HEADER_END = 33;

const file = encode({ width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 40, 50, 60) });
const chunk = (name, data) => [0, 0, 0, data.length, ...Buffer.from(name), ...data, 0, 0, 0, 0];
const withChunk = (added) => Uint8Array.from([...file.subarray(0, HEADER_END), ...added, ...file.subarray(HEADER_END)]);

test('a broken profile or text does not keep a picture from being decoded', () => {
  const expected = decodePng(file, MAX_PIXELS);
  assert.deepEqual([...expected.data], [1, 2, 3, 255, 40, 50, 60, 255]);
  for (const added of [chunk('iCCP', Buffer.from('name\0\0not zlib')), chunk('tEXt', Buffer.from('no separator')), chunk('zTXt', [])]) {
    assert.deepEqual(decodePng(withChunk(added), MAX_PIXELS), expected);
  }
});

test('what is broken itself stays an error', () => {
  assert.throws(() => decodePng(file.subarray(0, file.length - 30), MAX_PIXELS));
  assert.throws(() => decodePng(withChunk(chunk('IHDR', [1])), MAX_PIXELS));
});
