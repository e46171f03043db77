// node --test js-baselines/hashing-blake3/

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { run as library } from './index.js';
import { source } from './generate.js';
import { run as tuned } from './tuned.js';

const MAX_BYTES = 3 * 1024 * 1024 + 17;
const bytes = Uint8Array.from({ length: MAX_BYTES + 8 }, (_, i) => Math.imul(i, 2654435761) >>> 24);
const hex = (digest) => Buffer.from(digest).toString('hex');

test('the committed compression function is what the generator writes', async () => {
  assert.equal(await readFile(new URL('compress.js', import.meta.url), 'utf8'), source());
});

test('an official test vector', () => {
  const input = Uint8Array.from({ length: 1025 }, (_, i) => i % 251);
  assert.equal(hex(tuned(input)), '357dc55de0c7e382c900fd6e320acc04146be01db6a8ce7210b7189bd664ea69');
  assert.equal(hex(library(input)), hex(tuned(input)));
});

test('every length up to three chunks, and the neighbours of powers of two above', () => {
  const lengths = Array.from({ length: 3 * 1024 + 2 }, (_, i) => i);
  for (let chunks = 4; chunks <= 64; chunks++) {
    lengths.push(chunks * 1024 - 1, chunks * 1024, chunks * 1024 + 1);
  }
  for (const power of [131072, 262144, 524288, 1048576, 2097152]) {
    lengths.push(power - 1, power, power + 1, power + 333);
  }
  lengths.push(MAX_BYTES);
  for (const length of lengths) {
    const input = bytes.subarray(0, length);
    assert.equal(hex(tuned(input)), hex(library(input)), `${length} bytes`);
  }
});

test('views that start anywhere', () => {
  for (let offset = 0; offset < 8; offset++) {
    for (const length of [0, 1, 63, 64, 65, 1023, 1024, 1025, 5000, 1048573]) {
      const input = bytes.subarray(offset, offset + length);
      assert.equal(hex(tuned(input)), hex(library(input)), `${length} bytes at ${offset}`);
    }
  }
});

test('an answer is its caller\'s, and the input stays as it was', () => {
  const input = bytes.slice(0, 70_000);
  const first = tuned(input);
  const kept = hex(first);
  tuned(bytes.subarray(0, 12_345));
  assert.equal(hex(first), kept);
  assert.deepEqual(input, bytes.slice(0, 70_000));
});
