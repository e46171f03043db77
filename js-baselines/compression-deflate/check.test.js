// node --test js-baselines/compression-deflate/

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { check } from './check.js';

const text = new TextEncoder().encode(Array.from({ length: 20_000 }, (_, i) => `${(i * 2654435761) % 1009} of ${i % 37}`).join('\n'));
const file = (content, level = 6) => new Uint8Array(gzipSync(content, { level }));

test('files of other levels are the same within the bound', async () => {
  assert.equal(await check(file(text, 1), file(text, 9)), null);
  assert.equal(await check(file(text, 9), file(text, 9)), null);
  assert.equal(await check(file(''), file('')), null);
  assert.match(await check(file(text, 9), file(text, 1)), /% more than the expected \d+ B: at most 4 % are allowed$/);
});

test('other content is reported with its place', async () => {
  assert.equal(await check(file('same'), file('some')), 'inflated, first difference at byte 1: expected 97, got 111');
  assert.match(await check(file('same'), file('sam')), /^inflated, expected 4 bytes, got 3 or more/);
  assert.match(await check(file('same'), file('')), /^inflated, expected 4 bytes, got 0 or more/);
});

test('what cannot be read to its end is a difference', async () => {
  const whole = file(text);
  const damaged = whole.slice();
  damaged[damaged.length - 1] ^= 1;
  for (const broken of [whole.subarray(0, -1), whole.subarray(0, 20), new Uint8Array([1, 2]), new Uint8Array(), damaged]) {
    assert.equal(await check(whole, broken), 'the given answer is not a gzip file that can be read');
    assert.equal(await check(broken, whole), 'the expected answer is not a gzip file that can be read');
  }
  assert.equal(await check(whole, 'text'), 'an answer is not a Uint8Array');
});

test('a bomb is inflated no further than the expected content', async () => {
  const bomb = file(new Uint8Array(256 << 20), 9);
  const before = process.memoryUsage().arrayBuffers;
  assert.match(await check(file('x'), bomb), /^inflated, (first difference at byte 0|expected 1 bytes)/);
  assert.ok(process.memoryUsage().arrayBuffers - before < 64 << 20);
});
