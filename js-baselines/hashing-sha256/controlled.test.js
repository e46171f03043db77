// node --test js-baselines/hashing-sha256/

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { run as controlled } from './controlled.js';
import { run as library } from './index.js';
import { run as peer, setup } from './peer-hash-wasm.js';
import { run as platform } from './platform.js';

const bytes = Uint8Array.from({ length: 300_007 }, (_, i) => Math.imul(i, 2654435761) >>> 24);
const hex = (digest) => Buffer.from(digest).toString('hex');
const expected = (input) => createHash('sha256').update(input).digest('hex');

test('an official example', () => {
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  assert.equal(hex(controlled(new TextEncoder().encode('abc'))), digest);
});

test('every length up to four blocks, and a long one, at any alignment', () => {
  for (let length = 0; length <= 257; length++) {
    const input = bytes.subarray(length % 7, (length % 7) + length);
    assert.equal(hex(controlled(input)), expected(input), `${length} bytes`);
  }
  assert.equal(hex(controlled(bytes)), expected(bytes));
});

test('the library, the peer and the platform have the same digests', async () => {
  await setup();
  for (const length of [0, 1, 55, 56, 64, 1000, bytes.length]) {
    const input = bytes.subarray(0, length);
    assert.equal(hex(library(input)), expected(input));
    assert.equal(hex(peer(input)), expected(input));
    assert.equal(hex(await platform(input)), expected(input));
  }
});
